"""Which period and which reader a digest is made for."""

from zoneinfo import ZoneInfo

import pytest

from aggregator.cli.now import Wish, period, reader_of
from aggregator.errors import UsageError
from aggregator.models import Reader
from tests.make import utc

NOW = utc("2026-03-09T08:00")
BERLIN = ZoneInfo("Europe/Berlin")
NAMES = ["data-pipeline", "researcher", "ux"]


def test_without_a_wish_it_is_the_last_seven_days():
    assert period(Wish(), BERLIN, NOW) == (utc("2026-03-02T08:00"), NOW)


def test_a_date_is_its_first_moment_in_the_readers_zone():
    wish = Wish(since="2026-03-02", until="2026-03-09")
    assert period(wish, BERLIN, NOW) == (utc("2026-03-01T23:00"), utc("2026-03-08T23:00"))


def test_a_day_on_which_the_clock_changes_has_its_own_length():
    since, until = period(Wish(since="2026-03-29", until="2026-03-30"), BERLIN, NOW)
    assert (until - since).total_seconds() == 23 * 3600


def test_a_moment_with_a_zone_of_its_own_keeps_it():
    since, _ = period(Wish(since="2026-03-02T10:00+09:00"), BERLIN, NOW)
    assert since == utc("2026-03-02T01:00")


def test_a_job_that_starts_some_seconds_earlier_next_week_does_not_overlap():
    this_week = period(Wish(), BERLIN, utc("2026-03-02T08:00:09"))
    next_week = period(Wish(), BERLIN, utc("2026-03-09T08:00:02"))
    assert this_week[1] == next_week[0]


def test_days_count_back_from_now():
    assert period(Wish(days=1.5), BERLIN, NOW)[0] == utc("2026-03-07T20:00")


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (Wish(since="yesterday"), "--since: found 'yesterday', expected a date such as 2026-03-02"),
        (Wish(since="2026-03-09", until="2026-03-02"), "the period is empty"),
        (Wish(since="2026-03-09", until="2026-03-09"), "the period is empty"),
        (Wish(days=3, since="2026-03-02"), "--days and --since/--until were both given"),
        (Wish(since="0001-01-01"), "--since: found '0001-01-01', expected a year from 1990 to 2200"),
        (Wish(until="9999-12-31"), "--until: found '9999-12-31'"),
        (Wish(days=0), "--days: found 0"),
        (Wish(days=-1), "--days: found -1"),
        (Wish(days=float("nan")), "--days: found nan"),
    ],
)
def test_a_period_that_cannot_be_is_said(wish: Wish, told: str):
    with pytest.raises(UsageError, match=told):
        period(wish, BERLIN, NOW)


def test_a_wish_changes_the_reader_for_this_digest():
    reader = reader_of([Reader(archetypes=("ux",))], Wish(archetypes=("researcher", "researcher"), minutes=3), NAMES)
    assert (reader.archetypes, reader.minutes) == (("researcher",), 3)


def test_the_first_reader_is_meant_where_none_is_named():
    assert reader_of([Reader(name="ada"), Reader(name="bob")], Wish(), NAMES).name == "ada"


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (Wish(archetypes=("reseacher",)), "unknown archetype 'reseacher', did you mean 'researcher'?"),
        (Wish(reader="adda"), "unknown reader 'adda', did you mean 'ada'?"),
        (Wish(minutes=0.5), "--minutes: found 0.5, expected 1 to 60"),
    ],
)
def test_a_wrong_word_is_answered_with_the_nearest_right_one(wish: Wish, told: str):
    with pytest.raises(UsageError) as caught:
        reader_of([Reader(name="ada")], wish, NAMES)
    assert told in str(caught.value)
