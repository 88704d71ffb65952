"""The JSON form of a digest: stable, complete and documented in docs/json.md. Within version 1 keys are only added.

Keys stand in the order of the models' fields; times are UTC with Z. Control and direction-changing characters are escaped,
so that the file can be shown in a terminal.
"""

import json
import re
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache

from pydantic import TypeAdapter, ValidationError

from aggregator.errors import CheckError, UsageError
from aggregator.models import Digest, Sentence

VERSION = 1
TODO = "Give a file that `digest show --format json` wrote."
ACTIVE = re.compile("[\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
SURROGATE = re.compile("[\ud800-\udfff]")


def write(digest: Digest) -> str:
    """Give the digest as indented JSON with a line break at its end."""
    fields = {name: value for name, value in asdict(digest).items() if name != "version"}
    fields["minutes"] = int(digest.minutes) if digest.minutes == int(digest.minutes) else digest.minutes
    text = json.dumps({"version": digest.version, **fields}, ensure_ascii=False, allow_nan=False, indent=1, default=_plain)
    whole = SURROGATE.sub("\ufffd", text)
    return ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", whole) + "\n"


def _plain(value: object) -> str:
    """Write what JSON has no form for: times."""
    if not isinstance(value, datetime):
        raise TypeError(f"a digest holds no {type(value).__name__}")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read(text: str, *, where: str = "") -> Digest:
    """Read a digest; keys that this version doesn't know are passed over.

    Raises UsageError if the text is not JSON, lacks a key, has a value of another kind, comes from a later version or
    contradicts itself, and CheckError if a sentence cites an entry that the digest does not list.
    """
    try:
        digest = _digests().validate_json(text.removeprefix("\ufeff"), strict=True)
    except ValidationError as error:
        raise UsageError(f"this is not a digest: {_told(error)}", where=where, todo=TODO) from error
    fault = _fault(digest)
    if fault:
        raise UsageError(f"this is not a digest: {fault}", where=where, todo=TODO)
    known = {entry.id for story in digest.stories for entry in story.entries}
    for name in _cited(digest):
        if name not in known:
            raise CheckError(f"a sentence cites {name}, which the digest does not list", where=where)
    return digest


@cache
def _digests() -> TypeAdapter[Digest]:
    return TypeAdapter(Digest)


def _told(error: ValidationError) -> str:
    """Say what is wrong first: where in the document, and how."""
    first = error.errors(include_url=False)[0]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).removeprefix(".")
    if first["type"] == "missing":
        return f"{place} is missing"
    return f"{place}: {first['msg']}" if place else first["msg"]


def _fault(digest: Digest) -> str:
    """Say how the parts of a digest contradict each other; empty where they don't."""
    if digest.version != VERSION:
        return f"it has version {digest.version}, and this program reads version {VERSION}"
    times = [digest.since, digest.until, *(entry.published for story in digest.stories for entry in story.entries)]
    if any(moment.tzinfo is None for moment in times):
        return "a time has no zone"
    if digest.since >= digest.until:
        return "it ends before it begins"
    placed = Counter(name for section in digest.sections for name in section.stories)
    if placed != Counter(story.id for story in digest.stories):
        return "its sections do not hold each of its stories once"
    return ""


def _cited(digest: Digest) -> list[str]:
    sentences: list[Sentence] = [*digest.overview, *(said for story in digest.stories for said in story.sentences)]
    return [name for sentence in sentences for name in sentence.citations]
