"""Understand: same story together, archetypes, rank."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aggregator.models import Archetype, EntryId, Source, StoredEntry, Story, StoryId
from aggregator.stories import archetypes as tagging
from aggregator.stories import rank
from aggregator.stories.archetypes import is_about_ai, tag
from aggregator.stories.cluster import cluster
from aggregator.stories.lead import lead, name_stories
from aggregator.text import kinds

__all__ = ["cluster", "is_about_ai", "lead", "name_stories", "tag", "understand"]


def understand(
    entries: Sequence[StoredEntry],
    *,
    sources: Mapping[str, Source],
    archetypes: Sequence[Archetype],
    known: Mapping[EntryId, StoryId],
    now: datetime,
) -> list[Story]:
    """Turn entries into stories, the most important first; the same stories whatever the order of the entries.

    `sources` go by name; `known` says which story an entry was in before, so that a story keeps its id.
    """
    groups = cluster(entries)
    names = name_stories(groups, known)
    percentile = rank.percentiles(entries)
    hints = {name: source.archetypes for name, source in sources.items()}
    stories: list[Story] = []
    for name, group in zip(names, groups, strict=True):
        chosen = lead(group)
        readings = [(entry.source, tagging.read(entry)) for entry in group]
        tags = tagging.tag_readings(readings, archetypes, hints)
        relevance = tagging.shared_relevance([reading for _, reading in readings])
        known_parts = rank.parts(group, chosen, tags, percentile, sources, now, relevance)
        weighed = rank.score(known_parts, worth=relevance >= tagging.ENOUGH_SHARED or bool(tags))
        publishers = len({kinds.publisher(entry) for entry in group})
        stories.append(Story(id=name, entries=group, lead=chosen.id, tags=tags, score=weighed, publishers=publishers))
    return sorted(stories, key=lambda s: (-s.score, s.id))
