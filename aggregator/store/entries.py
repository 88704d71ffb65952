"""Entries: what sources published, as they gave it."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from aggregator.models import EntryId, StoredEntry
from aggregator.store import sqlite, stories
from aggregator.store.loading import every_entry, get, load
from aggregator.store.lookup import only_one
from aggregator.store.saving import Saved, save
from aggregator.store.tables import ENTRIES, SOURCES, EntryRow

__all__ = ["Saved", "any_between", "between", "count", "find", "forget", "get", "newest", "save", "search"]

NEWEST_FIRST = ENTRIES.c.date.desc().nulls_last(), ENTRIES.c.first_seen.desc(), ENTRIES.c.id


def between(session: Session, since: datetime, until: datetime) -> list[StoredEntry]:
    """Give the entries whose news date lies in the half-open period, of listed and unlisted sources, by (date, id)."""
    date = ENTRIES.c.date
    return load(session, every_entry().where(date >= since, date < until).order_by(date, ENTRIES.c.id))


def find(session: Session, prefix: str) -> StoredEntry | None:
    """Give the one entry whose id begins so. Raises UsageError where several do."""
    found = only_one(session, col(EntryRow.id), prefix)
    return get(session, [EntryId(found)])[EntryId(found)] if found else None


def search(session: Session, words: str, limit: int = 20) -> list[StoredEntry]:
    """Give the entries that hold all the words, the best first and the newest among equals. "Quoted words" are a phrase."""
    if not sqlite.query_of(words):
        return []
    found = sqlite.found(words)
    matching = every_entry().join(found, found.c.number == ENTRIES.c.number)
    return load(session, matching.order_by(found.c.rank, *NEWEST_FIRST).limit(limit))


def newest(session: Session, source: str, limit: int) -> list[StoredEntry]:
    """Give a source's newest entries; those without a news date come last."""
    return load(session, every_entry().where(SOURCES.c.name == source).order_by(*NEWEST_FIRST).limit(limit))


def any_between(session: Session, since: datetime, until: datetime) -> bool:
    """Say whether `between` would give anything, without loading it."""
    date = col(EntryRow.date)
    return session.exec(select(EntryRow.number).where(date >= since, date < until).limit(1)).first() is not None


def count(session: Session) -> int:
    """Say how many entries there are."""
    return session.exec(select(func.count()).select_from(EntryRow)).one()


def forget(session: Session, id: EntryId) -> bool:  # noqa: A002  # the field's name
    """Delete the entry; False where there is none. Digests that told it stay as they are."""
    gone = session.exec(delete(EntryRow).where(col(EntryRow.id) == id)).rowcount
    stories.drop_empty(session)
    return gone > 0
