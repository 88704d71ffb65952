"""What matters first: one number a story, the sum of a few plain parts.

The weights were set on labelled weeks (docs/quality.md).
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from aggregator.models import EntryId, Source, StoredEntry, Tag
from aggregator.stories.lists import EVENTS, MAKERS
from aggregator.stories.terms import Phrases, runs
from aggregator.text import kinds

WEIGHTS = {
    "press": 0.6,  # doublings of independent publishers, each by its source's weight
    "others": 0.8,  # the same for forums, posts and videos
    "points": 1.7,  # tenfold steps up a site's ladder: 1 is among the best tenth, 2 among the best hundredth
    "maker's own": 0.7,  # a maker's page or post is among the entries, as far as it is about AI
    "tags": 0.2,  # strength of the strongest archetype
    "breadth": 0.15,  # archetypes beyond the first, at most two
    "makers": 0.5,  # a maker that everybody depends on is in a title
    "event": 0.4,  # a title says that something happened
    "fresh": 0.2,
    "round-up": -2.0,
    "how-to": -1.2,
    "promotion": -1.5,
    "quote": -0.8,
    "only posts": -0.6,
    "only videos": -1.5,
    "only Reddit": -1.5,
    "only code": -0.8,  # a repository that trends, with nobody telling why
    "doubt": -1.0,  # how far it is from being surely about AI
}
NOT_ABOUT_AI = 0.02  # what is left of the score
SURELY = 2.0  # relevance from which a maker's own page is surely about AI: makers sell other things too
FRESH = timedelta(days=7)

_MAKERS, _EVENTS = Phrases(MAKERS), Phrases(EVENTS)


def percentiles(entries: Sequence[StoredEntry]) -> dict[EntryId, float]:
    """Give each entry with points the share of its site's entries that have fewer, 0 to below 1.

    A site with few entries gives nobody a high place: the best of three is not the best of a hundred.
    """
    sites: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.points is not None:
            sites[_site(entry)].append(entry.points)
    for points in sites.values():
        points.sort()
    return {
        entry.id: bisect_left(sites[_site(entry)], entry.points) / (len(sites[_site(entry)]) + 1)
        for entry in entries
        if entry.points is not None
    }


def parts(
    entries: Sequence[StoredEntry],
    lead: StoredEntry,
    tags: Sequence[Tag],
    percentile: Mapping[EntryId, float],
    sources: Mapping[str, Source],
    now: datetime,
    relevance: float,
) -> dict[str, float]:
    """Give what speaks for and against a story, each part before its weight."""
    newest = max(e.date or e.first_seen for e in entries)
    told = [e for e in entries if not kinds.is_roundup(e)] or list(entries)
    titles = [runs(entry.title) for entry in told]
    return {
        "press": math.log2(1 + sum(_reach(told, sources, kinds.is_press).values())),
        "others": math.log2(1 + sum(_reach(told, sources, kinds.is_talk).values())),
        "points": max((-math.log10(1 - percentile.get(e.id, 0.0)) for e in entries), default=0.0),
        "maker's own": any(kinds.is_makers_own(e) for e in told) * min(1.0, relevance / SURELY),
        "tags": max((t.strength for t in tags), default=0.0),
        "breadth": min(max(len(tags) - 1, 0), 2),
        "makers": max(bool(_MAKERS.among(title)) for title in titles),
        "event": max(bool(_EVENTS.among(title)) for title in titles),
        "fresh": max(0.0, 1 - (now - newest) / FRESH) if newest <= now else 1.0,
        "round-up": kinds.is_roundup(lead),
        "how-to": kinds.is_how_to(lead),
        "promotion": kinds.is_promotion(lead),
        "quote": kinds.is_quote(lead),
        "only posts": all(kinds.is_post(e) for e in entries),
        "only videos": all(kinds.is_video(e) for e in entries),
        "only Reddit": all(kinds.publisher(e) == "reddit.com" for e in entries),
        "only code": all(kinds.is_code(e) for e in entries),
        "doubt": 1 - min(1.0, relevance),
    }


def _reach(
    entries: Sequence[StoredEntry], sources: Mapping[str, Source], counts: Callable[[StoredEntry], bool]
) -> dict[str, float]:
    """Give each independent publisher among the entries that count, with the weight of its weightiest source."""
    reach: dict[str, float] = {}
    for entry in filter(counts, entries):
        weight = max(0.0, sources[entry.source].weight) if entry.source in sources else 1.0
        house = kinds.publisher(entry)
        reach[house] = max(reach.get(house, 0.0), weight)
    return reach


def _site(entry: StoredEntry) -> str:
    return kinds.publisher(entry).partition("/")[0]


def score(known: Mapping[str, float], *, worth: bool) -> float:
    """Weigh the parts; never below zero, and close to it where the story is not `worth` telling: not on AI, for no one."""
    total = max(0.0, sum(WEIGHTS[name] * value for name, value in known.items()))
    return round(total if worth else total * NOT_ABOUT_AI, 6)
