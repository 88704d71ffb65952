"""Which entries tell the same story: exact links first, then likeness, each join checked against the whole group.

1. Entries that are, target or link the same page are one, as are parts of one thread and the same headline twice.
2. Pairs that share rare words are scored (logistic; the weights were fitted on three labelled weeks, see docs/quality.md).
3. The likeliest pairs join their groups, if the groups as a whole are alike: one chance resemblance must not chain two events.

Candidates come from an index of rare words within a time window, so the cost grows with the entries and not with their pairs.
"""

import math
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from aggregator.models import StoredEntry
from aggregator.stories.lists import TRADE_WORDS
from aggregator.stories.words import Profile, cosine, overlap, profiles, words

WINDOW = 6.0  # days between two entries that likeness may join
HEADLINE_WINDOW = 5.0  # days in which the same headline is the same document
THREAD = 3 / 1440  # days between the posts of a thread
FEWEST_HEADLINE_WORDS = 3
MOST_HOLDERS = 60  # recent entries that may hold a word before it stops proposing pairs
ENOUGH_TRADE_WORDS = 4
LEAST_OVERLAP = 0.1  # cosine of rare words below which a pair is not looked at

WEIGHTS = {
    "whole": 6.8,  # cosine of title and text together
    "across": 1.8,  # cosine of one's title with the other's whole, the better of the two ways
    "title": 1.5,
    "one word": -4.5,  # share of the cosine that comes from a single word: a name in common is not a story in common
    "days": -0.75,
    "one publisher": -1.3,
    "a post": 0.8,
    "short title": 0.7,
    "how-to": -2.4,
    "videos": -2.7,  # each
    "Reddit": -0.8,  # each
}
BIAS = -0.8
SPOKESMEN = 30  # entries of a group that are compared with another group
PAIR = 0.42  # likelihood from which a pair proposes to join its groups
GROUP = 0.25  # likelihood that the pairs across two groups must have on average


def cluster(entries: Sequence[StoredEntry]) -> list[tuple[StoredEntry, ...]]:
    """Group the entries by story, each group oldest first; the same groups whatever the order of the input."""
    ordered = sorted(entries, key=lambda e: (e.date or e.first_seen, e.id))
    known = profiles(ordered)
    groups = Groups(len(known))
    for one, other in _exact(known):
        groups.join(one, other)
    likeness = Likeness(known)
    proposed = sorted((-p, one, other) for one, other in _candidates(known) if (p := likeness(one, other)) >= PAIR)
    for _, one, other in proposed:
        mine, theirs = groups.of(one), groups.of(other)
        if mine is not theirs and _alike(mine, theirs, likeness):
            groups.join(one, other)
    return [tuple(ordered[i] for i in sorted(group)) for group in groups.all()]


def likelihood(one: Profile, other: Profile) -> float:
    """Give how likely two entries tell the same story, 0 to 1, from what they say and when."""
    if one.roundup or other.roundup or abs(one.when - other.when) > WINDOW or _versions_differ(one, other):
        return 0.0
    if not _share_a_subject(one, other):
        return 0.0
    whole, largest = overlap(one.whole, other.whole)
    parts = {
        "whole": whole,
        "across": max(cosine(one.title, other.whole), cosine(other.title, one.whole)),
        "title": cosine(one.title, other.title),
        "one word": largest / (whole + 0.01),
        "days": abs(one.when - other.when),
        "one publisher": one.publisher == other.publisher,
        "a post": one.post or other.post,
        "short title": min(len(one.title), len(other.title)) <= 2,  # noqa: PLR2004  # a name and little else
        "how-to": one.how_to or other.how_to,
        "videos": one.video + other.video,
        "Reddit": (one.publisher == "reddit.com") + (other.publisher == "reddit.com"),
    }
    return 1 / (1 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in parts.items())))


def _versions_differ(one: Profile, other: Profile) -> bool:
    """Say whether two titles name a product in common, and none in a common version."""
    both = one.versions.keys() & other.versions.keys()
    return bool(both) and not any(one.versions[name] & other.versions[name] for name in both)


def _share_a_subject(one: Profile, other: Profile) -> bool:
    """Say whether two entries share a word that is not the trade's, or enough of the trade's to make a name.

    "Claude Design" is made of two common words: a title of such words counts where the other entry has all of them.
    """
    shared = one.whole.keys() & other.whole.keys()
    if len(shared) >= ENOUGH_TRADE_WORDS or not shared <= TRADE_WORDS:
        return True
    return len(shared) > 1 and (one.title.keys() <= shared or other.title.keys() <= shared)


class Likeness:
    """The likelihood of pairs, each worked out once."""

    def __init__(self, known: Sequence[Profile]) -> None:
        """Take the profiles that the numbers of a pair stand for."""
        self._known = known
        self._found: dict[tuple[int, int], float] = {}

    def __call__(self, one: int, other: int) -> float:
        """Give the likelihood of a pair, in either order."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._found:
            self._found[pair] = likelihood(self._known[pair[0]], self._known[pair[1]])
        return self._found[pair]


class Groups:
    """Numbers in disjoint groups."""

    def __init__(self, size: int) -> None:
        """Start with each number alone."""
        self._of = [[number] for number in range(size)]

    def of(self, number: int) -> list[int]:
        """Give the group of a number."""
        return self._of[number]

    def join(self, one: int, other: int) -> None:
        """Make the groups of two numbers one."""
        large, small = self._of[one], self._of[other]
        if large is small:
            return
        if len(large) < len(small):
            large, small = small, large
        large += small
        for number in small:
            self._of[number] = large

    def all(self) -> Iterator[list[int]]:
        """Yield each group once, by its smallest number."""
        told: set[int] = set()
        for number, group in enumerate(self._of):
            if number not in told:
                told.update(group)
                yield group


def _exact(known: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    headlines: dict[tuple[str, ...], list[int]] = defaultdict(list)
    threads: dict[str, list[int]] = defaultdict(list)
    for number, profile in enumerate(known):
        for page in profile.pages:
            holders[page].append(number)
        headline = tuple(words(profile.entry.title))
        if len(headline) >= FEWEST_HEADLINE_WORDS:
            headlines[(*headline, profile.publisher) if profile.roundup else headline].append(number)
        if profile.post:
            threads[profile.entry.source].append(number)
    for same in holders.values():
        yield from pairwise(same)
    for same in headlines.values():
        yield from (pair for pair in pairwise(same) if _days(known, pair) <= HEADLINE_WINDOW)
    for same in threads.values():
        yield from (pair for pair in pairwise(same) if _days(known, pair) <= THREAD)


def _days(known: Sequence[Profile], pair: tuple[int, int]) -> float:
    return abs(known[pair[0]].when - known[pair[1]].when)


def _candidates(known: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Yield the pairs within the window that share enough rare words, each once."""
    holders: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=MOST_HOLDERS + 1))
    for number, profile in enumerate(known):
        if profile.roundup:
            continue
        shared: dict[int, float] = defaultdict(float)
        for word, weight in profile.whole.items():
            recent = holders[word]
            while recent and profile.when - known[recent[0]].when > WINDOW:
                recent.popleft()
            if len(recent) <= MOST_HOLDERS:
                for other in recent:
                    shared[other] += weight * known[other].whole[word]
            recent.append(number)
        yield from ((other, number) for other, amount in shared.items() if amount >= LEAST_OVERLAP)


def _alike(mine: Sequence[int], theirs: Sequence[int], likeness: Likeness) -> bool:
    across = [likeness(one, other) for one in mine[:SPOKESMEN] for other in theirs[:SPOKESMEN]]
    return sum(across) / len(across) >= GROUP
