"""sources.yaml -> Catalogue. Whatever is wrong with the file is said with file, line, what was found and what was expected."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from aggregator.catalogue import fields
from aggregator.catalogue.document import Found, parse, text_of
from aggregator.catalogue.faults import Faults, LineError
from aggregator.catalogue.finding import is_shipped
from aggregator.catalogue.readers import read_readers
from aggregator.catalogue.sources import read_sources
from aggregator.catalogue.values import Catalogue
from aggregator.models import Archetype

KEYS = ("sources", "readers")
EXAMPLE = "sources: [{feed: https://example.org/feed.xml}]"


def read(path: Path, *, archetypes: Sequence[Archetype], timezone: str) -> Catalogue:
    """Read a sources.yaml; `timezone` is the zone of a reader who names none.

    Raises CatalogueError with file, line and what was expected, for all mistakes at once.
    """
    return read_text(text_of(path), path, archetypes=archetypes, timezone=timezone)


def read_text(text: str, path: Path, *, archetypes: Sequence[Archetype], timezone: str) -> Catalogue:
    """Read a text as the sources.yaml that would stand at `path`: whether it is good can be known before it is written."""
    faults = Faults(path)
    known = [archetype.name for archetype in archetypes]
    top = faults.attempt(lambda: _top(parse(text, path)), {})
    faults.complain()
    faults.refuse_unknown(top, KEYS)
    sources = read_sources(top.get("sources"), known, faults)
    readers = read_readers(top.get("readers"), known, timezone, faults)
    faults.complain()
    return Catalogue(path=path, sources=sources, readers=readers, shipped=is_shipped(path))


def _top(document: Found) -> Mapping[str, Found]:
    if document.value is None:
        raise LineError(1, "the file is empty, expected `sources:` and a list", "Add one: digest sources add URL")
    return fields.mapping(document, EXAMPLE)
