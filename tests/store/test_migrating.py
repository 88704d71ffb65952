"""Migrations: the schema they make, the backup before, and what a fault in one of them does."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from aggregator.errors import StoreError
from aggregator.store import Store, entries, sources, sqlite
from aggregator.store.migrating import BACKUPS_KEPT, migrate, migrations
from aggregator.store.tables import SCHEMA, TABLES, Row
from tests.make import entry, source
from tests.store.conftest import NOW

Opened = Callable[[], Store]

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", "{before}"


def upgrade():
    with op.batch_alter_table("sources", recreate="always") as batch:
        batch.add_column(sa.Column("mood", sa.Text()))
    {more}
"""


@pytest.fixture
def later(tmp_path: Path) -> Callable[[str], Path]:
    """Give the migrations of a later version: one that copies the table of sources, and then does more."""

    def made(more: str) -> Path:
        folder = tmp_path / "later"
        shutil.copytree(migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "next.py").write_text(NEXT.format(before=SCHEMA, more=more))
        return folder

    return made


@pytest.fixture
def filled(made: Path, opened: Opened) -> Path:
    """Give a closed database with one source and one entry."""
    with opened() as store, store.transaction() as session:
        sources.sync(session, [source()], NOW)
        entries.save(session, "acme", [entry()], now=NOW, history=False, date=lambda published, *_: published)
    return made


def read(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_the_migrated_schema_is_that_of_the_tables(store: Store):
    with store.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        differences = compare_metadata(context, Row.metadata)
    ours = [found for found in differences if not (found[0] == "remove_table" and found[1].name.startswith("entries_fts"))]
    assert ours == []


def test_the_migrated_schema_is_that_of_the_tables_to_the_letter(store: Store, tmp_path: Path):
    """Alembic does not compare the order of columns, ON DELETE, or partial indexes."""
    direct = sqlite.engine(tmp_path / "direct.db", writes=True)
    with direct.begin() as connection:
        Row.metadata.create_all(connection)
        sqlite.create_search(connection)
        sqlite.create_promises(connection)
    direct.dispose()
    schema = "SELECT name, sql FROM sqlite_schema WHERE name <> 'alembic_version' AND sql IS NOT NULL ORDER BY name"
    migrated = dict(read(Path(store.location), schema))
    made = dict(read(tmp_path / "direct.db", schema))
    assert {name: parts(sql) for name, sql in migrated.items()} == {name: parts(sql) for name, sql in made.items()}


def parts(sql: object) -> list[str]:
    """Give the lines of a statement without the order of its constraints."""
    lines = [line.strip().rstrip(",") for line in str(sql).splitlines()]
    return [line for line in lines if "CONSTRAINT" not in line] + sorted(line for line in lines if "CONSTRAINT" in line)


def test_schema_names_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(migrations()))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA


def test_a_migration_keeps_every_row_though_it_copies_a_table_that_others_point_at(filled: Path, later):
    migrate(filled, backups=filled.parent / "backups", now=NOW, head="next", folder=later("pass"))
    assert read(filled, "SELECT name, mood FROM sources") == [("acme", None)]
    assert read(filled, "SELECT title FROM entries") == [("Acme releases Anvil 2",)]
    assert read(filled, "SELECT version_num FROM alembic_version") == [("next",)]
    assert read(filled, "PRAGMA integrity_check") == [("ok",)]


def test_before_a_migration_the_file_is_copied(filled: Path, later):
    backups = filled.parent / "backups"
    migrate(filled, backups=backups, now=NOW, head="next", folder=later("pass"))
    (copy,) = backups.iterdir()
    assert copy.name == f"digest-20260303T120000Z-schema-{SCHEMA}.db"
    assert read(copy, "SELECT title FROM entries") == [("Acme releases Anvil 2",)]
    assert read(copy, "SELECT version_num FROM alembic_version") == [(SCHEMA,)]
    assert read(copy, "PRAGMA integrity_check") == [("ok",)]


def test_what_another_process_wrote_last_is_in_the_copy(filled: Path, later):
    with closing(sqlite3.connect(filled)) as other:
        other.execute("UPDATE entries SET title = 'written last'")
        other.commit()  # stands in the write-ahead log for as long as this connection is open
        migrate(filled, backups=filled.parent / "backups", now=NOW, head="next", folder=later("pass"))
    (copy,) = (filled.parent / "backups").iterdir()
    assert read(copy, "SELECT title FROM entries") == [("written last",)]


def test_only_the_newest_copies_are_kept(filled: Path, later, tmp_path: Path):
    folder, backups = later("pass"), tmp_path / "backups"
    for day in range(BACKUPS_KEPT + 2):
        work = tmp_path / f"{day}" / "digest.db"
        work.parent.mkdir()
        shutil.copy(filled, work)
        migrate(work, backups=backups, now=NOW + timedelta(days=day), head="next", folder=folder)
    names = sorted(copy.name for copy in backups.iterdir())
    assert len(names) == BACKUPS_KEPT
    assert names[0].startswith("digest-20260305T")


@pytest.mark.parametrize("more", ["op.execute('no such statement')", "op.execute('UPDATE entries SET source_id = 99')"])
def test_a_migration_that_fails_changes_nothing(filled: Path, later, more: str):
    before = read(filled, "SELECT name, sql FROM sqlite_schema")
    with pytest.raises(StoreError), sqlite.told(str(filled)):
        migrate(filled, backups=filled.parent / "backups", now=NOW, head="next", folder=later(more))
    assert read(filled, "SELECT name, sql FROM sqlite_schema") == before
    assert read(filled, "SELECT version_num FROM alembic_version") == [(SCHEMA,)]


def test_without_a_backup_there_is_no_migration(filled: Path, later):
    (filled.parent / "backups").write_text("a file stands in the folder's place")
    with pytest.raises(StoreError, match=r"backups: the folder cannot be made"):
        migrate(filled, backups=filled.parent / "backups", now=NOW, head="next", folder=later("pass"))
    assert read(filled, "SELECT version_num FROM alembic_version") == [(SCHEMA,)]


def test_a_migration_that_another_process_has_done_is_not_done_again(filled: Path, later):
    migrate(filled, backups=filled.parent / "backups", now=NOW, folder=later("pass"))
    assert not (filled.parent / "backups").exists()


@pytest.mark.parametrize("table", sorted(TABLES))
def test_constraints_and_indexes_have_names_of_their_own(table: str):
    assert all(constraint.name for constraint in TABLES[table].constraints)
    assert all(index.name for index in TABLES[table].indexes)
