"""What a digest said stays checkable when an entry is edited afterwards."""

from datetime import timedelta

from aggregator.models import CitedEntry, Digest, Entry, StoredEntry
from aggregator.store import Store, digests, entries
from tests.make import digest, entry, told
from tests.store.conftest import NOW

HOUR = timedelta(hours=1)


def save(store: Store, given: Entry, hours: int) -> None:
    with store.transaction() as session:
        entries.save(session, "acme", [given], now=NOW + hours * HOUR, history=False, date=lambda published, _, __: published)


def only(store: Store) -> StoredEntry:
    with store.reading() as session:
        return entries.newest(session, "acme", 1)[0]


def compose(store: Store, of: StoredEntry, hours: int) -> Digest:
    cited = CitedEntry(id=of.id, guid=of.guid, title=of.title, url=of.url, source=of.source, published=of.first_seen)
    made = digest(told(of.title, entries=(cited,)))
    with store.transaction() as session:
        digests.add(session, made, fingerprint="mark", now=NOW + hours * HOUR)
    return made


def text_told(store: Store, of: Digest) -> list[str]:
    with store.reading() as session:
        return [found.text for found in digests.told(session, of).values()]


def test_a_digest_is_held_against_what_its_entry_said_when_it_was_composed(store: Store):
    save(store, entry(guid="1", text="first"), hours=0)
    made = compose(store, only(store), hours=1)
    save(store, entry(guid="1", text="second"), hours=2)
    save(store, entry(guid="1", text="third"), hours=3)
    assert only(store).text == "third"
    assert text_told(store, made) == ["first"]


def test_an_edit_before_the_digest_is_what_the_digest_told(store: Store):
    save(store, entry(guid="1", text="first"), hours=0)
    save(store, entry(guid="1", text="second"), hours=1)
    made = compose(store, only(store), hours=1)
    assert text_told(store, made) == ["second"]


def test_an_entry_that_no_digest_told_keeps_no_versions(store: Store):
    save(store, entry(guid="1", text="first"), hours=0)
    save(store, entry(guid="1", text="second"), hours=1)
    with store.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM entry_versions").scalar() == 0


def test_two_edits_at_one_moment_keep_the_first(store: Store):
    save(store, entry(guid="1", text="first"), hours=0)
    made = compose(store, only(store), hours=0)
    save(store, entry(guid="1", text="second"), hours=1)
    save(store, entry(guid="1", text="third"), hours=1)
    assert text_told(store, made) == ["first"]


def test_a_digest_from_elsewhere_is_held_against_what_the_entries_say_today(store: Store):
    save(store, entry(guid="1", text="today"), hours=0)
    of = only(store)
    cited = CitedEntry(id=of.id, guid=of.guid, title=of.title, url=of.url, source=of.source, published=of.first_seen)
    assert text_told(store, digest(told(of.title, entries=(cited,)))) == ["today"]


def test_a_forgotten_entry_is_missing_with_its_versions(store: Store):
    save(store, entry(guid="1", text="first"), hours=0)
    made = compose(store, only(store), hours=1)
    save(store, entry(guid="1", text="second"), hours=2)
    with store.transaction() as session:
        entries.forget(session, only(store).id)
    assert text_told(store, made) == []
