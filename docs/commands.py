"""Write docs/cli.md from the commands themselves: `python docs/commands.py`. A test says when the page is stale."""

from pathlib import Path

from typer.testing import CliRunner

from aggregator.cli.app import app

PAGE = Path(__file__).parent / "cli.md"
COMMANDS = (
    "",
    "fetch",
    "show",
    "stories",
    "search",
    "verify",
    "sources",
    "sources list",
    "sources add",
    "sources remove",
    "sources check",
    "sources import",
    "sources export",
    "demo",
    "init",
    "doctor",
    "export",
    "forget",
)
OPENING = """\
# The command

`digest --now` makes a digest; everything else helps to. Results go to stdout, all else to stderr, so that a pipe gets
the digest and nothing but it. `--config`, `--verbose` and `--quiet` may stand before or after a command's name. This page is
written by `python docs/commands.py`.

## How it ends

| exit code | meaning |
| --- | --- |
| 0 | done, also when some sources failed: they are listed |
| 1 | failed: a full disk, an unreadable or newer database, what `verify`, `doctor` or `sources check` found |
| 2 | wrong usage or configuration |
| 3 | nothing could be fetched and nothing is stored |
| 4 | nothing to say |
| 5 | a partial digest, where `--strict` was given |
| 130 | interrupted |

"""


def page() -> str:
    """Give the page as the commands of this checkout print it, 80 columns wide."""
    runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"})
    parts = [OPENING]
    for command in COMMANDS:
        told = runner.invoke(app, [*command.split(), "--help"], prog_name="digest").stdout
        title = f"digest {command}".strip()
        parts.append(f"## {title}\n\n```text\n{told.rstrip()}\n```\n\n")
    return "".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
