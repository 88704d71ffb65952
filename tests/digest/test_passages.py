"""Which sentences may be told at all."""

# typographic marks are what is tested

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.digest.passages import may_be_told, passages
from tests.make import stored


@pytest.mark.parametrize(
    "sentence",
    [
        "OpenAI on Thursday launched GPT-5.4, the next version of its frontier model.",
        "Of these, 14 were high-severity, representing a fifth of all bugs.",
        "It costs $0.25 per million tokens of input.",
        "Sam Altman said the negotiations were “definitely rushed.”",
        "iPhone users get the model on Tuesday in Europe.",
        "Each chat gets its own sandboxed context.",
        "Google Cloud and Nvidia will sell Gemini together.",
    ],
)
def test_news_may_be_told(sentence: str):
    assert may_be_told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The post OpenAI launches GPT-5.4 Thinking and Pro appeared first on The New Stack.",
        "Read more about the launch on our engineering blog.",
        "Comments URL: https://news.ycombinator.com/item?id=1",
        "Points: 806 and # Comments: 640 on this item.",
        "submitted by /u/someone to the LocalLLaMA community.",
        "The image is a bar chart of several benchmarks.",
        "This site uses cookies to improve your experience.",
        "Today's issue is sponsored by Acme and its anvils.",
        "Sign up for our newsletter to get news every week.",
        "Subscribe now to get all of the posts by mail.",
        "Commenters express skepticism about the baseline of the figure.",
        "The full paper is available here for everyone.",
        "In this post, Acme shows how to build an agent.",
        "Check out the new model on the website of Acme.",
        "Discover how Acme can transform the way of your work.",
        "The company calls it its “most capable and efficient model…",
        "The model is the most capable and [...]",
        "What does the new model of Acme mean for you?",
        "The company calls it its most capable and",
        "It is out.",
        "and then it was launched by the company in May.",
        "Acme said (in a post it was launched in May.",
        "A seamless, powerful, robust and transformative platform that empowers everyone.",
        "🚀 Acme has launched the model in May 🎉 for all.",
        "Acme {{ template }} has launched the model in May.",
        "Moving Data Was Never the Point.",
        "“The new model of Acme is complete nonsense.”",
        "Custom Metal shaders, no framework overhead.",
        "Every enterprise wants to be driven by AI.",
        "In the race to adopt AI, enterprises move faster than ever.",
        "Securely connect the accounts to get guidance.",
        "Release: anvil-gemini 0.30 has the newest models.",
        "Acme sent a mail: Hi, from April the plan costs more.",
        "Acme launched " + "a very long list of things and " * 12 + "more.",
    ],
)
def test_furniture_fragments_and_advertisements_are_not(sentence: str):
    assert not may_be_told(sentence)


@pytest.mark.parametrize(
    "opening", ["This", "It", "He", "However, it", "But the", "These", "Of these, it", "For example, it", "There"]
)
def test_a_sentence_that_leans_is_known(opening: str):
    [passage] = passages([stored("A", text=f"{opening} costs much less than the one before.")])
    assert passage.leaning


@pytest.mark.parametrize(
    "note", ["Spent time tracking what made the difference.", "Reduces output verbosity on heavy workflows."]
)
def test_a_note_without_a_subject_leans(note: str):
    [passage] = passages([stored("A", text=note)])
    assert passage.leaning


def test_an_answer_leans_on_its_question():
    text = "Acme delayed its model on Friday. Their solution? Fire 16,000 employees to pay for more of the same."
    assert [passage.leaning for passage in passages([stored("A", text=text)])] == [False, True]


@pytest.mark.parametrize("opening", ["Anvil", "Italy", "Thistle", "It-Support", "The model", "GPT-5.4", "Heron"])
def test_a_name_does_not_lean(opening: str):
    [passage] = passages([stored("A", text=f"{opening} costs much less than the one before.")])
    assert not passage.leaning


def test_the_i_of_a_quotation_is_nobodys():
    entry = stored(
        "Quoting Donald Knuth", text="I learned yesterday that an open problem had been solved. Claude solved it in a day."
    )
    assert [passage.text for passage in passages([entry])] == ["Claude solved it in a day."]


def test_a_title_that_tells_an_event_may_be_told():
    assert [p.text for p in passages([stored("The Pentagon formally labels Anthropic a supply-chain risk", text="")])] != []
    assert passages([stored("Something is afoot in the land of Qwen", text="")]) == []


@given(st.text(max_size=400))
def test_odd_text_breaks_nothing(text: str):
    for passage in passages([stored("A", text=text)]):
        assert passage.text in " ".join(text.split()) or not text.isprintable()


def test_a_text_that_begins_with_its_own_title_is_told_without_it():
    given = stored(
        "Introducing Anvil-2", text="Introducing Anvil\u20112 Two new models write code for the same price as before."
    )
    assert [passage.text for passage in passages([given])] == ["Two new models write code for the same price as before."]


def test_a_sentence_that_goes_on_from_the_title_stays_whole():
    given = stored("Anvil 2", text="Anvil 2 writes code for the same price as Anvil 1 did.")
    assert [passage.text for passage in passages([given])] == ["Anvil 2 writes code for the same price as Anvil 1 did."]
