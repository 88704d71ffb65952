"""Saving: what is new, what is known, what was edited."""

import base64
import contextlib
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.errors import StoreError
from aggregator.models import Entry, StoredEntry
from aggregator.store import Store, entries, sources
from aggregator.store.entries import Saved
from tests.make import entry, source, utc
from tests.store.conftest import NOW

LATER = NOW + timedelta(days=1)


def earlier_of(published: datetime | None, first_seen: datetime, history: bool) -> datetime | None:
    return None if history and published is None else min(published or first_seen, first_seen)


def save(store: Store, *given: Entry, now: datetime = NOW, history: bool = False, name: str = "acme") -> Saved:
    with store.transaction() as session:
        return entries.save(session, name, given, now=now, history=history, date=earlier_of)


def kept(store: Store) -> list[StoredEntry]:
    with store.reading() as session:
        return entries.newest(session, "acme", 1000)


def test_what_was_given_comes_back_as_it_was(store: Store):
    given = entry(
        "A “title”",
        target="https://other.example/page",
        author="Ann",
        content="<p>Ünïcode <b>&amp;</b> 🎉</p>",
        text="Ünïcode & 🎉",
        points=120,
        updated=utc("2026-03-03T10:30:00.25"),
    )
    assert save(store, given) == Saved(new=1, updated=0, unchanged=0)
    (found,) = kept(store)
    assert {name: getattr(found, name) for name in Entry.__dataclass_fields__} == {
        name: getattr(given, name) for name in Entry.__dataclass_fields__
    }
    assert (found.date, found.first_seen) == (given.published, NOW)


def test_the_id_follows_from_the_sources_name_and_the_guid(store: Store):
    save(store, entry(guid="urn:x"))
    told = hashlib.sha256(b"acme\0guid:urn:x").digest()
    assert kept(store)[0].id == base64.b32encode(told).decode().lower()[:12]


def test_the_same_entries_again_change_nothing(store: Store):
    two = [entry("one"), entry("two")]
    save(store, *two)
    before = kept(store)
    assert save(store, *two, now=LATER) == Saved(new=0, updated=0, unchanged=2)
    assert kept(store) == before


def test_an_edited_entry_takes_the_new_words_and_keeps_date_and_first_seen(store: Store):
    save(store, entry(guid="1", text="a draft"))
    (before,) = kept(store)
    assert save(store, entry("Anvil 3", guid="1", text="the final text"), now=LATER) == Saved(new=0, updated=1, unchanged=0)
    (after,) = kept(store)
    assert (after.id, after.date, after.first_seen) == (before.id, before.date, before.first_seen)
    assert (after.title, after.text) == ("Anvil 3", "the final text")
    with store.reading() as session:
        assert entries.search(session, "draft") == []
        assert entries.search(session, "final") == [after]


def test_a_republished_entry_is_not_new_and_not_news(store: Store):
    save(store, entry(guid="1", published=utc("2026-02-01")))
    saved = save(store, entry(guid="1", published=utc("2026-03-04")), now=LATER)
    assert saved == Saved(new=0, updated=1, unchanged=0)
    (found,) = kept(store)
    assert (found.published, found.date) == (utc("2026-03-04"), utc("2026-02-01"))


@pytest.mark.parametrize(
    "other", ["http://www.acme.example/p/?utm_source=rss", "https://acme.example/p#top", " https://acme.example/p/ "]
)
def test_without_a_guid_the_canonical_address_tells(store: Store, other: str):
    save(store, entry(guid="", url="https://acme.example/p"))
    saved = save(store, entry("Another title", guid="", url=other), now=LATER)
    assert saved == Saved(new=0, updated=1, unchanged=0)


def test_without_guid_and_address_title_and_date_tell(store: Store):
    plain = entry("No address", guid="", url="")
    assert save(store, plain, replace(plain, title="Another"), replace(plain, published=None)).new == 3
    assert save(store, replace(plain, text="edited"), now=LATER) == Saved(new=0, updated=1, unchanged=0)


def test_of_two_with_one_guid_the_first_counts(store: Store):
    assert save(store, entry("corrected", guid="1"), entry("wrong", guid="1")) == Saved(new=1, updated=0, unchanged=0)
    assert kept(store)[0].title == "corrected"


def test_a_guid_that_all_entries_share_does_not_hide_any(store: Store):
    feed = [entry(f"Post {n}", guid="https://acme.example", url=f"https://acme.example/{n}") for n in range(5)]
    assert save(store, *feed).new == 5
    assert save(store, *feed[1:], entry("Post 6", guid="https://acme.example", url="https://acme.example/6")).new == 1


def test_an_address_that_all_entries_share_does_not_hide_any(store: Store):
    feed = [entry(f"Version 1.{n}", guid="", url="https://acme.example/changelog") for n in range(5)]
    assert save(store, *feed).new == 5
    assert save(store, *feed) == Saved(new=0, updated=0, unchanged=5)


def test_the_same_guid_in_another_source_is_another_entry(store: Store):
    with store.transaction() as session:
        sources.sync(session, [source(), source("beta")], NOW)
    assert save(store, entry(guid="1")).new == 1
    assert save(store, entry(guid="1", source="beta"), name="beta").new == 1


def test_a_source_at_the_former_address_of_another_gets_ids_of_its_own(store: Store):
    save(store, entry(guid="1"))
    with store.transaction() as session:
        sources.sync(session, [source(address="https://acme.example/new")], NOW)
        sources.sync(session, [source(address="https://acme.example/new"), source("again", address=source().address)], NOW)
    assert save(store, entry(guid="1", source="again"), name="again").new == 1
    with store.reading() as session:
        assert entries.count(session) == 2


def test_undated_history_has_no_news_date(store: Store):
    save(store, entry("old", published=None), entry("dated"), history=True)
    assert {found.title: found.date for found in kept(store)} == {"old": None, "dated": utc("2026-03-03T09:00")}
    save(store, entry("old", published=None, text="edited"), now=LATER)
    assert {found.title: found.date for found in kept(store)}["old"] is None


def test_one_entry_with_what_no_database_takes_does_not_spoil_the_rest(store: Store):
    odd = entry(
        "half a pair \ud83d and a \0",
        guid="\udc00\0x",
        text="\ud83d\ude00 whole",
        points=10**40,
        published=datetime.min.replace(tzinfo=UTC).replace(tzinfo=utc("2026-01-01T00:00+05:00").tzinfo),
    )
    assert save(store, odd, entry("sound")).new == 2
    assert save(store, odd, entry("sound")) == Saved(new=0, updated=0, unchanged=2)
    found = next(found for found in kept(store) if found.title.startswith("half"))
    assert (found.title, found.text, found.points, found.published) == ("half a pair � and a ", "😀 whole", 2**63 - 1, None)


def test_a_source_that_is_not_listed_is_named(store: Store):
    with pytest.raises(StoreError, match="there is no source named 'nobody'"):
        save(store, entry(), name="nobody")


def test_thirty_thousand_entries_are_one_save(store: Store):
    many = [entry(f"Post {n}") for n in range(30_000)]
    assert save(store, *many).new == 30_000
    assert save(store, *many).unchanged == 30_000
    edited = [replace(one, text="edited") for one in many]
    assert save(store, *edited).updated == 30_000
    with store.reading() as session:
        assert len(entries.search(session, "edited", 50)) == 50
        assert entries.search(session, "fast") == []


anything = st.text(st.characters(codec=None, categories=None), max_size=12)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
given_entries = st.builds(
    Entry,
    source=st.just("acme"),
    guid=st.sampled_from(["", "1", "2", " 1 "]) | anything,
    title=st.sampled_from(["", "A", "B"]) | anything,
    url=st.sampled_from(["", "https://acme.example/a", "https://acme.example/b"]) | anything,
    text=anything,
    points=st.none() | st.integers(),
    published=moments,
    updated=moments,
)


@contextmanager
def tried(store: Store) -> Iterator[Callable[..., tuple[Saved, list[StoredEntry]]]]:
    """Give a save in a transaction of which nothing stays, for one example."""
    with contextlib.suppress(Undo), store.transaction() as session:
        yield lambda batch, now=NOW: (
            entries.save(session, "acme", batch, now=now, history=False, date=earlier_of),
            entries.newest(session, "acme", 1000),
        )
        raise Undo


class Undo(Exception):  # noqa: N818  # not an error
    """Ends an example."""


ON_ONE_DATABASE = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ON_ONE_DATABASE
@given(batch=st.lists(given_entries, max_size=12))
def test_whatever_a_source_gives_is_saved_and_known_again(store: Store, batch: list[Entry]):
    with tried(store) as saving:
        first, before = saving(batch)
        assert first == Saved(new=len(before), updated=0, unchanged=0)
        again, after = saving(batch, LATER)
        assert again == Saved(new=0, updated=0, unchanged=first.new)
        assert after == before


@ON_ONE_DATABASE
@given(titles=st.lists(anything, unique=True, max_size=8), data=st.data())
def test_nothing_depends_on_the_order_of_arrival(store: Store, titles: list[str], data: st.DataObject):
    batch = [entry(title, guid=f"{number}") for number, title in enumerate(titles)]
    with tried(store) as saving:
        one = saving(batch)
    with tried(store) as saving:
        assert saving(data.draw(st.permutations(batch))) == one
