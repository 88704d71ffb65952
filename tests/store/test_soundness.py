"""What the store says of its own file, for `digest doctor`."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from aggregator.store import Store, sources
from tests.make import source
from tests.store.conftest import NOW

UNRELATED = "INSERT INTO digest_stories VALUES ('lost', 0, 's', 'Title', 'https://acme.example', 'full', 0)"


def test_a_sound_file_has_no_faults(store: Store):
    assert store.faults() == []


def test_rows_that_point_at_nothing_are_named_by_their_table(store: Store, path: Path):
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(UNRELATED)  # any other tool may do so: foreign keys are off unless asked for
    assert store.faults() == ["rows of digest_stories point at nothing"]


def test_a_damaged_page_is_found_and_told_in_lines(opened: Callable[[], Store], path: Path):
    with opened() as store, store.transaction() as session:
        sources.sync(session, [source()], NOW)
    with closing(sqlite3.connect(path)) as other:
        (page,) = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_sources_name'").fetchone()
        (size,) = other.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    with opened() as store:
        faults = store.faults()
    assert faults
    assert not [line for line in faults if "\n" in line or line.startswith("***") or line == "ok"]
