"""The sentences that a story's entries offer: which of them may be told at all, and which only after their neighbour."""

# ruff: noqa: RUF001  # typographic marks are what this file looks for

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aggregator.digest.boilerplate import is_boilerplate, is_first_person, is_whole, praise
from aggregator.digest.headlines import VERBS, tells_an_event
from aggregator.digest.likeness import GENERIC
from aggregator.digest.terms import any_of, fold, specifics, terms
from aggregator.digest.titles import EMOJI, headline
from aggregator.models import StoredEntry
from aggregator.text.kinds import is_quote
from aggregator.text.sentences import split, word_count

DEEPEST = 40  # sentences an entry: what stands further down is seldom the news
FEWEST_WORDS, MOST_WORDS = 6, 45
SHORT = 8  # words: a sentence of no more has to show its verb
HEADED = 3  # words of four letters and more, all with a capital: a heading
MOST_CHARACTERS = 20_000  # of an entry's text: its start is enough, and a book must not cost minutes
MOST_PRAISE = 2  # words that judge or sell: above it, a sentence is an advertisement or a verdict
TITLE = -1  # the position of a title among its entry's sentences

# A start that leans on the sentence before it.
LEANING = any_of(
    r"this(?! (?:work|paper|study|report|survey)\b)|that|these|those|it|its|it['’]s|it['’]ll|he|she|they|they['’]re|his",
    r"her|hers|their|theirs|them|him|such|both|neither|either|another|others?|however|but|and|or|nor|so|yet|also|then",
    r"thus|hence|therefore|instead|moreover|furthermore|additionally|besides|meanwhile|nevertheless|nonetheless",
    r"similarly|likewise|consequently|accordingly|conversely|otherwise|still|indeed|again|because|which|who|where|there",
    r"here|plus|for (?:example|instance|this|that|these)",
    r"in (?:addition|contrast|other words|fact|particular|short|response|turn|that case|both|total|all)",
    r"in this (?!paper|work|study)|on the (?:other hand|contrary)|as (?:a result|such|for)",
    r"of (?:these|those|course|them)|at the same time|that said|after (?:that|this)|to (?:this|that)|first|second|third",
    r"finally|lastly|next|similar|unlike|same|even so|even|not only|no longer|by (?:this|that|these|doing)",
    r"with (?:this|that|these|it)",
    r"the (?:former|latter|same|other|second|third|others|result|results|rest|reason|idea|goal|catch|problem|answer)",
    r"the (?:two|three|pair|trio)",
    r"(?:one|two|three|four|some|many|most|all|none|each) of (?:them|these|those|which)|that['’]s|there['’]s",
    r"what['’]s more|what|how|why|when it|now|earlier|later|before that|a day later|the next day|elsewhere|together",
    r"according to (?:him|her|them)|among (?:them|these|those)|yes|no|well|sure",
    whole=r"^[\"“'‘(*]*(?:%s)\b(?![-’'.]\w)",
)
# A start that a reader of the headline understands, but that should not come first.
DEFINITE = any_of(
    r"company|companies|startup|firm|models?|tool|paper|authors?|researchers?|team|system|method|approach|framework",
    r"project|library|study|report|article",
    r"features?|update|release|product|service|app|agents?|move|deal|announcement|decision|new|developers?|maker|lab|ceo",
    r"chip|repository|issues?|change",
    r"technology|platform|initiative|program|partnership|acquisition|funding|round|lawsuit|incident|attack|vulnerability",
    r"event|news|benchmarks?|user",
    r"strategy|pricing|software|device|bill|law|order|ruling|court|judge|government|agency|plan|proposal|suit|complaint",
    r"post|blog|author|image|writer",
    whole=r"^the (?:%s)\b",
)
# A start without a subject, as people jot it down: "Spent time on it", "Reduces output".
SUBJECTLESS = any_of(
    r"(?:spent|received|got|tried|tested|built|made|used|added|wrote|found|finally|asked|switched|started|wanted|noticed)"
    r" (?:the|a|an|my|our|some|time|it|this|that|all|weeks?|months?|hours?|days?|to)\b",
    r"(?:reduc|provid|includ|allow|enabl|requir|generat|creat|grad|introduc|detect|convert|automat|improv|remov|extract|replac"
    r"|handl)e?s \w",
    whole=r"^(?:%s)",
)
LABEL = re.compile(r"^(?:arXiv:\S+ )?(?:Announce Type: \S+ )?(?:Abstract|Summary|TL;DR): (?=\S)", re.IGNORECASE)
QUOTATION = re.compile(r"^(?:“[^”]*”|\"[^\"]*\")[.!]?$")
VERB = re.compile(
    rf"\b(?:is|are|was|were|be|has|have|had|can|could|will|would|may|might|must|should|does|did|do|(?:{VERBS})\w{{0,4}}"
    r"|\w+(?:ed|ing|ize|ise|ate)s?|know|need|want|think|mean|come|came|go|went|keep|kept|hold|held|fit|fell|rose|grew|work|help"
    r"|cost|refus)\w{0,2}\b",
    re.IGNORECASE,
)
LAST_LATIN, OTHER_SCRIPT = "\u024f", 0.2
HYPHENS = "[-\u2010\u2011]"
OPENING = re.compile(r"^[\"“‘'«(\[*]*(?:[A-Z0-9$€£#@]|[a-z]+[A-Z0-9.])|^[^\x00-\x7f“‘«]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as it stands in an entry, and what speaks for and against telling it."""

    text: str
    entry: StoredEntry
    rank: int  # of its entry in the story: 0 is the lead
    position: int  # among the sentences of its entry's text
    leaning: bool  # it needs the sentence before it
    definite: bool  # it needs the headline
    personal: bool  # somebody speaks of themselves
    praise: int  # words that judge or sell
    words: int
    terms: frozenset[str]
    specifics: frozenset[str]

    def follows(self, other: "Passage") -> bool:
        """Say whether this is the very next sentence of the same entry."""
        return self.entry.id == other.entry.id and self.position == other.position + 1


def passages(entries: Sequence[StoredEntry]) -> list[Passage]:
    """Give what may be told of these entries, in their order: sentences of their texts, and titles that tell an event."""
    return [passage for rank, entry in enumerate(entries) for passage in _of(entry, rank)]


def sentences_of(text: str) -> list[str]:
    """Give the sentences of a text, each on one line, without the label that some feeds put before them."""
    return [LABEL.sub("", fold(sentence)) for sentence in split(text)]


def offers_something(entry: StoredEntry) -> bool:
    """Say whether an entry says what happened: by a title of a few words, or a sentence."""
    title = headline(entry)
    return not is_boilerplate(title) and (word_count(title) >= FEWEST_WORDS - 2 or bool(_of(entry, 0)))


def may_be_told(sentence: str) -> bool:
    """Say whether a sentence is whole, of a bearable length, and not furniture."""
    return (
        FEWEST_WORDS <= word_count(sentence) <= MOST_WORDS
        and praise(sentence) <= MOST_PRAISE
        and bool(OPENING.match(sentence))
        and not EMOJI.search(sentence)
        and is_whole(sentence)
        and not is_fragment(sentence)
        and not is_boilerplate(sentence)
    )


def is_fragment(sentence: str) -> bool:
    """Say whether what ends as a sentence is a heading, words that nobody owns, or a note without a verb."""
    if LEANING.match(sentence) or SUBJECTLESS.match(sentence):
        return False  # its neighbour helps it
    long = [word for word in re.findall(r"[^\W\d_]{4,}", sentence) if not word.isupper()]
    if (len(long) >= HEADED and all(word[0].isupper() for word in long)) or QUOTATION.match(sentence):
        return True
    return word_count(sentence) <= SHORT and sentence.isascii() and not VERB.search(sentence)


def belongs(passage: Passage, title: str) -> bool:
    """Say whether a passage is in the script of the headline, and it or its entry's title is about the same."""
    if foreign(passage.text) != foreign(title):
        return False
    subject = terms(title) - GENERIC
    return not subject or bool(subject & (passage.terms | terms(passage.entry.title)))


def foreign(text: str) -> bool:
    """Say whether a fair part of the letters are of another script than Latin: a Chinese text has Latin names in it."""
    letters = [character for character in text if character.isalpha()]
    return sum(character > LAST_LATIN for character in letters) > OTHER_SCRIPT * len(letters)


def body(entry: StoredEntry) -> str:
    """Give an entry's text without the title that some feeds begin it with."""
    text = entry.text
    title = r"\s+".join(re.escape(word).replace(r"\-", HYPHENS) for word in entry.title.split())
    opening = re.match(rf"\s*{title}(?=\s+[A-Z0-9\"“‘])", text) if title else None
    return text[opening.end() :] if opening else text


def _of(entry: StoredEntry, rank: int) -> list[Passage]:
    sentences = sentences_of(body(entry)[:MOST_CHARACTERS])[:DEEPEST]
    answers = {position + 1 for position, text in enumerate(sentences) if text.endswith(("?", "？"))}
    found = [
        _passage(text, entry, rank, position, answers=position in answers)
        for position, text in enumerate(sentences)
        if may_be_told(text)
    ]
    if is_quote(entry):
        found = [passage for passage in found if not passage.personal]  # nobody would know who "I" is
    title = headline(entry)
    if tells_an_event(title) and word_count(title) >= FEWEST_WORDS and not is_boilerplate(title):
        found.insert(0, _passage(title, entry, rank, TITLE))
    return found


def _passage(text: str, entry: StoredEntry, rank: int, position: int, *, answers: bool = False) -> Passage:
    return Passage(
        text=text,
        entry=entry,
        rank=rank,
        position=position,
        leaning=answers or bool(LEANING.match(text) or SUBJECTLESS.match(text)),
        definite=bool(DEFINITE.match(text)),
        personal=is_first_person(text),
        praise=praise(text),
        words=word_count(text),
        terms=terms(text),
        specifics=specifics(text),
    )
