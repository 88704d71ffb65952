"""Which entry speaks for a story, and what the story is called."""

import pytest

from aggregator.models import EntryId, StoryId
from aggregator.stories import lead, name_stories
from tests.make import stored

PRIMARY = stored("Acme releases Anvil 2", id="maker", source="Acme Blog", url="https://acme.example/anvil", text="Short.")
ARTICLE = stored(
    "Acme has a new anvil", id="article", source="The Paper", url="https://paper.example/anvil", text="Long. " * 50
)
SHORTER = stored("Acme: anvil", id="shorter", source="The Sheet", url="https://sheet.example/anvil", text="Long. " * 9)
POINTER = stored("Anvil 2", id="hn", source="hackernews", url="https://tiny.example/anvil", text="")
ASK = stored(
    "Ask HN: Anvil 2?", id="ask", source="Hacker News", url="https://news.ycombinator.com/item?id=1", text="Long. " * 99
)
POST = stored("Acme Anvil!", id="post", source="@acme", url="https://x.com/acme/status/1", text="Long. " * 99)
ROUNDUP = stored(
    "The Download: Acme and more", id="roundup", source="Review", url="https://review.example/1", text="Long. " * 99
)
PAPER = stored("Anvils", id="paper", source="Hacker News", url="https://arxiv.org/abs/2603.01234", text="")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (PRIMARY, ARTICLE),
        (PAPER, ARTICLE),
        (ARTICLE, SHORTER),
        (SHORTER, POINTER),
        (POINTER, ASK),
        (ASK, POST),
        (POST, ROUNDUP),
    ],
    ids=lambda entry: entry.id,
)
def test_the_better_page_leads(better: object, worse: object):
    assert lead([worse, better]) == lead([better, worse]) == better  # type: ignore[list-item]


def test_a_maker_of_models_speaks_for_itself():
    own = stored("Something for everyone", id="own", source="hackernews", url="https://openai.com/index/anvil", text="")
    assert lead([ARTICLE, own]) == own


def test_a_page_that_others_point_at_leads_among_articles():
    mention = stored("See", id="m", source="pack", url="https://bsky.app/profile/a.example/post/1", target=SHORTER.url, text="")
    assert lead([ARTICLE, SHORTER, mention]) == SHORTER


def test_a_story_keeps_the_name_that_most_of_its_entries_had():
    known = {EntryId("maker"): StoryId("old"), EntryId("hn"): StoryId("old"), EntryId("ask"): StoryId("other")}
    assert name_stories([[PRIMARY, POINTER, ASK], [POST]], known) == ["old", "s-post"]


def test_the_larger_part_of_a_broken_story_keeps_its_name():
    known = {entry.id: StoryId("old") for entry in (PRIMARY, ARTICLE, POINTER)}
    assert name_stories([[POINTER], [PRIMARY, ARTICLE]], known) == ["s-hn", "old"]


def test_no_two_stories_share_a_name():
    known = {EntryId("hn"): StoryId("s-maker"), EntryId("ask"): StoryId("s-maker")}
    assert name_stories([[PRIMARY], [POINTER], [ASK]], known) == ["s-maker-0", "s-maker", "s-ask"]


def test_among_articles_the_one_that_says_what_the_others_say_leads():
    podcast = stored("Acme, the smiths, and why hammers are good", id="a", url="https://cast.example/1", text="Long. " * 90)
    news = [
        stored(f"City bans the Acme anvil{more}", id=f"b{more}", url=f"https://n{n}.example/ban", text="Short.")
        for n, more in enumerate(("", " at last"))
    ]
    assert lead([podcast, *news]).id in {entry.id for entry in news}


def test_two_feeds_of_one_house_point_at_its_page_once():
    twice = [stored("A talk", id=f"t{n}", source=f"Cast {n}", url="https://cast.example/1", text="Short.") for n in range(2)]
    article = stored("A talk", id="article", url="https://paper.example/talk", text="Long. " * 50)
    assert lead([*twice, article]) == article
