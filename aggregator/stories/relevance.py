"""Is it about AI? Judged by the words of the trade: one in the title, or two different ones in the text.

Makers and products stand in lists.py and not in archetypes.yaml: they say that something is about AI, and not for whom.
"""

import re

from aggregator.stories.lists import MAYBE_AI, SURELY_AI
from aggregator.stories.terms import Found, Phrases

_SURE, _HINTS = Phrases(SURELY_AI), Phrases(MAYBE_AI)

COINED = re.compile(r"\w+(?:llm|gpt)|(?:llm|gpt)\w+")

ENOUGH = 0.5
IN_TITLE, IN_TEXT, HINT_IN_TITLE, HINT_IN_TEXT = 1.0, 0.5, 0.4, 0.2
MOST_FROM_HINTS = 0.8


def relevance(title: Found, text: Found) -> float:
    """Give how surely this is about AI: 1 and more is sure enough, 0 is nothing at all."""
    sure_title, sure_text = _SURE.among(title) | _coined(title), _SURE.among(text) | _coined(text)
    hint_title, hint_text = _HINTS.among(title), _HINTS.among(text)
    sure = len(sure_title) * IN_TITLE + len(sure_text.keys() - sure_title.keys()) * IN_TEXT
    hints = len(hint_title) * HINT_IN_TITLE + len(hint_text.keys() - hint_title.keys()) * HINT_IN_TEXT
    return sure + min(hints, MOST_FROM_HINTS)


def _coined(found: Found) -> dict[str, str]:
    """Give the words that are made with the trade's own: LiteLLM, vLLM, MiniGPT."""
    return {form: written for form, written in found.items() if COINED.fullmatch(form)}
