"""The installed command against real servers on loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


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


@pytest.fixture
def digest(tmp_path: Path, own_home: Path) -> Digest:
    """Give the command `digest`, run in an empty folder with a home of its own; a traceback fails the test."""
    folder = tmp_path / "working"
    folder.mkdir()

    def run(*words: str, given: str = "", **environment: str) -> Ran:
        call = [sys.executable, "-c", "from aggregator.cli import main; main()", *words]
        ended = subprocess.run(
            call,
            check=False,
            capture_output=True,
            text=True,
            input=given,
            cwd=folder,
            timeout=100,
            env={**os.environ, "DIGEST_HOME": str(own_home), "NO_COLOR": "1", "TZ": "UTC", **environment},
        )
        assert "Traceback" not in ended.stderr, ended.stderr
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    return run
