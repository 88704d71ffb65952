"""What a sources.yaml says, as values."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator.models import Reader, Source

COMMON_KEYS = ("name", "weight", "archetypes", "allow_private", "headers", "proxy", "llm")  # what every source may have


@dataclass(frozen=True)
class Listed:
    """A source, the Options that its kind has validated, and the line of the file where it stands (the first is 1)."""

    source: Source
    options: Any
    line: int


@dataclass(frozen=True)
class Catalogue:
    """The sources and readers of one file, in its order. `shipped` says that it is the one that comes with the program."""

    path: Path
    sources: tuple[Listed, ...]
    readers: tuple[Reader, ...]
    shipped: bool
