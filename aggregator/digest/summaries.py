"""A story in verbatim sentences: a headline, and up to three sentences of its fresh entries, each with its citation."""

from aggregator.digest.cover import BUDGET, LINE_BUDGET, choose, weigh
from aggregator.digest.headlines import best_title
from aggregator.digest.papers import is_paper
from aggregator.digest.passages import belongs, passages
from aggregator.digest.titles import full_title
from aggregator.models import Choice, Form, Sentence, StoredEntry, Summary, WriterName
from aggregator.text.sentences import word_count


def summarise(choice: Choice) -> Summary:
    """Say what one story says. A story that offers no sentence tells its title, once."""
    entries = telling_order(choice)
    title, titled = best_title(entries, choice.story.lead)
    offers = [passage for passage in passages(entries) if belongs(passage, title)]
    weights = weigh(offers, title, entries)
    if choice.form is Form.LINE:
        alone = [passage for passage in offers if not passage.personal and not passage.definite]  # no headline stands above it
        chosen = choose(alone, weights, budget=LINE_BUDGET, most=1)
    else:
        chosen = choose(offers, weights, budget=BUDGET, abstract=is_paper(choice.story))
    sentences = tuple(Sentence(passage.text, (passage.entry.id,)) for passage in chosen)
    cut_short = choice.form is Form.LINE or title.endswith("…")  # cut at a clause, a headline says enough
    title_alone = Sentence(_shorter(full_title(titled), title) if cut_short else title, (titled.id,))
    return Summary(title=title, sentences=sentences or (title_alone,), writer=WriterName.BUILT_IN)


def bare(choice: Choice) -> Summary:
    """Say no more of a story than its title: what stands when anything longer does not."""
    title, titled = best_title(telling_order(choice), choice.story.lead)
    return Summary(title=title, sentences=(Sentence(title, (titled.id,)),), writer=WriterName.BUILT_IN)


def _shorter(whole: str, title: str) -> str:
    """Give the whole title where the headline is cut and the whole is not too long for a sentence."""
    return whole if word_count(whole) <= BUDGET else title


def telling_order(choice: Choice) -> list[StoredEntry]:
    """Give the fresh entries, the lead first, then in order of time."""
    return sorted(choice.fresh, key=lambda entry: (entry.id != choice.story.lead, entry.date or entry.first_seen, entry.id))
