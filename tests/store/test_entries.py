"""Entries: by period, by id, by words."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.errors import UsageError
from aggregator.models import Entry, EntryId, StoredEntry
from aggregator.store import Store, entries, sources, stories
from tests.make import entry, source, story, utc
from tests.store.conftest import NOW


def save(store: Store, *given: Entry) -> dict[str, StoredEntry]:
    """Save for acme and give what is stored, by title."""
    with store.transaction() as session:
        entries.save(session, "acme", given, now=NOW, history=False, date=lambda published, *_: published)
        return {found.title: found for found in entries.newest(session, "acme", 1000)}


def search(store: Store, words: str, limit: int = 20) -> list[str]:
    with store.reading() as session:
        return [found.title for found in entries.search(session, words, limit)]


def at(title: str, moment: str, **fields: object) -> Entry:
    return entry(title, published=utc(moment), **fields)


def test_a_period_is_half_open(store: Store):
    save(store, at("before", "2026-03-01T23:59:59.999999"), at("first", "2026-03-02"), at("next week", "2026-03-09"))
    with store.reading() as session:
        found = entries.between(session, utc("2026-03-02"), utc("2026-03-09"))
    assert [one.title for one in found] == ["first"]


def test_a_period_may_be_given_in_any_zone(store: Store):
    save(store, at("in Berlin it is Monday", "2026-03-01T23:30:00"))
    with store.reading() as session:
        found = entries.between(session, utc("2026-03-02T00:00+01:00"), utc("2026-03-09T00:00+01:00"))
    assert [one.title for one in found] == ["in Berlin it is Monday"]


def test_a_period_is_told_by_date_then_id(store: Store):
    same = save(store, *(at(f"Post {n}", "2026-03-03") for n in range(5)), at("earlier", "2026-03-02"))
    with store.reading() as session:
        found = entries.between(session, utc("2026-03-02"), utc("2026-03-09"))
    assert found == sorted(same.values(), key=lambda one: (one.date, one.id))


def test_a_period_holds_unlisted_sources_and_no_history(store: Store):
    save(store, at("kept", "2026-03-03"), entry("undated", published=None))
    with store.transaction() as session:
        sources.sync(session, [source("beta")], NOW)
    with store.reading() as session:
        (found,) = entries.between(session, utc("2026-03-02"), utc("2026-03-09"))
    assert (found.title, found.source) == ("kept", "acme")


def test_get_gives_those_that_are_there_in_the_order_asked_for(store: Store):
    one, two = (save(store, entry("one"), entry("two"))[title] for title in ("one", "two"))
    with store.reading() as session:
        found = entries.get(session, [two.id, EntryId("nothing"), one.id, two.id])
        assert list(found.items()) == [(two.id, two), (one.id, one)]
        assert entries.get(session, []) == {}
        assert len(entries.get(session, [EntryId(f"{n}") for n in range(40_000)] + [one.id])) == 1


def test_find_by_the_beginning_of_an_id(store: Store):
    known = save(store, *(entry(f"Post {n}") for n in range(40)))["Post 7"]
    with store.reading() as session:
        assert entries.find(session, known.id) == known
        assert entries.find(session, known.id[:8]) == known
        assert entries.find(session, "%") is None
        assert entries.find(session, "") is None
        assert entries.find(session, known.id + "x") is None


def test_a_beginning_that_several_share_is_refused(store: Store):
    known = save(store, *(entry(f"Post {n}") for n in range(40)))  # more than there are characters in base32
    ((shared, _),) = Counter(one.id[0] for one in known.values()).most_common(1)
    with store.reading() as session, pytest.raises(UsageError, match=f"several ids begin with '{shared}'"):
        entries.find(session, shared)


def test_newest_first_and_history_last(store: Store):
    save(store, at("old", "2026-03-01"), at("new", "2026-03-03"), entry("undated", published=None))
    with store.reading() as session:
        assert [found.title for found in entries.newest(session, "acme", 2)] == ["new", "old"]
        assert [found.title for found in entries.newest(session, "acme", 9)] == ["new", "old", "undated"]
        assert entries.newest(session, "nobody", 9) == []


def test_search_puts_the_title_before_the_text_and_the_newest_before_its_equals(store: Store):
    save(
        store,
        at("Something else", "2026-03-04", text="a reranker in passing"),
        at("A reranker", "2026-03-01", text="about"),
        at("A reranker", "2026-03-02", text="about", guid="2"),
        *(entry(f"Of other things {n}") for n in range(10)),  # a word in most entries says nothing of any
    )
    with store.reading() as session:
        found = [(one.title, one.date) for one in entries.search(session, "reranker", 20)]
    assert found == [
        ("A reranker", utc("2026-03-02")),
        ("A reranker", utc("2026-03-01")),
        ("Something else", utc("2026-03-04")),
    ]
    assert search(store, "reranker", limit=1) == ["A reranker"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("agent", True),
        ("AGENTS", True),
        ("agents benchmarks", True),
        ("benchmark agents", True),
        ('"agents on benchmarks"', True),
        ('"benchmarks agents"', False),
        ("agents nothing", False),
        ("ecole", True),
        ("École", True),
        ("GPT-5.2", True),
        ("agents OR nothing", False),
        ("NOT agents", False),
        ('agents "', True),
        ("🎉 agents", True),
        ("", False),
        ("🎉", False),
        ('"" ', False),
        ("title:agents", False),
        ("agents*", True),
        ("^agents", True),
        ("(agents)", True),
        ("agents' --", True),
    ],
)
def test_search_takes_words_as_words(store: Store, words: str, found: bool):
    save(store, entry("Evaluating agents on benchmarks", text="By an École, with GPT-5.2 🎉"))
    assert search(store, words) == ["Evaluating agents on benchmarks"] * found


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(codec=None, categories=None)) | st.text('"*^():{}+-~.\0 ANDORNEAR', max_size=20))
def test_no_text_that_a_person_types_fails(store: Store, words: str):
    search(store, words)
    with store.reading() as session:
        entries.find(session, words)
        entries.newest(session, words, 1)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(word=st.text("abcdefghijklmnopqrstuvwxyzäß0123456789", min_size=1, max_size=12))
def test_every_word_of_a_title_finds_it(store: Store, word: str):
    title = f"Before {word} after"
    save(store, entry(title))
    assert title in search(store, word, limit=100)


def test_forgetting_an_entry_takes_it_out_of_everything(store: Store):
    known = save(store, entry("one"), entry("two"), entry("alone"))
    with store.transaction() as session:
        stories.replace(session, [story(known["one"], known["two"]), story(known["alone"])])
        assert entries.forget(session, known["one"].id)
        assert entries.forget(session, known["alone"].id)
        assert not entries.forget(session, known["alone"].id)
    assert search(store, "one") == []
    with store.reading() as session:
        assert entries.count(session) == 1
        (left,) = stories.between(session, NOW - timedelta(days=9), NOW)
        assert (left.entries, left.lead) == ((known["two"],), known["two"].id)


def test_the_search_index_is_whole_after_adding_editing_and_deleting(store: Store):
    known = save(store, *(entry(f"Post {n}", text=f"word{n}") for n in range(50)))
    save(store, *(entry(f"Post {n}", text=f"other{n}") for n in range(0, 50, 2)))
    with store.transaction() as session:
        for n in range(0, 50, 5):
            entries.forget(session, known[f"Post {n}"].id)
    save(store, entry("Post 60", text="added"))
    with store.transaction() as session:
        check = "INSERT INTO entries_fts(entries_fts, rank) VALUES ('integrity-check', 1)"  # 1: against the table too
        session.connection().exec_driver_sql(check)


@pytest.mark.parametrize(
    ("moment", "there"),
    [("2026-03-01T23:59:59", False), ("2026-03-02", True), ("2026-03-09", False)],
    ids=["before", "in", "after"],
)
def test_whether_a_period_has_anything_is_known_without_loading_it(store: Store, moment: str, there: bool):
    save(store, at("one", moment), entry("undated", published=None))
    with store.reading() as session:
        assert entries.any_between(session, utc("2026-03-02"), utc("2026-03-09")) is there
