"""Files that are no good YAML, or no file at all."""

import time
from pathlib import Path

import pytest

from aggregator.catalogue import read
from aggregator.catalogue.document import MOST_BYTES
from aggregator.errors import CatalogueError
from tests.catalogue.conftest import Reads, Refuses

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 15)
)

BROKEN = {
    "sources:\n\t- feed: x\n": "sources.yaml:2: not YAML: a tab stands where a line is indented. Indent with spaces.",
    "sources:\n  - feed: x\n    name: A\n    name: B\n": "sources.yaml:4: the key 'name' stands twice, here and on line 3. "
    "Keep one of them.",
    "sources: []\nsources: []\n": "sources.yaml:2: the key 'sources' stands twice, here and on line 1. Keep one of them.",
    "sources: [a\nreaders: b\n": None,
    "sources: 'a\n": None,
    "a: b: c\n": None,
    "sources:\n  - feed: x\n   name: y\n": None,
    "a: *nobody\n": None,
    "---\na: 1\n---\nb: 2\n": None,
    "%YAML 9.9\n---\na: 1\n": None,
    "a: \x00\n": "sources.yaml:1: not YAML: the character '\\x00' may not stand in it",
    "a: 1\nb: \x07\n": "sources.yaml:2: not YAML: the character '\\x07' may not stand in it",
    "? [a]\n: 1\n": "sources.yaml:1: expected a word as key, found a list or a mapping. Write `key: value`.",
    "a: 1\nb: !!python/object/apply:os.system [x]\n": "sources.yaml:2: expected a plain value, found the tag "
    "'tag:yaml.org,2002:python/object/apply:os.system'. Leave the tag out.",
    "a: !mine x\n": "sources.yaml:1: expected a plain value, found the tag '!mine'. Leave the tag out.",
    "a: &a [*a]\n": "sources.yaml:1: nested more than 20 deep. Does an alias stand inside of what it stands for?",
    "a: " + "[" * 5000: None,
}


@pytest.mark.parametrize(("text", "told"), BROKEN.items(), ids=lambda value: repr(value)[:50])
def test_what_is_no_yaml_is_told_in_one_line(refuses: Refuses, text: str, told: str | None):
    said = refuses(text)
    assert said.startswith("sources.yaml")
    assert "\n" not in said
    assert told is None or said == told


def test_aliases_do_not_explode(refuses: Refuses):
    before = time.process_time()
    assert "nested more than 20 deep" in refuses(BOMB) or "100,000 values" in refuses(BOMB)
    assert time.process_time() - before < 20


def test_another_encoding_is_told_with_the_line_of_its_first_byte(refuses: Refuses):
    assert refuses("sources:\n  - name: Müller\n".encode("latin-1")) == (
        "sources.yaml:2: expected UTF-8, found the byte 0xfc. Save it as UTF-8."
    )


def test_utf_16_is_told_as_another_encoding(refuses: Refuses):
    assert refuses("sources: []".encode("utf-16")).startswith("sources.yaml:1: expected UTF-8")


def test_a_huge_file_is_not_read(refuses: Refuses):
    assert refuses(b"#" * (MOST_BYTES + 1)) == "sources.yaml: expected at most 500,000 bytes, found more"


def test_a_folder_is_no_file(path: Path):
    path.mkdir()
    with pytest.raises(CatalogueError, match=r"sources\.yaml: expected a file, found a folder"):
        read(path, archetypes=[], timezone="UTC")


def test_a_missing_file_is_told(path: Path):
    with pytest.raises(CatalogueError, match=r"sources\.yaml: there is no such file"):
        read(path, archetypes=[], timezone="UTC")


def test_a_number_in_another_notation_stays_a_text(reads: Reads):
    (one,) = reads("sources: [{feed: https://a.example/, name: 0x1F}]").sources
    assert one.source.name == "0x1F"
