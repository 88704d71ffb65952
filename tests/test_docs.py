"""The pages say what the program does."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_of_commands_is_what_the_commands_print():
    written = runpy.run_path(str(DOCS / "commands.py"))
    assert (DOCS / "cli.md").read_text("utf-8") == written["page"](), "stale: run `python docs/commands.py`"


def test_the_readme_shows_what_the_demo_prints():
    script = runpy.run_path(str(DOCS / "readme.py"))
    shown = script["BLOCK"].search((DOCS.parent / "README.md").read_text("utf-8"))
    assert shown is not None
    assert shown.group() == script["block"](), "stale: run `python docs/readme.py`"
