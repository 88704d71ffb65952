"""Times of the installed command, as a person waits for them."""

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

COMMAND = str(Path(sys.executable).with_name("digest"))


def seconds(*words: str, home: Path, allowed: tuple[int, ...] = (0,)) -> float:
    """Run `digest` with these words and give how long it took; stop where it failed."""
    environment = {**os.environ, "DIGEST_HOME": str(home), "NO_COLOR": "1"}
    started = perf_counter()
    ended = subprocess.run([COMMAND, *words], check=False, capture_output=True, text=True, env=environment, cwd=home)
    took = perf_counter() - started
    if ended.returncode not in allowed:
        sys.exit(f"digest {' '.join(words)} ended with {ended.returncode}:\n{ended.stderr}")
    return took


def row(name: str, took: float, remark: str = "") -> None:
    """Print one line of a table."""
    print(f"{name:<44} {took * 1000:>8.0f} ms  {remark}".rstrip())
