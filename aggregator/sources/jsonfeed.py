"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), read tolerantly: a wrong field loses itself, not its entry."""

import json
from typing import Any, cast

from aggregator.errors import ParseError
from aggregator.sources.said import SaidEntry, SaidFeed, SaidText
from aggregator.text import dates
from aggregator.text.links import resolve

_ASKED = "Give the address of an RSS, Atom or JSON feed."


def read(text: str, url: str, limit: int) -> SaidFeed:
    """Read the text of a JSON feed that came from `url`. Raises ParseError where it is other JSON."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError("it begins like JSON and is none", todo=_ASKED) from error
    feed = _table(document)
    items = feed.get("items")
    if "jsonfeed.org/version/" not in _text(feed, "version") or not isinstance(items, list):
        raise ParseError("it is JSON and not a JSON feed", todo=_ASKED)
    every = cast("list[Any]", items)
    if len(every) > limit and _runs_forward(every):
        every = every[-limit:]
    site = resolve(url, _text(feed, "home_page_url"))
    return SaidFeed(
        title=SaidText(value=_text(feed, "title")),
        site=site,
        entries=[_entry(_table(item), feed, url or site) for item in every[:limit] if isinstance(item, dict)],
        left_out=len(cast("list[Any]", items)) - len(every[:limit]),
        unreadable=sum(not isinstance(item, dict) for item in every[:limit]),
    )


def _entry(item: dict[str, Any], feed: dict[str, Any], base: str) -> SaidEntry:
    own, elsewhere = _text(item, "url"), _text(item, "external_url")
    return SaidEntry(
        guid=_text(item, "id"),
        link=own or elsewhere,
        target=elsewhere if own and own != elsewhere else "",
        title=SaidText(value=_text(item, "title")),
        author=_author(item) or _author(feed),
        texts=[
            SaidText(value=_text(item, "content_html"), html=True),
            SaidText(value=_text(item, "content_text")),
            SaidText(value=_text(item, "summary")),
        ],
        published=dates.parse(_text(item, "date_published")),
        updated=dates.parse(_text(item, "date_modified")),
        base=base,
    )


def _author(thing: dict[str, Any]) -> str:
    """Give the names of its authors: a list in 1.1, one object in 1.0."""
    listed = thing.get("authors")
    authors = cast("list[Any]", listed) if isinstance(listed, list) else [thing.get("author")]
    return ", ".join(name for author in authors[:10] if (name := _text(_table(author), "name")))


def _runs_forward(items: list[Any]) -> bool:
    first, last = (dates.parse(_text(_table(item), "date_published")) for item in (items[0], items[-1]))
    return first is not None and last is not None and first < last


def _table(value: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _text(thing: dict[str, Any], name: str) -> str:
    """Give a field as text; ids are often numbers."""
    value = thing.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
