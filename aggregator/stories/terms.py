"""Finding terms in text: whole words, singular or plural, however a compound is joined.

A text is cut into words once, its runs of up to `LONGEST` words are kept, and every list of terms is looked up among them.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from aggregator.stories.words import singular

NAME = re.compile(r"([a-z]{3,})(?:\d[\w.]*|\.(?:ai|com|dev|io|md|js|py))$")  # the name in "qwen3.5" and "claude.ai"
LONGEST = 4  # words in a term
WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")

Found = Mapping[str, str]  # a run of words in its plain form -> as it stands in the text, lower case


def runs(text: str) -> Found:
    """Give the runs of up to four words of a text, each in its plain form with the first way it is written."""
    folded = unicodedata.normalize("NFKC", text).replace("\u2019", "'").lower()
    found: dict[str, str] = {}
    spans = [(singular(match.group()), match.start(), match.end()) for match in WORD.finditer(folded)]
    for first, (_, start, _) in enumerate(spans):
        plain = ""
        for word, _, end in spans[first : first + LONGEST]:
            plain = f"{plain} {word}" if plain else word
            found.setdefault(plain, folded[start:end])
    for word, start, end in spans:
        if name := NAME.match(word):
            found.setdefault(name.group(1), folded[start:end])
    return found


def plain(term: str) -> str:
    """Give the form of a term by which it is looked up."""
    return " ".join(singular(match.group()) for match in WORD.finditer(unicodedata.normalize("NFKC", term).lower()))


class Phrases:
    """A list of terms to look for."""

    def __init__(self, terms: Iterable[str]) -> None:
        """Take the terms as people write them."""
        self._plain = frozenset(form for term in terms if (form := plain(term)))

    def among(self, found: Found) -> dict[str, str]:
        """Give the terms that stand in a text, in the order in which they stand, as they are written there."""
        return {form: written for form, written in found.items() if form in self._plain}
