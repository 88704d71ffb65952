"""How alike two stories are, so that one event never stands twice even where its entries were not joined.

A story's profile is the TF-IDF of its titles and of how its texts begin; what all of the week's stories say counts for little.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

from aggregator.digest.terms import any_of, specifics, terms
from aggregator.models import StoredEntry

START = 400  # characters of a text: there it says what it is about
ALIKE = 0.27  # cosine: one event told twice, or too much of one topic
ALIKE_TO_BIG = 0.42  # where several publishers told one of the two: a single voice beside it may tell its sequel
ALIKE_BETWEEN_BIG = 0.36  # where they told both: with as much in common it is one event that was not joined
ALIKE_BY_NAME = 0.195  # where both titles share a name that few stories of the week have
FEW_HOLDERS = 5  # stories that may have such a name
NAMED = 1.5  # names and numbers tell events apart better than other words
TITLED = 2.0

# What any two stories of this field may share; a small week would take it for something rare.
GENERIC = terms(
    "AI model language launch release announce introduce unveil ship add open source company agent tool app user data"
    " show hn tell ask"
)

# What can happen to a product or a person: with a rare name in common, it makes one event of two titles.
ACTIONS = {
    "ends": r"shut(?:s|ting)?[ -]?down|shutdown|shutters?|shuttered|kill(?:s|ed|ing)?|sunsets?|discontinu\w+|axe[sd]?",
    "is attacked": r"compromis\w+|hack(?:s|ed|ing)?|malware|backdoor\w*|breach\w*|supply[- ]chain attack\w*",
    "is sued": r"su(?:es?|ed|ing)|lawsuits?|in court|trial",
    "leaves": r"leaves|left|joins?|joined|departs?|departure|quits?|resigns?|steps down|defects?",
}
HAPPENS = {action: any_of(words, whole=r"\b(?:%s)\b") for action, words in ACTIONS.items()}

Profile = dict[str, float]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a story is about: its words, the names in its titles that few other stories have, and what happened to them."""

    profile: Profile
    names: frozenset[str]
    actions: frozenset[str]


def subjects(stories: Sequence[Sequence[StoredEntry]]) -> list[Subject]:
    """Give the subject of each story, seen beside the others."""
    parts = zip(profiles(stories), rare_names(stories), map(actions, stories), strict=True)
    return [Subject(*part) for part in parts]


def tell_the_same(one: Subject, other: Subject, big: int) -> bool:
    """Say whether two stories tell of one event; `big` of them were told by several publishers.

    A rare name in common makes it likely, and certain where the same has happened to it.
    """
    named = bool(one.names & other.names)
    if named and one.actions & other.actions:
        return True
    return likeness(one.profile, other.profile) >= (ALIKE_BY_NAME if named else (ALIKE, ALIKE_TO_BIG, ALIKE_BETWEEN_BIG)[big])


def profiles(stories: Sequence[Sequence[StoredEntry]]) -> list[Profile]:
    """Give each story's profile, of length one."""
    counted = [_count(entries) for entries in stories]
    spread = Counter(term for count in counted for term in count)
    return [_unit({term: weight * log(1 + len(stories) / spread[term]) for term, weight in count.items()}) for count in counted]


def rare_names(stories: Sequence[Sequence[StoredEntry]]) -> list[frozenset[str]]:
    """Give the names in each story's titles that few of the stories have in theirs: Firefox, not OpenAI."""
    titled = [frozenset(term for entry in entries for term in terms(entry.title)) for entries in stories]
    spread = Counter(term for found in titled for term in found)
    return [
        frozenset(name for entry in entries for name in _named(entry.title) if spread[name] <= FEW_HOLDERS)
        for entries in stories
    ]


def _named(title: str) -> frozenset[str]:
    """Give the names of a title, its first word's too: a headline likes to begin with its subject."""
    return frozenset(name for name in specifics(f"on {title}") if not name[0].isdigit()) - GENERIC


def actions(entries: Sequence[StoredEntry]) -> frozenset[str]:
    """Give what a story's titles say has happened."""
    return frozenset(action for action, said in HAPPENS.items() if any(said.search(entry.title) for entry in entries))


def likeness(one: Profile, other: Profile) -> float:
    """Give the cosine of two profiles, 0 to 1."""
    small, large = sorted((one, other), key=len)
    return sum(weight * large[term] for term, weight in small.items() if term in large)


def _count(entries: Sequence[StoredEntry]) -> Profile:
    weights: Profile = {}
    for entry in entries:
        titled, told = terms(entry.title), terms(entry.text[:START])
        named = specifics(f"{entry.title}. {entry.text[:START]}")
        for term in sorted((titled | told) - GENERIC):
            weight = (TITLED if term in titled else 1.0) * (NAMED if term in named else 1.0)
            weights[term] = weights.get(term, 0.0) + weight / len(entries)
    return weights


def _unit(profile: Profile) -> Profile:
    length = sqrt(sum(weight * weight for weight in profile.values()))
    return {term: weight / length for term, weight in profile.items()} if length else {}
