"""Which archetypes a story serves, by the terms of archetypes.yaml, each tag with the terms that it rests on.

A term in a title counts more than one in a text; a weak term counts only beside another; what a source mostly serves is weak
evidence for an entry that has some of its own. A story that is not about AI gets no tag, except those of data work and of the
reader's own archetypes, which need no AI.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aggregator.models import Archetype, StoredEntry, Tag
from aggregator.stories.lists import STOP_WORDS
from aggregator.stories.relevance import ENOUGH, relevance
from aggregator.stories.terms import Found, Phrases, plain, runs

NEEDS_AI = frozenset({"ux", "researcher", "artist", "safety", "philosophy", "business"})
MAX_TEXT = 1500  # characters

TITLE, TEXT, WEAK_TITLE, WEAK_TEXT = 1.0, 0.5, 0.5, 0.25
MOST_FROM_WEAK = 1.0
HINT = 0.4  # what a source's hint adds
THRESHOLD = 1.0
FULL = 3.0  # score at which a tag's strength is 1
MOST_REASONS = 2
PART = re.compile(r"[^\W_]+")
OPEN_SPAN = re.compile(r"[^\w\s'\u2019./+-]")  # "(AI) coding" is found as "ai) coding"
MOST_FROM_ONE = 2.0  # relevance that one entry adds to its story
ENOUGH_SHARED = 0.42  # less than one entry needs alone, for many a headline of an AI story names none; more than one hint


@dataclass(frozen=True, slots=True)
class Reading:
    """What an entry says, cut once: the runs of its title and of its text, and how surely it is about AI."""

    title: Found
    text: Found
    relevance: float


def read(entry: StoredEntry) -> Reading:
    """Cut an entry's title and text."""
    title, text = runs(entry.title[:400]), runs(entry.text[:MAX_TEXT])
    return Reading(title, text, relevance(title, text))


def is_about_ai(entry: StoredEntry) -> bool:
    """Say whether an entry is about AI at all."""
    return read(entry).relevance >= ENOUGH


def shared_relevance(readings: Sequence[Reading]) -> float:
    """Give how surely a story is about AI: what its entries say together, so that one that mentions AI makes no AI story."""
    return sum(min(reading.relevance, MOST_FROM_ONE) for reading in readings) / len(readings)


def tag(
    entries: Sequence[StoredEntry], archetypes: Sequence[Archetype], hints: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Tag, ...]:
    """Give the archetypes that a story serves, strongest first. `hints` are those of each source, by its name."""
    return tag_readings([(entry.source, read(entry)) for entry in entries], archetypes, hints or {})


def tag_readings(
    readings: Sequence[tuple[str, Reading]], archetypes: Sequence[Archetype], hints: Mapping[str, tuple[str, ...]]
) -> tuple[Tag, ...]:
    """Do what `tag` does with entries that are cut already."""
    tags: list[Tag] = []
    about_ai = shared_relevance([reading for _, reading in readings]) >= ENOUGH_SHARED
    for archetype in archetypes:
        if archetype.name in NEEDS_AI and not about_ai:
            continue
        scored = [_score(reading, archetype, hinted=archetype.name in hints.get(source, ())) for source, reading in readings]
        score = _overall([value for value, _ in scored])
        if score >= THRESHOLD:
            tags.append(Tag(archetype.name, _reason(scored), min(1.0, score / FULL)))
    return tuple(sorted(tags, key=lambda t: (-t.strength, t.name)))


def _reason(scored: Sequence[tuple[float, list[str]]]) -> str:
    """Give the first terms of the entry that speaks most clearly, then of the others; no term in two forms.

    What any text might say ("my", "can now") is a reason only where there is no other, and so is a term with a bracket in it.
    """
    found: dict[str, str] = {}
    for _, terms in sorted(scored, key=lambda s: -s[0]):
        for term in terms:
            found.setdefault(plain(term), term)
    chosen: list[str] = []
    for form in sorted(found, key=lambda form: not _says_something(found[form])):
        if not any(_within(form, other) for other in chosen) and (not chosen or _says_something(found[form])):
            chosen = [other for other in chosen if not _within(other, form)] + [form]
        if len(chosen) == MOST_REASONS:
            break
    return ", ".join(found[form] for form in chosen)


def _says_something(term: str) -> bool:
    parts = PART.findall(term)
    return not OPEN_SPAN.search(term) and parts[0] not in STOP_WORDS and any(part not in STOP_WORDS for part in parts)


def _within(form: str, other: str) -> bool:
    return f" {form} " in f" {other} "


@lru_cache(maxsize=256)
def _phrases(terms: tuple[str, ...]) -> Phrases:
    return Phrases(terms)


def _overall(scores: Sequence[float]) -> float:
    """Let the best entry speak for the story, half of it if the others say nothing of the kind."""
    return (max(scores) + sum(scores) / len(scores)) / 2


def _score(reading: Reading, archetype: Archetype, *, hinted: bool) -> tuple[float, list[str]]:
    strong, weak = _phrases(archetype.terms), _phrases(archetype.weak_terms)
    strong_title, strong_text = strong.among(reading.title), strong.among(reading.text)
    weak_title, weak_text = weak.among(reading.title), weak.among(reading.text)
    score = len(strong_title) * TITLE + len(strong_text.keys() - strong_title.keys()) * TEXT
    doubtful = len(weak_title) * WEAK_TITLE + len(weak_text.keys() - weak_title.keys()) * WEAK_TEXT
    together = len(strong_title.keys() | strong_text.keys() | weak_title.keys() | weak_text.keys()) > 1
    if together:
        score += min(doubtful, MOST_FROM_WEAK)
    if hinted and score > 0:
        score += HINT
    return score, [*strong_title.values(), *strong_text.values(), *weak_title.values(), *weak_text.values()]
