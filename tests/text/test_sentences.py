"""Sentences of plain text: where they end, and that no text is lost."""

# ruff: noqa: RUF001  # typographic marks are what is tested

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.sentences import split, word_count


@pytest.mark.parametrize(
    "sentence",
    [
        "OpenAI on Thursday launched GPT-5.4, the next version of its frontier model.",
        "It costs $0.25 per million tokens, e.g. for text, vs. $1.50 before.",
        "Dr. Fei-Fei Li, J. R. R. Tolkien and Mr. Smith met in the U.S. Senate on Jan. 5.",
        "The U.S. Department of Defense and Acme Inc. signed.",
        "See Fig. 3 and Eq. 4 of Smith et al. 2026, pp. 3-5.",
        "Use llama.cpp or Node.js at https://example.org/a.b/c.html?x=1.2 instead.",
        "Sam Altman said it was “definitely rushed. We regret it.”",
        'He wrote "Shock! Shock! I learned." in a note.',
        "Run `pip install a. Then b` once.",
        "The model (see Sec. 2. It is long) is small.",
        "Yahoo! bought it, and so did others.",
        "Version 3.1 of v. 2 is out!",
        "Really?!",
        "He paused … and went on.",
    ],
)
def test_is_one_sentence(sentence: str):
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is out. It is fast.", ["It is out.", "It is fast."]),
        ("GPT-5.4. Then 5.5.", ["GPT-5.4.", "Then 5.5."]),
        ("Is it? Yes! It is.", ["Is it?", "Yes!", "It is."]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("(It is so.) Next one.", ["(It is so.)", "Next one."]),
        ("Made in the U.S. The rest is not.", ["Made in the U.S.", "The rest is not."]),
        ("For all in the U.S. Plus, it drafts.", ["For all in the U.S.", "Plus, it drafts."]),
        ("Sold to Acme Inc. The price is open.", ["Sold to Acme Inc.", "The price is open."]),
        ("It is out. iPhone users wait. vLLM has it.", ["It is out.", "iPhone users wait.", "vLLM has it."]),
        ("Out now! 🚀 Get it.", ["Out now!", "🚀 Get it."]),
        ("As shown.[1] It holds.[2]", ["As shown.[1]", "It holds.[2]"]),
        ("A long story…\n\nNext.", ["A long story…", "Next."]),
        ("模型发布了。它很快。", ["模型发布了。", "它很快。"]),
        ("Heading\nThe text begins here.", ["Heading", "The text begins here."]),
        ("- first item\n- second item", ["- first item", "- second item"]),
        ("1. First thing\n2. Second thing", ["1. First thing", "2. Second thing"]),
        ("One\r\n\r\nTwo", ["One", "Two"]),
        ("", []),
        (" \n\t ", []),
    ],
    ids=repr,
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]):
    assert split(text) == sentences


def test_a_wrapped_line_goes_on():
    text = "We present a method that retrieves passages from a large corpus and\nreranks them with a small model. It is fast."
    assert len(split(text)) == 2


def test_a_heading_is_not_glued_to_its_paragraph():
    text = "What the new retrieval model can do for your company data\nAcme has released it."
    assert split(text)[-1] == "Acme has released it."


def test_one_stray_quote_does_not_hold_the_page():
    assert len(split('He said "no. Then. ' + "It went on. " * 50)) > 40


@given(st.text(max_size=400))
def test_no_text_is_lost(text: str):
    assert re.sub(r"\s", "", "".join(split(text))) == re.sub(r"\s", "", text)


@given(st.text(alphabet='aB .!?"“”()[]`\n\r…。U1-é’', max_size=200))
def test_every_sentence_is_a_verbatim_piece_in_order(text: str):
    at = 0
    for sentence in split(text):
        assert sentence == sentence.strip() != ""
        at = text.index(sentence, at) + len(sentence)


@given(st.lists(st.sampled_from(["It is out.", "Is it fast?", "Yes!", "GPT-5.4 costs $2.50."]), min_size=1, max_size=8))
def test_plain_sentences_are_found_again(sentences: list[str]):
    assert split(" ".join(sentences)) == sentences


def test_a_huge_text_is_split_in_reasonable_time():
    assert len(split("A sentence of a few words. " * 20_000)) == 20_000
    assert split("a" * 300_000) == ["a" * 300_000]
    assert split('"' * 50_000 + "." * 50_000)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one", 1), ("GPT-5.4 costs $2.50 – more", 4), ("a\nb\tc", 3), ("— … !", 0), ("日本語 です", 2)],
)
def test_words_are_what_holds_a_letter_or_digit(text: str, words: int):
    assert word_count(text) == words
