"""Every hand edit of a digest is found."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aggregator.digest import compose, faults
from aggregator.digest.builtin import BuiltIn
from aggregator.models import (
    Choice,
    Coverage,
    Digest,
    EntryId,
    Form,
    Reader,
    Section,
    Sentence,
    StoredEntry,
    StoryId,
    ToldStory,
    WriterName,
)
from tests.make import WEEK, stored, story

VERGE = stored(
    "The Pentagon formally labels Anthropic a supply-chain risk",
    id="verge",
    source="The Verge",
    text="After weeks of failed talks, the Pentagon labeled Anthropic a risk."
    " A contract of $200 million is lost,\n says Dario Amodei.",
)
QWEN = stored(
    "Show HN: Qwen releases 4 small models", id="qwen", source="Hacker News", text="", target="https://qwen.example/small"
)
KNUTH = stored(
    "Claude solves a problem of Knuth's",
    id="knuth",
    source="Daring Fireball",
    text="Claude found 22 proofs within two weeks of work. Of these, 14 mend old lemmas.",
)
ENTRIES = {entry.id: entry for entry in (VERGE, QWEN, KNUTH)}


def choice(*entries: StoredEntry, number: int, form: Form = Form.FULL) -> Choice:
    section = "Leads" if form is Form.FULL else "Also this week"
    return Choice(story=story(*entries, id=StoryId(f"s{number}")), form=form, section=section, fresh=entries)


def composed() -> Digest:
    choices = [choice(VERGE, number=1), choice(KNUTH, number=2), choice(QWEN, number=3, form=Form.LINE)]
    return compose(
        choices,
        BuiltIn().write(choices, Reader(), WEEK[1]),
        reader=Reader(),
        archetypes=(),
        coverage=Coverage(sources=3, read=3, unchanged=0, entries=3),
        weight_read=1.0,
        since=WEEK[0],
        until=WEEK[1],
        fingerprint="abc",
    )


DIGEST = composed()


def edited(number: int, edit: Callable[[ToldStory], ToldStory]) -> Digest:
    stories = list(DIGEST.stories)
    stories[number] = edit(stories[number])
    return replace(DIGEST, stories=tuple(stories))


def said(text: str, number: int = 0) -> Callable[[ToldStory], ToldStory]:
    """Put another text in the place of a sentence."""

    def edit(told: ToldStory) -> ToldStory:
        sentences = list(told.sentences)
        sentences[number] = replace(sentences[number], text=text)
        return replace(told, sentences=tuple(sentences))

    return edit


def found(digest: Digest) -> str:
    return "\n".join(str(fault) for fault in faults(digest, ENTRIES))


def test_what_was_composed_stands():
    assert faults(DIGEST, ENTRIES) == []
    assert [len(told.sentences) for told in DIGEST.stories] == [2, 2, 1]


def test_folded_white_space_is_no_fault():
    assert "is lost, says Dario" in DIGEST.stories[0].sentences[1].text


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (lambda told: said(told.sentences[1].text.replace("200", "300"), 1)(told), "does not stand in what it cites"),
        (lambda told: said(told.sentences[1].text.replace("Amodei", "Altman"), 1)(told), "name Altman is not in what it cites"),
        (lambda told: said(told.sentences[0].text.replace("failed talks", "talks"))(told), "does not stand"),
        (lambda told: said(told.sentences[0].text.removesuffix("."))(told), "does not stand"),
        (lambda told: said(told.sentences[0].text.removeprefix("After "))(told), "does not stand"),
        (said(""), "does not stand"),
        (
            lambda told: replace(
                told, sentences=(*told.sentences, Sentence("Since then Boron denies it.", (EntryId("verge"),)))
            ),
            "name Boron",
        ),
        (lambda told: replace(told, sentences=(*told.sentences, told.sentences[0])), "words"),
        (lambda told: replace(told, sentences=(replace(told.sentences[0], citations=()),)), "cites nothing"),
        (
            lambda told: replace(told, sentences=(replace(told.sentences[0], citations=(EntryId("knuth"),)),)),
            "no entry of this story",
        ),
        (lambda told: replace(told, sentences=(replace(told.sentences[0], citations=(EntryId("gone"),)),)), "not stored"),
        (lambda told: replace(told, sentences=()), "says nothing"),
        (
            lambda told: replace(told, title="The Pentagon formally labels OpenAI a supply-chain risk"),
            "is no title of its entries",
        ),
        (lambda told: replace(told, url="https://evil.example/"), "none of its entries'"),
        (lambda told: replace(told, entries=(replace(told.entries[0], url="https://evil.example/"),)), "listed with the url"),
        (lambda told: replace(told, entries=(replace(told.entries[0], source="Reuters"),)), "listed with the source"),
        (lambda told: replace(told, entries=(replace(told.entries[0], title="Another"),)), "listed with the title"),
        (lambda told: replace(told, entries=(replace(told.entries[0], published=WEEK[0]),)), "listed with the date"),
        (lambda told: replace(told, entries=(replace(told.entries[0], id=EntryId("gone")),)), "entry gone is not stored"),
        (lambda told: replace(told, form=Form.LINE), "a line of more than one sentence"),
        (lambda told: replace(told, id=StoryId("s9")), "s9"),
    ],
)
def test_an_edit_of_a_story_is_found(edit: Callable[[ToldStory], ToldStory], fault: str):
    assert fault in found(edited(0, edit))


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"words": 7}, "the digest says 7"),
        ({"sections": (Section("Leads", (StoryId("s1"),)),)}, "stands in 0 sections"),
        ({"sections": (*DIGEST.sections, Section("More", (StoryId("s1"),)))}, "stands in 2 sections"),
        ({"sections": (*DIGEST.sections, Section("More", (StoryId("s8"),)))}, "story s8: is told 0 times"),
        ({"stories": (*DIGEST.stories, DIGEST.stories[0])}, "is told 2 times"),
        ({"overview": (Sentence("Anthropic is a risk.", ()),)}, "overview, sentence 1: cites nothing"),
        ({"overview": (Sentence("OpenAI is a risk.", (EntryId("verge"),)),)}, "name OpenAI"),
        ({"overview": (Sentence("It costs $9.", (EntryId("verge"),)),)}, "number 9"),
        ({"overview": (Sentence("See https://evil.example/.", (EntryId("verge"),)),)}, "address https://evil.example/"),
        ({"overview": (Sentence("It is a risk.", (EntryId("gone"),)),)}, "no entry of this digest"),
    ],
)
def test_an_edit_of_the_digest_is_found(fields: dict[str, object], fault: str):
    assert fault in found(replace(DIGEST, **fields))  # type: ignore[arg-type]


def test_a_models_words_need_not_be_verbatim_but_its_facts_stand():
    free = Sentence("The Pentagon calls Anthropic a risk; $200 million are lost.", (EntryId("verge"),))
    told = replace(DIGEST.stories[0], sentences=(free,), writer=WriterName.LLM, title="Anthropic labeled a risk")
    assert not [fault for fault in faults(edited(0, lambda _: told), ENTRIES) if fault.where != "words"]
    wrong = replace(told, sentences=(replace(free, text="The Pentagon calls Anthropic a risk; $300 million are lost."),))
    assert "number 300" in found(edited(0, lambda _: wrong))


def test_a_deleted_entry_is_a_fault():
    assert "entry verge is not stored" in "\n".join(
        map(str, faults(DIGEST, {k: v for k, v in ENTRIES.items() if k != "verge"}))
    )


@given(st.data())
def test_any_edit_of_any_sentence_is_found(data: st.DataObject):
    number = data.draw(st.integers(0, len(DIGEST.stories) - 1))
    told = DIGEST.stories[number]
    place = data.draw(st.integers(0, len(told.sentences) - 1))
    text = told.sentences[place].text
    at = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.text(alphabet="aZ019 .,%€“é", max_size=3))
    changed = text[:at] + put + text[at + data.draw(st.integers(0, 3)) :]
    assume(" ".join(changed.split()) != text)
    assert faults(edited(number, said(changed, place)), ENTRIES)
