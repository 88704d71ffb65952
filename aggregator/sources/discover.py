"""A web page's feeds: those that it declares, those that it links to, and where sites usually have one."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from aggregator.sources.decode import decode
from aggregator.text.links import host, resolve

MAX_FEEDS = 20
MAX_PAGE = 2_000_000  # characters that are looked at: what a page declares stands in its head
WELL_KNOWN = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json")

_TYPES = {
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"),
    *("application/x.atom+xml", "application/x-atom+xml", "text/rss+xml", "application/json", "text/xml", "application/xml"),
}
_LOOKS = re.compile(
    r"(?:^|[/._?&=-])(?:rss|atom|feeds?|index\.xml|rss2|rdf)(?:\.xml|\.json|\.atom|\.rss)?/?(?:$|[?#/])|\.(?:rss|atom|rdf)$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comments?\b", re.IGNORECASE)


def discover(html: bytes, url: str) -> list[str]:
    """Give the addresses at which the page at `url` may have its feed, the likeliest first, without trying any."""
    return links(decode(html), url)


def links(page: str, url: str) -> list[str]:
    """Do the same with the page's text."""
    tree = LexborHTMLParser(page[:MAX_PAGE])
    base = _base(tree, url)
    declared = [node for node in tree.css("link[href]") if _declares(node)]
    declared.sort(key=lambda node: bool(_COMMENTS.search(_attribute(node, "title") + _attribute(node, "href"))))
    linked = [node for node in tree.css("a[href]") if _looks(node, base)]
    linked.sort(key=lambda node: host(resolve(base, _attribute(node, "href"))) != host(url))
    found = [resolve(base, _attribute(node, "href")) for node in [*declared, *linked[:MAX_FEEDS]]]
    folder = url.split("?", 1)[0].split("#", 1)[0].rstrip("/")
    guesses = [resolve(url, path) for path in WELL_KNOWN] if url else []
    near = [resolve("", folder + path) for path in WELL_KNOWN[:2]] if url and resolve(url, "/").rstrip("/") != folder else []
    every = dict.fromkeys(address for address in [*found[:MAX_FEEDS], *near, *guesses] if address and address != url)
    return list(every)


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return resolve(url, _attribute(node, "href")) or url if node else url


def _declares(node: LexborNode) -> bool:
    rel, kind = _attribute(node, "rel").lower().split(), _attribute(node, "type").lower().split(";")[0].strip()
    return ("alternate" in rel and kind in _TYPES) or "feed" in rel


def _looks(node: LexborNode, base: str) -> bool:
    address = resolve(base, _attribute(node, "href"))
    return bool(address) and bool(_LOOKS.search(address.split("://", 1)[1]))


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
