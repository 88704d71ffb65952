"""Open the store: make the folder and the file, and bring the schema up to date."""

from datetime import datetime
from pathlib import Path

from aggregator.store import sqlite
from aggregator.store.migrating import make_folder, migrate
from aggregator.store.store import Store
from aggregator.store.tables import SCHEMA


def open_store(url: str, *, backups: Path, now: datetime, patience: float = sqlite.PATIENCE) -> Store:
    """Open the database, making or migrating it first where that is needed. `patience`: seconds to wait for other writers.

    Raises StoreError, NewerSchemaError where a newer version of this program wrote it, SettingsError for a wrong address.
    """
    path = sqlite.file_of(url)
    make_folder(path.parent)
    with sqlite.told(str(path)):
        if sqlite.look(path, patience) != SCHEMA:
            migrate(path, backups=backups.expanduser(), now=now)
    return Store(path, patience)
