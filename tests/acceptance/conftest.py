"""The installed command against real servers on loopback. A process takes a second: tests that only read share a run."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

COMMAND = (sys.executable, "-c", "from aggregator.cli import main; main()")


@dataclass(frozen=True)
class Ran:
    """How a run of the command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Digest = Callable[..., Ran]


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Give the environment of a run: its own data folder, and nothing of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DIGEST_", "OPENAI_"))}
    own = {"DIGEST_HOME": str(home), "HOME": str(home.parent), "XDG_CONFIG_HOME": str(home.parent / "config")}
    return {**kept, **own, "NO_COLOR": "1", "TERM": "xterm", "TZ": "UTC", **more}


def digest_in(folder: Path) -> Digest:
    """Give the command `digest`, run in a folder, its data in `home` there; a traceback fails the test."""
    working = folder / "working"
    working.mkdir(exist_ok=True)

    def run(*words: str, given: str = "", **popen: Any) -> Ran:
        environment = surroundings(folder / "home")
        ended = subprocess.run(
            [*COMMAND, *words],
            check=False,
            capture_output=True,
            text=True,
            input=given,
            cwd=working,
            timeout=100,
            env=environment,
            **popen,
        )
        assert "Traceback" not in ended.stderr, ended.stderr
        assert "a fault in this program" not in ended.stderr, ended.stderr
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    return run


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """Give the command with a data folder of this test alone (conftest.own_home)."""
    return digest_in(tmp_path)
