"""The same reader, period and entries give the same mark, and nothing else does."""

from dataclasses import replace

import pytest

from aggregator.digest import fingerprint
from aggregator.models import Reader, StoredEntry
from tests.make import WEEK, stored, utc

ENTRIES = [stored("One"), stored("Two")]


def test_the_order_of_entries_does_not_matter():
    assert fingerprint(Reader(), *WEEK, ENTRIES) == fingerprint(Reader(), *WEEK, ENTRIES[::-1])


def test_points_and_channels_do_not_matter():
    rising = [replace(entry, points=900) for entry in ENTRIES]
    assert fingerprint(Reader(channels=(("files", None),)), *WEEK, rising) == fingerprint(Reader(), *WEEK, ENTRIES)


def test_the_zone_in_which_the_period_is_written_does_not_matter():
    assert fingerprint(Reader(), utc("2026-03-02T01:00+01:00"), WEEK[1], ENTRIES) == fingerprint(Reader(), *WEEK, ENTRIES)


@pytest.mark.parametrize(
    "reader", [Reader(name="you"), Reader(archetypes=("ux",)), Reader(minutes=3), Reader(timezone="Europe/Berlin")], ids=repr
)
def test_another_reader_is_another_digest(reader: Reader):
    assert fingerprint(reader, *WEEK, ENTRIES) != fingerprint(Reader(), *WEEK, ENTRIES)


@pytest.mark.parametrize(
    "entries",
    [ENTRIES[:1], [*ENTRIES, stored("Three")], [replace(ENTRIES[0], text="edited"), ENTRIES[1]]],
    ids=["less", "more", "edited"],
)
def test_other_entries_are_another_digest(entries: list[StoredEntry]):
    assert fingerprint(Reader(), *WEEK, entries) != fingerprint(Reader(), *WEEK, ENTRIES)


def test_another_period_is_another_digest():
    assert fingerprint(Reader(), WEEK[0], utc("2026-03-10"), ENTRIES) != fingerprint(Reader(), *WEEK, ENTRIES)
