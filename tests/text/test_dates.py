"""Dates as feeds write them, and what of them is believed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.dates import EARLIEST, mend, news_date, parse
from tests.make import utc

NOW = utc("2026-03-09T08:00")
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))]))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-02T09:00:00Z", "2026-03-02T09:00"),
        ("2026-03-02T09:00:00.123+01:00", "2026-03-02T08:00:00.123"),
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02 09:00:00 +0100", "2026-03-02T08:00"),
        ("Mon, 02 Mar 2026 09:00:00 +0100", "2026-03-02T08:00"),
        ("Mon, 2 Mar 2026 09:00:00 PST", "2026-03-02T17:00"),
        ("1772442000", "2026-03-02T09:00"),
        ("1772442000000", "2026-03-02T09:00"),
        ("March 2nd, 2026", "2026-03-02"),
        ("2 Mar 2026", "2026-03-02"),
        ("Mar 2, 2026 at 9:00 AM", "2026-03-02T09:00"),
        ("  2026-03-02T09:00:00\n", "2026-03-02T09:00"),
    ],
)
def test_a_date_is_read_in_whatever_form(written: str, expected: str):
    assert parse(written) == utc(expected)


@pytest.mark.parametrize("written", ["", "yesterday", "0000-00-00", "2026-13-45T99:00:00Z", "-1", "9" * 16, "Mon, 99 Foo 2026"])
def test_what_is_no_date_is_none_and_no_error(written: str):
    assert parse(written) is None


@pytest.mark.parametrize(
    ("published", "believed"),
    [
        ("2026-03-02", True),
        ("1990-01-01", True),
        ("1989-12-31", False),
        ("1970-01-01", False),
        ("0001-01-01", False),
        ("2026-03-10T08:00", True),
        ("2026-03-10T08:01", False),
        ("9999-12-31", False),
    ],
)
def test_a_date_before_the_web_or_more_than_a_day_ahead_is_not_believed(published: str, believed: bool):
    assert mend(utc(published), NOW) == (utc(published) if believed else None)


def test_a_missing_date_stays_missing():
    assert mend(None, NOW) is None


def test_the_news_date_is_the_earlier_of_published_and_first_seen():
    assert news_date(utc("2026-03-02"), NOW, history=False) == utc("2026-03-02")
    assert news_date(NOW + timedelta(hours=5), NOW, history=False) == NOW


def test_an_undated_entry_is_news_when_first_seen_and_never_in_a_sources_first_fetch():
    assert news_date(None, NOW, history=False) == NOW
    assert news_date(None, NOW, history=True) is None


def test_a_dated_entry_of_a_first_fetch_keeps_its_date():
    assert news_date(utc("2026-03-02"), NOW, history=True) == utc("2026-03-02")


@given(st.one_of(st.text(max_size=60), st.text("0123456789-:TZ+. ", max_size=40), MOMENTS.map(str)))
def test_any_text_is_a_date_in_utc_or_none(written: str):
    found = parse(written)
    assert found is None or found.utcoffset() == timedelta(0)


@given(st.one_of(MOMENTS, st.datetimes()))
def test_a_mended_date_is_in_utc_and_can_be_true(published: datetime):
    found = mend(published, NOW)
    assert found is None or (found.utcoffset() == timedelta(0) and EARLIEST <= found <= NOW + timedelta(days=1))
