"""Dates as feeds write them, and the news date that follows from them.

Zones are converted to UTC; a date without a zone is taken as UTC. The rules stand in `mend` and `news_date`.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web: an epoch, a zero, a typing error
AHEAD = timedelta(days=1)  # zones written wrongly put an honest date at most this far into the future

_MAX_DATE = 100  # characters that are looked at
_NUMBER = re.compile(r"-?\d{1,16}(?:\.\d{1,9})?")
_MILLISECONDS = 100_000_000_000  # as seconds this is the year 5138: greater numbers are milliseconds
_SPACES = re.compile(r"\s+")
_DIGIT = re.compile(r"[0-9]")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_FORMATS = (
    *("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S GMT", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d", "%Y.%m.%d"),
    *("%d %B %Y", "%d %b %Y", "%d %B %Y %H:%M", "%d %b %Y %H:%M:%S", "%d. %B %Y"),
    *("%B %d %Y", "%b %d %Y", "%B %d %Y %H:%M", "%B %d %Y %I:%M %p", "%b %d %Y %I:%M %p", "%A %B %d %Y", "%a %b %d %Y"),
    *("%a %b %d %H:%M:%S %Y", "%a %d %b %Y %H:%M", "%A %d %B %Y", "%Y-%m"),
)


def parse(text: str) -> datetime | None:
    """Read a date of whatever form (ISO 8601, RFC 822, seconds since 1970, words in English); None where it is none."""
    text = _SPACES.sub(" ", text[:_MAX_DATE]).strip()
    if not text or not _DIGIT.search(text):
        return None
    for reader in (_iso, _rfc822, _epoch, _words):
        try:
            found = reader(text)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
        if found:
            return found
    return None


def mend(published: datetime | None, now: datetime) -> datetime | None:
    """Give the date in UTC if it can be true; None where it is missing, before 1990, or more than a day ahead of `now`.

    A date up to a day ahead is a zone written wrongly: it stays, and the news date takes first seen, which is earlier.
    """
    if published is None:
        return None
    try:
        moment = published.replace(tzinfo=UTC) if published.tzinfo is None else published.astimezone(UTC)
        return moment if EARLIEST <= moment <= now + AHEAD else None
    except OverflowError:
        return None


def news_date(published: datetime | None, first_seen: datetime, history: bool) -> datetime | None:
    """Give the day on which an entry was news: the earlier of published and first seen.

    `history` says that the entry came with its source's first fetch: without a date of its own it could be of any age, so it
    has no news date and never enters a digest.
    """
    if published is None:
        return None if history else first_seen
    return min(published, first_seen)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _iso(text: str) -> datetime | None:
    return _utc(datetime.fromisoformat(text)) if "-" in text or "T" in text else None


def _rfc822(text: str) -> datetime | None:
    return _utc(parsedate_to_datetime(text))


def _epoch(text: str) -> datetime | None:
    if not _NUMBER.fullmatch(text) or len(text) <= len("20260302"):
        return None
    number = float(text)
    return datetime.fromtimestamp(number / 1000 if abs(number) >= _MILLISECONDS else number, UTC)


def _words(text: str) -> datetime | None:
    text = _SPACES.sub(" ", _ORDINAL.sub("", text).replace(",", " ").replace(" at ", " "))
    for form in _FORMATS:
        try:
            return _utc(datetime.strptime(text, form))  # noqa: DTZ007  # a date without a zone is taken as UTC
        except (ValueError, OverflowError):
            continue
    return None
