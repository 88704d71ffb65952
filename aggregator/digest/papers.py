"""Which stories are papers: work that one of their entries describes at an address where papers stand."""

import re

from aggregator.models import StoredEntry, Story

PAPER = re.compile(
    r"^https?://(?:www\.|export\.)?(?:arxiv\.org/|huggingface\.co/papers/|(?:[\w-]+\.)?alphaxiv\.org/|openreview\.net/|aclanthology\.org/|proceedings\.mlr\.press/"
    r"|papers\.(?:nips|neurips)\.cc/|(?:www\.)?biorxiv\.org/|dl\.acm\.org/doi/|doi\.org/|paperswithcode\.com/paper/|transformer-circuits\.pub/)",
    re.IGNORECASE,
)
SAYS_PAPER = re.compile(r"\b(?:preprint|(?:new|recent) (?:\w+ ){0,3}(?:paper|study)|in this paper|arxiv)\b", re.IGNORECASE)


def is_paper(story: Story) -> bool:
    """Say whether the story's link, or what its lead points at, is a paper."""
    lead = next((entry for entry in story.entries if entry.id == story.lead), story.entries[0])
    return is_paper_page(lead)


def is_paper_page(entry: StoredEntry) -> bool:
    """Say whether the entry is, or points at, the page of a paper."""
    return any(PAPER.match(url) for url in (entry.target or "", entry.url))
