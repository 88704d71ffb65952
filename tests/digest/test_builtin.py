"""The built-in writer: verbatim sentences, few words, nothing that dangles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.digest.builtin import BuiltIn, Options, factory
from aggregator.digest.cover import BUDGET, LINE_BUDGET
from aggregator.digest.summaries import summarise
from aggregator.models import Choice, Form, Reader, StoredEntry
from aggregator.text.sentences import word_count
from tests.make import stored, story, utc


def choice(*entries: StoredEntry, form: Form = Form.FULL, **fields: object) -> Choice:
    return Choice(story=story(*entries, **fields), form=form, section="Leads", fresh=entries)


def told(*entries: StoredEntry, form: Form = Form.FULL, **fields: object) -> list[str]:
    return [sentence.text for sentence in summarise(choice(*entries, form=form, **fields)).sentences]


VERGE = stored(
    "The Pentagon formally labels Anthropic a supply-chain risk",
    id="verge",
    source="The Verge",
    text="After weeks of failed negotiations, the Defense Department labeled Anthropic a supply-chain risk. The decision, fir",
)
CRUNCH = stored(
    "Anthropic vs. the Pentagon",
    id="crunch",
    source="TechCrunch",
    text="Anthropic lost a contract of $200 million over weapons and surveillance. However, it may appeal. Read more.",
)


def test_every_sentence_cites_the_entry_that_it_is_from():
    for sentence in summarise(choice(VERGE, CRUNCH)).sentences:
        [cited] = sentence.citations
        assert sentence.text in {entry.id: entry for entry in (VERGE, CRUNCH)}[cited].text


def test_several_sources_are_told():
    summary = summarise(choice(VERGE, CRUNCH))
    assert summary.title == VERGE.title
    assert {cited for sentence in summary.sentences for cited in sentence.citations} == {"verge", "crunch"}


def test_a_snippet_that_is_cut_off_is_not_told():
    assert not [text for text in told(VERGE, CRUNCH) if text.startswith(("The decision", "Read more"))]


def test_a_sentence_that_leans_comes_only_after_its_neighbour():
    entry = stored(
        "Acme finds faults in Forge",
        text="Anvil found 22 faults in Forge within two weeks. Of these, 14 were severe, a fifth of all in 2025.",
    )
    assert told(entry) == [
        "Anvil found 22 faults in Forge within two weeks.",
        "Of these, 14 were severe, a fifth of all in 2025.",
    ]
    alone = stored(
        "Acme finds faults in Forge",
        text="Subscribe now to the newsletter of Acme. Of these, 14 were severe, a fifth of all in 2025.",
    )
    assert told(alone) == ["Acme finds faults in Forge"]


def test_a_story_that_is_only_a_title_tells_it_once():
    summary = summarise(choice(stored("Snowflake adds dbt support", text="")))
    assert [sentence.text for sentence in summary.sentences] == [summary.title] == ["Snowflake adds dbt support"]


def test_what_repeats_the_headline_is_not_told_again():
    assert told(
        stored("Acme releases Anvil 2", text="Acme has released Anvil 2 for all. Anvil 2 costs $5 per million tokens of input.")
    ) == ["Anvil 2 costs $5 per million tokens of input."]


def test_what_one_source_says_another_does_not_say_again():
    one = stored("Acme releases Anvil 2", id="1", source="a", text="Anvil 2 costs $5 per million tokens and runs on a laptop.")
    two = stored("Anvil 2 by Acme", id="2", source="b", text="Anvil 2 costs $5 per million tokens and it runs on any laptop.")
    assert len(told(one, two)) == 1


def test_nor_with_a_few_other_words():
    first = stored(
        "Pact", source="A", id="a", text="Acme and Beta end their pact, opening potential deals with Forge and Iron."
    )
    other = stored(
        "Pact", source="B", id="b", text="Acme and Beta are ending their old pact, allowing Acme to use Forge and Iron."
    )
    assert len(told(first, other)) == 1


def test_makers_do_not_speak_where_others_do():
    maker = stored(
        "Acme releases Anvil 2", id="1", source="a", text="We are happy to give Anvil 2 to 40 partners in Europe at $5."
    )
    press = stored(
        "Acme releases Anvil 2", id="2", source="b", text="Anvil 2 goes to 30 partners in Asia for $6, says Reuters."
    )
    assert told(maker, press)[0].startswith("Anvil 2 goes")


def test_a_sentence_that_is_the_headline_with_a_few_words_more_is_not_told():
    title = "Anvil 4 will be released next week and will have image and video capabilities"
    assert told(stored(title, text=f"{title}, according to the Forge Times.")) == [title]
    assert told(stored(title, text=f"Friday: {title}, according to the Forge.")) == [title]


def test_a_digest_does_not_change_its_language_within_a_story():
    title = "Acme keys were no secrets until Anvil changed the rules"
    chinese = stored(title, source="A", text="Acme API 密钥在 Anvil API 上存在严重安全设计缺陷。")
    assert told(chinese) == [title]
    english = stored(title, id="b", source="B", text="Acme found 2,863 keys that open Anvil to anybody.")
    assert told(chinese, english) == ["Acme found 2,863 keys that open Anvil to anybody."]
    assert told(stored("密钥在接口上存在严重安全设计缺陷", text="谷歌的密钥在接口上存在严重安全设计缺陷已有多年。"))


def test_what_an_entry_goes_on_to_is_not_told():
    leak = stored(
        "Acme leaked the source of Anvil",
        text="Acme leaked 512,000 lines of Anvil by mistake. PLUS: Forge raised a lot. Prism fits 8B on a phone.",
    )
    assert told(leak) == ["Acme leaked 512,000 lines of Anvil by mistake."]


def test_an_entry_about_something_else_is_not_told():
    free = stored("Free Anvil Max for maintainers", source="A", text="")
    fund = stored(
        "A fund pays programmers", id="f", source="B", text="Well-known programmers have launched the Forge Endowment."
    )
    assert told(free, fund) == [free.title]


def test_a_line_needs_no_headline_above_it():
    entry = stored(
        "Acme sells Anvil 2 to Beta", text="The company paid $2 billion for the Anvil. Beta closed the deal on Friday."
    )
    assert told(entry, form=Form.LINE) == ["Beta closed the deal on Friday."]


def test_a_line_is_one_sentence():
    assert len(told(VERGE, CRUNCH, form=Form.LINE)) == 1


def test_the_lead_is_told_first_among_equals():
    one = stored("Acme releases Anvil 2", id="1", source="a", text="Anvil 2 runs on laptops with 8 GB of memory.")
    two = stored("Acme releases Anvil 2", id="2", source="b", text="Anvil 2 costs $5 per million tokens of input.")
    assert told(one, two, lead="2")[0] == two.text


def test_only_fresh_entries_are_told():
    old, fresh = (
        stored("Old", id="1", text="Anvil 1 was slow and cost $9 in May."),
        stored("New", id="2", text="Anvil 2 is fast and costs $5."),
    )
    summary = summarise(
        Choice(story=story(old, fresh, lead=old.id), form=Form.FULL, section="Leads", fresh=(fresh,), update=True)
    )
    assert {cited for sentence in summary.sentences for cited in sentence.citations} == {"2"}
    assert summary.title == "New"


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=300)), min_size=1, max_size=4), st.sampled_from(Form))
def test_odd_text_never_costs_the_digest(texts: list[tuple[str, str]], form: Form):
    entries = [
        stored(title, id=str(n), guid=str(n), url=f"https://a.example/{n}", text=text) for n, (title, text) in enumerate(texts)
    ]
    summary = summarise(choice(*entries, form=form))
    assert len(summary.sentences) in {1, 2, 3}
    assert sum(word_count(sentence.text) for sentence in summary.sentences) <= (
        BUDGET if form is Form.FULL else max(BUDGET, LINE_BUDGET)
    )


def test_the_same_stories_give_the_same_words():
    choices = [choice(VERGE, CRUNCH), choice(CRUNCH)]
    writer = factory(Options(), None, None)  # type: ignore[arg-type]  # it asks for no secret
    assert writer.write(choices, Reader(), utc("2026-03-09")) == BuiltIn().write(choices, Reader(), utc("2026-03-09"))


def test_it_takes_no_options():
    with pytest.raises(ValueError, match="extra"):
        Options.model_validate({"model": "x"})
