"""A real database file for each test."""

import shutil
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


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty database of the newest schema: to copy it is faster than to migrate."""
    folder = tmp_path_factory.mktemp("template")
    open_store(f"sqlite:///{folder / 'digest.db'}", backups=folder, now=NOW).close()
    return folder / "digest.db"


@pytest.fixture
def made(path: Path, template: Path) -> Path:
    """Give the path of this test's database when it is there, and empty."""
    path.parent.mkdir()
    shutil.copy(template, path)
    return path


@pytest.fixture
def store(made: Path, opened: Callable[[], Store]) -> Iterator[Store]:
    """Give an open store with one source, `acme`."""
    with opened() as store:
        with store.transaction() as session:
            sources.sync(session, [source()], NOW)
        yield store
