"""When a server wants to be asked again."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.net.limits import RETRY_AT_LEAST, RETRY_AT_MOST
from aggregator.net.retry_after import retry_after
from tests.net.world import NOW

moments = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)).map(lambda naive: naive.replace(microsecond=0, tzinfo=UTC))  # noqa: DTZ001


@given(st.integers(60, 7 * 86400))
def test_seconds_are_taken_at_their_word(seconds: int):
    assert retry_after(f" {seconds} ", NOW) == timedelta(seconds=seconds)


@given(moments, moments)
def test_a_date_is_the_time_until_then(now: datetime, then: datetime):
    waited = retry_after(format_datetime(then, usegmt=True), now)
    assert waited == min(max(then - now, RETRY_AT_LEAST), RETRY_AT_MOST)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Mon, 02 Mar 2026 09:00:00 GMT", timedelta(hours=1)),
        ("Monday, 02-Mar-26 09:00:00 GMT", timedelta(hours=1)),
        ("Mon Mar  2 09:00:00 2026", timedelta(hours=1)),
        ("Mon, 02 Mar 2026 10:00:00 +0100", timedelta(hours=1)),
        ("0", RETRY_AT_LEAST),
        ("000000000090", timedelta(seconds=90)),
        ("Sun, 01 Mar 2026 09:00:00 GMT", RETRY_AT_LEAST),
        ("9" * 5000, RETRY_AT_MOST),
        ("Mon, 02 Mar 9999 09:00:00 GMT", RETRY_AT_MOST),
    ],
)
def test_every_form_of_the_rfc_is_read_within_bounds(value: str, expected: timedelta):
    assert retry_after(value, NOW) == expected


@pytest.mark.parametrize(
    "value", [None, "", "soon", "-5", "1.5", "٣", "Mon, 99 Mar 2026 09:00:00 GMT", "Mon, 02 Mar 2026 25:00:00 GMT"]
)
def test_what_says_nothing_is_nothing(value: str | None):
    assert retry_after(value, NOW) is None


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, [0-9]{1,3} [A-Z][a-z]{2} [0-9]{1,6} [0-9:]{5,12} (GMT|[+-][0-9]{4,9})"))
def test_any_text_is_a_wait_within_bounds_or_nothing(value: str):
    waited = retry_after(value, NOW)
    assert waited is None or RETRY_AT_LEAST <= waited <= RETRY_AT_MOST
