"""The `readers:` of sources.yaml: who a digest is for, when, and how it reaches them."""

from collections.abc import Sequence
from typing import Any

from aggregator.catalogue import fields
from aggregator.catalogue.document import Found
from aggregator.catalogue.faults import Faults, LineError, quoted
from aggregator.catalogue.kinds import CHANNELS
from aggregator.catalogue.plugged import Plugged
from aggregator.models import Reader

KEYS = ("name", "archetypes", "digest", "deliver")
DIGEST_KEYS = ("day", "at", "timezone", "minutes")
EXAMPLE = '- {name: me, archetypes: [ux], digest: {day: monday, at: "08:00"}, deliver: [files: ~/digests]}'
MOST_MINUTES = 120

Channels = tuple[tuple[str, Any], ...]


def read_readers(found: Found | None, archetypes: Sequence[str], timezone: str, faults: Faults) -> tuple[Reader, ...]:
    """Read the list; without one there is one reader: all archetypes, six minutes.

    A reader who names no channel has none: the digest is written into the data folder in any case.
    """
    plugged = Plugged(CHANNELS, "channel")
    if found is None:
        return (Reader(timezone=timezone),)
    items = faults.attempt(lambda: fields.listing(found, EXAMPLE), [])
    if found.value == []:
        faults.add(LineError(found.line, f"readers: expected at least one such as `{EXAMPLE}`, found an empty list"))
    readers: list[Reader] = []
    lines: dict[str, int] = {}
    for item in items:
        reader = _read_reader(item, archetypes, Reader(timezone=timezone), plugged, faults)
        if (line := lines.setdefault(reader.name, item.line)) != item.line:
            what = f"the reader {quoted(reader.name)} stands twice, here and on line {line}"
            faults.add(LineError(item.line, what, "Give each a `name`."))
        readers.append(reader)
    return tuple(readers)


def _read_reader(item: Found, archetypes: Sequence[str], default: Reader, plugged: Plugged, faults: Faults) -> Reader:
    given = faults.attempt(lambda: fields.mapping(item, EXAMPLE), {})
    faults.refuse_unknown(given, KEYS)
    digest = faults.take(given, "digest", lambda f: fields.mapping(f, 'digest: {day: monday, at: "08:00"}'), {})
    faults.refuse_unknown(digest, DIGEST_KEYS)
    return Reader(
        name=faults.take(given, "name", fields.name, default.name),
        archetypes=faults.take(given, "archetypes", lambda f: fields.archetypes(f, archetypes), ()),
        minutes=faults.take(digest, "minutes", lambda f: fields.number(f, above=0, most=MOST_MINUTES), default.minutes),
        timezone=faults.take(digest, "timezone", fields.zone, default.timezone),
        day=faults.take(digest, "day", fields.day, default.day),
        at=faults.take(digest, "at", fields.clock, default.at),
        channels=faults.take(given, "deliver", lambda f: _channels(f, plugged, faults), default.channels),
    )


def _channels(found: Found, plugged: Plugged, faults: Faults) -> Channels:
    """Take a list of channels: each a mapping of its kind to what that takes, or only the kind."""
    items = fields.listing(found, "deliver: [files: ~/digests]")
    return tuple(pair for item in items for pair in faults.attempt(lambda item=item: _channel(item, plugged), ()))


def _channel(item: Found, plugged: Plugged) -> Channels:
    if isinstance(item.value, str):
        return ((item.value, plugged.options(item.value, Found(None, item.line, item.value))),)
    given = fields.mapping(item, "deliver: [files: ~/digests]")
    if len(given) != 1:
        what = f"deliver: expected one kind of channel for each item, found {len(given)}"
        raise LineError(item.line, what, "Make each an item of its own.")
    return tuple((kind, plugged.options(kind, value)) for kind, value in given.items())
