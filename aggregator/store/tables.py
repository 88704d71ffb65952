"""The tables, as docs/database.md tells them. Rows never leave this room.

Times are stored as text, `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, so they sort as text, and come back aware. Every change
here needs a migration (migrations/) and a new SCHEMA; a test compares the two.
"""

# `__tablename__ = "..."` is SQLModel's way to name a table, though its type denies it.
# pyright: reportAssignmentType=false

from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import JSON, Dialect, Index, MetaData, Table, Text, UniqueConstraint, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SCHEMA = "0001"  # the newest revision in migrations/versions: a database that says so is opened without loading Alembic

# Constraints have names, so that a later migration can speak of them.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def clean(text: str) -> str:
    """Give the text without NUL and half surrogate pairs."""
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Words(TypeDecorator[str]):
    """Text that SQLite can hold and every tool can read: a NUL goes, half a surrogate pair becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Mend what cannot be written as UTF-8."""
        return None if value is None else clean(value)


class Row(SQLModel):
    """What all rows share: one register of tables, theirs alone."""

    metadata = MetaData(naming_convention=NAMES)


class SourceRow(Row, table=True):
    """A source with its checkpoint and its health."""

    __tablename__ = "sources"
    __table_args__ = (Index("ix_sources_name", "name", unique=True, sqlite_where=text("listed")),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=Words)
    address: str = Field(sa_type=Words)
    name: str = Field(sa_type=Words)
    listed: bool
    added: AwareDatetime
    title: str = Field(default="", sa_type=Words)
    checkpoint: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True), nullable=True)
    last_success: AwareDatetime | None = None
    last_error: AwareDatetime | None = None
    error: str = Field(default="", sa_type=Words)
    failures: int = 0
    next_try: AwareDatetime | None = None
    wait_until: AwareDatetime | None = None
    retired: bool = False
    moved_to: str = Field(default="", sa_type=Words)


class EntryRow(Row, table=True):
    """An entry. `number` is for the search index alone: nothing sorts by it."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("source_id", "identity"),
        Index("ix_entries_date_id", "date", "id"),
        Index("ix_entries_source_id_date", "source_id", "date"),
    )

    number: int | None = Field(default=None, primary_key=True)
    id: str = Field(sa_type=Words, unique=True)
    source_id: int = Field(foreign_key="sources.id", ondelete="CASCADE")
    identity: str = Field(sa_type=Words)
    guid: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    url: str = Field(sa_type=Words)
    target: str | None = Field(sa_type=Words, nullable=True)
    author: str = Field(sa_type=Words)
    content: str = Field(sa_type=Words)
    text: str = Field(sa_type=Words)
    points: int | None
    published: AwareDatetime | None
    updated: AwareDatetime | None
    date: AwareDatetime | None
    first_seen: AwareDatetime
    content_hash: str = Field(sa_type=Words)


class EntryVersionRow(Row, table=True):
    """An entry as it was until it was edited, kept where a digest told it: what was said then stays checkable."""

    __tablename__ = "entry_versions"

    entry_id: str = Field(sa_type=Words, foreign_key="entries.id", ondelete="CASCADE", primary_key=True)
    until: AwareDatetime = Field(primary_key=True)
    guid: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    url: str = Field(sa_type=Words)
    target: str | None = Field(sa_type=Words, nullable=True)
    author: str = Field(sa_type=Words)
    text: str = Field(sa_type=Words)


class StoryRow(Row, table=True):
    """A story."""

    __tablename__ = "stories"

    id: str = Field(sa_type=Words, primary_key=True)
    score: float
    publishers: int


class StoryEntryRow(Row, table=True):
    """An entry's place in the one story it tells."""

    __tablename__ = "story_entries"

    story_id: str = Field(sa_type=Words, foreign_key="stories.id", ondelete="CASCADE", primary_key=True)
    entry_id: str = Field(sa_type=Words, foreign_key="entries.id", ondelete="CASCADE", primary_key=True, unique=True)
    position: int
    lead: bool


class TagRow(Row, table=True):
    """An archetype that a story serves."""

    __tablename__ = "tags"

    story_id: str = Field(sa_type=Words, foreign_key="stories.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    name: str = Field(sa_type=Words)
    reason: str = Field(sa_type=Words)
    strength: float


class DigestRow(Row, table=True):
    """A digest, whole, in `body`; the other columns are what it is found by."""

    __tablename__ = "digests"
    __table_args__ = (Index("ix_digests_reader_until", "reader", "until"),)

    id: str = Field(sa_type=Words, primary_key=True)
    reader: str = Field(sa_type=Words)
    since: AwareDatetime
    until: AwareDatetime
    state: str = Field(sa_type=Words)
    title: str = Field(sa_type=Words)
    fingerprint: str = Field(sa_type=Words, index=True)
    composed: AwareDatetime
    sample: bool
    body: str = Field(sa_type=Words)


class DigestStoryRow(Row, table=True):
    """A story as a digest told it. No foreign key to stories: those are put together anew, this stays."""

    __tablename__ = "digest_stories"

    digest_id: str = Field(sa_type=Words, foreign_key="digests.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    story_id: str = Field(sa_type=Words, index=True)
    title: str = Field(sa_type=Words)
    url: str = Field(sa_type=Words)
    form: str = Field(sa_type=Words)
    is_update: bool


class DigestEntryRow(Row, table=True):
    """An entry that a digest told. No foreign key to entries: a forgotten entry stays told."""

    __tablename__ = "digest_entries"

    digest_id: str = Field(sa_type=Words, foreign_key="digests.id", ondelete="CASCADE", primary_key=True)
    story_id: str = Field(sa_type=Words, primary_key=True)
    position: int = Field(primary_key=True)
    entry_id: str = Field(sa_type=Words, index=True)


class ReaderRow(Row, table=True):
    """A reader, as sources.yaml last named them. Channels are kinds only: their options stay in the file."""

    __tablename__ = "readers"

    name: str = Field(sa_type=Words, primary_key=True)
    listed: bool
    archetypes: list[str] = Field(sa_type=JSON)
    minutes: float
    timezone: str = Field(sa_type=Words)
    day: str = Field(sa_type=Words)
    at: str = Field(sa_type=Words)
    channels: list[str] = Field(sa_type=JSON)


class DeliveryRow(Row, table=True):
    """One digest on its way through one channel."""

    __tablename__ = "deliveries"

    key: str = Field(sa_type=Words, primary_key=True)
    digest_id: str = Field(sa_type=Words, foreign_key="digests.id", ondelete="CASCADE", index=True)
    channel: str = Field(sa_type=Words)
    reader: str = Field(sa_type=Words)
    state: str = Field(sa_type=Words)
    planned: AwareDatetime
    since: AwareDatetime
    attempts: int = 0
    reference: str = Field(default="", sa_type=Words)
    delivered: AwareDatetime | None = None
    reason: str = Field(default="", sa_type=Words)


class FetchRow(Row, table=True):
    """How one fetch of one source ended."""

    __tablename__ = "fetches"
    __table_args__ = (Index("ix_fetches_source_id_at", "source_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="sources.id", ondelete="CASCADE")
    at: AwareDatetime
    outcome: str = Field(sa_type=Words)
    new: int
    updated: int
    seconds: float
    reason: str = Field(sa_type=Words)
    notices: list[dict[str, str]] = Field(sa_type=JSON)


TABLES: dict[str, Table] = {table.name: table for table in Row.metadata.sorted_tables}
SOURCES, ENTRIES = TABLES["sources"], TABLES["entries"]
