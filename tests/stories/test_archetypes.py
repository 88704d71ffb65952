"""Which archetypes a story serves, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.models import Archetype
from aggregator.stories import is_about_ai, tag
from tests.make import stored

DATA = Archetype(
    name="data-pipeline", title="Data", description="", terms=("reranker", "vector database"), weak_terms=("index", "memory")
)
SAFETY = Archetype(name="safety", title="Safety", description="", terms=("prompt injection", "lawsuit"), weak_terms=("risk",))
ROBOTS = Archetype(name="robots", title="Robots", description="", terms=("gripper",))
ALL = (DATA, SAFETY, ROBOTS)


def names(title: str, text: str = "", **hints: tuple[str, ...]) -> list[str]:
    return [t.name for t in tag([stored(title, text=text, source="acme")], ALL, hints)]


def test_a_tag_says_which_words_it_rests_on():
    (found,) = tag([stored("A Reranker for agents", text="It halves the index.")], ALL)
    assert (found.name, found.reason) == ("data-pipeline", "reranker, index")
    assert 0 < found.strength <= 1


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("My rerankers for LLMs, my index", "rerankers, index"),
        ("An LLM vector database and a vector", "vector database"),
        ("A database of LLM vector, a vector database", "vector database"),
        ("An (LLM) index and a reranker", "reranker, index"),
    ],
)
def test_a_reason_says_something_once(title: str, reason: str):
    words = Archetype(
        name="data",
        title="",
        description="",
        terms=("vector", "vector database", "reranker", "llm index"),
        weak_terms=("my", "index"),
    )
    assert tag([stored(title, text="")], [words])[0].reason == reason


def test_a_weak_term_counts_only_beside_another():
    assert names("LLM memory", "") == []
    assert names("LLM memory and its index", "") == ["data-pipeline"]


def test_what_is_not_about_ai_serves_no_one_unless_it_is_data_work_or_the_readers_own():
    assert names("A lawsuit about sausages") == []
    assert names("A lawsuit about ChatGPT") == ["safety"]
    assert names("A lawsuit about models of mice") == []
    assert names("A vector database in C") == ["data-pipeline"]
    assert names("A better gripper") == ["robots"]


def test_a_sources_hint_helps_but_is_not_enough():
    assert names("Claude at risk", acme=("safety",)) == []
    assert names("Claude news", "Of prompt injection and the risk of it.") == []
    assert names("Claude news", "Of prompt injection and the risk of it.", acme=("safety",)) == ["safety"]


def test_the_reason_stands_in_the_entries():
    entry = stored("Prompt-injection in Claude", text="Risks everywhere.")
    (found,) = tag([entry], ALL)
    assert all(term in f"{entry.title} {entry.text}".lower() for term in found.reason.split(", "))


@pytest.mark.parametrize(
    "title",
    ["Anthropic's new model", "An LLM in 200 lines", "vLLM 2.0", "Qwen3.6-35B released", "Agents and machine learning", "AI."],
)
def test_news_of_the_trade_is_about_ai(title: str):
    assert is_about_ai(stored(title, text=""))


@pytest.mark.parametrize(
    "title", ["Airport reopens", "He said that it rains", "Fuel prices rise in Kuala Lumpur", "", "Maid in China"]
)
def test_other_news_is_not(title: str):
    assert not is_about_ai(stored(title, text=""))


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_it(title: str, text: str):
    assert all(t.reason for t in tag([stored(title, text=text)], ALL))
