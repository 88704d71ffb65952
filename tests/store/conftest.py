"""A real database file for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aggregator.store import Store, open_store, sources
from tests.make import source, utc

NOW = utc("2026-03-03T12:00")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Say where the database of this test lies."""
    return tmp_path / "home" / "digest.db"


@pytest.fixture
def opened(path: Path) -> Callable[[], Store]:
    """Give what opens the database, as often as a test wants."""
    return lambda: open_store(f"sqlite:///{path}", backups=path.parent / "backups", now=NOW)


@pytest.fixture
def store(opened: Callable[[], Store]) -> Iterator[Store]:
    """Give an open store with one source, `acme`."""
    with opened() as store:
        with store.transaction() as session:
            sources.sync(session, [source()], NOW)
        yield store
