"""Titles come from anyone: what comes out is one line that shows all that it holds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.line import one_line, shorten, shown

ANYTHING = st.text(st.characters(codec=None), max_size=400)
JOINERS = {"\u200c", "\u200d"}
VISIBLE_FORMATS = {"\u0600", "\u0601", "\u0602", "\u0603", "\u0604", "\u0605", "\u06dd", "\u070f", "\u0890", "\u0891", "\u08e2"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("  two\n lines\tand\u00a0a\u2028break ", "two lines and a break"),
        ("a\x1b[31mred\x1b[0m word", "ared word"),
        ("\x1b]0;own your terminal\x07title", "title"),
        ("\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\", "click"),
        ("\x9b2Jgone", "gone"),
        ("bell\x07 null\x00 delete\x7f", "bell null delete"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("Chat\u200bGPT and Op\u00aden\u2060AI", "ChatGPT and OpenAI"),
        ("hidden\U000e0041\U000e0042 words", "hidden words"),
        ("lone \ud800surrogate", "lone surrogate"),
        ("\ufeffmark", "mark"),
    ],
    ids=repr,
)
def test_what_a_person_cannot_see_is_taken_out(given: str, expected: str):
    assert one_line(given) == expected


@pytest.mark.parametrize(
    "text", ["👩\u200d👧 family", "\u0645\u06cc\u200c\u062e", "naïve café", "日本語", "❤\ufe0f", "क्\u200dष"], ids=repr
)
def test_scripts_and_emoji_that_need_joiners_keep_them(text: str):
    assert one_line(text) == text


def test_joiners_beside_ascii_only_hide_something():
    assert one_line("pass\u200dword \u200c\u200d\u200dnext") == "password next"


def test_piles_of_accents_are_cut_and_real_accents_stay():
    assert one_line("e\u0301") == "e\u0301"
    assert len(one_line("e" + "\u0301" * 200)) == 5


def test_a_long_title_ends_at_a_word_with_an_ellipsis():
    assert shorten("one two three four", 12) == "one two…"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"
    assert shorten("short", 10) == "short"


@given(ANYTHING, st.integers(min_value=1, max_value=60))
def test_any_text_becomes_one_bounded_line_that_can_be_written_anywhere(text: str, limit: int):
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line == " ".join(line.split())
    line.encode()
    for character in line:
        category = unicodedata.category(character)
        assert category not in {"Cc", "Cs"}
        assert category != "Cf" or character in JOINERS | VISIBLE_FORMATS or not "\u00ad" <= character <= "\uffff"


@given(ANYTHING)
def test_cleaning_a_clean_text_changes_nothing(text: str):
    once = shown(text)
    assert shown(once) == once
