"""What was read of what should have been."""

import pytest

from aggregator.digest import coverage
from aggregator.models import Coverage, Failure, Fetched, Health, Outcome, Source
from tests.make import WEEK, stored, utc

NOW = utc("2026-03-09T08:00")


def covered(
    *healths: Health, fetched: tuple[Fetched, ...] = (), sources: tuple[Source, ...] = (), **fields: object
) -> tuple[Coverage, float]:
    listed = sources or tuple(Source(name=health.source) for health in healths)
    given = {"since": WEEK[0], "until": WEEK[1], "now": NOW}
    return coverage(healths, fetched, (), listed, **{**given, **fields})  # type: ignore[arg-type]


def health(source: str = "acme", **fields: object) -> Health:
    given: dict[str, object] = {"source": source, "kind": "feed", "address": "https://acme.example/feed"}
    return Health(**{**given, "last_success": utc("2026-03-09T06:00"), **fields})  # type: ignore[arg-type]


def test_a_source_read_late_enough_is_read():
    assert covered(health()) == (Coverage(sources=1, read=1, unchanged=0, entries=0), 1.0)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (health(last_success=None), "has not been read yet"),
        (health(last_success=utc("2026-03-05T06:00")), "was last read on 2026-03-05"),
        (health(failures=2, error="answered\n404"), "answered 404"),
        (health(failures=1, error=""), "could not be read"),
        (health(retired=True), "was retired by its publisher"),
    ],
)
def test_a_source_that_does_not_count_says_why(known: Health, reason: str):
    read, weight = covered(known)
    assert (read.read, read.failed, weight) == (0, (Failure("acme", reason),), 0.0)


def test_a_source_never_met_is_not_read():
    assert covered(sources=(Source(name="acme"),))[0].failed == (Failure("acme", "has not been read yet"),)


def test_a_past_week_needs_no_visit_today():
    assert covered(health(last_success=utc("2026-03-08T06:00")), now=utc("2026-06-01"))[1] == 1.0


def test_this_runs_fetches_are_stronger_than_what_was_known():
    failed = Fetched(source="acme", outcome=Outcome.FAILED, reason="timed out")
    assert covered(health(), fetched=(failed,))[0].failed == (Failure("acme", "timed out"),)
    read = Fetched(source="acme", outcome=Outcome.READ)
    assert covered(health(failures=3, error="old"), fetched=(read,))[0].read == 1


def test_unchanged_sources_are_read_and_counted():
    unchanged = Fetched(source="acme", outcome=Outcome.UNCHANGED)
    assert covered(health(), fetched=(unchanged,))[0] == Coverage(sources=1, read=1, unchanged=1, entries=0)


def test_sources_weigh_as_the_reader_said():
    sources = (Source(name="a", weight=3), Source(name="b", weight=1))
    read, weight = covered(health("a"), health("b", failures=1), sources=sources)
    assert (read.read, weight) == (1, 0.75)


def test_failures_stand_in_the_order_of_names():
    sources = tuple(Source(name=name) for name in ("beta", "Alpha", "alpha"))
    assert [failure.source for failure in covered(sources=sources)[0].failed] == ["Alpha", "alpha", "beta"]


def test_entries_of_the_period_are_counted():
    dates = [None, WEEK[0], utc("2026-03-04"), WEEK[1], utc("2026-03-01T23:59")]
    entries = [stored(id=str(number), date=date) for number, date in enumerate(dates)]
    assert coverage((), (), entries, (), since=WEEK[0], until=WEEK[1], now=NOW)[0].entries == 2


def test_no_source_is_all_of_them():
    assert covered()[1] == 1.0
