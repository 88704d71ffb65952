"""archetypes.yaml: who a story can be for, from the file that ships and the person's own."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from aggregator.catalogue import fields
from aggregator.catalogue.document import Found, load
from aggregator.catalogue.faults import Faults, LineError
from aggregator.models import Archetype

EXAMPLE = "- {name: ux, title: Interface, description: ..., terms: [voice, latency]}"
KEYS = ("name", "title", "description", "terms", "weak_terms")


def read_archetypes(extra: Path | None = None) -> tuple[Archetype, ...]:
    """Join the shipped archetypes with the person's own: an entry of a known name changes what it names, another is added.

    Raises CatalogueError with file and line.
    """
    shipped = _read(Path(str(files("aggregator") / "archetypes.yaml")), {})
    return tuple((shipped if extra is None else _read(extra, shipped)).values())


def _read(path: Path, before: dict[str, Archetype]) -> dict[str, Archetype]:
    faults = Faults(path)
    joined = dict(before)
    lines: dict[str, int] = {}
    for item in faults.attempt(lambda: _entries(load(path), faults), []):
        entry = faults.attempt(lambda item=item: fields.mapping(item, EXAMPLE), {})
        name = faults.take(entry, "name", fields.name, "")
        if name in lines:
            faults.add(LineError(item.line, f"the archetype '{name}' stands twice, here and on line {lines[name]}"))
        elif name:
            lines[name] = item.line
            joined[name] = _archetype(name, item, entry, joined.get(name), faults)
        elif entry and "name" not in entry:
            faults.add(LineError(item.line, "expected a `name`, found an archetype without one"))
    faults.complain()
    return joined


def _entries(document: Found, faults: Faults) -> list[Found]:
    top = fields.mapping(document, "archetypes: [...]")
    faults.refuse_unknown(top, ("archetypes",))
    if "archetypes" not in top:
        raise LineError(1, "expected the key `archetypes`, found none")
    return fields.listing(top["archetypes"], EXAMPLE)


def _archetype(name: str, item: Found, entry: dict[str, Found], before: Archetype | None, faults: Faults) -> Archetype:
    faults.refuse_unknown(entry, KEYS)
    given: dict[str, Any] = {
        "title": faults.take(entry, "title", fields.name, before.title if before else ""),
        "description": faults.take(entry, "description", fields.text, before.description if before else ""),
        "terms": faults.take(entry, "terms", _terms, before.terms if before else ()),
        "weak_terms": faults.take(entry, "weak_terms", _terms, before.weak_terms if before else ()),
    }
    for key in ("title", "description"):
        if not before and key not in entry:
            faults.add(LineError(item.line, f"expected a `{key}` for the archetype '{name}', found none"))
    return Archetype(name=name, **given)


def _terms(found: Found) -> tuple[str, ...]:
    """Take a list of words and phrases, in lower case, each once."""
    words = [" ".join(fields.text(item).lower().split()) for item in fields.listing(found, f"{found.key}: [voice, latency]")]
    return tuple(dict.fromkeys(words))
