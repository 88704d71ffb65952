"""What may stand under a key: each function gives the checked value or raises LineError, saying what it expected and found."""

import re
from collections.abc import Iterable, Sequence
from datetime import time
from difflib import get_close_matches
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from aggregator.catalogue.document import Found
from aggregator.catalogue.faults import LineError, either, nearest, quoted, unknown
from aggregator.models import LlmUse

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_NAME = 100  # characters: a name stands in tables and behind every citation

# People who know YAML 1.1 write these for true and false; in 1.2 they are texts.
YES, NO = frozenset({"yes", "on", "true"}), frozenset({"no", "off", "false"})

CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a header's name: RFC 9110, 5.6.2


def told(found: Found) -> str:
    """Say what was found, for a person: `the number 480`."""
    match found.value:
        case None:
            return "nothing"
        case bool(value):
            return str(value).lower()
        case int(value) | float(value):
            return f"the number {str(value)[:40]}"
        case str(value):
            return f"the text {quoted(value)}"
        case list():
            return "a list"
        case _:
            return "a mapping"


def wrong(found: Found, expected: str, todo: str = "") -> LineError:
    """Give the mistake that something else than the expected stands under a key."""
    return LineError(
        found.line,
        f"{found.key}: expected {expected}, found {told(found)}" if found.key else f"expected {expected}, found {told(found)}",
        todo,
    )


def mapping(found: Found, example: str) -> dict[str, Found]:
    """Take a mapping."""
    if isinstance(found.value, dict):
        return found.value
    raise wrong(found, f"a mapping such as `{example}`")


def listing(found: Found, example: str) -> list[Found]:
    """Take a list."""
    if isinstance(found.value, list):
        return found.value
    raise wrong(found, f"a list such as `{example}`")


def text(found: Found) -> str:
    """Take a text of at least one character."""
    if isinstance(found.value, str) and found.value.strip():
        return found.value.strip()
    raise wrong(
        found, "a text", "" if found.value in (None, "") or isinstance(found.value, (list, dict)) else "Put it in quotes."
    )


def name(found: Found) -> str:
    """Take a name: one printable line."""
    given = text(found)
    if len(given) > LONGEST_NAME or not given.isprintable():
        raise wrong(found, f"one line of at most {LONGEST_NAME} characters")
    return given


def number(found: Found, *, above: float, most: float) -> float:
    """Take a number in a range that is open below."""
    value = found.value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and above < value <= most:
        return float(value)
    raise wrong(found, f"a number above {above:g} and at most {most:g}")


def flag(found: Found) -> bool:
    """Take true or false, and the words that meant them in YAML 1.1."""
    if isinstance(found.value, bool):
        return found.value
    if isinstance(found.value, str) and found.value.lower() in YES | NO:
        return found.value.lower() in YES
    raise wrong(found, "true or false")


def llm_use(found: Found) -> LlmUse:
    """Take who may read a source; true and false stand for yes and never."""
    value = found.value.lower() if isinstance(found.value, str) else found.value
    if value is True or (isinstance(value, str) and value in YES):
        return LlmUse.YES
    if value is False or (isinstance(value, str) and value in NO):
        return LlmUse.NEVER
    try:
        return LlmUse(str(value))
    except ValueError:
        raise wrong(found, either([use.value for use in LlmUse])) from None


def archetypes(found: Found, known: Sequence[str]) -> tuple[str, ...]:
    """Take a list of archetypes, or one; each has to be known. One that stands twice counts once."""
    items = found.value if isinstance(found.value, list) else [found]
    if found.value is None:
        raise wrong(found, f"a list of {either(sorted(known))}")
    names = [text(item) for item in items]
    for item, one in zip(items, names, strict=True):
        if one not in known:
            raise LineError(item.line, unknown("archetype", one, known))
    return tuple(dict.fromkeys(names))


def headers(found: Found) -> dict[str, str]:
    """Take HTTP headers: names and texts of one line."""
    taken: dict[str, str] = {}
    for key, item in mapping(found, "headers: {X-Name: value}").items():
        value = text(item)
        if not TOKEN.fullmatch(key):
            raise LineError(item.line, f"headers: expected a header's name, found {quoted(key)}")
        if not value.isprintable():
            raise LineError(item.line, f"{key}: expected one line, found {quoted(value)}")
        taken[key] = value
    return taken


def proxy(found: Found) -> str:
    """Take the address of an HTTP proxy."""
    given = text(found)
    try:
        parts = urlsplit(given)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if good and given.isprintable() and " " not in given:
        return given
    raise LineError(found.line, f"{found.key}: expected an address such as http://proxy.example:3128, found something else")


def day(found: Found) -> str:
    """Take a day of the week."""
    given = text(found).lower()
    if given in DAYS:
        return given
    meant = next((known for known in DAYS if len(given) > 1 and known.startswith(given)), None) or nearest(given, DAYS)
    raise LineError(
        found.line, f"unknown day {quoted(given)}, " + (f"did you mean '{meant}'?" if meant else f"expected {either(DAYS)}")
    )


def clock(found: Found) -> time:
    """Take a time of day of 24 hours, quoted or not: 8:00 without quotes is a text in YAML 1.2."""
    match = CLOCK.fullmatch(found.value.strip()) if isinstance(found.value, str) else None
    if match is None:
        raise wrong(found, 'a time of day such as "08:00"')
    return time(int(match[1]), int(match[2]))


def zone(found: Found) -> str:
    """Take the IANA name of a time zone."""
    given = text(found)
    try:
        return ZoneInfo(given).key
    except (ValueError, OSError, LookupError):
        near = _nearest_zone(given, available_timezones())
    raise LineError(
        found.line,
        f"unknown time zone {quoted(given)}, "
        + (f"did you mean '{near}'?" if near else "expected an IANA name such as 'Europe/Berlin'"),
    )


def _nearest_zone(given: str, zones: Iterable[str]) -> str | None:
    """Look at whole names first, then at cities: who writes `berlin` means Europe/Berlin."""
    known = sorted(zones)
    by_city = {zone.rpartition("/")[2].lower(): zone for zone in reversed(known)}
    wanted = given[:80].lower().replace(" ", "_")
    near = get_close_matches(wanted.rpartition("/")[2], list(by_city), n=1, cutoff=0.8)
    whole = nearest(wanted, known)
    return by_city[near[0]] if near and "/" not in wanted else whole or (by_city[near[0]] if near else None)
