"""Bring the schema up to date with Alembic, after a backup, in one transaction. A newer schema is refused."""

import glob
import importlib.resources
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from aggregator.errors import NewerSchemaError, StoreError
from aggregator.store import sqlite
from aggregator.store.tables import SCHEMA

BACKUPS_KEPT = 5


def migrations() -> Path:
    """Give the folder of migrations: in the package as it is installed, beside it in a checkout."""
    package = Path(str(importlib.resources.files("aggregator")))
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


def migrate(path: Path, *, backups: Path, now: datetime, head: str = SCHEMA, folder: Path | None = None) -> None:
    """Run the migrations of the folder that the database lacks; other processes wait.

    Foreign keys are off meanwhile, since a migration may copy a table and drop the old one; they are checked at the end.
    Raises NewerSchemaError, and StoreError where a backup cannot be written: then nothing is touched.
    """
    engine = sqlite.engine(path, writes=True, patience=sqlite.MIGRATION_PATIENCE, foreign_keys=False)
    try:
        with engine.begin() as connection:
            revision = sqlite.read_revision(sqlite.driver(connection), str(path))
            if revision == head:  # another process was faster
                return
            _upgrade(connection, path, revision, backups, now, folder or migrations())
            broken = sqlite.broken_references(connection)
            if broken:
                raise StoreError(f"rows of {', '.join(broken)} point at nothing", where=str(path), todo="Please report it.")
    finally:
        engine.dispose()


def _upgrade(connection: Connection, path: Path, revision: str | None, backups: Path, now: datetime, folder: Path) -> None:
    from alembic import command  # noqa: PLC0415  # 0.3 s that an up-to-date database need not wait for
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    if revision:
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if revision not in known:
            raise NewerSchemaError(
                f"the database was written by a newer version of this program (schema {revision}, this one knows {SCHEMA})",
                where=str(path),
                todo="Install the newest version; the file is untouched.",
            )
        _backup(path, backups, revision, now)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _backup(path: Path, backups: Path, revision: str, now: datetime) -> None:
    """Copy the file, and keep the newest few copies."""
    make_folder(backups)
    try:
        sqlite.backup(path, backups / f"{path.stem}-{now.astimezone(UTC):%Y%m%dT%H%M%S}Z-schema-{revision}.db")
        for old in sorted(backups.glob(f"{glob.escape(path.stem)}-*Z-schema-*.db"))[:-BACKUPS_KEPT]:
            old.unlink()
    except OSError as error:
        what = f"no backup can be written ({error.strerror}), so the database stays as it is"
        raise StoreError(what, where=str(backups), todo="Make the folder writable and try again.") from error


def make_folder(folder: Path) -> None:
    """Make the folder, for the person alone, unless it is there. Raises StoreError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        what = f"the folder cannot be made ({error.strerror})"
        raise StoreError(what, where=str(folder), todo="Make it yourself, or set DIGEST_HOME to another.") from error
