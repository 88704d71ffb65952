"""The small words of a digest."""

import pytest

from aggregator.render.words import closed, counted, first_of, listed, names_a_day, number, period
from tests.make import utc


@pytest.mark.parametrize(("count", "written"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (6.0, "six"), (6.5, "6.5")])
def test_numbers_up_to_twelve_are_words(count: float, written: str):
    assert number(count) == written


def test_one_has_no_plural():
    assert [counted(count, "story", "stories") for count in (1, 2)] == ["one story", "two stories"]


@pytest.mark.parametrize(
    ("names", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_joined_as_in_a_sentence(names: list[str], sentence: str):
    assert listed(names) == sentence


@pytest.mark.parametrize(
    ("names", "said"),
    [("a", "a"), ("abc", "a, b, c"), ("abcd", "a, b, c, d"), ("abcde", "a, b, c and 2 more")],
)
def test_never_and_1_more(names: str, said: str):
    assert first_of(list(names), 3) == said


@pytest.mark.parametrize(
    ("since", "until", "named"),
    [
        ("2026-03-02", "2026-03-09", "2-8 March 2026"),
        ("2026-03-01T23:00", "2026-03-08T23:00", "2-8 March 2026"),
        ("2026-03-02T08:00", "2026-03-09T07:00", "2-8 March 2026"),
        ("2026-03-02", "2026-03-03", "2 March 2026"),
        ("2026-03-02T06:00", "2026-03-02T09:00", "2 March 2026"),
        ("2026-02-23", "2026-03-02", "23 February - 1 March 2026"),
        ("2025-12-29", "2026-01-05", "29 December 2025 - 4 January 2026"),
    ],
    ids=["UTC", "east of it", "west of it, over a change of clocks", "a day", "hours", "two months", "two years"],
)
def test_a_period_is_named_by_its_days(since: str, until: str, named: str):
    assert period(utc(since), utc(until)) == named
    assert names_a_day(f"AI news, {named}")


def test_a_title_without_a_date_names_no_day():
    assert not names_a_day("GPT-5.4, four small models, March")


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("It is so.", "It is so."),
        ("A title", "A title."),
        ("Why?", "Why?"),
        ('"So."', '"So."'),
        ("that…", "that…"),
        ("漢字", "漢字"),
        ("", ""),
    ],
)
def test_a_title_that_serves_as_a_sentence_gets_its_full_stop(sentence: str, shown: str):
    assert closed(sentence) == shown
