"""What foreign text becomes on its way to a terminal."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from aggregator.cli import printing
from tests.make import utc

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_json_says_exactly_what_it_was_given_in_characters_that_any_terminal_can_have(text: str):
    told = printing.json_text({"title": text}, indent=None)
    assert json.loads(told) == {"title": text}
    told.encode("utf-8")
    assert not [char for char in told if char < " " or "\x7f" <= char <= "\x9f" or char in "\u202e\u2066\u2028"]


def test_times_are_those_of_the_digests_json_form():
    assert printing.json_text([utc("2026-03-04T09:00")], indent=None) == '["2026-03-04T09:00:00Z"]'


@given(ANY_TEXT)
def test_a_window_gets_lines_that_fit_and_begin_under_each_other(text: str):
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr(printing, "window", lambda: 40)
        patch.setattr(printing.typer, "echo", said.append)
        printing.hung("2026-03-04  ", text)
    assert said[0].startswith("2026-03-04  ")
    assert all(line.startswith(" " * 12) for line in said[1:])
    assert all(cell_len(line) <= 40 and "\n" not in line for line in said)


def test_a_pipe_gets_one_line_however_long(capsys: pytest.CaptureFixture[str]):
    printing.hung("head  ", "word\n" * 300)
    assert capsys.readouterr().out.count("\n") == 1


HEAVY = ("httpx", "sqlmodel", "feedparser", "rich", "pydantic", "jinja2", "sqlalchemy", "ruamel", "alembic", "selectolax")


def test_the_command_answers_for_help_without_loading_anything_heavy():
    script = f"import aggregator.cli.app, sys; print([name for name in {HEAVY} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
