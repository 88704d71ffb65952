"""Adding and removing sources in a sources.yaml that a person wrote: everything else stays as it is, byte for byte.

ruamel.yaml says where each source stands; its lines are put in or taken out. What its round trip does to a file is more
than was asked for: it indents anew, and a comment after the last source ends up before the one that was added. So that serves
only where there are no such lines: for lists in brackets and empty ones. Either way the result has to say what was meant.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from aggregator.catalogue import round_trip, splice
from aggregator.catalogue.addresses import same, short_name, without_secrets
from aggregator.catalogue.document import Found, parse, plain
from aggregator.catalogue.faults import nearest, quoted
from aggregator.catalogue.finding import NAME
from aggregator.catalogue.values import COMMON_KEYS
from aggregator.errors import CatalogueError


def add_source(text: str, kind: str, value: Any, *, path: Path = Path(NAME), **common: Any) -> str:
    """Give the text with a source more: what stands under the kind's word, and the keys common to all sources.

    A key whose value is None is left out. Raises CatalogueError like `add_sources`.
    """
    return add_sources(text, [{kind: value, **{key: given for key, given in common.items() if given is not None}}], path=path)


def add_sources(text: str, items: Sequence[Mapping[str, Any]], *, path: Path = Path(NAME)) -> str:
    """Give the text with these sources after the last; an empty text is a new file.

    Raises CatalogueError where the text is no catalogue or has one of them already; `path` is what it names.
    """
    if not items:
        return text
    found = parse(text, path)
    before = _sources(found, path)
    _refuse_twins(items, before, path)
    wanted: dict[str, Any] = {**(plain(found) or {}), "sources": [*map(plain, before), *items]}
    return _as_meant(splice.insert(text, items, path), wanted, path) or round_trip.append(text, items)


def remove_source(text: str, wanted: str, *, path: Path = Path(NAME)) -> str:
    """Give the text without the source of that name or address. Raises CatalogueError where there is none."""
    found = parse(text, path)
    listed: list[Any] = [plain(one) for one in _sources(found, path)]
    index = _index(listed, wanted, path)
    left: dict[str, Any] = {**(plain(found) or {}), "sources": [*listed[:index], *listed[index + 1 :]]}
    return _as_meant(splice.cut(text, index, path), left, path) or round_trip.remove(text, index)


def write(path: Path, text: str) -> None:
    """Write the file whole or not at all; a link stays one. Raises CatalogueError, and then the file is as it was."""
    target = path.resolve()
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        with tempfile.NamedTemporaryFile("wb", dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except (OSError, UnicodeError) as error:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise CatalogueError(
            f"it cannot be written: {reason}", where=str(path), todo="What stood there is as it was."
        ) from error


def _sources(found: Found, path: Path) -> list[Found]:
    """Give the listed sources. Raises CatalogueError where the file is none to which one can be added."""
    if found.value is None:
        return []
    under = found.value.get("sources", Found(None, 1)) if isinstance(found.value, dict) else found
    if not isinstance(found.value, dict) or not isinstance(under.value, list | None):
        raise CatalogueError("expected `sources:` with a list", where=f"{path}:{under.line}", todo="Correct the file first.")
    return under.value or []


def _index(listed: Sequence[Any], wanted: str, path: Path) -> int:
    names = [_names(item) for item in listed]
    for index, known in enumerate(names):
        if wanted.strip().casefold() in {name.casefold() for name in known} or same(wanted) in {same(name) for name in known}:
            return index
    near = nearest(wanted, [name for known in names for name in known])
    todo = f"Did you mean '{without_secrets(near)}'?" if near else "`digest sources` lists them."
    raise CatalogueError(
        f"no source has the name or address {quoted(without_secrets(wanted), 200)}", where=str(path), todo=todo
    )


def _names(item: Any) -> list[str]:
    """Give everything that a source can be called by: its name, its addresses, and the name made from each of them."""
    if not isinstance(item, dict):
        return []
    given = cast("dict[str, Any]", item)
    addresses = [(kind, address) for kind, value in given.items() if kind not in COMMON_KEYS for address in _addresses(value)]
    named = [given["name"]] if isinstance(given.get("name"), str) else []
    return named + [address for _, address in addresses] + [short_name(kind, address) for kind, address in addresses]


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [part for part in cast("dict[str, Any]", value).values() if isinstance(part, str)]
    return [value] if isinstance(value, str) else []


def _refuse_twins(items: Sequence[Mapping[str, Any]], listed: Sequence[Found], path: Path) -> None:
    taken = {same(name): other.line for other in reversed(listed) for name in _names(plain(other))}
    for item in items:
        mine = sorted(
            {same(address) for kind, value in item.items() if kind not in COMMON_KEYS for address in _addresses(value)}
        )
        for address in mine:
            if line := taken.get(address):
                raise CatalogueError("this source stands in the file already", where=f"{path}:{line}", todo="Change it there.")


def _as_meant(text: str | None, wanted: dict[str, Any], path: Path) -> str | None:
    """Give the text if it says what is wanted, else None."""
    if text is None:
        return None
    try:
        return text if plain(parse(text, path)) == wanted else None
    except CatalogueError:
        return None
