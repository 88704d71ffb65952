"""Digests: kept whole, as they were composed, and never changed."""

from datetime import datetime
from functools import cache

import sqlalchemy
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session, col, select

from aggregator.errors import StoreError
from aggregator.models import Digest, DigestId, EntryId, StoredEntry
from aggregator.store import versions
from aggregator.store.loading import get as get_entries
from aggregator.store.lookup import only_one
from aggregator.store.tables import DigestEntryRow, DigestRow, DigestStoryRow

EARLIER = 60  # digests that `earlier` looks back: more than a year of weeks
NEWEST_FIRST = col(DigestRow.composed).desc(), col(DigestRow.until).desc(), col(DigestRow.id).desc()


def add(session: Session, digest: Digest, *, fingerprint: str, now: datetime) -> None:
    """Keep a digest. The same one again changes nothing; another with its id is refused with StoreError."""
    body = _form().dump_json(digest).decode()
    stored = session.get(DigestRow, digest.id)
    if stored is not None:
        if stored.body != body:
            raise StoreError(f"there is another digest with the id {digest.id}", todo="A digest never changes: report this.")
        return
    row = DigestRow(
        id=digest.id,
        reader=digest.reader,
        since=digest.since,
        until=digest.until,
        state=digest.state.value,
        title=digest.title,
        fingerprint=fingerprint,
        composed=now,
        sample=digest.sample,
        body=body,
    )
    session.add(row)
    session.flush()
    _add_parts(session, digest)


def _add_parts(session: Session, digest: Digest) -> None:
    stories = [
        {
            "digest_id": digest.id,
            "position": position,
            "story_id": story.id,
            "title": story.title,
            "url": story.url,
            "form": story.form.value,
            "is_update": story.update,
        }
        for position, story in enumerate(digest.stories)
    ]
    told = [
        {"digest_id": digest.id, "story_id": story.id, "position": position, "entry_id": entry.id}
        for story in digest.stories
        for position, entry in enumerate(story.entries)
    ]
    for table, values in ((DigestStoryRow, stories), (DigestEntryRow, told)):
        if values:
            session.connection().execute(sqlalchemy.insert(table), values)


def told(session: Session, digest: Digest) -> dict[EntryId, StoredEntry]:
    """Give the entries that the digest lists, with what they said when it was composed; those forgotten since are missing.

    Of a digest that is not stored here it is what they say today.
    """
    ids = [entry.id for story in digest.stories for entry in story.entries]
    row = session.get(DigestRow, digest.id)
    return versions.as_of(session, ids, row.composed) if row else get_entries(session, ids)


def by_fingerprint(session: Session, fingerprint: str) -> Digest | None:
    """Give the digest last composed of this reader, period and entries."""
    found = select(DigestRow).where(col(DigestRow.fingerprint) == fingerprint).order_by(*NEWEST_FIRST).limit(1)
    return _read(session.exec(found).first())


def get(session: Session, prefix: str) -> Digest | None:
    """Give the one digest whose id begins so. Raises UsageError where several do."""
    found = only_one(session, col(DigestRow.id), prefix)
    return _read(session.get(DigestRow, found)) if found else None


def find(session: Session, id: DigestId) -> Digest | None:  # noqa: A002  # the field's name
    """Give the digest with exactly this id."""
    return _read(session.get(DigestRow, id))


def latest(session: Session, reader: str | None = None) -> Digest | None:
    """Give the digest composed last, for this reader or for any."""
    found = select(DigestRow).order_by(*NEWEST_FIRST).limit(1)
    return _read(session.exec(found if reader is None else found.where(col(DigestRow.reader) == reader)).first())


def earlier(session: Session, reader: str, before: datetime) -> list[Digest]:
    """Give the reader's digests whose period ended at or before this moment, the latest period first, at most `EARLIER`."""
    found = select(DigestRow).where(col(DigestRow.reader) == reader, col(DigestRow.until) <= before)
    return [_digest(row) for row in session.exec(found.order_by(col(DigestRow.until).desc(), *NEWEST_FIRST).limit(EARLIER))]


def all(session: Session) -> list[Digest]:  # noqa: A001  # read as `digests.all`
    """Give every digest, the one composed last first."""
    return [_digest(row) for row in session.exec(select(DigestRow).order_by(*NEWEST_FIRST))]


def _read(row: DigestRow | None) -> Digest | None:
    return None if row is None else _digest(row)


def _digest(row: DigestRow) -> Digest:
    try:
        return _form().validate_json(row.body)
    except ValidationError as error:
        raise StoreError(
            f"the digest {row.id} cannot be read", todo="Install the newest version; if it cannot either, report it."
        ) from error


@cache
def _form() -> TypeAdapter[Digest]:
    return TypeAdapter(Digest)
