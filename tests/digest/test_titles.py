"""Headlines: what belongs to the site, the forum or the shouting goes; the words stay."""

# ruff: noqa: RUF001  # typographic marks are what is tested

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.digest.headlines import best_title, tells_an_event
from aggregator.digest.titles import LONGEST, full_title, headline, tidy
from aggregator.text.sentences import word_count
from tests.make import stored


@pytest.mark.parametrize(
    ("title", "tidied"),
    [
        ("Show HN: Omni – Open-source workplace search", "Omni – Open-source workplace search"),
        ("[D] Is attention all you need?", "Is attention all you need?"),
        ("[R][P] A new optimizer", "A new optimizer"),
        ("BREAKING: Acme ships Anvil", "Acme ships Anvil"),
        ("Breaking : Acme ships Anvil", "Acme ships Anvil"),
        ("Pinned: Acme ships Anvil", "Acme ships Anvil"),
        ("R to @acme: Anvil is out", "Anvil is out"),
        ("RT by @acme: Anvil is out", "Anvil is out"),
        ("Claude's Cycles [pdf]", "Claude's Cycles"),
        ("Acme ships Anvil | The Forge", "Acme ships Anvil"),
        ("Acme ships Anvil - The Forge", "Acme ships Anvil"),
        ("Qwen/Qwen3.5-9B · Hugging Face", "Qwen/Qwen3.5-9B"),
        ("Acme – a short history of the anvil", "Acme – a short history of the anvil"),
        ("🚀 Acme ships Anvil 🎉", "Acme ships Anvil"),
        ("  Acme\n ships\tAnvil ", "Acme ships Anvil"),
        ("Acme ships Anvil.", "Acme ships Anvil"),
        ("Made in the U.S.", "Made in the U.S."),
        ("“Acme ships Anvil”", "Acme ships Anvil"),
        ("ACME RELEASES THE NEW ANVIL WITH GPT-5.4 AND AN API", "Acme releases THE NEW anvil with GPT-5.4 AND AN API"),
        ("GPT-5.4", "GPT-5.4"),
        ("[D]", "[D]"),
        ("🚀", "🚀"),
        ("", ""),
    ],
)
def test_a_title_is_tidied(title: str, tidied: str):
    assert tidy(title, source="The Forge", url="https://forge.example/anvil") == tidied


def test_a_long_title_is_cut_where_a_clause_ends():
    long = (
        "Acme says its partnership with Beta helped Anvil find 22 faults, including 14 of high severity, around a fifth of all"
        " that were mended last year"
    )
    assert headline(stored(long, text="")) == "Acme says its partnership with Beta helped Anvil find 22 faults"
    assert full_title(stored(long, text="")) == long
    why = "Inside the Forge and Anvil deal of $100 billion, and why Anvil gives up a slice of its own business to the Forge"
    assert headline(stored(why, text="")) == "Inside the Forge and Anvil deal of $100 billion"


def test_a_long_title_without_clauses_says_that_it_goes_on():
    assert headline(stored(" ".join(f"word{n}" for n in range(40)), text="")).endswith("word14…")


def test_a_post_without_a_title_of_its_own_is_headed_by_its_first_sentence():
    text = "In evaluating Anvil on the forge benchmark, we found cases of cheating, then a cure. More follows below."
    assert (
        headline(stored(text[:60], text=text))
        == "In evaluating Anvil on the forge benchmark, we found cases of cheating, then a cure"
    )


@given(st.text(max_size=300))
def test_any_title_gives_one_line_of_bearable_length(title: str):
    told = headline(stored(title, guid="1", url="https://acme.example/1", text=""))
    assert "\n" not in told
    assert word_count(told) <= LONGEST
    assert bool(told) == bool(title.strip()) or not title.isprintable()


@given(st.text(max_size=200))
def test_tidying_is_done_once(title: str):
    assert tidy(tidy(title)) == tidy(title) or tidy(title) != title


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Google launches Flash-Lite, its fastest model yet", "Flash-Lite: Built for intelligence at scale"),
        ("OpenAI launches GPT-5.4 Thinking and Pro", "GPT-5.4 Thinking System Card"),
        ("Acme releases Anvil 2", "What does Anvil 2 mean for you?"),
        ("Acme's Anvil Source Leaked via a Packaging Error", "Inside the leaked Anvil files"),
        ("Acme closes a funding round of $2 billion", "Accelerating the next phase of AI"),
        ("Acme releases Anvil 2", "Anvil just dropped. Let's break it!"),
        ("Acme releases Anvil 2", "I tried Anvil 2 and it changed my life"),
    ],
)
def test_who_did_what_beats_the_teaser_though_that_leads(better: str, worse: str):
    lead, other = stored(worse, id="lead", source="a", text=""), stored(better, id="other", source="b", text="")
    assert best_title([lead, other], "lead") == (better, other)


def test_a_post_below_another_gives_no_headline():
    answer = stored("R to @acme: The window complements the IDE and can be tried", id="post", text="")
    assert best_title([answer, stored("Anvil 3", id="lead", text="")], "lead")[0] == "Anvil 3"


def test_among_equals_the_lead_gives_the_headline():
    one, two = stored("Acme releases Anvil 2", id="1"), stored("Acme unveils Anvil 2", id="2")
    assert best_title([one, two], "2")[1] == two


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("The Pentagon formally labels Anthropic a supply-chain risk", True),
        ("Cursor is rolling out a new kind of agentic coding tool", True),
        ("How we built our data platform", False),
        ("Built a free tool with Claude Code", False),
        ("acme/anvil: Build anything", False),
        ("llm-gemini 0.31", False),
        ("Is RAG dead?", False),
    ],
)
def test_an_event_is_told_from_a_teaser(title: str, event: bool):
    assert tells_an_event(title) is event
