"""What kind of thing an entry is."""

import pytest

from aggregator.text import kinds
from tests.make import entry


@pytest.mark.parametrize(
    "title",
    [
        "The Download: murky AI laws, and a robot",
        "AWS Weekly Roundup: Anvil 2 on Amazon Bedrock",
        "[AINews] A quiet day",
        "Import AI 441: My agents are working",
        "In Other News: Anvil Flaw Exploited",
        "April 2026 newsletter",
        "Top 10 AI tools",
    ],
)
def test_a_title_of_many_events_is_a_round_up(title: str):
    assert kinds.is_roundup(entry(title))


@pytest.mark.parametrize("title", ["Anvil 2 is out", "Anthropic raises the weekly limits", "What the Batch API costs", ""])
def test_a_title_of_one_event_is_none(title: str):
    assert not kinds.is_roundup(entry(title))


@pytest.mark.parametrize(
    ("source", "url", "house"),
    [
        ("Hacker News", "https://acme.example/anvil", "news.ycombinator.com"),
        ("hackernews", "https://news.ycombinator.com/item?id=1", "news.ycombinator.com"),
        ("The Hacker News", "https://thehackernews.com/2026/03/x.html", "thehackernews.com"),
        ("Hacker Newsletter", "https://hackernewsletter.com/1", "hackernewsletter.com"),
        ("r/LocalLLaMA", "https://www.reddit.com/r/LocalLLaMA/comments/1a/x/", "reddit.com"),
        ("reddit-claude", "https://acme.example/anvil", "reddit.com"),
        ("lobste.rs", "https://acme.example/anvil", "lobste.rs"),
        ("The Verge AI", "https://www.theverge.com/ai/1", "theverge.com"),
        ("The Verge Tech", "https://www.theverge.com/tech/1", "theverge.com"),
        ("@acme", "https://x.com/acme/status/1", "x.com/acme"),
        ("Pack", "https://bsky.app/profile/me.example.org/post/3k", "bsky.app/me.example.org"),
        ("Two Minutes", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "two minutes"),
        ("Mailbox", "", "mailbox"),
    ],
)
def test_a_house_is_one_publisher_and_a_forum_is_itself(source: str, url: str, house: str):
    assert kinds.publisher(entry(source=source, url=url)) == house


def test_what_teaches_is_known_by_its_title():
    assert all(
        kinds.is_how_to(entry(title)) for title in ("6 Privacy Tips for the AI Era", "10 tools for agents", "How to prompt")
    )
    assert not kinds.is_how_to(entry("Acme releases 4 models and a tool"))


def test_a_forum_a_post_a_video_and_a_repository_are_talk_and_an_article_is_press():
    talk = [
        entry(source="Hacker News"),
        entry(url="https://bsky.app/profile/me.example.org/post/3k"),
        entry(url="https://youtu.be/dQw4w9WgXcQ"),
        entry(url="https://github.com/acme/anvil"),
    ]
    assert [kinds.is_press(one) for one in talk] == [False] * 4
    assert kinds.is_press(entry(url="https://acme.example/anvil"))


def test_a_makers_page_is_its_own_whoever_links_to_it():
    assert kinds.is_makers_own(entry(source="Hacker News", url="https://openai.com/index/anvil"))
    assert kinds.is_makers_own(entry(url="https://x.com/AnthropicAI/status/1"))
    assert not kinds.is_makers_own(entry(url="https://example.org/openai.com"))


@pytest.mark.parametrize(
    ("url", "titles", "primary"),
    [
        ("https://openai.com/index/x", ["A model"], True),
        ("https://arxiv.org/abs/2603.01", ["A paper"], True),
        (
            "https://merrow.example/news/3",
            ["Merrow releases 3", "Notes on 3", "Merrow's 3 is dear", "3 in the editor", "3"],
            True,
        ),
        ("https://merrow.example/news/3", ["Merrow releases 3", "Notes on 3", "3 in the editor"], False),
        ("https://paper.example/3", ["Merrow releases 3", "Merrow's 3 is dear"], False),
        ("https://pigmentworks.example/ochre", ["Pigment Works releases Ochre"], True),
        ("https://ai.example/3", ["AI is here", "More AI"], False),
    ],
)
def test_where_the_news_comes_from_is_known_by_its_address_or_its_name(url: str, titles: list[str], primary: bool):
    assert kinds.is_primary(entry(url=url), titles) is primary
