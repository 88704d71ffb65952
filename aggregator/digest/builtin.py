"""The built-in writer: verbatim sentences of the story's own entries, with no model and no key.

What it cannot do (join two sources in a sentence, give a claim its owner, write an overview) it does not try.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from aggregator.digest.cover import choose, says_the_same, weigh
from aggregator.digest.passages import passages
from aggregator.digest.papers import is_paper
from aggregator.digest.terms import names, specifics, terms
from aggregator.digest.titles import headline
from aggregator.models import Choice, Draft, Form, Reader, Sentence, StoredEntry, Summary, WriterName
from aggregator.protocols import Secrets, Writer
from aggregator.text.sentences import word_count

LINE_BUDGET = 35  # words of a one-liner
GOOD_LENGTH = 14  # words of a headline
TEASER = re.compile(
    r"^(?:why|how|what|when|where|who|is|are|can|could|should|will|do|does|here(?:'|’)?s|this|these|that|it|something|meet|inside|quoting|the case"
    r"|a look|my|our|i|i(?:'|’)\w+|we|we(?:'|’)\w+|some|thoughts|notes|on|not|so|just|wow|anyone|new:|introducing)\b",
    re.IGNORECASE,
)
NEWS_VERB = re.compile(
    r"\b(?:launch|releas|unveil|announc|introduc|ship|open[- ]sourc|rais|acquir|buy|bought|sue|ban|block|leav|join|quit|resign|hire|fire|cut|add|build"
    r"|beat|hit|find|found|solv|discover|warn|label|designat|sign|win|lose|los|reach|debut|drop|roll|patch|fix|leak|admit|confirm|delay|cancel|kill|let"
    r"|get|bring|mak|offer|expand|partner|invest|plan|reject|vote|rule|order|fine|settl|accus|claim|say|show|outperform|surpass|train|top|surge)"
    r"(?:s|es|ed|d|ing|ped|ting|led|ten)?\b",
    re.IGNORECASE,
)


class Options(BaseModel, extra="forbid"):
    """It takes none."""


class BuiltIn:
    """The writer behind `built-in`."""

    def write(self, stories: Sequence[Choice], reader: Reader, deadline: datetime) -> Draft:  # noqa: ARG002  # the joint's arguments
        """Give a summary for each story: a headline, and up to three sentences of its fresh entries."""
        return Draft(summaries={choice.story.id: summarise(choice) for choice in stories})


def factory(options: Options, secrets: Secrets, tools: Any) -> Writer:  # noqa: ARG001  # the joint's arguments
    """Build the writer; it needs nothing."""
    return BuiltIn()


def summarise(choice: Choice) -> Summary:
    """Say what one story says. A story that offers no sentence tells its title, once."""
    entries = telling_order(choice)
    title, titled = best_title(entries, choice.story.lead)
    offers = passages(entries)
    weights = weigh(offers, title, [(entry.source, entry.title) for entry in entries])
    if choice.form is Form.LINE:
        chosen = choose(offers, weights, budget=LINE_BUDGET, most=1)
    else:
        chosen = choose(offers, weights, flat=is_paper(choice.story))
    sentences = tuple(Sentence(passage.text, (passage.entry.id,)) for passage in chosen)
    return Summary(
        title=title, sentences=sentences or (_title_as_sentence(entries, title, titled),), writer=WriterName.BUILT_IN
    )


def telling_order(choice: Choice) -> list[StoredEntry]:
    """Give the fresh entries, the lead first, then in order of time."""
    return sorted(choice.fresh, key=lambda entry: (entry.id != choice.story.lead, entry.date or entry.first_seen, entry.id))


def best_title(entries: Sequence[StoredEntry], lead: str) -> tuple[str, StoredEntry]:
    """Choose the headline among the entries' own: what most of them say, names first, the lead's where others are no better."""
    offers = [(headline(entry), entry) for entry in entries]
    spoken = [terms(title) for title, _ in offers]

    def worth(index: int) -> float:
        title, entry = offers[index]
        mine, length = spoken[index], word_count(title)
        others = [theirs for place, theirs in enumerate(spoken) if place != index and theirs]
        agreed = sum(len(mine & theirs) / len(mine | theirs) for theirs in others) / len(others) if others and mine else 0.0
        score = 1.5 * agreed + (1.0 if entry.id == lead else 0.0)
        score += 0.5 * bool(names(title) or specifics(title)) + 0.7 * bool(NEWS_VERB.search(title))
        score -= 0.9 * bool(TEASER.match(title)) + 1.2 * ("?" in title) + 0.3 * ("!" in title) + 1.5 * title.endswith("…")
        score -= 0.8 * (length < 4) + 0.12 * max(0, length - GOOD_LENGTH) + 0.5 * ("system card" in title.lower())  # noqa: PLR2004
        return score

    best = max(range(len(offers)), key=lambda index: (worth(index), -index))
    return offers[best]


def _title_as_sentence(entries: Sequence[StoredEntry], title: str, titled: StoredEntry) -> Sentence:
    """Tell another entry's title where it adds to the headline; else the headline itself."""
    for entry in entries:
        other = headline(entry)
        if (
            NEWS_VERB.search(other)
            and not TEASER.match(other)
            and "?" not in other
            and not says_the_same(terms(other), terms(title))
        ):
            return Sentence(other, (entry.id,))
    return Sentence(title, (titled.id,))
