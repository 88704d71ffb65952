"""Which entries tell the same story."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.models import StoredEntry
from aggregator.stories import cluster
from tests.make import stored, utc

FIRST = utc("2026-03-03T09:00")


def item(title: str, *, text: str = "", after: float = 0, **fields: object) -> StoredEntry:
    """Give an entry with a page of its own, so many days after the first."""
    slug = str(fields.get("source", "acme")) + title.replace(" ", "-")
    given = {
        "url": f"https://{fields.get('source', 'acme')}.example/{slug}",
        "guid": slug,
        "published": FIRST + timedelta(days=after),
    }
    return stored(title, **{"text": text, **given, **fields})


def together(*entries: StoredEntry) -> bool:
    return len(cluster(entries)) == 1


def test_one_page_in_two_feeds_is_one_story():
    assert together(
        item("Anvil 2", source="acme", url="https://acme.example/anvil?utm_source=rss"),
        item("Something else entirely", source="hackernews", url="http://www.acme.example/anvil/"),
    )


@pytest.mark.parametrize(
    "mention",
    [
        item(
            "A discussion",
            source="hackernews",
            url="https://news.ycombinator.com/item?id=1",
            target="https://acme.example/anvil#top",
        ),
        item("Wow", source="pack", url="https://bsky.app/profile/a.example/post/1", text="Wow: https://acme.example/anvil!"),
    ],
    ids=["target", "link in a short text"],
)
def test_what_points_at_a_page_belongs_to_it(mention: StoredEntry):
    assert together(item("Anvil 2", url="https://acme.example/anvil"), mention)


def test_a_paper_is_one_wherever_it_is_read():
    assert together(
        item("Anvils are all you need", source="arxiv", url="https://arxiv.org/abs/2603.01234v2"),
        item("A paper on forging", source="papers", url="https://huggingface.co/papers/2603.01234"),
    )


def test_two_reports_of_one_event_in_different_words_are_one_story():
    assert together(
        item("Mozilla introduces cq, a Stack Overflow for agents", source="devclass", text="Mozilla has introduced cq."),
        item("Show HN: Cq - Stack Overflow for AI coding agents", source="hn", after=0.4),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OpenAI releases GPT-5.3 with a larger context window", "OpenAI releases GPT-5.4 with a larger context window"),
        ("Anvil raises $40 million to build forges", "Hammer lays off a fifth of its people"),
        ("OpenAI launches Hammer, a new benchmark", "Anthropic launches Saw, a new benchmark"),
    ],
    ids=["another version", "another event", "only the trade's words in common"],
)
def test_two_events_stay_two_stories(one: str, other: str):
    assert not together(item(one, source="a"), item(other, source="b", after=1.5))


def test_the_same_words_months_later_are_another_story():
    words = "Claude suffers a major outage across regions"
    assert not together(item(words, source="a"), item(words, source="b", after=60))


def test_a_round_up_stands_alone():
    told = "Mozilla introduces cq, a Stack Overflow for agents"
    assert not together(item(told, source="devclass", text=told), item(f"The Download: {told}", source="review", text=told))


def test_the_posts_of_one_thread_are_one_story():
    thread = {"source": "@acme", "text": ""}
    assert together(
        item("We made a forge.", url="https://x.com/acme/status/1", **thread),
        item("R to @acme: Sparks fly upward.", url="https://x.com/acme/status/2", after=0.001, **thread),
    )


def test_a_chain_of_resemblances_does_not_join_its_ends():
    chain = [
        item("Acme cuts prices for anvil owners after forge strike", source="a"),
        item("Anvil owners sue over hammer noise near schools", source="b", after=1),
        item("Hammer noise bill passes in Utah with votes of both parties", source="c", after=2),
    ]
    assert len(cluster(chain)) > 1


WORDS = ["acme", "anvil", "forge", "openai", "claude", "gpt-5.4", "raises", "outage", "paper", "launches"]
titles = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(titles, st.integers(0, 9), st.sampled_from(["", "https://acme.example/x", "not a url"])), max_size=12),
    st.randoms(),
)
def test_every_entry_is_in_one_story_whatever_the_order(given: list[tuple[str, int, str]], chance: random.Random):
    entries = [stored(t or " ", id=f"e{n}", url=u, published=FIRST + timedelta(days=d)) for n, (t, d, u) in enumerate(given)]
    groups = cluster(entries)
    assert sorted(e.id for group in groups for e in group) == sorted(e.id for e in entries)
    chance.shuffle(entries)
    assert cluster(entries) == groups


def test_undated_and_broken_entries_do_no_harm():
    odd = [
        stored("\ud800\x00", id="a", text="\ud800" * 10, date=None, published=None),
        stored("", id="b", text="", url="http://[::1"),
        stored("x" * 100_000, id="c", text="y" * 300_000),
        stored("新しいモデル", id="d", text="发布了新的模型。" * 50),
    ]
    assert len(cluster(odd)) == 4
