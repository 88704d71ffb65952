"""Write docs/cli.md from the commands themselves: `python docs/commands.py`. A test says when the page is stale."""

import os
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent / "cli.md"
COMMANDS = (
    "",
    "fetch",
    "show",
    "stories",
    "search",
    "verify",
    "sources",
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

`digest --now` makes a digest; everything else helps to. Results go to stdout, all else to stderr, so that a pipe gets the digest
and nothing but it. `--config`, `--verbose` and `--quiet` may stand before or after a command's name. This page is written by
`python docs/commands.py`.

## How it ends

| exit code | meaning |
| --- | --- |
| 0 | done, also when some sources failed: they are listed |
| 1 | failed: a full disk, an unreadable or newer database, faults that `verify` or `doctor` found, a source that `sources check` could not read |
| 2 | wrong usage or configuration |
| 3 | nothing could be fetched and nothing is stored |
| 4 | nothing to say |
| 5 | a partial digest, where `--strict` was given |
| 130 | interrupted |

"""


def page() -> str:
    """Give the page as the commands of this checkout print it, 80 columns wide."""
    environment = {**os.environ, "COLUMNS": "80", "TERMINAL_WIDTH": "80", "NO_COLOR": "1"}
    parts = [OPENING]
    for command in COMMANDS:
        call = [sys.executable, "-c", "from aggregator.cli import main; main()", *command.split(), "--help"]
        told = subprocess.run(call, capture_output=True, text=True, check=True, env=environment).stdout  # noqa: S603  # our own
        title = f"digest {command}".strip()
        parts.append(f"## {title}\n\n```text\n{told.rstrip()}\n```\n\n")
    return "".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
