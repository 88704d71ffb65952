"""Which stories are papers, and which sentences of an abstract tell what a paper did."""

from aggregator.digest.terms import any_of
from aggregator.models import StoredEntry, Story

PAGE = any_of(
    r"arxiv\.org/|export\.arxiv\.org/|huggingface\.co/papers/|(?:[\w-]+\.)?alphaxiv\.org/|openreview\.net/|aclanthology\.org/",
    r"proceedings\.mlr\.press/|papers\.(?:nips|neurips)\.cc/|biorxiv\.org/|dl\.acm\.org/doi/|doi\.org/|transformer-circuits\.pub/",
    whole=r"^https?://(?:www\.)?(?:%s)",
)
AUTHORS = r"(?:we|this (?:paper|work|study|report)|our (?:method|model|approach|results)) (?:\w+ly )?"
CONTRIBUTION = any_of(
    AUTHORS + r"(?:present|propose|introduce|show|find|develop|release|study|train|evaluate|achieve|argue)",
    r"results (?:show|demonstrate|indicate)|outperform|achiev(?:es|ing)|reduc(?:es|ing)|improv(?:es|ing)",
    r"state[- ]of[- ]the[- ]art|\d+ ?%",
    whole=r"(?<!\w)(?:%s)",
)


def is_paper(story: Story) -> bool:
    """Say whether the story's lead is, or points at, the page of a paper."""
    lead = next((entry for entry in story.entries if entry.id == story.lead), story.entries[0])
    return is_paper_page(lead)


def is_paper_page(entry: StoredEntry) -> bool:
    """Say whether the entry is, or points at, the page of a paper."""
    return any(PAGE.match(url) for url in (entry.target or "", entry.url))


def is_contribution(sentence: str) -> bool:
    """Say whether a sentence of an abstract tells what the paper did or found, and not what everybody knows."""
    return bool(CONTRIBUTION.search(sentence))
