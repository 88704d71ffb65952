"""The JSON form: complete, stable, and refused where it is anything else."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import CheckError, UsageError
from aggregator.models import Digest, EntryId, Sentence
from aggregator.render import as_json, from_json
from tests.make import digest, told
from tests.render.hostile import A_FEW, digests

DOCUMENT = Path(__file__).parents[2] / "docs" / "json.md"
ORDER = [
    *("version", "id", "state", "title", "since", "until", "reader", "minutes", "words"),
    *("overview", "sections", "stories", "coverage", "archetypes", "sample"),
]
STORY = ["id", "form", "update", "title", "url", "archetypes", "sentences", "writer", "entries"]
ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def form(**changes: object) -> dict[str, Any]:
    """Give the form of a digest, with changes."""
    return {**json.loads(as_json(digest())), **changes}


@A_FEW
@given(digests())
def test_what_is_written_is_read_again(made: Digest):
    assert from_json(as_json(made)) == made


@A_FEW
@given(digests())
def test_a_terminal_can_show_it(made: Digest):
    assert not ACTIVE.search(as_json(made))


def test_the_keys_stand_in_their_order():
    assert list(form()) == ORDER


def test_a_story_has_its_keys_in_their_order():
    (story, _) = form()["stories"]
    assert list(story) == STORY
    assert list(story["sentences"][0]) == ["text", "citations"]
    assert list(story["entries"][0]) == ["id", "guid", "title", "url", "source", "published"]
    assert list(story["archetypes"][0])[:2] == ["name", "reason"]


def test_times_are_utc_and_whole_minutes_whole():
    assert (form()["since"], form()["minutes"]) == ("2026-03-02T00:00:00Z", 6)
    assert '"minutes": 6,' in as_json(digest())
    assert '"minutes": 6.5,' in as_json(digest(minutes=6.5))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Invalid JSON"),
        ("{", "Invalid JSON"),
        ("[" * 100_000, "Invalid JSON"),
        ("[]", "should be"),
        ("null", "should be"),
        ("{}", "id is missing"),
        ('{"version": 1}', "id is missing"),
        ("# AI news", "Invalid JSON"),
    ],
    ids=["empty", "cut off", "too deep", "a list", "null", "an object", "a version alone", "markdown"],
)
def test_what_is_no_digest_is_refused_in_a_sentence(text: str, why: str):
    with pytest.raises(UsageError, match=f"week.json: this is not a digest: .*{why}") as refused:
        from_json(text, where="week.json")
    assert "digest show --format json" in refused.value.todo


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"version": 2}, "it has version 2, and this program reads version 1"),
        ({"state": "splendid"}, "state: "),
        ({"since": "2026-03-02T00:00:00"}, "a time has no zone"),
        ({"since": "2026-03-09T00:00:00Z"}, "it ends before it begins"),
        ({"sections": []}, "its sections do not hold each of its stories once"),
        ({"words": "many"}, "words: "),
        ({"stories": [{}]}, r"stories\[0\].id is missing"),
    ],
    ids=["later version", "state", "naive", "backwards", "lost stories", "kind", "missing"],
)
def test_what_contradicts_itself_is_refused(changes: dict[str, object], why: str):
    with pytest.raises(UsageError, match=why):
        from_json(json.dumps(form(**changes)))


def test_a_citation_that_leads_nowhere_is_a_fault_of_the_digest():
    changed = form(overview=[{"text": "Hello.", "citations": ["nowhere"]}])
    with pytest.raises(CheckError, match=r"week\.json: a sentence cites nowhere, which the digest does not list"):
        from_json(json.dumps(changed), where="week.json")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda x: st.lists(x) | st.dictionaries(st.text(max_size=5), x),
    )
)
def test_any_other_json_is_refused_and_nothing_else_happens(value: object):
    with pytest.raises(UsageError):
        from_json(json.dumps(value))


def test_keys_of_later_programs_are_passed_over_and_missing_later_keys_have_a_default():
    changed = form(mood="sunny")
    del changed["archetypes"], changed["sample"]
    read = from_json(json.dumps(changed))
    assert (read.archetypes, read.sample) == ((), False)


def test_a_byte_order_mark_is_no_fault():
    assert from_json("\ufeff" + as_json(digest()))


def test_half_a_character_is_written_so_that_it_can_be_encoded():
    broken = told(sentences=(Sentence("half \ud83d", (EntryId("e"),)),), entries=(replace(told().entries[0], id=EntryId("e")),))
    assert from_json(as_json(digest(broken)).encode().decode()).stories[0].sentences[0].text == "half \ufffd"


def keys(value: object) -> set[str]:
    """Collect every key of a JSON value."""
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()


def test_every_key_is_documented_and_no_other():
    text = DOCUMENT.read_text("utf-8")
    documented = set(re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE))
    assert documented == keys(json.loads(example(text)))
    assert documented >= keys(form())


def test_the_example_in_the_document_is_a_digest_word_for_word():
    text = example(DOCUMENT.read_text("utf-8"))
    assert as_json(from_json(text)) == text


def example(text: str) -> str:
    """Find the example in the document: a digest in which no list is empty."""
    (found,) = re.findall(r"```json\n(.*?)```", text, flags=re.DOTALL)
    return found
