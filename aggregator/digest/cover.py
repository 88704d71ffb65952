"""Which sentences to tell: the fewest words that cover most of what several sources say (greedy maximum coverage).

A term weighs as much as the sources that use it; a sentence gains what its terms add, for the room that it takes. The first one
has to say what happened, so it is measured against the headline too; each further one has to add something. Since a long first
sentence can cost two good ones, the best few openings are each played to their end, and the best end wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from aggregator.digest.likeness import GENERIC
from aggregator.digest.papers import is_contribution
from aggregator.digest.passages import TITLE, Passage
from aggregator.digest.terms import terms
from aggregator.models import StoredEntry
from aggregator.text.kinds import is_forum

BUDGET = 50  # words a story, title aside
LINE_BUDGET = 35  # words of a one-liner
MOST = 3  # sentences a story
ENOUGH = 40  # words: from here on no third sentence
CLEARLY = 0.3  # share of the headline's terms
SEVERAL = 1.15  # two short sentences read better than a long one
OPENINGS = 8
NEW_TERMS = 2  # content words that a sentence must add to what is told already
WORTHWHILE = 0.08  # of what is told already: what adds less is not worth its words
MOSTLY_TOLD = 0.5  # share of a title's terms: above it, it repeats the headline or a sentence
WHOLE_TITLE, LITTLE_MORE = 0.9, 0.3  # share of the headline that a sentence has, and of the sentence that is more than it
SAME = 0.6  # share of the smaller sentence's terms: above it, it says the same again

SPECIFIC, IN_TITLE, REPEATED_TITLE = 1.5, 1.2, 0.25  # what a term is worth by what it is
LEAD, RETOLD, DEPTH, FIRST_DEPTH = 1.2, 0.75, 0.97, 0.8  # a sentence, by where it stands
PERSONAL, DEFINITE, PRAISE, A_TITLE = 0.4, 0.55, 0.75, 0.6  # and by how it speaks
OWN_WORK, LEANS = 1.8, 0.7  # a sentence of an abstract
LONG = 28  # words: a longer sentence has to earn it


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each term of a story is worth, and what its headline says."""

    of: dict[str, float]
    title: frozenset[str]
    titles: frozenset[str]  # what any of its titles says


def weigh(passages: Sequence[Passage], title: str, entries: Sequence[StoredEntry]) -> Weights:
    """Weigh the terms of a story by the sources that use them."""
    users: dict[str, set[str]] = {}
    spoken = [(passage.entry.source, passage.terms) for passage in passages]
    titled = [(entry.source, terms(entry.title)) for entry in entries]
    for source, said in [*spoken, *titled]:
        for term in said:
            users.setdefault(term, set()).add(source)
    of = {term: log2(1 + len(sources)) for term, sources in users.items()}
    return Weights(of, terms(title), frozenset[str]().union(*(said for _, said in titled)))


def choose(
    passages: Sequence[Passage], weights: Weights, *, budget: int = BUDGET, most: int = MOST, abstract: bool = False
) -> list[Passage]:
    """Choose up to `most` passages within `budget` words, in the order in which they should be read.

    `abstract` says that the text is one: the result comes late and speaks of "we", and the start is what everybody knows.
    """
    offered = [passage for passage in passages if _may_follow(passage, (), weights, budget)]
    openings = sorted(
        [passage for passage in offered if (is_contribution(passage.text) if abstract else not passage.personal)] or offered,
        key=lambda passage: (-_gain(passage, (), weights, abstract=abstract), passage.rank, passage.position),
    )
    plays = [_play([opening], passages, weights, budget, most, abstract=abstract) for opening in openings[:OPENINGS]]
    return max(plays, key=lambda play: play[0])[1] if plays else []


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share of the first's terms that the other has."""
    return len(one & other) / len(one) if one else 0.0


def says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether the smaller of two sets of terms is mostly in the other."""
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) >= SAME * smaller


def _play(
    chosen: list[Passage], passages: Sequence[Passage], weights: Weights, budget: int, most: int, *, abstract: bool
) -> tuple[float, list[Passage]]:
    """Go on greedily from an opening; give what it was worth and the passages in reading order."""
    worth = _gain(chosen[0], (), weights, abstract=abstract)
    while len(chosen) < most:
        room = budget - sum(passage.words for passage in chosen)
        if len(chosen) > 1 and budget - room >= ENOUGH:
            break
        offers = [passage for passage in passages if _may_follow(passage, chosen, weights, room)]
        if not offers:
            break
        gains = {id(passage): _gain(passage, chosen, weights, abstract=abstract) for passage in offers}
        best = max(offers, key=lambda passage: (gains[id(passage)], -passage.rank, -passage.position))
        if gains[id(best)] < WORTHWHILE * worth:
            break
        worth += gains[id(best)]
        chosen = _insert(chosen, best)
    return worth * (SEVERAL if len(chosen) > 1 else 1.0), chosen


def _may_follow(passage: Passage, chosen: Sequence[Passage], weights: Weights, room: int) -> bool:
    if passage.words > room or any(says_the_same(passage.terms, other.terms) for other in chosen):
        return False
    told = weights.title.union(*(other.terms for other in chosen))
    if len(passage.terms - told) < NEW_TERMS or (passage.personal and chosen and not chosen[0].personal):
        return False
    if passage.position == TITLE and (any(c.position == TITLE for c in chosen) or shared(passage.terms, told) > MOSTLY_TOLD):
        return False
    if not chosen:
        return not passage.leaning and _keeps_promise(passage, weights) and not _repeats(passage, weights)
    return any(passage.follows(other) for other in chosen) or (not passage.leaning and _is_about_it(passage, weights))


def _is_about_it(passage: Passage, weights: Weights) -> bool:
    """Say whether a sentence shares something with the titles: a text may go on to other news."""
    return passage.definite or bool(passage.terms & (weights.titles - GENERIC)) or not weights.titles - GENERIC


def _repeats(passage: Passage, weights: Weights) -> bool:
    """Say whether a sentence is the headline with a few words more."""
    told = shared(weights.title, passage.terms) >= WHOLE_TITLE
    return told and len(passage.terms - weights.title) < LITTLE_MORE * len(passage.terms)


def _keeps_promise(passage: Passage, weights: Weights) -> bool:
    """Say whether a sentence can open: it is about what the titles say, and clearly so where somebody speaks of themselves."""
    if passage.personal:
        return shared(weights.title, passage.terms) >= CLEARLY
    summary = passage.position == 0 and not is_forum(passage.entry)  # of a publisher's own text, the start is about its subject
    return summary or _is_about_it(passage, weights)


def _gain(passage: Passage, chosen: Sequence[Passage], weights: Weights, *, abstract: bool) -> float:
    """Measure what a passage adds, per room: its terms, then where it stands and how it speaks."""
    told = frozenset[str]().union(*(other.terms for other in chosen))
    worth = 0.0
    for term in sorted(passage.terms - told):
        titled = (REPEATED_TITLE if chosen else IN_TITLE) if term in weights.title else 1.0
        worth += weights.of.get(term, 1.0) * titled * (SPECIFIC if term in passage.specifics else 1.0)
    worth /= (passage.words + 8) ** 0.6
    if not chosen and weights.title:
        worth *= 0.6 + 0.8 * len(passage.terms & weights.title) / len(
            weights.title
        )  # it has to tell what the headline promises
    worth *= (LONG / passage.words) ** 0.5 if passage.words > LONG else 1.0
    worth *= _standing(passage, first=not chosen, abstract=abstract)
    return worth * (_substance(passage) if abstract else _manner(passage, first=not chosen))


def _standing(passage: Passage, *, first: bool, abstract: bool) -> float:
    if passage.position == TITLE:
        return A_TITLE
    depth = 1.0 if abstract else (FIRST_DEPTH if first else DEPTH) ** min(passage.position, 12)
    retold = RETOLD if is_forum(passage.entry) else 1.0  # a forum's text is somebody's retelling
    return depth * retold * (LEAD if passage.rank == 0 else 1.0)


def _manner(passage: Passage, *, first: bool) -> float:
    personal = PERSONAL if passage.personal else 1.0
    return personal * (DEFINITE if first and passage.definite else 1.0) * PRAISE ** min(passage.praise, 4)


def _substance(passage: Passage) -> float:
    """Prefer what an abstract says of its own work."""
    own = OWN_WORK if is_contribution(passage.text) else 1.0
    return own * (LEANS if passage.leaning else 1.0) * PRAISE ** min(passage.praise, 4)


def _insert(chosen: Sequence[Passage], passage: Passage) -> list[Passage]:
    """Put a passage among those of its entry, in the order of the entry; else at the end."""
    own = [(index, other.position) for index, other in enumerate(chosen) if other.entry.id == passage.entry.id]
    before = [index for index, position in own if position < passage.position]
    place = before[-1] + 1 if before else own[0][0] if own else len(chosen)
    return [*chosen[:place], passage, *chosen[place:]]
