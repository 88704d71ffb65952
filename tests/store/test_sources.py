"""Sources: known again under another name or address, their checkpoints and their health."""

from datetime import timedelta

import pytest

from aggregator.errors import StoreError
from aggregator.models import Checkpoint, Health, Notice, NoticeKind, Source
from aggregator.store import Store, entries, fetches, sources
from tests.make import entry, source, utc
from tests.store.conftest import NOW

LATER = NOW + timedelta(hours=1)


def sync(store: Store, *listed: Source) -> None:
    with store.transaction() as session:
        sources.sync(session, listed, LATER)


def healths(store: Store) -> list[Health]:
    with store.reading() as session:
        return sources.health(session)


def read(store: Store, name: str, **fields: object) -> None:
    with store.transaction() as session:
        sources.succeeded(session, name, **{"now": NOW, "checkpoint": Checkpoint({"etag": name}), "notices": (), **fields})


def checkpoint(store: Store, name: str) -> Checkpoint | None:
    with store.reading() as session:
        return sources.checkpoint(session, name)


def save(store: Store, name: str, *titles: str) -> None:
    with store.transaction() as session:
        given = [entry(title, source=name) for title in titles]
        entries.save(session, name, given, now=NOW, history=False, date=lambda published, *_: published)


def test_a_new_source_has_never_been_read(store: Store):
    with store.reading() as session:
        assert sources.is_first(session, "acme")
        assert sources.checkpoint(session, "acme") is None
    assert healths(store) == [Health(source="acme", kind="feed", address="https://acme.example/feed")]


def test_health_lists_the_sources_by_name(store: Store):
    sync(store, source("zeta"), source("acme"), source("beta"))
    assert [health.source for health in healths(store)] == ["acme", "beta", "zeta"]


def test_a_source_that_is_no_longer_listed_is_kept_and_comes_back_as_it_was(store: Store):
    read(store, "acme")
    save(store, "acme", "one", "two")
    sync(store, source("beta"))
    assert [health.source for health in healths(store)] == ["beta"]
    with store.reading() as session:
        assert [(health.source, health.entries) for health in sources.known(session)] == [("acme", 2), ("beta", 0)]
    sync(store, source("acme"))
    assert checkpoint(store, "acme") == Checkpoint({"etag": "acme"})
    assert healths(store)[0].entries == 2


def test_a_renamed_source_keeps_what_it_had(store: Store):
    read(store, "acme")
    save(store, "acme", "one")
    sync(store, source("Acme Inc.", address="https://acme.example/feed"))
    (health,) = healths(store)
    assert (health.source, health.entries, health.last_success) == ("Acme Inc.", 1, NOW)
    assert checkpoint(store, "Acme Inc.") == Checkpoint({"etag": "acme"})


def test_a_moved_source_keeps_its_entries_and_is_read_from_the_start(store: Store):
    read(store, "acme")
    save(store, "acme", "one")
    with store.transaction() as session:
        sources.failed(session, "acme", now=NOW, reason="gone", next_try=LATER, wait_until=LATER, retired=True)
    sync(store, source("acme", address="https://acme.example/new"))
    (health,) = healths(store)
    assert (health.address, health.entries) == ("https://acme.example/new", 1)
    assert (health.retired, health.next_try, health.wait_until, health.failures) == (False, None, None, 0)
    assert checkpoint(store, "acme") is None
    with store.transaction() as session:
        assert not sources.is_first(session, "acme")
        known = [entry("one", source="acme")]
        saved = entries.save(session, "acme", known, now=LATER, history=False, date=lambda published, *_: published)
        assert (saved.new, saved.unchanged) == (0, 1)


def test_sources_may_swap_their_names(store: Store):
    sync(store, source("acme"), source("beta"))
    save(store, "acme", "by acme")
    sync(store, source("beta", address="https://acme.example/feed"), source("acme", address="https://beta.example/feed"))
    assert [(health.source, health.entries) for health in healths(store)] == [("acme", 0), ("beta", 1)]


def test_a_new_source_may_take_the_name_that_another_gave_up(store: Store):
    save(store, "acme", "old")
    sync(store, source("former", address="https://acme.example/feed"), source("acme", address="https://other.example/feed"))
    assert [(health.source, health.entries) for health in healths(store)] == [("acme", 0), ("former", 1)]


def test_a_name_that_an_unlisted_source_bears_can_be_taken_by_another(store: Store):
    sync(store, source("beta"))
    save(store, "beta", "by beta")
    sync(store, source("acme", address="https://beta.example/feed"))
    assert [(health.source, health.entries) for health in healths(store)] == [("acme", 1)]


def test_sources_without_an_address_of_their_own_are_told_apart_by_name(store: Store):
    two = [Source(name=name, kind="hackernews") for name in ("front", "ask")]
    sync(store, *two)
    read(store, "ask")
    sync(store, *reversed(two))
    assert [(health.source, health.last_success) for health in healths(store)] == [("ask", NOW), ("front", None)]


def test_a_success_ends_what_failures_began(store: Store):
    with store.transaction() as session:
        for _ in range(2):
            sources.failed(session, "acme", now=NOW, reason="answered 503", next_try=LATER, wait_until=LATER)
    (health,) = healths(store)
    assert (health.failures, health.error, health.last_error, health.next_try) == (2, "answered 503", NOW, LATER)
    assert (health.wait_until, health.last_success) == (LATER, None)
    read(store, "acme", now=LATER)
    (health,) = healths(store)
    assert (health.failures, health.error, health.next_try, health.wait_until) == (0, "", None, None)
    assert (health.last_success, health.last_error) == (LATER, NOW)


def test_a_failure_keeps_the_checkpoint_and_so_does_a_success_without_one(store: Store):
    read(store, "acme", checkpoint=Checkpoint({"etag": 'W/"ü"', "page": [1, None]}))
    with store.transaction() as session:
        sources.failed(session, "acme", now=NOW, reason="no", next_try=None)
    read(store, "acme", checkpoint=None)
    assert checkpoint(store, "acme") == Checkpoint({"etag": 'W/"ü"', "page": [1, None]})


def test_notices_are_remembered(store: Store):
    read(store, "acme", notices=[Notice(NoticeKind.TITLE, "Acme News"), Notice(NoticeKind.MOVED, "https://acme.example/2")])
    (health,) = healths(store)
    assert (health.title, health.moved_to) == ("Acme News", "https://acme.example/2")
    read(store, "acme", notices=[Notice(NoticeKind.UNCHANGED)])
    (health,) = healths(store)
    assert (health.title, health.moved_to, health.retired) == ("Acme News", "", False)
    read(store, "acme", notices=[Notice(NoticeKind.GONE)])
    assert healths(store)[0].retired


def test_forgetting_a_source_takes_all_that_hangs_on_it(store: Store):
    sync(store, source("acme"), source("beta"))
    save(store, "acme", "one")
    save(store, "beta", "two")
    with store.transaction() as session:
        assert sources.forget(session, "acme")
        assert not sources.forget(session, "acme")
    assert [(health.source, health.entries) for health in healths(store)] == [("beta", 1)]
    with store.reading() as session:
        assert [found.title for found in entries.search(session, "one OR two")] == []
        assert [found.title for found in entries.search(session, "two")] == ["two"]
        assert fetches.recent(session, "acme") == []


@pytest.mark.parametrize("ask", [sources.checkpoint, sources.is_first])
def test_a_source_that_is_not_listed_is_named(store: Store, ask):
    with store.reading() as session, pytest.raises(StoreError, match="there is no source named 'nobody'"):
        ask(session, "nobody")


def test_times_come_back_aware_and_in_utc(store: Store):
    read(store, "acme", now=utc("2026-03-03T10:00:00.123456+02:00"))
    (health,) = healths(store)
    assert health.last_success
    assert health.last_success.isoformat() == "2026-03-03T08:00:00.123456+00:00"
