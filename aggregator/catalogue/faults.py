"""Everything that is wrong with a file, gathered, so that a person mends it in one go."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from aggregator.catalogue.document import Found
from aggregator.errors import CatalogueError

T = TypeVar("T")

MOST_TOLD = 5  # mistakes told one by one; more would scroll the first off the screen


class LineError(Exception):
    """One mistake and the line on which it stands."""

    def __init__(self, line: int, what: str, todo: str = "") -> None:
        super().__init__(line, what, todo)
        self.line, self.what, self.todo = line, printable(what), printable(todo)


class Faults:
    """The mistakes found so far in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[LineError] = []

    def add(self, fault: LineError) -> None:
        """Note a mistake."""
        self.found.append(fault)

    def attempt(self, check: Callable[[], T], default: T) -> T:
        """Give what `check` gives; where it finds a mistake, note that and give the default."""
        try:
            return check()
        except LineError as fault:
            self.add(fault)
            return default

    def take(self, mapping: Mapping[str, Found], key: str, check: Callable[[Found], T], default: T) -> T:
        """Give the checked value under `key`; the default where there is none or where it is wrong, which is noted."""
        found = mapping.get(key)
        return default if found is None else self.attempt(lambda: check(found), default)

    def refuse_unknown(self, mapping: Mapping[str, Found], known: Sequence[str]) -> None:
        """Note every key that is not one of the known ones."""
        for key, found in mapping.items():
            if key not in known:
                self.add(LineError(found.line, unknown("key", key, known)))

    def complain(self) -> None:
        """Raise CatalogueError if there were mistakes: of all of them, told in the order of their lines."""
        if not self.found:
            return
        told = [CatalogueError(f.what, where=f"{self.path}:{f.line}", todo=f.todo) for f in _merged(self.found)]
        if len(told) == 1:
            raise told[0]
        lines = [str(error) for error in told[:MOST_TOLD]]
        if len(told) > MOST_TOLD:
            lines.append(f"{self.path}: and {len(told) - MOST_TOLD} more")
        raise CatalogueError("\n".join(lines).removeprefix(f"{told[0].where}: "), where=told[0].where)


def _merged(faults: Iterable[LineError]) -> list[LineError]:
    """Order mistakes by line and tell the same one once, with the lines on which it stands again."""
    merged: dict[tuple[str, str], list[int]] = {}
    for fault in sorted(faults, key=lambda fault: (fault.line, fault.what)):
        merged.setdefault((fault.what, fault.todo), []).append(fault.line)
    return [LineError(line, what + _also(sorted({*more} - {line})), todo) for (what, todo), (line, *more) in merged.items()]


def _also(lines: Sequence[int]) -> str:
    if not lines:
        return ""
    shown = ", ".join(str(line) for line in lines[:MOST_TOLD]) + (", ..." if len(lines) > MOST_TOLD else "")
    return f" (also on line{'s' if len(lines) > 1 else ''} {shown})"


def unknown(noun: str, word: str, known: Iterable[str]) -> str:
    """Say that a word is not one of those known, and the nearest of them, or all if none is near."""
    words = sorted(known)
    near = nearest(word, words)
    return f"unknown {noun} {quoted(word)}, " + (f"did you mean '{near}'?" if near else f"expected {either(words)}")


def nearest(word: str, words: Sequence[str]) -> str | None:
    """Give the word that was probably meant, if any."""
    by_lower = {known.lower(): known for known in words}
    near = difflib.get_close_matches(word[:80].strip().lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def either(words: Sequence[str]) -> str:
    """Join words as a choice: `a, b or c`."""
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else "nothing"


def quoted(text: str, most: int = 60) -> str:
    """Quote a text of the file for a message, bounded."""
    shown = printable(text)
    return f"'{shown if len(shown) <= most else shown[: most - 1] + '…'}'"


def printable(text: str) -> str:
    """Give the text as one line without control characters: it goes to a terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
