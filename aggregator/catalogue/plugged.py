"""What stands under a kind's word, checked by that kind's own Options."""

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from aggregator.catalogue.document import Found, plain
from aggregator.catalogue.faults import LineError, unknown
from aggregator.catalogue.fields import told
from aggregator.catalogue.kinds import LATER, Kind, kinds, load_kind
from aggregator.errors import CatalogueError


class Plugged:
    """The kinds of one group, each loaded when the file first mentions it."""

    def __init__(self, group: str, noun: str) -> None:
        """Take the group of entry points and what a person calls its members."""
        self.group, self.noun = group, noun
        self.words = kinds(group)
        self._loaded: dict[str, Kind] = {}

    def knows(self, word: str) -> bool:
        """Say whether the word is a kind, of this version or of a later one."""
        return word in self.words or word in LATER[self.group]

    def options(self, word: str, found: Found) -> Any:
        """Give the validated Options of the value that stands under the word. Raises LineError."""
        kind = self._load(word, found.line)
        given = plain(found)
        try:
            return kind.Options.model_validate({} if given is None else given)
        except ValidationError as error:
            if given is None:
                raise LineError(found.line, f"{word}: expected a value, found nothing") from error
            first = error.errors()[0]
            raise LineError(_line(first, found), f"{word}: {_sentence(first, kind.Options, found)}") from error

    def _load(self, word: str, line: int) -> Kind:
        if word not in self._loaded:
            if word not in self.words:
                raise LineError(line, *self._not_here(word))
            try:
                self._loaded[word] = load_kind(self.group, word)
            except CatalogueError as error:
                raise LineError(line, error.what, error.todo) from error
        return self._loaded[word]

    def _not_here(self, word: str) -> tuple[str, str]:
        if word in LATER[self.group]:
            return f"the {self.noun} '{word}' is not in this version", "Put a # before its lines until it is."
        return unknown(self.noun, word, self.words), ""


def _line(error: ErrorDetails, found: Found) -> int:
    """Give the line of the part that the error is about, as deep as the file goes."""
    for step in error["loc"]:
        match found.value, step:
            case dict(items), str() if step in items:
                found = items[step]
            case list(items), int() if step < len(items):
                found = items[step]
            case _:
                break
    return found.line


def _sentence(error: ErrorDetails, options: type[BaseModel], found: Found) -> str:
    where = ".".join(str(step) for step in error["loc"])
    if error["type"] == "extra_forbidden":
        return unknown("key", where, options.model_fields)
    if error["type"] == "missing":
        return f"expected the key `{where}`, found {told(found)}"
    said = error["msg"].removeprefix("Value error, ")
    said = said[:1].lower() + said[1:]
    return f"{where}: {said}" if where else said
