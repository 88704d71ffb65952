"""Kinds come from entry points: of this program and of packages of someone else's."""

from pathlib import Path

import pytest

from aggregator.catalogue import kinds, load_kind
from aggregator.errors import CatalogueError
from tests.catalogue.conftest import Reads, Refuses

GOOD = """
from pydantic import BaseModel

class Options(BaseModel, extra="forbid"):
    address: str = "here"
    least: int = 1

def factory(options, secrets, tools):
    return options.least
"""


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a package of someone else's with some kinds of source: a folder on the path, as pip would lay it out."""
    folder = tmp_path / "site"
    meta = folder / "theirs-1.0.dist-info"
    meta.mkdir(parents=True)
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    (meta / "entry_points.txt").write_text(
        "[aggregator.sources]\ntheirs = their_good\nbroken = their_broken\nempty = their_empty\ngone = their_gone\n"
        "radio = their_good\ncontested = their_good\n"
    )
    (folder / "their_good.py").write_text(GOOD)
    (folder / "their_broken.py").write_text("raise RuntimeError('no such codec')\n")
    (folder / "their_empty.py").write_text("")
    monkeypatch.syspath_prepend(str(folder))
    return folder


def test_the_installed_kinds_are_named_in_order(plugged: Path):
    assert kinds("aggregator.sources") == ("broken", "contested", "empty", "feed", "gone", "radio", "theirs")
    assert kinds("aggregator.nothing") == ()


@pytest.mark.usefixtures("plugged")
def test_a_kind_of_someone_elses_is_read_like_ours(reads: Reads):
    (one,) = reads("sources:\n  - theirs: {least: 3}\n    weight: 2\n").sources
    assert (one.source.kind, one.source.address, one.source.name, one.source.weight) == ("theirs", "here", "theirs here", 2)
    assert load_kind("aggregator.sources", "theirs").factory(one.options, None, None) == 3


@pytest.mark.usefixtures("plugged")
def test_its_options_are_checked_with_line(refuses: Refuses):
    assert refuses("sources:\n  - radio:\n      least: many\n").startswith(
        "sources.yaml:3: radio: least: input should be a valid integer"
    )
    assert refuses("sources:\n  - radio: {most: 1}\n") == "sources.yaml:2: radio: unknown key 'most', expected address or least"
    assert refuses("sources:\n  - radio: [1]\n").startswith("sources.yaml:2: radio: input should be a valid dictionary")


@pytest.mark.usefixtures("plugged")
@pytest.mark.parametrize(
    ("kind", "module", "reason"),
    [
        ("broken", "their_broken", "RuntimeError: no such codec"),
        ("gone", "their_gone", "ModuleNotFoundError: No module named 'their_gone'"),
        ("empty", "their_empty", "it has no pydantic model `Options`"),
    ],
)
def test_a_broken_plug_in_is_named(refuses: Refuses, kind: str, module: str, reason: str):
    told = refuses(f"sources:\n  - {kind}: x\n")
    assert told.startswith(f"sources.yaml:2: the plug-in '{module}' behind the kind '{kind}' cannot be loaded: {reason}. ")


@pytest.mark.usefixtures("plugged")
def test_a_broken_plug_in_that_no_source_mentions_does_no_harm(reads: Reads):
    assert len(reads("sources: [{feed: https://a.example/}]").sources) == 1


def test_two_plug_ins_with_one_word_are_both_named(plugged: Path):
    other = plugged / "others-1.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: others\nVersion: 1.0\n")
    (other / "entry_points.txt").write_text("[aggregator.sources]\ncontested = other_one\n")
    with pytest.raises(CatalogueError, match="two plug-ins offer the kind 'contested': other_one and their_good"):
        load_kind("aggregator.sources", "contested")


def test_a_kind_that_nobody_offers_is_told():
    with pytest.raises(CatalogueError, match="no installed plug-in offers the kind 'nothing'"):
        load_kind("aggregator.sources", "nothing")
