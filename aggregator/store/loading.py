"""Load entries: rows in, values out."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy
from sqlalchemy import Select
from sqlmodel import Session

from aggregator.models import EntryId, StoredEntry
from aggregator.store.lookup import portions
from aggregator.store.tables import ENTRIES, SOURCES

COLUMNS = [name for name in StoredEntry.__dataclass_fields__ if name != "source"]  # each a column of the same name


def every_entry() -> Select[Any]:
    """Give the query for all entries, to be narrowed and ordered."""
    columns = [ENTRIES.c[name] for name in COLUMNS]
    return sqlalchemy.select(SOURCES.c.name, *columns).join_from(ENTRIES, SOURCES, SOURCES.c.id == ENTRIES.c.source_id)


def load(session: Session, query: Select[Any]) -> list[StoredEntry]:
    """Run such a query."""
    names = ["source", *COLUMNS]
    return [StoredEntry(**dict(zip(names, row, strict=True))) for row in session.connection().execute(query)]


def get(session: Session, ids: Iterable[EntryId]) -> dict[EntryId, StoredEntry]:
    """Give those of the entries that are there, in the order asked for."""
    wanted = list(dict.fromkeys(ids))
    found = [entry for part in portions(wanted) for entry in load(session, every_entry().where(ENTRIES.c.id.in_(part)))]
    by_id = {entry.id: entry for entry in found}
    return {wish: by_id[wish] for wish in wanted if wish in by_id}


def existing(session: Session, ids: Sequence[EntryId]) -> set[EntryId]:
    """Give those of the ids that are an entry's."""
    kept = sqlalchemy.select(ENTRIES.c.id)
    return {row.id for part in portions(ids) for row in session.connection().execute(kept.where(ENTRIES.c.id.in_(part)))}
