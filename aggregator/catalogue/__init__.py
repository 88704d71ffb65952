"""The catalogue: sources.yaml and archetypes.yaml as values, with the file and line of every mistake.

`find` says which sources.yaml counts, `read` reads it, `read_archetypes` reads who the stories can be for. Editing a file is
in `edit`, subscriptions of other programs in `opml`, the kinds that plug-ins bring in `kinds`.
"""

from collections.abc import Sequence
from pathlib import Path

from aggregator.catalogue.finding import find, shipped
from aggregator.catalogue.kinds import kinds, load_kind
from aggregator.catalogue.values import Catalogue, Listed
from aggregator.models import Archetype

__all__ = ["Catalogue", "Listed", "find", "kinds", "load_kind", "read", "read_archetypes", "shipped"]


def read(path: Path, *, archetypes: Sequence[Archetype], timezone: str) -> Catalogue:
    """Read a sources.yaml; `timezone` is the zone of a reader who names none.

    Raises CatalogueError with file, line and what was expected, for all mistakes at once.
    """
    from aggregator.catalogue import reading  # noqa: PLC0415  # pydantic and YAML cost 100 ms: only where a file is read

    return reading.read(path, archetypes=archetypes, timezone=timezone)


def read_archetypes(extra: Path | None = None) -> tuple[Archetype, ...]:
    """Read the shipped archetypes, joined with the person's own file: its entries add to them or override them by name.

    Raises CatalogueError with file and line.
    """
    from aggregator.catalogue import archetypes  # noqa: PLC0415  # as above

    return archetypes.read_archetypes(extra)
