"""A body to entries: RSS, Atom, RDF, CDF and JSON Feed, recognised by what they hold; a web page to the feeds that it names.

Plain functions, bytes in and frozen values out, so that a worker process can have them.
"""

from aggregator.errors import ParseError
from aggregator.sources import jsonfeed, xmlfeed
from aggregator.sources.decode import decode
from aggregator.sources.discover import candidates
from aggregator.sources.entries import plain_line, to_entry
from aggregator.sources.parsed import Page, ParsedFeed
from aggregator.sources.said import SaidFeed
from aggregator.sources.sniff import Kind, sniff
from aggregator.text.line import one_line

MAX_ENTRIES = 2_000


def parse(body: bytes, *, source: str, url: str = "", content_type: str = "", limit: int = MAX_ENTRIES) -> ParsedFeed:
    """Read a feed that came from `url`: at most `limit` entries, the newest. Raises ParseError where the body is none."""
    found = read(body, source=source, url=url, content_type=content_type, limit=limit)
    if isinstance(found, Page):
        raise ParseError("it is a web page and not a feed", where=source, todo="Give the address of its feed.")
    return found


def read(body: bytes, *, source: str, url: str = "", content_type: str = "", limit: int = MAX_ENTRIES) -> ParsedFeed | Page:
    """Read a feed, or a web page that may name one. Raises ParseError where the body is neither."""
    text = decode(body, content_type)
    kind = sniff(text)
    if kind is Kind.PAGE:
        return Page(feeds=tuple(candidates(text, url)))
    try:
        said = _said(text, kind, url, limit)
    except ParseError as error:
        error.where = source
        raise
    entries = tuple(to_entry(entry, source) for entry in said.entries)
    return ParsedFeed(
        title=plain_line(said.title),
        site=said.site,
        entries=entries,
        left_out=said.left_out,
        unreadable=said.unreadable,
    )


def _said(text: str, kind: Kind, url: str, limit: int) -> SaidFeed:
    if kind is Kind.XML:
        return xmlfeed.read(text, url, limit)
    if kind is Kind.JSON:
        return jsonfeed.read(text, url, limit)
    if kind is Kind.OPML:
        raise ParseError("it is an OPML list of feeds and not a feed", todo="Import it with `digest sources import`.")
    start = one_line(text, 40)
    what = f"it is not a feed: it begins with {start!r}" if start else "the answer is empty"
    raise ParseError(what, todo="Give the address of an RSS, Atom or JSON feed.")
