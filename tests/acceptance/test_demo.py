"""`digest demo`: the sample week, served on loopback, through the whole walk."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aggregator.sample import SAMPLE_SINCE, SAMPLE_UNTIL

# Of each big story: words that stand in the title of one entry and of no other.
BIG = {
    "a model": "Introducing Corvid 3.2",
    "the price of its predecessor": "Corvid 3.1 now costs",
    "open weights": "Dunnock 4B is open",
    "an outage": "outage takes AI services down",
    "an incident": "A calendar invitation made",
    "a lawsuit": "Forty-one photographers",
    "an image model": "Pigment Works releases Ochre 2",
    "a vector index": "Sedge 2.0 released",
    "an essay": "The apprentice who never spoils the wood",
    "a law": "Averland passes an AI law",
}
NOISE = [
    "mechanical keyboard",
    "best AI tools",
    "Tutorial",
    "prompts for your sales team",
    "absolutely right",
    "Container rates",
    "Weekend deals",
    "broad beans",
    "shed dry",
    "lighthouse",
    "Watercolour",
    "ferry",
]
OLDER = ["Introducing Corvid 3.1", "Dunnock 1B", "Sedge 1.9", "What we know about Ochre 2"]


def demo(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-c", "from aggregator.cli import main; main()", "demo", *words]
    environment = {**os.environ, "DIGEST_HOME": str(home / "data"), "HOME": str(home), "NO_COLOR": "1", "TZ": "UTC"}
    return subprocess.run(call, check=False, capture_output=True, text=True, cwd=home, timeout=100, env=environment)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give the sample's digest in its JSON form."""
    ran = demo(tmp_path_factory.mktemp("demo"), "--format", "json", "--quiet")
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


def stories_with(told: Any, words: str) -> list[str]:
    return [story["id"] for story in told["stories"] if any(words in entry["title"] for entry in story["entries"])]


def test_it_is_labelled_and_leaves_nothing_behind(tmp_path: Path):
    ran = demo(tmp_path)
    assert ran.returncode == 0
    assert "sample week" in ran.stdout.lower()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_it_says_what_it_could_not_read(told: Any):
    assert (told["state"], told["coverage"]["sources"], told["coverage"]["read"]) == ("complete", 15, 14)
    assert [failed["source"] for failed in told["coverage"]["failed"]] == ["Model Gazette"]


@pytest.mark.parametrize("words", BIG.values(), ids=BIG)
def test_what_everybody_told_is_told_once(told: Any, words: str):
    assert len(stories_with(told, words)) == 1


def test_two_versions_are_two_stories(told: Any):
    assert stories_with(told, BIG["a model"]) != stories_with(told, BIG["the price of its predecessor"])


@pytest.mark.parametrize("words", [*NOISE, *OLDER])
def test_noise_and_what_is_older_stay_out(told: Any, words: str):
    assert stories_with(told, words) == []


def test_no_entry_stands_in_two_stories(told: Any):
    entries = [entry["id"] for story in told["stories"] for entry in story["entries"]]
    assert len(entries) == len(set(entries))


def test_every_archetype_has_at_least_two_stories(told: Any):
    tags = [tag["name"] for story in told["stories"] for tag in story["archetypes"]]
    wanted = {"data-pipeline", "ux", "researcher", "artist", "safety", "philosophy", "business"}
    assert {name: tags.count(name) for name in wanted if tags.count(name) < 2} == {}


def test_every_entry_is_of_the_week(told: Any):
    dates = sorted(entry["published"] for story in told["stories"] for entry in story["entries"])
    assert SAMPLE_SINCE.strftime("%Y-%m-%dT%H:%M:%SZ") <= dates[0]
    assert dates[-1] < SAMPLE_UNTIL.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_it_is_as_long_as_six_minutes(told: Any):
    full = [story for story in told["stories"] if story["form"] == "full"]
    assert 15 <= len(full) <= 20
    assert 700 <= told["words"] <= 1100
