"""What makes two texts comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.stories.terms import Phrases, runs
from aggregator.stories.words import cosine, pages, profiles, versions, words
from tests.make import stored


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("GPT-5.4 beats Claude Opus 4.6", {"gpt": {"5.4"}, "opus": {"4.6"}}),
        ("Qwen3.6-35B on a laptop", {"qwen": {"3.6"}}),
        ("Opus 4.6 against Opus 4.7", {"opus": {"4.6", "4.7"}}),
        ("Gemini 3 is here", {"gemini": {"3"}}),
        ("The top 10 of March 2026, in 5 minutes", {}),
        ("Revenue grows by 20%", {}),
    ],
)
def test_named_versions_are_read_from_a_title(title: str, found: dict[str, set[str]]):
    assert versions(title) == found


def test_plural_possessive_and_joined_words_are_the_same_words():
    assert words("OpenAI's fine-tuned rerankers") == words("OpenAI fine tuned reranker")


def test_the_numbers_in_an_address_are_no_words():
    assert words("forge https://example.org/2026/05/07/anvil-hammer?id=26") == ["forge", "anvil", "hammer"]


def test_a_short_text_is_about_what_it_links_to_and_a_long_one_is_not():
    link = "https://example.org/paper"
    assert link in pages(stored(text=f"Read {link}."))
    assert link not in pages(stored(text=f"Read {link}. " + "Much else. " * 200))


def test_a_bare_host_is_no_page():
    assert pages(stored(url="https://example.org/", text="https://claude.ai/")) == ()


@given(st.lists(st.text(max_size=200), max_size=6))
def test_profiles_of_any_text_have_unit_vectors(texts: list[str]):
    known = profiles([stored(text, id=str(number), text=text) for number, text in enumerate(texts)])
    assert all(abs(cosine(p.whole, p.whole) - 1) < 1e-9 or not p.whole for p in known)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("reranker", "Two rerankers compared"),
        ("fine-tuning", "Fine tuning at home"),
        ("fine tuning", "FINE-TUNING at home"),
        ("recall@10", "We report recall@10."),
        ("llama.cpp", "llama.cpp is fast"),
        ("qwen", "Qwen3.5-27B runs"),
        ("claude", "Claude\u2019s voice"),
        ("claude", "on Claude.ai"),
    ],
)
def test_a_term_is_found_however_it_is_written(term: str, text: str):
    assert Phrases([term]).among(runs(text))


@pytest.mark.parametrize(
    ("term", "text"), [("rag", "storage"), ("ai", "said"), ("rag", "ragtime"), ("data layer", "data. And a layer")]
)
def test_a_term_is_found_only_whole(term: str, text: str):
    assert not Phrases([term]).among(runs(text))
