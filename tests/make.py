"""Values for tests: each function gives a plausible one, and a test names only what it is about."""

from datetime import UTC, datetime, timedelta
from itertools import count

from aggregator.models import (
    CitedEntry,
    Coverage,
    Digest,
    DigestId,
    Entry,
    EntryId,
    Form,
    Section,
    Sentence,
    Source,
    State,
    StoredEntry,
    Story,
    StoryId,
    Tag,
    ToldStory,
    WriterName,
)

WEEK = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)


def utc(text: str) -> datetime:
    """Read an ISO date or time; without a zone it is UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def source(name: str = "acme", **fields: object) -> Source:
    """Give a source as sources.yaml names it."""
    return Source(**{"name": name, "address": f"https://{name}.example/feed", **fields})  # type: ignore[arg-type]


def entry(title: str = "Acme releases Anvil 2", **fields: object) -> Entry:
    """Give an entry as a fetcher yields it."""
    slug = title.lower().replace(" ", "-")
    given = {
        "source": "acme",
        "guid": f"urn:{slug}",
        "url": f"https://acme.example/{slug}",
        "published": utc("2026-03-03T09:00"),
    }
    return Entry(**{"title": title, "text": f"{title}. It is twice as fast.", **given, **fields})  # type: ignore[arg-type]


def stored(title: str = "Acme releases Anvil 2", *, id: str = "", **fields: object) -> StoredEntry:  # noqa: A002  # the field's name
    """Give an entry as the store keeps it."""
    plain = entry(title, **{name: value for name, value in fields.items() if name not in {"date", "first_seen"}})
    published = plain.published or utc("2026-03-03T09:00")
    values = {name: getattr(plain, name) for name in Entry.__dataclass_fields__}
    date = fields.get("date", published)
    first_seen = fields.get("first_seen", published + timedelta(hours=1))
    return StoredEntry(**values, id=EntryId(id or f"{plain.source}-{plain.guid}"), date=date, first_seen=first_seen)  # type: ignore[arg-type]


def story(*entries: StoredEntry, **fields: object) -> Story:
    """Give a story of these entries (of one, if none is given)."""
    members = entries or (stored(),)
    given = {"id": StoryId(f"s-{members[0].id}"), "lead": members[0].id, "tags": (Tag("researcher", "weights"),), "score": 1.0}
    return Story(entries=tuple(members), **{**given, "publishers": len({e.source for e in members}), **fields})  # type: ignore[arg-type]


_numbers = count(1)


def told(title: str = "Acme releases Anvil 2", **fields: object) -> ToldStory:
    """Give a story as a digest tells it."""
    number = next(_numbers)
    cited = EntryId(f"e{number}")
    given: dict[str, object] = {
        "id": StoryId(f"s{number}"),
        "form": Form.FULL,
        "update": False,
        "title": title,
        "url": f"https://acme.example/{number}",
        "archetypes": (Tag("researcher", "weights, benchmark"),),
        "sentences": (Sentence("Anvil 2 is twice as fast as Anvil 1.", (cited,)),),
        "writer": WriterName.BUILT_IN,
        "entries": (
            CitedEntry(
                id=cited,
                guid=f"urn:{number}",
                title=title,
                url=f"https://acme.example/{number}",
                source="Acme",
                published=utc("2026-03-03T09:00"),
            ),
        ),
    }
    return ToldStory(**{**given, **fields})  # type: ignore[arg-type]


def digest(*stories: ToldStory, **fields: object) -> Digest:
    """Give a digest of these stories (of two, if none is given), all in one section."""
    members = stories or (told(), told("Beta Labs opens its index"))
    given: dict[str, object] = {
        "id": DigestId("2026-03-02-abcdef"),
        "state": State.COMPLETE,
        "title": "AI news, 2-8 March 2026",
        "since": WEEK[0],
        "until": WEEK[1],
        "reader": "me",
        "minutes": 6,
        "words": 42,
        "overview": (),
        "sections": (Section("Leads", tuple(s.id for s in members)),),
        "stories": members,
        "coverage": Coverage(sources=3, read=3, unchanged=0, entries=12),
    }
    return Digest(**{**given, **fields})  # type: ignore[arg-type]
