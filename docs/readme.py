"""Renew what the README shows: `python docs/readme.py`. A test says when the printed digest is stale.

The beginning of the sample week's digest, as a terminal shows it, goes between the marks in README.md; the pictures of the
same digest go to docs/images (Chromium has to be installed for these; `--text` leaves them out).
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?<=<!-- demo -->\n).*?(?=<!-- /demo -->)", re.DOTALL)
STORIES = 3
CALL = (sys.executable, "-c", "from aggregator.cli import main; main()", "demo", "--quiet")


def demo(*words: str) -> str:
    """Give what `digest demo` prints."""
    return subprocess.run([*CALL, *words], capture_output=True, text=True, check=True).stdout  # noqa: S603  # our own


def block() -> str:
    """Give the block that belongs into the README: the head of the digest and its first stories."""
    head, leads, *_ = demo().split("\n\n\n")
    first = "\n\n".join(leads.split("\n\n")[:STORIES])
    return f"```text\n{head}\n\n\n{first}\n\n  ...\n```\n"


def main() -> None:
    """Write the block, then the pictures."""
    readme = ROOT / "README.md"
    readme.write_text(BLOCK.sub(lambda _: block(), readme.read_text("utf-8")), encoding="utf-8")
    if "--text" not in sys.argv:
        made = ROOT / "docs" / "images"
        made.mkdir(exist_ok=True)
        source = made / "digest.json"
        source.write_text(demo("--format", "json"), encoding="utf-8")
        subprocess.run([sys.executable, ROOT / "docs" / "pictures.py", source, made], check=True)  # noqa: S603  # our own
        source.unlink()


if __name__ == "__main__":
    main()
