"""What holds for every form in which a digest can be read."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given

from aggregator import render
from aggregator.models import Digest, EntryId, Form, Section, Sentence, State, ToldStory
from tests.make import digest, told
from tests.render.hostile import A_FEW, digests

FORMS: dict[str, Callable[[Digest], str]] = {
    "terminal": partial(render.as_terminal, width=80, colour=False, links=False),
    "coloured terminal": partial(render.as_terminal, width=80, colour=True, links=True),
    "html": render.as_html,
    "text": render.as_text,
    "markdown": render.as_markdown,
    "json": render.as_json,
}
READABLE = {name: form for name, form in FORMS.items() if name != "json"}
every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
readable = pytest.mark.parametrize("form", READABLE.values(), ids=READABLE)


def week() -> Digest:
    """Give a digest with sections, a headline each, and two one-liners; no other text holds a headline."""

    def story(name: str, **fields: object) -> ToldStory:
        made = told(name, **fields)
        return replace(made, entries=tuple(replace(entry, title="") for entry in made.entries))

    names = ["Acme ships Anvil", "Beta opens its index", "Gamma retires a model", "Delta trains on paper"]
    full = [story(name, update=name.startswith("Gamma")) for name in names]
    lines = [story(name, form=Form.LINE, sentences=()) for name in ("Epsilon hires", "Zeta moves")]
    made = digest(*full, *lines, overview=full[0].sentences)
    ids = [story.id for story in made.stories]
    sections = (
        Section("Leads", tuple(ids[:1])),
        Section("Researcher", tuple(ids[1:4])),
        Section("Also this week", tuple(ids[4:])),
    )
    return replace(made, sections=sections)


@readable
def test_each_story_stands_in_it_once_and_in_order(form: Callable[[Digest], str]):
    made, shown = week(), form(week())
    places = [shown.find(story.title) for story in made.stories]
    assert places == sorted(places)
    assert [shown.count(story.title) for story in made.stories] == [1] * len(made.stories)


@readable
def test_every_citation_has_its_source_in_the_list(form: Callable[[Digest], str]):
    stories = [told(entries=(replace(told().entries[0], id=EntryId(name), source=name),)) for name in ("Ay", "Bee", "Cee")]
    cited = [replace(story, sentences=(Sentence("It is so.", (story.entries[0].id,)),)) for story in stories]
    shown = form(digest(*cited))
    for number, story in enumerate(cited, start=1):
        assert f"[{number}]" in shown
        assert shown.rindex(f"[{number}]" if "<html" not in shown else "<ol") < shown.rindex(story.entries[0].source)


@readable
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sample": True}, "Sample week: invented makers and products."),
        ({"state": State.PARTIAL}, "This digest is partial"),
        ({"state": State.QUIET}, "A quiet week"),
        ({}, "Update: "),
        ({}, "Read 3 of 3 sources, 12 entries; none failed."),
        ({}, "digest verify 2026-03-02-abcdef"),
    ],
    ids=["sample", "partial", "quiet", "update", "what was read", "how to check"],
)
def test_it_says_what_has_to_be_said(form: Callable[[Digest], str], fields: dict[str, object], said: str):
    assert said in " ".join(form(replace(week(), **fields)).split())  # type: ignore[arg-type]


@every_form
def test_the_same_digest_gives_the_same_bytes(form: Callable[[Digest], str]):
    made = week()
    assert form(made).encode() == form(made).encode()


@A_FEW
@given(digests())
def test_no_text_of_a_source_breaks_it(made: Digest):
    for form in FORMS.values():
        assert form(made).encode().decode().endswith("\n")


@every_form
def test_a_digest_without_stories_can_be_read(form: Callable[[Digest], str]):
    assert form(replace(digest(), stories=(), sections=()))
