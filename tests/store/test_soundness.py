"""What the store says of its own file, for `digest doctor`."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from aggregator.errors import StoreError
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


def test_damage_inside_the_file_is_told_in_lines(opened: Callable[[], Store], path: Path):
    spoil_index(opened, path, lambda page: page.replace(b"acme", b"acmf"))
    with opened() as store:
        assert store.faults() == ["row 1 missing from index ix_sources_name"]


def test_a_file_too_damaged_to_be_read_through_is_one_clear_line(opened: Callable[[], Store], path: Path):
    spoil_index(opened, path, lambda page: bytes(len(page)))
    with opened() as store, pytest.raises(StoreError, match=r"digest\.db: the database is damaged\. Keep a copy of it"):
        store.faults()


def spoil_index(opened: Callable[[], Store], path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change the page that holds the index of the sources' names, as a failing disk does."""
    with opened() as store, store.transaction() as session:
        sources.sync(session, [source()], NOW)
    with closing(sqlite3.connect(path)) as other:
        (page,) = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_sources_name'").fetchone()
        (size,) = other.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        held = file.read(size)
        file.seek((page - 1) * size)
        file.write(change(held))
