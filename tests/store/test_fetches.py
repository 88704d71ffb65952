"""The fetch log."""

from datetime import timedelta

from aggregator.models import Fetched, Notice, NoticeKind, Outcome
from aggregator.store import Store, fetches
from aggregator.store.fetches import KEPT
from tests.store.conftest import NOW


def test_a_fetch_comes_back_as_it_was_the_latest_first(store: Store):
    first = Fetched(source="acme", outcome=Outcome.FAILED, reason="answered 503", seconds=1.5)
    second = Fetched(source="acme", outcome=Outcome.READ, new=3, updated=1, notices=(Notice(NoticeKind.TITLE, "Acme"),))
    with store.transaction() as session:
        fetches.record(session, first, NOW)
        fetches.record(session, second, NOW + timedelta(hours=1))
    with store.reading() as session:
        assert fetches.recent(session, "acme", 9) == [second, first]
        assert fetches.recent(session, "acme", 1) == [second]
        assert fetches.recent(session, "nobody", 9) == []


def test_old_fetches_are_dropped(store: Store):
    told = Fetched(source="acme", outcome=Outcome.UNCHANGED)
    with store.transaction() as session:
        fetches.record(session, told, NOW - KEPT - timedelta(seconds=1))
        fetches.record(session, told, NOW - KEPT)
        fetches.record(session, told, NOW)
    with store.reading() as session:
        assert len(fetches.recent(session, "acme", 9)) == 2


def test_a_fetch_of_a_source_that_is_not_listed_is_not_kept(store: Store):
    with store.transaction() as session:
        fetches.record(session, Fetched(source="nobody", outcome=Outcome.READ), NOW)
    with store.reading() as session:
        assert fetches.recent(session, "nobody", 9) == []
