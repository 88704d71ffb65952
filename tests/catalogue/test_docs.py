"""docs/sources.md says what the program does: every key and kind stands in it, and its examples can be read."""

import re
import textwrap
from pathlib import Path

import pytest

from aggregator.catalogue import archetypes as archetypes_yaml
from aggregator.catalogue import kinds, read, read_archetypes
from aggregator.catalogue.document import MOST_BYTES
from aggregator.catalogue.fields import DAYS, LONGEST_NAME
from aggregator.catalogue.kinds import CHANNELS, LATER, SOURCES
from aggregator.catalogue.readers import DIGEST_KEYS, MOST_MINUTES
from aggregator.catalogue.readers import KEYS as READER_KEYS
from aggregator.catalogue.sources import MOST_WEIGHT
from aggregator.catalogue.values import COMMON_KEYS
from aggregator.errors import CatalogueError
from aggregator.models import LlmUse, Reader

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


def section(title: str) -> str:
    return TEXT.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(part: str) -> list[str]:
    return re.findall(r"(?m)^\| `([\w-]+)` \|", part)


def test_every_key_and_kind_has_its_row_and_no_other():
    assert rows(section("sources")) == [*kinds(SOURCES), *COMMON_KEYS]
    deliver = READER_KEYS[3:]
    assert rows(section("readers")) == [*READER_KEYS[:3], *DIGEST_KEYS, *deliver, *kinds(CHANNELS)]
    assert rows(section("archetypes.yaml")) == list(archetypes_yaml.KEYS)


@pytest.mark.parametrize(("part", "group"), [("sources", SOURCES), ("readers", CHANNELS)])
def test_every_later_kind_is_announced(part: str, group: str):
    assert all(f"`{kind}`" in section(part) for kind in LATER[group])


def test_limits_and_defaults_are_those_of_the_program():
    sources, readers = section("sources"), section("readers")
    assert f"at most {MOST_BYTES:,} bytes" in TEXT
    assert f"at most {MOST_WEIGHT} | 1 |" in sources
    assert f"at most {LONGEST_NAME} characters" in sources
    assert all(f"`{use.value}`" in sources for use in LlmUse)
    default = Reader()
    assert f"at most {MOST_MINUTES} | {default.minutes:g} |" in readers
    assert f"| `{default.day}` |" in readers
    assert default.day in DAYS
    assert f"| `{default.at:%H:%M}` |" in readers


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text[:20])
def test_every_example_can_be_read(example: str, tmp_path: Path):
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    if example.startswith("archetypes:"):
        assert "robots" in {one.name for one in read_archetypes(file)}
    else:
        assert read(file, archetypes=read_archetypes(), timezone="UTC").sources


def test_the_mistakes_that_it_shows_are_told_so(tmp_path: Path):
    file = tmp_path / "sources.yaml"
    file.write_text(
        textwrap.dedent("""\
            sources:
              - feed: https://example.org/feed.xml
                weight: 30
                archetypes: [reseacher]
              - fead: https://example.org/
            """)
    )
    with pytest.raises(CatalogueError) as caught:
        read(file, archetypes=read_archetypes(), timezone="UTC")
    assert str(caught.value).replace(f"{tmp_path}/", "") in TEXT


def test_every_archetype_that_ships_is_named():
    assert all(f"`{one.name}`" in section("archetypes.yaml") for one in read_archetypes())
