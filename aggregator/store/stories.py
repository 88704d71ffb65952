"""Stories: which entries tell the same, and whom that serves. They are put together anew whenever entries come."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy
from sqlmodel import Session, col, delete, select

from aggregator.models import EntryId, Story, StoryId, Tag
from aggregator.store.loading import existing, get
from aggregator.store.lookup import only_one, portions
from aggregator.store.tables import ENTRIES, StoryEntryRow, StoryRow, TagRow


def known(session: Session, entry_ids: Iterable[EntryId]) -> dict[EntryId, StoryId]:
    """Say which story each of these entries tells, where one is known."""
    found: dict[EntryId, StoryId] = {}
    for part in portions(list(entry_ids)):
        places = select(StoryEntryRow.entry_id, StoryEntryRow.story_id).where(col(StoryEntryRow.entry_id).in_(part))
        found |= {EntryId(entry): StoryId(story) for entry, story in session.exec(places).all()}
    return found


def replace(session: Session, stories: Sequence[Story]) -> None:
    """Keep these stories in place of all that share an entry, or the id, with one of them.

    An entry that was forgotten since they were put together is left out, and so is a story of such entries alone.
    """
    told = [entry.id for story in stories for entry in story.entries]
    old = dict.fromkeys([*(story.id for story in stories), *known(session, told).values()])
    for part in portions(list(old)):
        session.exec(delete(StoryRow).where(col(StoryRow.id).in_(part)))
    there = existing(session, told)
    rows = [{"id": story.id, "score": story.score, "publishers": story.publishers} for story in stories]
    places = [
        {"story_id": story.id, "entry_id": entry.id, "position": position, "lead": entry.id == story.lead}
        for story in stories
        for position, entry in enumerate(story.entries)
        if entry.id in there
    ]
    tags = [
        {"story_id": story.id, "position": position, "name": tag.name, "reason": tag.reason, "strength": tag.strength}
        for story in stories
        for position, tag in enumerate(story.tags)
    ]
    for table, values in ((StoryRow, rows), (StoryEntryRow, places), (TagRow, tags)):
        if values:
            session.connection().execute(sqlalchemy.insert(table), values)
    if len(there) < len(told):
        drop_empty(session)


def between(session: Session, since: datetime, until: datetime) -> list[Story]:
    """Give the stories of which an entry's news date lies in the half-open period, whole, the highest score first."""
    in_period = (
        sqlalchemy.select(col(StoryEntryRow.story_id))
        .join(ENTRIES, ENTRIES.c.id == col(StoryEntryRow.entry_id))
        .where(ENTRIES.c.date >= since, ENTRIES.c.date < until)
        .distinct()
    )
    return _load(session, [StoryId(story) for (story,) in session.connection().execute(in_period)])


def find(session: Session, prefix: str) -> Story | None:
    """Give the one story whose id begins so. Raises UsageError where several do."""
    found = only_one(session, col(StoryRow.id), prefix)
    return next(iter(_load(session, [StoryId(found)])), None) if found else None


def drop_empty(session: Session) -> None:
    """Delete the stories whose last entry was forgotten."""
    session.exec(delete(StoryRow).where(col(StoryRow.id).not_in(select(StoryEntryRow.story_id))))


def _load(session: Session, ids: Sequence[StoryId]) -> list[Story]:
    rows: list[StoryRow] = []
    members: defaultdict[str, list[tuple[EntryId, bool]]] = defaultdict(list)
    tags: defaultdict[str, list[Tag]] = defaultdict(list)
    for part in portions(ids):
        rows += session.exec(select(StoryRow).where(col(StoryRow.id).in_(part))).all()
        places = select(StoryEntryRow).where(col(StoryEntryRow.story_id).in_(part)).order_by(col(StoryEntryRow.position))
        for place in session.exec(places):
            members[place.story_id].append((EntryId(place.entry_id), place.lead))
        for tag in session.exec(select(TagRow).where(col(TagRow.story_id).in_(part)).order_by(col(TagRow.position))):
            tags[tag.story_id].append(Tag(tag.name, tag.reason, tag.strength))
    stored = get(session, [entry for places in members.values() for entry, _ in places])
    stories = [
        Story(
            id=StoryId(row.id),
            entries=tuple(stored[entry] for entry, _ in members[row.id]),
            lead=next((entry for entry, lead in members[row.id] if lead), members[row.id][0][0]),
            tags=tuple(tags[row.id]),
            score=row.score,
            publishers=row.publishers,
        )
        for row in rows
    ]
    return sorted(stories, key=lambda story: (-story.score, story.id))
