"""From what a feed said to an entry: bounded, absolute, plain where it must be plain."""

import html
import re
from datetime import UTC, datetime

from aggregator.models import Entry
from aggregator.sources.discussion import discussion
from aggregator.sources.said import SaidEntry, SaidText
from aggregator.text.html import absolute, to_text
from aggregator.text.line import one_line, shorten, shown
from aggregator.text.links import resolve

MAX_CONTENT = 100_000  # characters of HTML kept an entry; the longest essays have half of it
MAX_TEXT = 60_000
MAX_GUID = 1_000
MAX_AUTHOR = 120
FIRST_WORDS = 90  # characters of the text that stand in for a missing title

_CUT_TAG = re.compile(r"<[^<>]{0,2000}\Z")
_CUT_ENTITY = re.compile(r"&[#\w]{0,40}\Z")
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def to_entry(said: SaidEntry, source: str) -> Entry:
    """Make the entry. Its page is its discussion where it has one on a forum, its target what is discussed there."""
    content = _content(said)
    text = to_text(content, MAX_TEXT)
    url = resolve(said.base, said.link)
    talk = discussion(url=url, comments=resolve(said.base, said.comments), content=content, text=text)
    return Entry(
        source=source,
        guid=shown(said.guid).strip()[:MAX_GUID],
        title=plain_line(said.title) or _first_words(talk.text) or url,
        url=talk.url,
        target=talk.target or resolve(said.base, said.target) or None,
        author=one_line(said.author, MAX_AUTHOR),
        content=content,
        text=talk.text,
        points=talk.points,
        published=_utc(said.published),
        updated=_utc(said.updated),
    )


def plain_line(said: SaidText, limit: int = 300) -> str:
    """Give a title as one plain line, whether it was HTML or not."""
    value = said.value[:20_000]
    return one_line(to_text(value) if said.html else value, limit)


def _content(said: SaidEntry) -> str:
    """Give the longest of its texts as HTML, its links absolute, cut where it is too long but never inside a tag."""
    longest = max(said.texts, key=lambda text: len(text.value), default=SaidText())
    value = shown(longest.value[: 2 * MAX_CONTENT])
    if not longest.html:
        value = html.escape(value.strip(), quote=False).replace("\n", "<br>\n")
    value = absolute(value, said.base)
    if len(value) > MAX_CONTENT:
        value = _CUT_ENTITY.sub("", _CUT_TAG.sub("", value[:MAX_CONTENT]))
    return value


def _first_words(text: str) -> str:
    first = text.split("\n", 1)[0] if len(text.split("\n", 1)[0]) >= len("Hello") else text
    return shorten(one_line(first), FIRST_WORDS)


def _utc(moment: datetime | None) -> datetime | None:
    try:
        return moment and (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))
    except OverflowError:
        return None
