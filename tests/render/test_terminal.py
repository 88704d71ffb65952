"""What a terminal shows: our codes alone, within the margin, whatever the sources wrote."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from aggregator.models import Digest, EntryId, Sentence, Tag
from aggregator.render import as_terminal, as_text
from tests.make import digest, told
from tests.render.hostile import A_FEW, digests

OURS = re.compile(r"\x1b\[[012]m|\x1b\]8;;[!-~]*\x1b\\")
ACTIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)


def shown(made: Digest, width: int = 80) -> list[str]:
    return as_terminal(made, width=width, colour=False, links=False).splitlines()


def is_address(line: str) -> bool:
    return line.strip().startswith(("http://", "https://", "digest verify"))


@A_FEW
@given(digests(), st.booleans(), st.booleans())
def test_no_control_code_but_ours_reaches_the_terminal(made: Digest, colour: bool, links: bool):
    printed = as_terminal(made, width=80, colour=colour, links=links)
    assert not ACTIVE.search(OURS.sub("", printed))
    assert colour or "\x1b[" not in printed
    assert links or "\x1b]" not in printed


@A_FEW
@given(digests(), st.integers(16, 200))
def test_lines_keep_the_margin(made: Digest, width: int):
    edge = min(76, width)
    assert [line for line in shown(made, width) if cell_len(line) > edge and not is_address(line)] == []


@A_FEW
@given(digests())
def test_a_mail_has_72_columns_and_no_code(made: Digest):
    text = as_text(made)
    assert not ACTIVE.search(text)
    assert [line for line in text.splitlines() if cell_len(line) > 72 and not is_address(line)] == []


@A_FEW
@given(digests())
def test_colour_and_links_change_no_word(made: Digest):
    plain = as_terminal(made, width=80, colour=False, links=False)
    assert OURS.sub("", as_terminal(made, width=80, colour=True, links=True)) == plain


def test_80_columns_are_wrapped_at_76_with_an_indent_of_2():
    sentence = Sentence("word " * 60 + "end.", (EntryId("e"),))
    made = digest(told(sentences=(sentence,), entries=(replace(told().entries[0], id=EntryId("e")),)))
    lines = [line for line in shown(made) if "word" in line]
    assert all(line.startswith("  word") for line in lines)
    assert max(map(len, lines)) in range(72, 77)


@pytest.mark.parametrize("width", [16, 24, 40, 80, 200])
def test_an_address_stands_alone_and_whole(width: int):
    long = "https://acme.example/" + "path/" * 60
    assert long in [line.strip() for line in shown(digest(told(url=long)), width)]


def test_without_colour_the_structure_is_still_there():
    made = digest(told("Acme ships Anvil"))
    lines = shown(made)
    heading = lines.index("  LEADS")
    assert lines[heading + 1] == "  " + "-" * 74
    assert lines[heading + 2] == "  Acme ships Anvil"


def test_headlines_are_bold_and_citations_dim():
    printed = as_terminal(digest(told("Acme ships Anvil")), width=80, colour=True, links=False)
    assert "\x1b[1mAcme ships Anvil\x1b[0m" in printed
    assert "\x1b[2m[1]\x1b[0m" in printed


def test_a_citation_is_a_link_where_the_terminal_has_links():
    made = digest(told())
    url = made.stories[0].entries[0].url
    assert f"\x1b]8;;{url}\x1b\\[1]\x1b]8;;\x1b\\" in as_terminal(made, width=80, colour=False, links=True)


def test_tags_and_publishers_stand_on_one_line_each():
    lines = [line.strip() for line in shown(digest(told(archetypes=(Tag("ux", "voice"), Tag("safety", "")))))]
    assert "ux because: voice; safety" in lines
    assert "Told by: Acme." in lines


def test_a_second_tag_gives_way_where_the_line_is_full():
    tags = Tag("ux", "voice mode, user interface"), Tag("researcher", "a long reason that fills the whole of the line")
    printed = as_terminal(digest(told(archetypes=tags)), width=80, colour=False, links=False)
    assert "\n  ux because: voice mode, user interface\n" in printed


def test_nothing_is_read_from_the_environment_or_drawn_by_chance(monkeypatch: pytest.MonkeyPatch):
    made = digest(told())
    before, state = as_terminal(made, width=80, colour=True, links=True), random.getstate()
    for name, value in {"COLUMNS": "20", "NO_COLOR": "1", "TERM": "dumb", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    assert as_terminal(made, width=80, colour=True, links=True) == before
    assert random.getstate() == state
