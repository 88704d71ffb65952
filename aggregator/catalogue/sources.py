"""The `sources:` of sources.yaml: each a mapping in which one key names the kind."""

from collections.abc import Sequence

from aggregator.catalogue import fields
from aggregator.catalogue.addresses import same, short_name, without_secrets
from aggregator.catalogue.document import Found
from aggregator.catalogue.faults import Faults, LineError, nearest, quoted, unknown
from aggregator.catalogue.kinds import SOURCES
from aggregator.catalogue.plugged import Plugged
from aggregator.catalogue.values import COMMON_KEYS, Listed
from aggregator.models import LlmUse, Source

EXAMPLE = "- feed: https://example.org/feed.xml"
MOST_WEIGHT = 10


def read_sources(found: Found | None, archetypes: Sequence[str], faults: Faults) -> tuple[Listed, ...]:
    """Read the list; what is wrong with it is noted, and a source whose kind or address can't be told is left out."""
    if found is None:
        faults.add(
            LineError(1, "expected the key `sources` with a list, found none", f"Write `sources:` and under it `{EXAMPLE}`.")
        )
        return ()
    items = faults.attempt(lambda: fields.listing(found, EXAMPLE), [])
    if found.value == []:
        faults.add(LineError(found.line, f"sources: expected at least one such as `{EXAMPLE}`, found an empty list"))
    plugged = Plugged(SOURCES, "source kind")
    read = (_read_source(item, plugged, archetypes, faults) for item in items)
    listed = tuple(one for one in read if one is not None)
    _refuse_twins(listed, faults)
    return listed


def _read_source(item: Found, plugged: Plugged, archetypes: Sequence[str], faults: Faults) -> Listed | None:
    given = faults.attempt(lambda: _mapping(item), {})
    kind = faults.attempt(lambda: _kind(item, given, plugged), None) if given else None
    common = {key: value for key, value in given.items() if key != kind}
    if kind:
        faults.refuse_unknown(common, COMMON_KEYS)
    name = faults.take(common, "name", fields.name, "")
    weight = faults.take(common, "weight", lambda f: fields.number(f, above=0, most=MOST_WEIGHT), 1.0)
    hints = faults.take(common, "archetypes", lambda f: fields.archetypes(f, archetypes), ())
    allow_private = faults.take(common, "allow_private", fields.flag, default=False)
    headers = faults.take(common, "headers", fields.headers, {})
    proxy = faults.take(common, "proxy", lambda f: fields.proxy(f) if f.value is not None else None, None)
    llm = faults.take(common, "llm", fields.llm_use, LlmUse.YES)
    options = faults.attempt(lambda: plugged.options(kind, given[kind]), None) if kind else None
    if kind is None or options is None:
        return None
    address = str(getattr(options, "address", ""))
    source = Source(
        name=name or short_name(kind, address),
        kind=kind,
        address=address,
        weight=weight,
        archetypes=hints,
        allow_private=allow_private,
        headers=headers,
        proxy=proxy,
        llm=llm,
    )
    return Listed(source, options, item.line)


def _mapping(item: Found) -> dict[str, Found]:
    if isinstance(item.value, dict) and item.value:
        return item.value
    if isinstance(item.value, str) and "://" in item.value:
        raise LineError(
            item.line,
            f"expected the kind of source before the address {quoted(without_secrets(item.value))}",
            "Write `feed: ` before it.",
        )
    raise LineError(item.line, f"expected a source such as `{EXAMPLE}`, found {fields.told(item)}")


def _kind(item: Found, given: dict[str, Found], plugged: Plugged) -> str:
    """Give the one key that names the kind; where none does, say which key looks as if it should."""
    named = [key for key in given if plugged.knows(key)]
    if len(named) > 1:
        raise LineError(
            item.line, f"expected one kind of source, found {' and '.join(named)}", "Make each a source of its own."
        )
    if named:
        return named[0]
    strange = [key for key in given if key not in COMMON_KEYS]
    for key in strange:
        near = nearest(key, [*plugged.words, *COMMON_KEYS])
        if near not in COMMON_KEYS:
            raise LineError(given[key].line, unknown("source kind", key, plugged.words))
    for key in strange:
        raise LineError(given[key].line, unknown("key", key, [*plugged.words, *COMMON_KEYS]))
    raise LineError(item.line, f"expected the kind of source, such as `{EXAMPLE}`, found only {', '.join(given)}")


def _refuse_twins(listed: Sequence[Listed], faults: Faults) -> None:
    """Note each source whose address or name an earlier one has."""
    addresses: dict[tuple[str, str], int] = {}
    names: dict[str, int] = {}
    for one in listed:
        identity = (one.source.kind, same(one.source.address))
        if (line := addresses.setdefault(identity, one.line)) != one.line:
            shown = without_secrets(one.source.address)
            faults.add(
                LineError(one.line, f"the address {quoted(shown, 200)} stands twice, here and on line {line}", "Keep one.")
            )
        elif (line := names.setdefault(one.source.name, one.line)) != one.line:
            what = f"the name {quoted(one.source.name)} stands twice, here and on line {line}"
            faults.add(LineError(one.line, what, "Give one of them another `name`."))
