"""What a body is, told from its first element and never from its content type: servers say anything."""

import re
from enum import Enum, auto

_LOOKED_AT = 100_000  # characters: licences and comments before the first element can be long
_SKIPPED = re.compile(
    r"[\s\ufeff]+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^>\[\"']|\"[^\"]*\"|'[^']*'|\[.*?\]\s*(?=>))*>", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_FEED = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_PARTS = {"head", "body", "title", "meta", "link", "script", "style", "div", "p", "a", "h1", "main", "header", "br", "center"}
_ROOTS = {"rss", "rdf", "feed", "channel", "item", "entry"}


class Kind(Enum):
    """What a body can be."""

    XML = auto()  # RSS, Atom, RDF or CDF
    JSON = auto()
    PAGE = auto()
    OPML = auto()
    OTHER = auto()


def sniff(text: str) -> Kind:
    """Say what the text is. A page that mentions a feed is a page; a feed behind a server's error message is a feed."""
    start = text[:_LOOKED_AT]
    position = 0
    while skipped := _SKIPPED.match(start, position):
        position = skipped.end()
    if start[position : position + 1] in {"{", "["}:
        return Kind.JSON
    root = _ELEMENT.match(start, position)
    name = root[2].lower() if root else ""
    if name in _ROOTS:
        return Kind.XML
    if name == "opml":
        return Kind.OPML
    if name != "html" and not _PAGE.match(start.lstrip()) and _FEED.search(start):
        return Kind.XML
    return Kind.PAGE if name in _PARTS or _PAGE.search(start) else Kind.OTHER
