"""The sentences that a story's entries offer: which of them may be told at all, and which only after their neighbour."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aggregator.digest.boilerplate import is_boilerplate, is_first_person, is_whole, praise
from aggregator.digest.terms import fold, specifics, terms
from aggregator.models import StoredEntry
from aggregator.text.sentences import split, word_count

DEEPEST = 40  # sentences an entry: what stands further down is seldom the news
FEWEST_WORDS, MOST_WORDS = 5, 45
MOST_CHARACTERS = 20_000  # of an entry's text: its start is enough, and a book must not cost minutes

# A start that leans on the sentence before it.
LEANING = re.compile(
    r"^[\"“'(]*(?:this|that|these|those|it|its|it['’]s|he|she|they|his|her|hers|their|theirs|them|him|such|both|neither|either|another|others?"
    r"|however|but|and|or|nor|so|yet|also|then|thus|hence|therefore|instead|moreover|furthermore|additionally|besides|meanwhile|nevertheless"
    r"|nonetheless|similarly|likewise|consequently|accordingly|conversely|otherwise|still|indeed|again|because|which|who|where|there|here|plus"
    r"|for (?:example|instance|this|that|these)|in (?:addition|contrast|other words|fact|particular|short|response|turn|that case|this \w+)"
    r"|on the (?:other hand|contrary)|as (?:a result|such|for)|of (?:these|those|course|them)|at the same time|that said|after (?:that|this)|to (?:this|that) end"
    r"|first|second|third|finally|lastly|next|the (?:former|latter|same|other|second|third|others|result|results|rest|reason|idea|goal|catch|problem|answer)"
    r"|one of (?:them|these|those)|(?:two|three|four|some|many|most|all|none|each) of (?:them|these|those|which)|same|even so|not only|no longer|unlike)\b",
    re.IGNORECASE,
)
# A start that a reader of the headline understands, but that should not come first.
DEFINITE = re.compile(
    r"^(?:the (?:company|startup|firm|model|models|tool|paper|authors?|researchers?|team|system|method|approach|framework|project|library|study|report"
    r"|article|feature|update|release|product|service|app|agent|move|deal|announcement|decision|new|researcher|developer|maker|lab|ceo|chip|repository))\b",
    re.IGNORECASE,
)
OPENING_MARK = re.compile(r"^[\"“‘'«(\[]*[A-Z0-9$€£#@]|^[\"“‘'«(\[]*[a-z]+[A-Z0-9.]|^[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as it stands in an entry. `leaning`: it needs the sentence before it. `rank` is its entry's place, the lead's is 0."""

    text: str
    entry: StoredEntry
    rank: int
    position: int  # among all sentences of the entry's text
    leaning: bool
    definite: bool
    personal: bool
    praise: int
    words: int
    terms: frozenset[str]
    specifics: frozenset[str]

    def follows(self, other: "Passage") -> bool:
        """Say whether this is the very next sentence of the same entry."""
        return self.entry.id == other.entry.id and self.position == other.position + 1


def passages(entries: Sequence[StoredEntry]) -> list[Passage]:
    """Give what may be told of these entries, in their order."""
    return [passage for rank, entry in enumerate(entries) for passage in _of(entry, rank)]


def _of(entry: StoredEntry, rank: int) -> list[Passage]:
    sentences = [fold(sentence) for sentence in split(entry.text[:MOST_CHARACTERS])[:DEEPEST]]
    return [_passage(text, entry, rank, position) for position, text in enumerate(sentences) if may_be_told(text)]


def may_be_told(sentence: str) -> bool:
    """Say whether a sentence is whole, of a bearable length, and not furniture."""
    return (
        FEWEST_WORDS <= word_count(sentence) <= MOST_WORDS
        and bool(OPENING_MARK.match(sentence))
        and is_whole(sentence)
        and not is_boilerplate(sentence)
    )


def _passage(text: str, entry: StoredEntry, rank: int, position: int) -> Passage:
    return Passage(
        text=text,
        entry=entry,
        rank=rank,
        position=position,
        leaning=bool(LEANING.match(text)),
        definite=bool(DEFINITE.match(text)),
        personal=is_first_person(text),
        praise=praise(text),
        words=word_count(text),
        terms=terms(text),
        specifics=specifics(text),
    )
