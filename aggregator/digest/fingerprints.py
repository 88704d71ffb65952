"""What a digest was made from, in a few characters: the same reader, period and entries give the stored digest again."""

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from aggregator.models import Reader, StoredEntry


def fingerprint(reader: Reader, since: datetime, until: datetime, entries: Sequence[StoredEntry]) -> str:
    """Give the mark of a digest's input, whatever the order of the entries. Points, which rise all week, leave it alone."""
    contents = sorted((entry.id, _content(entry)) for entry in entries)
    chosen = [reader.name, sorted(reader.archetypes), float(reader.minutes), reader.timezone]
    return digest_of([*chosen, _utc(since), _utc(until), contents])


def digest_of(value: object) -> str:
    """Give a value's SHA-256 as lower-case base32, by its JSON form."""
    hashed = hashlib.sha256(json.dumps(value, ensure_ascii=True, sort_keys=True).encode()).digest()
    return base64.b32encode(hashed).decode().rstrip("=").lower()


def _content(entry: StoredEntry) -> str:
    return digest_of([entry.title, entry.url, entry.target, entry.text, _utc(entry.date) if entry.date else None])


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
