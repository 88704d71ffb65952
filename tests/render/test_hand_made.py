"""Held against the digests that an editor made by hand of a real week."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from aggregator.models import Digest
from aggregator.render import as_html, as_json, as_markdown, as_terminal, as_text, from_json

READERS = {"reader-a": ["data-pipeline", "researcher"], "reader-b": ["ux", "safety"]}
by_hand = pytest.mark.parametrize("reader", READERS)


def load(folder: Path, reader: str) -> Digest:
    """Read one, with the keys that a hand leaves out."""
    made: dict[str, Any] = json.loads((folder / "digest" / f"{reader}.json").read_text("utf-8"))
    brief = made["sections"][-1]["stories"]
    stories = [
        {"form": "line" if story["id"] in brief else "full", "update": False, **story, "writer": "built-in"}
        for story in made["stories"]
    ]
    return from_json(json.dumps({"id": reader, "state": "complete", "archetypes": READERS[reader], **made, "stories": stories}))


def outline(markdown: str) -> list[str]:
    return re.findall(r"^##+ (?!Sources).*", markdown, flags=re.MULTILINE)


@by_hand
def test_sections_and_headlines_stand_where_the_editor_put_them(shared: Path, reader: str):
    by_editor = (shared / "digest" / f"{reader}.md").read_text("utf-8")
    ours = as_markdown(load(shared, reader)).replace("\\", "")
    assert outline(ours) == outline(by_editor)


@by_hand
def test_citations_are_numbered_as_the_editor_did(shared: Path, reader: str):
    by_editor = (shared / "digest" / f"{reader}.md").read_text("utf-8")
    numbers = [
        re.findall(r"(?<=\[)\d+(?=\])", text.split("\n## Sources")[0])
        for text in (as_markdown(load(shared, reader)), by_editor)
    ]
    assert numbers[0] == numbers[1]


@by_hand
def test_tags_and_remarks_are_those_of_the_editor(shared: Path, reader: str):
    by_editor = (shared / "digest" / f"{reader}.md").read_text("utf-8")
    remarks = [
        re.findall(r"^\*(?!AI news|\d+ stories).*\*$", text.replace("\\", ""), flags=re.MULTILINE)
        for text in (as_markdown(load(shared, reader)), by_editor)
    ]
    assert remarks[0] == remarks[1]


@by_hand
def test_a_real_week_fits_into_a_mail_and_comes_back_from_its_json(shared: Path, reader: str):
    made = load(shared, reader)
    assert len(as_html(made).encode()) < 90_000
    assert from_json(as_json(made)) == made


@by_hand
def test_every_story_stands_once_in_what_a_person_reads(shared: Path, reader: str):
    made = load(shared, reader)
    for text in (as_terminal(made, width=80, colour=False, links=False), as_text(made)):
        assert text.count("\nTold by: ") + text.count("\n  Told by: ") == sum(story.form == "full" for story in made.stories)
        assert len(re.findall(r"^ *- ", text, flags=re.MULTILINE)) == sum(story.form == "line" for story in made.stories)
