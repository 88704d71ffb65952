"""The sources.yaml that ships: what a good AI engineer would choose."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from aggregator.catalogue import Catalogue, read, read_archetypes, shipped
from aggregator.catalogue.document import parse, plain
from aggregator.catalogue.kinds import LATER, SOURCES


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read(shipped(), archetypes=read_archetypes(), timezone="UTC")


@pytest.fixture(scope="module")
def text() -> str:
    return shipped().read_text(encoding="utf-8")


def test_it_has_enough_sources_and_all_of_them_are_feeds(catalogue: Catalogue):
    assert 40 <= len(catalogue.sources) <= 50
    assert {one.source.kind for one in catalogue.sources} == {"feed"}


def test_every_archetype_is_served_by_at_least_four(catalogue: Catalogue):
    served = Counter(name for one in catalogue.sources for name in one.source.archetypes)
    assert {one.name: served[one.name] >= 4 for one in read_archetypes()} == {one.name: True for one in read_archetypes()}


def test_every_source_has_a_name_of_its_own_and_a_hint(catalogue: Catalogue):
    assert all("/" not in one.source.name and one.source.archetypes for one in catalogue.sources)


def test_those_that_must_stand_in_it_do(catalogue: Catalogue):
    weights = {one.source.address: one.source.weight for one in catalogue.sources}
    assert weights["https://simonwillison.net/atom/everything/"] == 3
    assert max(weights.values()) == 3
    assert {"https://rss.beehiiv.com/feeds/2R3C6Bt5wj.xml", "https://howaiisbuilt.transistor.fm"} <= set(weights)


def test_what_is_commented_out_is_of_kinds_that_come_later(text: str):
    block = text[text.index("  # - hackernews") : text.index("# Without `readers`")]
    future = plain(parse("sources:\n" + re.sub(r"(?m)^  # ", "  ", block), Path("future.yaml")))["sources"]
    assert len(future) >= 5
    assert all(next(iter(one)) in LATER[SOURCES] for one in future)


def test_the_readers_that_it_proposes_can_be_read(text: str, tmp_path: Path):
    proposed = text[text.index("# readers:") :]
    file = tmp_path / "sources.yaml"
    file.write_text(text + re.sub(r"(?m)^# ?", "", proposed), encoding="utf-8")
    (reader,) = read(file, archetypes=read_archetypes(), timezone="UTC").readers
    assert (reader.name, reader.archetypes, reader.timezone) == ("me", ("data-pipeline", "researcher"), "Europe/Berlin")


def test_its_addresses_are_known_to_have_worked(catalogue: Catalogue, shared: Path):
    with (shared / "sources" / "evidence.tsv").open(encoding="utf-8", newline="") as file:
        evidence = {row["address"]: row["evidence"] for row in csv.DictReader(file, delimiter="\t")}
    doubtful = [one.source.name for one in catalogue.sources if evidence.get(one.source.address) not in {"strong", "medium"}]
    assert doubtful == ["How AI Is Built"]  # by its show page: no feed address is known
