"""Markdown, as a CommonMark parser reads it."""

from dataclasses import replace

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from aggregator.models import Digest
from aggregator.render import as_markdown
from aggregator.render.links import link
from aggregator.render.markdown import escaped
from aggregator.text.line import one_line
from tests.make import digest, told
from tests.render.hostile import A_FEW, TEXTS, digests

OURS = {"text", "softbreak", "hardbreak", "link_open", "link_close", "em_open", "em_close", "code_inline"}
BLOCKS = {"heading", "paragraph", "bullet_list", "list_item", "hr", "inline"}
parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


@given(TEXTS)
def test_a_text_is_only_ever_text(text: str):
    line = one_line(text)
    (_, token, _) = parser.parse(escaped(line)) or (None, Token("inline", "", 0, children=[]), None)
    assert {child.type for child in token.children or []} <= {"text"}
    assert "".join(child.content for child in token.children or []) == line.strip()


@A_FEW
@given(digests())
def test_no_markup_is_the_sources(made: Digest):
    tokens = parser.parse(as_markdown(made))
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= BLOCKS
    assert {token.type for token in inline(tokens)} <= OURS
    allowed = {
        found.url for story in made.stories for url in (story.url, *(e.url for e in story.entries)) if (found := link(url))
    }
    assert {token.attrs["href"] for token in inline(tokens) if token.type == "link_open"} <= allowed


def test_citations_stay_literal():
    made = digest(told())
    sentence = next(token for token in parser.parse(as_markdown(made)) if token.content.startswith("Anvil"))
    assert sentence.content == "Anvil 2 is twice as fast as Anvil 1.[1]"
    assert [child.type for child in sentence.children or []] == ["text"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("snake_case and 3 - 4", "snake_case and 3 - 4"),
        ("*bold* and [x](y)", r"\*bold\* and \[x\](y)"),
        ("2026. A year", r"2026\. A year"),
        ("- no list", r"\- no list"),
        ("see http://evil.example", r"see http\://evil.example"),
        ("www.evil.example", r"www\.evil.example"),
        ("me@evil.example", r"me\@evil.example"),
        ("@simonw says", "@simonw says"),
    ],
)
def test_only_what_would_act_is_escaped(text: str, written: str):
    assert escaped(text) == written


def test_headings_tell_the_outline():
    made = digest(told("Acme ships Anvil"))
    outline = [line for line in as_markdown(made).splitlines() if line.startswith("#")]
    assert outline == ["# AI news, 2-8 March 2026", "## Leads", "### Acme ships Anvil", "## Sources"]


def test_a_title_that_ends_in_hashes_keeps_them():
    assert r"### C\#\#" in as_markdown(digest(replace(told("C##"))))
