"""When a server wants to be asked again: the header Retry-After (RFC 9110, 10.2.3)."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from aggregator.net.limits import RETRY_AT_LEAST, RETRY_AT_MOST

SECONDS = re.compile(r"\d+", re.ASCII)
DIGITS_OF_A_WEEK = 7  # a longer number is more than a week, and int() needs not see it


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Read delta-seconds or an HTTP date as the time to wait from `now`, a minute to a week; None where it says neither."""
    stated = (value or "").strip()
    if SECONDS.fullmatch(stated):
        digits = stated.lstrip("0") or "0"
        return bounded(timedelta(seconds=int(digits)) if len(digits) <= DIGITS_OF_A_WEEK else RETRY_AT_MOST)
    moment = http_date(stated)
    return bounded(moment - now) if moment else None


def bounded(wait: timedelta) -> timedelta:
    """Keep the wait where it does good: a date that is past means soon, not at once."""
    return min(max(wait, RETRY_AT_LEAST), RETRY_AT_MOST)


def http_date(value: str) -> datetime | None:
    """Read one of the three forms of RFC 9110, 5.6.7; None where it is no date. A date without a zone is UTC."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
