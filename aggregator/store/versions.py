"""What an entry said before it was edited, kept for the digests that told it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy
from sqlmodel import Session

from aggregator.models import EntryId, StoredEntry
from aggregator.store.loading import get
from aggregator.store.lookup import portions
from aggregator.store.tables import ENTRIES, TABLES

VERSIONS, TOLD = TABLES["entry_versions"], TABLES["digest_entries"]
SAID = ("guid", "title", "url", "target", "author", "text")  # what a digest can be held against


def keep_told(session: Session, numbers: Sequence[int], now: datetime) -> None:
    """Keep these entries as they are, if a digest told them and nothing was kept at this very moment already."""
    kept = sqlalchemy.exists().where(VERSIONS.c.entry_id == ENTRIES.c.id, VERSIONS.c.until == now)
    told = sqlalchemy.exists().where(TOLD.c.entry_id == ENTRIES.c.id)
    moment = sqlalchemy.literal(now, VERSIONS.c.until.type)
    for part in portions(numbers):
        as_they_are = sqlalchemy.select(ENTRIES.c.id, moment, *(ENTRIES.c[name] for name in SAID)).where(
            ENTRIES.c.number.in_(part), told, ~kept
        )
        session.connection().execute(sqlalchemy.insert(VERSIONS).from_select(["entry_id", "until", *SAID], as_they_are))


def as_of(session: Session, ids: Sequence[EntryId], moment: datetime) -> dict[EntryId, StoredEntry]:
    """Give those of the entries that are there, with what they said at this moment, as far as a digest told them then."""
    entries = get(session, ids)
    columns = VERSIONS.c.entry_id, *(VERSIONS.c[name] for name in SAID)
    for part in portions(list(entries)):
        later = sqlalchemy.select(*columns).where(VERSIONS.c.entry_id.in_(part), VERSIONS.c.until > moment)
        for entry, *said in session.connection().execute(later.order_by(VERSIONS.c.until.desc())):
            entries[entry] = replace(entries[entry], **dict(zip(SAID, said, strict=True)))
    return entries
