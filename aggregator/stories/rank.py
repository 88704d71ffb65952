"""What matters first: one number a story, the sum of a few plain parts.

The weights were set on labelled weeks (docs/quality.md).
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aggregator.models import EntryId, Source, StoredEntry, Tag
from aggregator.stories.lists import EVENTS, MAKERS
from aggregator.stories.terms import Phrases, runs
from aggregator.text import kinds

WEIGHTS = {
    "publishers": 1.0,  # doublings of independent publishers, each by its source's weight
    "entries": 0.3,  # doublings of entries
    "points": 1.2,  # the best percentile within a site
    "tags": 0.5,  # strength of the strongest archetype
    "breadth": 0.2,  # archetypes beyond the first
    "makers": 0.6,  # a maker that everybody uses is in the title
    "event": 0.5,  # the title says that something happened
    "fresh": 0.2,
    "round-up": -2.0,
    "how-to": -1.2,
    "promotion": -1.5,
    "quote": -0.8,
    "only posts": -0.6,
    "only videos": -1.5,
}
NOT_ABOUT_AI = 0.02  # what is left of the score
FRESH = timedelta(days=7)

_MAKERS, _EVENTS = Phrases(MAKERS), Phrases(EVENTS)


def percentiles(entries: Sequence[StoredEntry]) -> dict[EntryId, float]:
    """Give each entry with points the share of its site's entries that have no more, 0 to 1."""
    sites: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.points is not None:
            sites[kinds.publisher(entry)].append(entry.points)
    ordered = {site: sorted(points) for site, points in sites.items()}
    return {
        e.id: (bisect_left(known, e.points) + bisect_right(known, e.points)) / (2 * len(known))
        for e in entries
        if e.points is not None and (known := ordered[kinds.publisher(e)])
    }


def parts(
    entries: Sequence[StoredEntry],
    lead: StoredEntry,
    tags: Sequence[Tag],
    percentile: Mapping[EntryId, float],
    sources: Mapping[str, Source],
    now: datetime,
) -> dict[str, float]:
    """Give what speaks for and against a story, each part before its weight."""
    reach: dict[str, float] = {}
    for entry in entries:
        weight = sources[entry.source].weight if entry.source in sources else 1.0
        house = kinds.publisher(entry)
        reach[house] = max(reach.get(house, 0.0), weight)
    newest = max(e.date or e.first_seen for e in entries)
    title = runs(lead.title)
    return {
        "publishers": math.log2(1 + sum(reach.values())),
        "entries": math.log2(1 + len(entries)),
        "points": max((percentile.get(e.id, 0.0) for e in entries), default=0.0),
        "tags": max((t.strength for t in tags), default=0.0),
        "breadth": min(max(len(tags) - 1, 0), 2),
        "makers": bool(_MAKERS.among(title)),
        "event": bool(_EVENTS.among(title)),
        "fresh": max(0.0, 1 - (now - newest) / FRESH) if newest <= now else 1.0,
        "round-up": kinds.is_roundup(lead),
        "how-to": kinds.is_how_to(lead),
        "promotion": kinds.is_promotion(lead),
        "quote": kinds.is_quote(lead),
        "only posts": all(kinds.is_post(e) for e in entries),
        "only videos": all(kinds.is_video(e) for e in entries),
    }


def score(known: Mapping[str, float], *, about_ai: bool) -> float:
    """Weigh the parts; never below zero, and close to it where the story is not about AI."""
    total = max(0.0, sum(WEIGHTS[name] * value for name, value in known.items()))
    return round(total if about_ai else total * NOT_ABOUT_AI, 6)
