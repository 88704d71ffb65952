"""The labelled week of March 2026, told for several readers; its stories as the annotator grouped them."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from aggregator import digest as room
from aggregator.digest.builtin import BuiltIn
from aggregator.models import Archetype, Coverage, Digest, EntryId, Form, Reader, StoredEntry, Story, StoryId, Tag
from aggregator.text.sentences import word_count
from tests.make import WEEK, stored, utc

ARCHETYPES = [
    Archetype(name=name, title=name.title(), description="")
    for name in ("data-pipeline", "ux", "researcher", "artist", "safety", "philosophy", "business")
]
READERS = [Reader(), Reader(archetypes=("data-pipeline", "researcher")), Reader(archetypes=("ux", "safety"), minutes=3)]


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def entry(row: dict[str, object]) -> StoredEntry:
    fields = {name: row[name] for name in ("title", "url", "source", "points")}
    return stored(
        id=str(row["id"]), guid=str(row["id"]), text=row["text"] or "", published=utc(str(row["published"])), **fields
    )  # type: ignore[arg-type]


def week(gold: Path) -> list[Story]:
    """Give the week's stories, scored by their grade and their size."""
    grades = {s["story"]: s["grade"] for s in json.loads((gold / "importance_dev.json").read_text(encoding="utf-8"))["stories"]}
    tags = {row["id"]: row["archetypes"] for name in ("tags_dev", "tags_train") for row in rows(gold / f"{name}.jsonl")}
    grouped: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows(gold / "clusters_dev.jsonl"):
        grouped[str(row["story"])].append(row)
    stories: list[Story] = []
    for name, members in grouped.items():
        entries = tuple(sorted(map(entry, members), key=lambda e: (e.first_seen, e.id)))
        lead = max(entries, key=lambda e: (len(e.text), e.id))
        names = sorted({str(tag) for row in members for tag in tags.get(row["id"], [])})  # type: ignore[union-attr]
        told = tuple(Tag(name, "because") for name in names)
        score = 1.0 + grades.get(name, 0) + len(entries) / 10
        publishers = len({e.source for e in entries})
        stories.append(Story(id=StoryId(name), entries=entries, lead=lead.id, tags=told, score=score, publishers=publishers))
    return stories


def edition(stories: list[Story], reader: Reader) -> Digest:
    choices = room.select(stories, reader=reader, archetypes=ARCHETYPES, since=WEEK[0], until=WEEK[1], earlier=())
    return room.compose(
        choices,
        BuiltIn().write(choices, reader, WEEK[1]),
        reader=reader,
        archetypes=ARCHETYPES,
        coverage=Coverage(sources=165, read=165, unchanged=0, entries=970),
        weight_read=1.0,
        since=WEEK[0],
        until=WEEK[1],
        fingerprint="week",
    )


@pytest.fixture(scope="module")
def stories(shared: Path) -> list[Story]:
    return week(shared / "gold")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: "+".join(reader.archetypes) or "all")
def test_every_sentence_stands_and_the_time_is_kept(stories: list[Story], reader: Reader):
    digest = edition(stories, reader)
    assert room.faults(digest, {EntryId(e.id): e for s in stories for e in s.entries}) == []
    assert 750 * reader.minutes / 6 <= digest.words <= 1100 * reader.minutes / 6
    assert all(sum(word_count(s.text) for s in told.sentences) <= 50 for told in digest.stories)
    assert all(
        "appeared first on" not in s.text and "The image" not in s.text for told in digest.stories for s in told.sentences
    )


def test_the_big_news_is_told(stories: list[Story]):
    digest = edition(stories, READERS[1])
    leads = {s.id for s in stories if s.score >= 4}
    assert len(leads & {told.id for told in digest.stories}) >= len(leads) - 1
    assert 15 <= sum(told.form is Form.FULL for told in digest.stories) <= 20


def test_next_weeks_digest_tells_nothing_again(stories: list[Story]):
    first = edition(stories, READERS[0])
    again = room.select(
        stories, reader=READERS[0], archetypes=ARCHETYPES, since=WEEK[1], until=utc("2026-03-16"), earlier=[first]
    )
    assert again == []


def test_what_the_room_offers_is_there():
    assert sorted(room.__all__) == room.__all__
    assert all(hasattr(room, name) for name in room.__all__)
