"""A file with a given text, and what is read from it."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from aggregator.catalogue import Catalogue, read
from aggregator.errors import CatalogueError
from aggregator.models import Archetype

ARCHETYPES = [Archetype(name=name, title=name.title(), description=name) for name in ("data-pipeline", "researcher", "ux")]

Reads = Callable[[str], Catalogue]
Refuses = Callable[[str | bytes], str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sources.yaml"


@pytest.fixture
def reads(path: Path) -> Reads:
    """Read a text as sources.yaml."""

    def reading(text: str) -> Catalogue:
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return read(path, archetypes=ARCHETYPES, timezone="Europe/Berlin")

    return reading


@pytest.fixture
def refuses(path: Path) -> Refuses:
    """Read a text that is wrong, and give what a person is told, without the folder."""

    def refusal(text: str | bytes) -> str:
        path.write_bytes(textwrap.dedent(text).encode() if isinstance(text, str) else text)
        with pytest.raises(CatalogueError) as caught:
            read(path, archetypes=ARCHETYPES, timezone="UTC")
        return str(caught.value).replace(f"{path.parent}/", "")

    return refusal
