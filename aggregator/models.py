"""The values that move through the house: frozen, typed, free of the database and of any library.

They come in the order of the walk: what a source is, what it published, which story that tells, what a digest says of it.
Times are aware and UTC. Ids are texts that the same input always gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any, NewType

EntryId = NewType("EntryId", str)
StoryId = NewType("StoryId", str)
DigestId = NewType("DigestId", str)


# --- what is read, and for whom -----------------------------------------------------------------------------------------


class LlmUse(StrEnum):
    """Who may read what a source sends: any model, only one on this machine, or none."""

    YES = "yes"
    LOCAL_ONLY = "local-only"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place that publishes, as sources.yaml names it. `kind` and `address` say what it is, `name` what people call it."""

    name: str
    kind: str = "feed"
    address: str = ""
    weight: float = 1.0
    archetypes: tuple[str, ...] = ()  # hints: what it mostly serves
    allow_private: bool = False
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    proxy: str | None = None
    llm: LlmUse = LlmUse.YES


@dataclass(frozen=True, slots=True, kw_only=True)
class Archetype:
    """A kind of AI engineer: what it cares for, and the terms (lower case) by which its news is known."""

    name: str
    title: str
    description: str
    terms: tuple[str, ...] = ()
    weak_terms: tuple[str, ...] = ()  # count only together with another


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who a digest is for. No archetypes means all of them; `minutes` is reading time."""

    name: str = "me"
    archetypes: tuple[str, ...] = ()
    minutes: float = 6
    timezone: str = "UTC"  # an IANA name
    day: str = "monday"
    at: time = time(8, 0)
    channels: tuple[tuple[str, Any], ...] = ()  # (kind, its validated Options)


# --- what was published -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing a source published, as the source gave it. With a `target` it is a mention: it points at another page."""

    source: str
    guid: str  # the source's own id for it; empty where it has none
    title: str  # plain text, one line
    url: str = ""  # absolute http(s), or empty
    target: str | None = None
    author: str = ""
    content: str = ""  # HTML as the source gave it, bounded; never shown without sanitising
    text: str = ""  # the same as plain text
    points: int | None = None  # HN points, Reddit score, stars: comparable only within one site
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry(Entry):
    """An entry as the store keeps it. `date` is its news date; None is history: it never enters a digest."""

    id: EntryId
    date: datetime | None
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a source has been read: opaque JSON to all but its fetcher."""

    state: Mapping[str, Any]


class NoticeKind(StrEnum):
    """What can be true of a source and not of an entry."""

    UNCHANGED = "unchanged"  # nothing to parse: 304, or the same bytes as last time
    MOVED = "moved"  # permanently; detail is the new address
    GONE = "gone"  # retired by its publisher
    TITLE = "title"  # detail is what the source calls itself
    LEFT_OUT = "left out"  # detail says how much of it was not taken, and why


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a fetcher found out about its source."""

    kind: NoticeKind
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source has been doing. `failures` counts those in a row; `next_try` is None where it is due at once."""

    source: str
    kind: str
    address: str
    title: str = ""
    entries: int = 0
    last_success: datetime | None = None
    last_error: datetime | None = None
    error: str = ""
    failures: int = 0
    next_try: datetime | None = None
    wait_until: datetime | None = None  # until when the server asked to be left alone (Retry-After)
    retired: bool = False
    moved_to: str = ""


class Outcome(StrEnum):
    """How the fetch of one source ended."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    NOT_DUE = "not due"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One source's line in the report of a collect."""

    source: str
    outcome: Outcome
    new: int = 0
    updated: int = 0
    seconds: float = 0
    reason: str = ""
    notices: tuple[Notice, ...] = ()


# --- which story it tells -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tag:
    """An archetype that a story serves, why (terms that stand in its entries), and how strongly (0 to 1)."""

    name: str
    reason: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The entries that tell of the same event, oldest first. `score` orders stories for everyone, not for one reader."""

    id: StoryId
    entries: tuple[StoredEntry, ...]
    lead: EntryId  # the entry whose page is the story's link and whose title is its title
    tags: tuple[Tag, ...] = ()
    score: float = 0.0
    publishers: int = 1  # independent ones: two feeds of one house are one


# --- what the digest says -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the entries that it stands on."""

    text: str
    citations: tuple[EntryId, ...]


class Form(StrEnum):
    """How much room a story gets."""

    FULL = "full"
    LINE = "line"


class State(StrEnum):
    """What a digest can claim of its week."""

    COMPLETE = "complete"
    PARTIAL = "partial"  # less than 80 % of the sources' weight was read
    QUIET = "quiet"  # nearly all was read and little was worth telling


class WriterName(StrEnum):
    """Who wrote a story's sentences."""

    BUILT_IN = "built-in"
    LLM = "llm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A story chosen for a digest. `fresh` are its entries in the period: the only ones that may be told."""

    story: Story
    form: Form
    section: str
    fresh: tuple[StoredEntry, ...]
    update: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a writer says of one story."""

    title: str
    sentences: tuple[Sentence, ...]
    writer: WriterName = WriterName.BUILT_IN


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a writer gives back: a summary for each story that it was given, and perhaps an overview."""

    summaries: Mapping[StoryId, Summary]
    overview: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedEntry:
    """An entry as a digest lists it: enough to find and check it."""

    id: EntryId
    guid: str
    title: str
    url: str
    source: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    """A story as a digest tells it."""

    id: StoryId
    form: Form
    update: bool
    title: str
    url: str
    archetypes: tuple[Tag, ...]
    sentences: tuple[Sentence, ...]
    writer: WriterName
    entries: tuple[CitedEntry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the stories under it, in order."""

    name: str
    stories: tuple[StoryId, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was read. `read` counts the unchanged ones too; `entries` are those of the period."""

    sources: int
    read: int
    unchanged: int
    entries: int
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One edition. Once composed it never changes. `stories` stand in the order of their rank."""

    id: DigestId
    state: State
    title: str
    since: datetime
    until: datetime  # half-open
    reader: str
    minutes: float
    words: int  # of titles and sentences
    overview: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    stories: tuple[ToldStory, ...]
    coverage: Coverage
    archetypes: tuple[str, ...] = ()  # those that the reader chose, for whom it was put together
    sample: bool = False  # made from the sample week that ships with the program
    version: int = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a channel has taken a digest: what it calls it, and when."""

    reference: str
    at: datetime | None = None


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    PLANNED = "planned"
    SENDING = "sending"  # claimed: whoever finds it so after a crash asks the channel whether it has arrived
    DELIVERED = "delivered"
    FAILED = "failed"  # may be claimed again


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One digest on its way through one channel. `since` is when it came into its state."""

    key: str
    digest: DigestId
    channel: str
    reader: str
    state: DeliveryState
    since: datetime
    attempts: int = 0
    receipt: Receipt | None = None
    reason: str = ""
