"""Understand: entries of the period and the week before it become stories, which keep their names."""

from dataclasses import replace

from aggregator.models import Entry
from aggregator.pipeline import Desk, Period, understand
from aggregator.store import stories
from tests.make import utc
from tests.pipeline.conftest import give


def test_what_several_sources_tell_is_one_story(desk: Desk, week: Period):
    (brook,) = [
        story for story in understand(desk, week.since, week.until) if {e.source for e in story.entries} == {"maker", "press"}
    ]
    assert {"m1", "p1"} <= {entry.guid for entry in brook.entries}


def test_a_story_keeps_its_id_when_another_entry_joins_it(desk: Desk, week: Period):
    before = {entry.guid: story.id for story in understand(desk, week.since, week.until) for entry in story.entries}
    title, page = "Brook 2 by Tarn Labs is an open-weights language model", "https://blog.example/brook-2"
    text = "Tarn Labs has released Brook 2, an open-weights large language model of 9 billion parameters."
    early = utc("2026-03-03T07:00")
    give(desk, "blog", Entry(source="blog", guid="b9", title=title, url=page, text=text, published=early))
    after = {entry.guid: story.id for story in understand(desk, week.since, week.until) for entry in story.entries}
    assert after["m1"] == after["b9"] == before["m1"]


def test_stories_are_kept_for_whoever_asks_next(desk: Desk, week: Period):
    made = understand(desk, week.since, week.until)
    with desk.store.reading() as session:
        found = stories.between(session, week.since, week.until)
    assert {story.id for story in found} == {story.id for story in made}


def test_a_week_that_is_over_does_not_grow_older(desk: Desk, week: Period):
    later = replace(desk, now=utc("2026-11-24"))
    assert understand(later, week.since, week.until) == understand(desk, week.since, week.until)
