"""Stories: kept, replaced, found."""

from datetime import timedelta

import pytest

from aggregator.models import StoredEntry, StoryId, Tag
from aggregator.store import Store, entries, sources, stories
from tests.make import entry, source, story, utc
from tests.store.conftest import NOW

WEEK = utc("2026-03-02"), utc("2026-03-09")


@pytest.fixture
def members(store: Store) -> list[StoredEntry]:
    """Give four stored entries, a day apart, of two sources."""
    with store.transaction() as session:
        sources.sync(session, [source(), source("beta")], NOW)
        for name in ("acme", "beta"):
            given = [entry(f"{name} {n}", source=name, published=utc("2026-03-02") + timedelta(days=n)) for n in range(2)]
            entries.save(session, name, given, now=NOW, history=False, date=lambda published, *_: published)
        return entries.between(session, *WEEK)


def replace(store: Store, *given):
    with store.transaction() as session:
        stories.replace(session, given)


def test_a_story_comes_back_as_it_was(store: Store, members: list[StoredEntry]):
    told = story(*members, lead=members[2].id, tags=(Tag("ux", "voice", 0.5), Tag("artist", "film")), score=2.5)
    replace(store, told)
    with store.reading() as session:
        assert stories.between(session, *WEEK) == [told]
        assert stories.find(session, told.id) == told
        assert stories.find(session, told.id[:3]) == told
        assert stories.find(session, "nothing") is None


def test_known_says_which_story_an_entry_tells(store: Store, members: list[StoredEntry]):
    told = story(members[0], members[1])
    replace(store, told)
    with store.reading() as session:
        assert stories.known(session, [one.id for one in members]) == {members[0].id: told.id, members[1].id: told.id}
        assert stories.known(session, []) == {}


def test_stories_that_share_an_entry_are_replaced_and_others_stay(store: Store, members: list[StoredEntry]):
    apart = [story(one) for one in members]
    replace(store, *apart)
    joined = story(members[0], members[1], id=StoryId("joined"))
    replace(store, joined)
    with store.reading() as session:
        assert {one.id for one in stories.between(session, *WEEK)} == {joined.id, apart[2].id, apart[3].id}
    replace(store, joined)
    replace(store, *apart)
    with store.reading() as session:
        assert {one.id for one in stories.between(session, *WEEK)} == {one.id for one in apart}


def test_a_story_of_the_same_id_is_replaced_though_it_shares_no_entry(store: Store, members: list[StoredEntry]):
    replace(store, story(members[0], id=StoryId("same")))
    replace(store, story(members[1], id=StoryId("same")))
    with store.reading() as session:
        (found,) = stories.between(session, *WEEK)
    assert found.entries == (members[1],)


def test_any_entry_in_the_period_brings_the_whole_story(store: Store, members: list[StoredEntry]):
    told = story(*members)
    replace(store, told)
    with store.reading() as session:
        assert stories.between(session, utc("2026-03-03"), utc("2026-03-04")) == [told]
        assert stories.between(session, utc("2026-03-04"), utc("2026-03-09")) == []


def test_the_highest_score_comes_first(store: Store, members: list[StoredEntry]):
    replace(store, *(story(one, score=score) for one, score in zip(members, (1, 3, 2, 3), strict=True)))
    with store.reading() as session:
        found = stories.between(session, *WEEK)
    assert [one.score for one in found] == [3, 3, 2, 1]
    assert [one.id for one in found[:2]] == sorted(one.id for one in found[:2])


def test_forgetting_a_source_takes_its_part_of_each_story(store: Store, members: list[StoredEntry]):
    acme = [one for one in members if one.source == "acme"]
    beta = [one for one in members if one.source == "beta"]
    replace(store, story(acme[0], beta[0]), story(acme[1]))
    with store.transaction() as session:
        sources.forget(session, "acme")
    with store.reading() as session:
        assert [one.entries for one in stories.between(session, *WEEK)] == [(beta[0],)]


def test_no_stories_replace_nothing(store: Store, members: list[StoredEntry]):
    replace(store, story(members[0]))
    replace(store)
    with store.reading() as session:
        assert len(stories.between(session, *WEEK)) == 1


def test_an_entry_forgotten_in_the_meantime_is_left_out(store: Store, members: list[StoredEntry]):
    told, alone = story(members[0], members[1]), story(members[2])
    with store.transaction() as session:
        entries.forget(session, members[0].id)
        entries.forget(session, members[2].id)
    replace(store, told, alone)
    with store.reading() as session:
        assert [(one.entries, one.lead) for one in stories.between(session, *WEEK)] == [((members[1],), members[1].id)]
        assert stories.find(session, alone.id) is None
