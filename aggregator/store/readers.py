"""Readers, as sources.yaml names them."""

from collections.abc import Iterable

from sqlmodel import Session, update

from aggregator.models import Reader
from aggregator.store import sqlite
from aggregator.store.tables import TABLES, ReaderRow


def sync(session: Session, readers: Iterable[Reader]) -> None:
    """Make the listed readers these; one that is gone from the list stays, unlisted, since digests were made for it."""
    session.exec(update(ReaderRow).values(listed=False))
    rows = [
        ReaderRow(
            name=reader.name,
            listed=True,
            archetypes=list(reader.archetypes),
            minutes=reader.minutes,
            timezone=reader.timezone,
            day=reader.day,
            at=reader.at.isoformat("minutes"),
            channels=[kind for kind, _ in reader.channels],
        ).model_dump()
        for reader in readers
    ]
    sqlite.upsert(session.connection(), TABLES["readers"], rows)
