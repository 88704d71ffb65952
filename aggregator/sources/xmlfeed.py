"""RSS 0.9x-2.0, RDF, Atom 0.3 and 1.0, CDF: feedparser's reading of them in our words.

feedparser's own sanitising and its resolution of relative links in HTML are switched off: they take three quarters of its
time, and ours come later and only where they are needed. What it reads is tolerant: a broken document gives what can be read.
"""

import calendar
import io
import re
import warnings
import xml.sax
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, cast

import feedparser  # pyright: ignore[reportMissingTypeStubs]  # it has none

from aggregator.errors import ParseError
from aggregator.sources.said import SaidEntry, SaidFeed, SaidText
from aggregator.sources.trim import cut, newest, refuse_explosion
from aggregator.text import dates
from aggregator.text.links import host, resolve

# What a parser of anything at all has been seen to raise on made-up input; each means "this can't be read".
_FOREIGN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    xml.sax.SAXException,
)

_feedparser = cast("Callable[..., dict[str, Any]]", feedparser.parse)  # pyright: ignore[reportUnknownMemberType]  # untyped
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_MAILED = re.compile(r"""(?P<before>[^<>()"@]*?)"?\s*[(<]?[^\s()<>@]+@[^\s()<>@]+[)>]?\s*(?:\((?P<after>[^()]+)\))?""")
_MARKUP = re.compile(r"</?[a-zA-Z]|&#?\w+;")
_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_ASKED = "Give the address of an RSS, Atom or JSON feed."


def read(text: str, url: str, limit: int) -> SaidFeed:
    """Read the text of a feed that came from `url`. Raises ParseError where it is none."""
    refuse_explosion(text)
    kept, left_out = newest(_DECLARATION.sub("", text).strip("\ufeff \t\r\n"), limit)
    try:
        parsed, unreadable = _parsed(kept, url), 0
    except _FOREIGN as error:
        parsed, unreadable = _one_by_one(kept, url, error)
    items = cast("list[dict[str, Any]]", parsed["entries"])[:limit]
    feed: dict[str, Any] = parsed["feed"]
    if not (items or feed or _got(parsed, "version")) and not kept.endswith(">"):
        raise ParseError("its XML breaks off before its first entry", todo="It is tried again next time.")
    site = resolve(url, _text(feed, "link"))
    base = _base(url, site, atom=str(_got(parsed, "version") or "").startswith("atom"))
    author = _author(feed)
    return SaidFeed(
        title=_titled(feed),
        site=site,
        entries=[_entry(item, base, author) for item in items],
        left_out=left_out,
        unreadable=unreadable,
    )


def _parsed(text: str, url: str) -> dict[str, Any]:
    """Hand the text to feedparser; the document's address only where it says what an xml:base is relative to."""
    headers = {"content-location": url} if url and "xml:base" in text else {}
    data = f"<?xml version='1.0' encoding='utf-8'?>\n{text}".encode("utf-8", "replace")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _feedparser(io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)


def _one_by_one(text: str, url: str, error: Exception) -> tuple[dict[str, Any], int]:
    """Read each entry of a feed alone, since one of them upsets the parser, and say how many can't be read.

    Raises ParseError where none can.
    """
    head, entries, tail = cut(text)
    found: list[dict[str, Any]] = []
    for entry in entries:
        with suppress(*_FOREIGN):
            found.append(_parsed(f"{head}{entry}{tail}", url))
    if not found:
        raise ParseError(f"its XML can't be read ({type(error).__name__})", todo=_ASKED) from error
    return {**found[0], "entries": [item for one in found for item in one["entries"]]}, len(entries) - len(found)


def _base(url: str, site: str, *, atom: bool) -> str:
    """Give what links without an xml:base are relative to.

    In Atom that is the document's own address (RFC 4287, 2); RSS says nothing, and its writers mean their site. A feed that is
    served from elsewhere (a feed service) means its site too.
    """
    return url if url and (not site or (atom and host(site) == host(url))) else site


def _entry(item: dict[str, Any], base: str, author: str) -> SaidEntry:
    guid = _text(item, "id")
    return SaidEntry(
        guid=resolve(base, guid) or guid if guid.startswith(("/", "./", "../")) else guid,
        link=_link(item),
        comments=_text(item, "comments"),
        title=_titled(item),
        author=_author(item) or author,
        texts=_texts(item),
        published=_date(item, "published") or _date(item, "created") or _date(item, "updated"),
        updated=_date(item, "updated"),
        base=base,
    )


def _link(item: dict[str, Any]) -> str:
    """Give the entry's page: what a feed service links through, its link (or permalink), any page that it names, its file."""
    original, link, guid = _text(item, "feedburner_origlink"), _text(item, "link"), _text(item, "id")
    if link == guid and _got(item, "guidislink") and not link.startswith(("http:", "https:", "/")):
        link = ""  # a guid that only claims to be a link
    alternate, enclosure = _linked(item, "alternate"), _linked(item, "enclosure")
    if link in enclosure and alternate:
        link = alternate[0]
    others = [*alternate, *_linked(item, "related"), *_linked(item, "via"), *enclosure]
    return original or link or next(iter(others), "")


def _linked(item: dict[str, Any], rel: str) -> list[str]:
    links = cast("list[dict[str, Any]]", _got(item, "links") or [])
    return [address for link in links if _got(link, "rel") == rel and (address := _text(link, "href"))]


def _texts(item: dict[str, Any]) -> list[SaidText]:
    contents = [*cast("list[dict[str, Any]]", _got(item, "content") or []), _got(item, "summary_detail") or {}]
    texts = [_said(_text(content, "value"), _text(content, "type")) for content in contents]
    return texts if any(text.value for text in texts) else [_said(_text(item, "summary"), "text/html")]


def _said(value: str, kind: str) -> SaidText:
    """Give a text; RSS calls every description HTML, and one without any markup is plain text whose lines mean something."""
    return SaidText(value=value, html=kind in _HTML_TYPES and bool(_MARKUP.search(value)))


def _titled(thing: dict[str, Any]) -> SaidText:
    detail = cast("dict[str, Any]", _got(thing, "title_detail") or {})
    return SaidText(value=_text(thing, "title"), html=detail.get("type") in _HTML_TYPES)


def _author(thing: dict[str, Any]) -> str:
    """Give the names of its authors. A name beside a mail address is taken apart here: long domains confuse feedparser."""
    authors = cast("list[dict[str, Any]]", _got(thing, "authors") or [])
    names = [name for author in authors[:10] if (name := _text(author, "name"))]
    written = _text(thing, "author")
    if len(authors) < 2 and (mailed := _MAILED.fullmatch(written.strip()[:500])):  # noqa: PLR2004  # several are no one's line
        return mailed["after"] or mailed["before"] or written
    return ", ".join(dict.fromkeys(names)) or written


def _date(item: dict[str, Any], name: str) -> datetime | None:
    """Give a date as feedparser read it, else as we can read what is written there."""
    parsed = _got(item, f"{name}_parsed")
    if parsed:
        try:
            return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
        except (ValueError, OverflowError, TypeError, OSError):
            return None
    return dates.parse(_text(item, name))


def _text(thing: dict[str, Any], name: str) -> str:
    """Give a field as text."""
    value = _got(thing, name)
    return value if isinstance(value, str) else ""


def _got(thing: dict[str, Any], name: str) -> Any:
    """Give what stands under a name: feedparser's own look-up puts other fields in the place of a missing one."""
    return dict[str, Any].get(thing, name)
