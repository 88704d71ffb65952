"""Save what a source gave: what is new, what was edited, what is known as it is.

An entry is known by its guid within the source, else by its canonical address, else by title and date. A guid or an address
that a feed gives to many entries names none of them: the next of the three does.
"""

import hashlib
from base64 import b32encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from aggregator.errors import StoreError
from aggregator.models import Entry, EntryId
from aggregator.store import sqlite
from aggregator.store.loading import existing
from aggregator.store.lookup import portions
from aggregator.store.tables import ENTRIES, SourceRow, clean
from aggregator.store.versions import keep_told
from aggregator.text.urls import canonical

ID_LENGTH = 12  # of base32: 60 bits, so that among a million entries two meet by chance once in two million times
SHARED = 2  # titles under one guid: a correction beside its original; more is a feed that gives all its entries the same
HASH = "content_hash"
MOST = 2**63 - 1  # SQLite's largest integer

NewsDate = Callable[[datetime | None, datetime, bool], datetime | None]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the entries that a source gave."""

    new: int
    updated: int
    unchanged: int


def save(session: Session, source: str, entries: Iterable[Entry], *, now: datetime, history: bool, date: NewsDate) -> Saved:
    """Keep the entries of a listed source.

    An edited entry takes what the source says now and keeps its news date and when it was first seen; a republished one is an
    edited one. Of entries that share an identity the first counts. `date(published, first seen, history)` gives the news date.
    """
    row = session.exec(select(SourceRow).where(col(SourceRow.name) == source, col(SourceRow.listed))).first()
    if row is None or row.id is None:
        raise StoreError(f"there is no source named {source!r}", todo="`digest sources` lists those there are.")
    given = {identity: _values(entry) for identity, entry in _by_identity(entries).items()}
    known = _known(session, row.id, list(given))
    edited = {number: given[identity] for identity, (number, before) in known.items() if given[identity][HASH] != before}
    new = {identity: values for identity, values in given.items() if identity not in known}
    ids = _new_ids(session, row, list(new))
    for identity, values in new.items():
        values |= {"id": ids[identity], "source_id": row.id, "identity": identity, "first_seen": now}
        values["date"] = _in_utc(date(values["published"], now, history))
    connection = session.connection()
    with sqlite.indexing(connection, list(edited)):
        if new:
            connection.execute(sqlalchemy.insert(ENTRIES), list(new.values()))
        if edited:
            keep_told(session, list(edited), now)
            change = sqlalchemy.update(ENTRIES).where(ENTRIES.c.number == bindparam("its_number"))
            connection.execute(change, [values | {"its_number": number} for number, values in edited.items()])
    return Saved(new=len(new), updated=len(edited), unchanged=len(known) - len(edited))


def _by_identity(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Give each entry the name by which it is known in its source."""
    named: dict[str, Entry] = {}
    left = list(entries)
    for name in (_guid, _address, _title_and_date):
        groups: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in left:
            groups[name(entry)].append(entry)
        left = groups.pop("", [])
        for identity, same in groups.items():
            if name is _title_and_date or len({(entry.title, entry.published) for entry in same}) <= SHARED:
                named[identity] = same[0]
            else:
                left += same
    return named


def _guid(entry: Entry) -> str:
    guid = clean(entry.guid).strip()
    return guid and f"guid:{guid}"


def _address(entry: Entry) -> str:
    address = clean(canonical(entry.url))
    return address and f"url:{address}"


def _title_and_date(entry: Entry) -> str:
    date = _in_utc(entry.published)
    return f"hash:{_hash(entry.title, date.isoformat() if date else '').hex()}"


def _hash(*texts: str) -> bytes:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).digest()


def _in_utc(moment: datetime | None) -> datetime | None:
    """Give the moment in UTC; None where that is before the year 1 or after 9999."""
    try:
        return moment and moment.astimezone(UTC)
    except OverflowError:
        return None


def _known(session: Session, source_id: int, identities: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Give number and content hash of those that the source has given before."""
    kept = sqlalchemy.select(ENTRIES.c.identity, ENTRIES.c.number, ENTRIES.c.content_hash)
    return {
        row.identity: (row.number, row.content_hash)
        for part in portions(identities)
        for row in session.connection().execute(kept.where(ENTRIES.c.source_id == source_id, ENTRIES.c.identity.in_(part)))
    }


def _new_ids(session: Session, source: SourceRow, identities: Sequence[str]) -> dict[str, EntryId]:
    """Give each identity an id that always follows from the source's name and the identity.

    The name and not the address, so that the same news read through a mirror or on another port gives the same digest. Only
    where the id is another entry's (a source that took over a name, a crafted guid) does a number join them.
    """
    ids: dict[str, EntryId] = {}
    left, attempt = list(identities), 0
    while left:
        wished = {identity: _id(source.name, identity, *[str(attempt)] * (attempt > 0)) for identity in left}
        taken = set(ids.values()) | existing(session, list(wished.values()))
        for identity, wish in wished.items():
            if wish not in taken:
                ids[identity] = wish
                taken.add(wish)
        left, attempt = [identity for identity in left if identity not in ids], attempt + 1
    return ids


def _id(*parts: str) -> EntryId:
    return EntryId(b32encode(_hash(*parts)).decode("ascii").lower()[:ID_LENGTH])


def _values(entry: Entry) -> dict[str, Any]:
    """Give what a source says of an entry, by column."""
    said = {
        "guid": entry.guid,
        "title": entry.title,
        "url": entry.url,
        "target": entry.target,
        "author": entry.author,
        "content": entry.content,
        "text": entry.text,
        "points": None if entry.points is None else max(-MOST, min(MOST, entry.points)),
        "published": _in_utc(entry.published),
        "updated": _in_utc(entry.updated),
    }
    return said | {HASH: _hash(*("" if value is None else f"={value}" for value in said.values())).hex()[:32]}
