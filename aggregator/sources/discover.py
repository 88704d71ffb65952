"""A web page's feeds: those that it declares, those that it links to, and where sites usually have one.

The page is read with regular expressions: all that matters stands in its tags, and a page made to upset a parser can't.
"""

import re
from html import unescape

from aggregator.sources.decode import decode
from aggregator.text.links import host, resolve

MAX_LINKED = 10  # links that only look like feeds
MAX_PAGE = 3_000_000  # characters that are looked at
WELL_KNOWN = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json")

_TYPES = {
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"),
    *("application/x.atom+xml", "application/x-atom+xml", "text/rss+xml", "text/xml", "application/xml"),
}
_NO_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"""<(link|a|base)\s((?:[^<>"']++|"[^"]*+"|'[^']*+'){1,200}+)>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
_LOOKS = re.compile(
    r"(?:^|[/._?&=-])(?:rss2?|atom|feeds?|rdf)(?:\.xml|\.json|\.atom|\.rss)?/?(?:$|[?#/])|/index\.xml$|\.(?:rss|atom|rdf)$",
    re.IGNORECASE,
)
_OF_COMMENTS = re.compile(r"comments?\b", re.IGNORECASE)


def discover(html: bytes, url: str) -> list[str]:
    """Give the addresses at which the page at `url` may have its feed, the likeliest first, without trying any."""
    return candidates(decode(html), url)


def candidates(page: str, url: str) -> list[str]:
    """Do the same with the page's text."""
    tags = list(_tags(page[:MAX_PAGE]))
    base = next((resolve(url, tag["href"]) for name, tag in tags if name == "base"), "") or url
    declared = [tag for name, tag in tags if name == "link" and _declares(tag)]
    declared.sort(key=lambda tag: bool(_OF_COMMENTS.search(f"{tag.get('title', '')} {tag['href']}")))
    linked = [address for name, tag in tags if name == "a" and _LOOKS.search(address := resolve(base, tag["href"]))]
    linked.sort(key=lambda address: host(address) != host(url))
    found = [*(resolve(base, tag["href"]) for tag in declared), *dict.fromkeys(linked)][: len(declared) + MAX_LINKED]
    return [address for address in dict.fromkeys([*found, *_guesses(url)]) if address and address != url]


def _guesses(url: str) -> list[str]:
    """Give where sites usually have a feed: beside the page, then at the root."""
    page = url.split("?", 1)[0].split("#", 1)[0].rstrip("/")
    root = resolve(url, "/").rstrip("/")
    beside = [page + path for path in WELL_KNOWN[:2]] if root and page != root else []
    return [*beside, *(root + path for path in WELL_KNOWN if root)]


def _tags(page: str) -> list[tuple[str, dict[str, str]]]:
    """Give the page's links, anchors and bases that have an address, with their attributes."""
    found = [(tag[1].lower(), _attributes(tag[2])) for tag in _TAG.finditer(_NO_TAGS.sub(" ", page))]
    return [(name, attributes) for name, attributes in found if attributes.get("href")]


def _attributes(text: str) -> dict[str, str]:
    return {found[1].lower(): unescape(found[2] or found[3] or found[4] or "").strip() for found in _ATTRIBUTE.finditer(text)}


def _declares(tag: dict[str, str]) -> bool:
    rel, kind = tag.get("rel", "").lower().split(), tag.get("type", "").lower().split(";")[0].strip()
    return ("alternate" in rel and kind in _TYPES) or "feed" in rel
