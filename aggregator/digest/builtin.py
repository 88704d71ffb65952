"""The built-in writer: verbatim sentences of the story's own entries, with no model and no key.

What it cannot do (join two sources in a sentence, give a claim its owner, write an overview) it does not try.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from aggregator.digest.cover import BUDGET, LINE_BUDGET, choose, weigh
from aggregator.digest.headlines import best_title
from aggregator.digest.papers import is_paper
from aggregator.digest.passages import passages
from aggregator.digest.titles import full_title
from aggregator.models import Choice, Draft, Form, Reader, Sentence, StoredEntry, Summary, WriterName
from aggregator.protocols import Secrets, Writer
from aggregator.text.sentences import word_count


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
    weights = weigh(offers, title, entries)
    if choice.form is Form.LINE:
        impersonal = [passage for passage in offers if not passage.personal]
        chosen = choose(impersonal, weights, budget=LINE_BUDGET, most=1)
    else:
        chosen = choose(offers, weights, budget=BUDGET, abstract=is_paper(choice.story))
    sentences = tuple(Sentence(passage.text, (passage.entry.id,)) for passage in chosen)
    alone = Sentence(_shorter(full_title(titled), title), (titled.id,))
    return Summary(title=title, sentences=sentences or (alone,), writer=WriterName.BUILT_IN)


def _shorter(whole: str, title: str) -> str:
    """Give the whole title where the headline is cut and the whole is not too long for a sentence."""
    return whole if word_count(whole) <= BUDGET else title


def telling_order(choice: Choice) -> list[StoredEntry]:
    """Give the fresh entries, the lead first, then in order of time."""
    return sorted(choice.fresh, key=lambda entry: (entry.id != choice.story.lead, entry.date or entry.first_seen, entry.id))
