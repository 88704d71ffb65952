"""Which sentences to tell: the fewest words that cover most of what several sources say (greedy maximum coverage).

A term weighs as much as the publishers that use it; a sentence gains what its terms add, for the room that it takes. The first one
has to say what happened, so it is measured against the headline too; each further one has to add something.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from aggregator.digest.passages import Passage
from aggregator.digest.terms import terms

BUDGET = 50  # words a story, title aside
MOST = 3  # sentences a story
ENOUGH = 38  # words: from here on a further sentence has to be short
NEW_TERMS = 3  # content words that a sentence must add to what is told already
SAME = 0.7  # share of the smaller sentence's terms: above it, it says the same again

LEAD_BONUS, DEPTH_DECAY, PERSONAL, DEFINITE, PRAISE = 1.25, 0.97, 0.45, 0.5, 0.72
SPECIFIC, IN_TITLE, ALREADY = 1.6, 1.5, 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term of a story is worth, and what its headline says."""

    of: dict[str, float]
    title: frozenset[str]


def weigh(passages: Sequence[Passage], title: str, titles: Sequence[tuple[str, str]]) -> Weights:
    """Weigh the terms of a story by the publishers that use them; `titles` are (source, title) of all its entries."""
    users: dict[str, set[str]] = {}
    for passage in passages:
        for term in passage.terms:
            users.setdefault(term, set()).add(passage.entry.source)
    for source, text in titles:
        for term in terms(text):
            users.setdefault(term, set()).add(source)
    return Weights({term: log2(1 + len(sources)) for term, sources in users.items()}, terms(title))


def choose(
    passages: Sequence[Passage], weights: Weights, *, budget: int = BUDGET, most: int = MOST, flat: bool = False
) -> list[Passage]:
    """Choose up to `most` passages within `budget` words, in the order in which they should be read.

    `flat` takes what stands deep in a text as seriously as its start: an abstract's result comes late.
    """
    chosen: list[Passage] = []
    told: frozenset[str] = frozenset()
    room = budget
    while len(chosen) < most and room > 0:
        offers = [
            (_gain(passage, weights, told, first=not chosen, flat=flat), -passage.rank, -passage.position, passage)
            for passage in passages
            if _may_follow(passage, chosen, weights, told, room)
        ]
        if not offers:
            break
        best = max(offers, key=lambda offer: offer[:3])[3]
        if budget - room + best.words > ENOUGH and len(chosen) > 1:
            break
        chosen = _insert(chosen, best)
        told |= best.terms
        room -= best.words
    return chosen


def says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether the smaller of two sets of terms is mostly in the other."""
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) >= SAME * smaller


def _may_follow(passage: Passage, chosen: Sequence[Passage], weights: Weights, told: frozenset[str], room: int) -> bool:
    if passage.words > room or any(passage.text == other.text or says_the_same(passage.terms, other.terms) for other in chosen):
        return False
    if len(passage.terms - told - weights.title) < NEW_TERMS:
        return False
    if not chosen:
        return not passage.leaning
    return not passage.leaning or any(passage.follows(other) for other in chosen)


def _gain(passage: Passage, weights: Weights, told: frozenset[str], *, first: bool, flat: bool) -> float:
    worth = 0.0
    for term in sorted(passage.terms):
        if term in told:
            continue
        weight = weights.of.get(term, 1.0) * (SPECIFIC if term in passage.specifics else 1.0)
        worth += weight * ((IN_TITLE if first else 0.3) if term in weights.title else 1.0)
    worth /= (passage.words + 8) ** 0.7
    worth *= 1.0 if flat else DEPTH_DECAY**passage.position * (0.85**passage.position if first else 1.0)
    worth *= LEAD_BONUS if passage.rank == 0 else 1.0
    worth *= PERSONAL if passage.personal else 1.0
    worth *= DEFINITE if first and passage.definite else 1.0
    return worth * PRAISE ** min(passage.praise, 3)


def _insert(chosen: Sequence[Passage], passage: Passage) -> list[Passage]:
    """Put a passage behind the one of the same entry that it comes after, before one that it precedes, else last."""
    result = list(chosen)
    for index, other in enumerate(result):
        if other.entry.id == passage.entry.id and other.position > passage.position and index > 0:
            result.insert(index, passage)
            return result
    same = [
        index for index, other in enumerate(result) if other.entry.id == passage.entry.id and other.position < passage.position
    ]
    result.insert(same[-1] + 1 if same else len(result), passage)
    return result
