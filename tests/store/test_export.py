"""Export, and the readers that are in it."""

import json
from datetime import time

from aggregator.models import Reader
from aggregator.store import Store, digests, entries, export, readers
from aggregator.store.tables import TABLES
from tests.make import digest, entry
from tests.store.conftest import NOW


def exported(store: Store) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    with store.reading() as session:
        for table, row in export.everything(session):
            found.setdefault(table, []).append(row)
    return found


def test_everything_is_exported_ready_for_json(store: Store):
    given = digest()
    with store.transaction() as session:
        entries.save(session, "acme", [entry()], now=NOW, history=False, date=lambda published, *_: published)
        digests.add(session, given, fingerprint="mark", now=NOW)
        readers.sync(session, [Reader()])
    found = exported(store)
    assert found == json.loads(json.dumps(found))
    assert list(found) == ["digest_entries", "digest_stories", "digests", "entries", "readers", "sources"]
    assert set(found) <= set(TABLES)
    (row,) = found["entries"]
    assert (row["title"], row["published"]) == ("Acme releases Anvil 2", "2026-03-03T09:00:00Z")
    assert found["digests"][0]["body"]["title"] == given.title


def test_many_rows_come_in_one_order(store: Store):
    with store.transaction() as session:
        many = [entry(f"Post {n}") for n in range(1200)]
        entries.save(session, "acme", many, now=NOW, history=False, date=lambda published, *_: published)
    assert len(exported(store)["entries"]) == 1200
    assert exported(store) == exported(store)


def test_readers_are_kept_as_the_file_last_named_them(store: Store):
    ann = Reader(name="ann", archetypes=("ux",), at=time(7, 30), channels=(("email", {"password": "secret"}),))
    with store.transaction() as session:
        readers.sync(session, [Reader(), ann])
        readers.sync(session, [Reader(name="ann", minutes=3)])
        readers.sync(session, [ann])
    first, second = exported(store)["readers"]
    assert (first["name"], first["listed"], first["archetypes"], first["at"]) == ("ann", True, ["ux"], "07:30")
    assert first["channels"] == ["email"]
    assert (second["name"], second["listed"]) == ("me", False)


def test_no_readers_are_no_readers(store: Store):
    with store.transaction() as session:
        readers.sync(session, [])
    assert "readers" not in exported(store)
