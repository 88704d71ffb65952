"""OPML (http://opml.org/spec2.opml): subscriptions of other programs in, ours out.

It is read as HTML is: tags and attributes in any case, unescaped ampersands, no end. So the files that exist can be read, and
no entity that a file declares is ever expanded.
"""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.sax.saxutils import escape

from aggregator.catalogue.addresses import same, short_name, without_secrets
from aggregator.errors import UsageError
from aggregator.models import Source

MOST_BYTES = 20_000_000
LONGEST_TITLE = 100  # what a name may have
MOST_FOLDERS = 10  # of those above a feed
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
XML_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class OutlineFeed:
    """One subscription: what it is called, the feed's address, and the folders above it, joined by `/`."""

    title: str
    url: str
    folder: str = ""


def read_opml(content: bytes) -> list[OutlineFeed]:
    """Give the feeds of an OPML file in its order, each address once. Raises UsageError where it is no OPML."""
    if len(content) > MOST_BYTES:
        raise UsageError(f"the file has more than {MOST_BYTES // 1_000_000} MB", todo="Is it an OPML file?")
    outlines = _Outlines()
    outlines.feed(_decoded(content))
    outlines.close()
    if not outlines.is_opml:
        raise UsageError("this is no OPML: it has no <outline>", todo="Export the subscriptions as OPML first.")
    return list(outlines.feeds.values())


def write_opml(sources: Iterable[Source], *, with_secrets: bool = False, title: str = "AI news") -> str:
    """Give the feeds among the sources as OPML 2.0, archetypes as categories.

    Users, passwords and query values that look like keys are left out of the addresses unless they are asked for.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{_escaped(title)}</title></head>",
        "  <body>",
    ]
    for source in sources:
        if source.kind != "feed":
            continue
        address = source.address if with_secrets else without_secrets(source.address)
        name, url, category = (_escaped(text) for text in (source.name, address, ",".join(source.archetypes)))
        categories = f' category="{category}"' if category else ""
        lines.append(f'    <outline type="rss" text="{name}" title="{name}" xmlUrl="{url}"{categories}/>')
    return "\n".join([*lines, "  </body>", "</opml>", ""])


class _Outlines(HTMLParser):
    """Collects the feeds; an outline without an address is a folder, and so is one with an address that holds others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feeds: dict[str, OutlineFeed] = {}
        self.is_opml = False
        self.folders: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a feed, and step into its folder."""
        if tag == "outline":
            self.folders.append(self._note(attrs))
        self.is_opml |= tag in {"opml", "outline"}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a feed that holds nothing."""
        if tag == "outline":
            self._note(attrs)
        self.is_opml |= tag in {"opml", "outline"}

    def handle_endtag(self, tag: str) -> None:
        """Step out of a folder."""
        if tag == "outline" and self.folders:
            self.folders.pop()

    def _note(self, attrs: list[tuple[str, str | None]]) -> str:
        """Keep the feed, if the outline is one, and give its title."""
        given = {name.replace("-", "").replace("_", "").rpartition(":")[2]: (value or "").strip() for name, value in attrs}
        url = _web_address(
            given.get("xmlurl") or given.get("feedurl") or (given.get("url", "") if given.get("type") == "rss" else "")
        )
        title = _line(given.get("title") or given.get("text") or "")
        if url:
            folder = "/".join(filter(None, self.folders[:MOST_FOLDERS]))
            self.feeds.setdefault(same(url), OutlineFeed(title or short_name("feed", url), url, folder))
        return title.replace("/", " ")


def _web_address(text: str) -> str:
    """Give an http(s) address, also where it is written as feed:; empty where it is none."""
    address = text.strip()
    if address.lower().startswith("feed:"):
        address = address[5:].removeprefix("//")
        address = address if "://" in address else f"https://{address}"
    web = re.match(r"https?://[^\s/]+", address, re.IGNORECASE)
    return address if web and address.isprintable() and " " not in address else ""


def _decoded(content: bytes) -> str:
    """Decode by byte order mark, declaration and UTF-8, in that order; what is none of them is read as Windows-1252."""
    marked = [name for mark, name in MARKS if content.startswith(mark)]
    declared = [match[1].decode("ascii") for match in [DECLARED.search(content[:1000])] if match]
    for name in [*marked, "utf-8", *declared]:
        try:
            return content.decode(name)
        except (UnicodeError, LookupError):
            continue
    return content.decode("windows-1252", "replace")


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:LONGEST_TITLE]


def _escaped(text: str) -> str:
    return escape(XML_CHARACTER.sub("", text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
