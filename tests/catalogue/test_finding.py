"""Which sources.yaml counts."""

from pathlib import Path

import pytest

from aggregator.catalogue import find, read, read_archetypes, shipped
from aggregator.errors import CatalogueError


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    working, config = tmp_path / "work", tmp_path / "config"
    working.mkdir()
    config.mkdir()
    return working, config


def test_the_named_file_counts_first(places: tuple[Path, Path], tmp_path: Path):
    working, config = places
    named = tmp_path / "mine.yaml"
    for file in (named, working / "sources.yaml", config / "sources.yaml"):
        file.write_text("sources: []")
    assert find(named, working=working, config_folder=config) == named


def test_a_named_file_that_is_missing_is_a_mistake_and_no_other_is_taken(places: tuple[Path, Path]):
    working, config = places
    (working / "sources.yaml").write_text("sources: []")
    with pytest.raises(CatalogueError, match=r"gone\.yaml: there is no such file. Correct --config or DIGEST_CONFIG\."):
        find(working / "gone.yaml", working=working, config_folder=config)


def test_a_tilde_in_the_name_is_the_persons_home(places: tuple[Path, Path], tmp_path: Path):
    (tmp_path / "mine.yaml").write_text("sources: []")  # tmp_path is HOME in every test
    working, config = places
    assert find(Path("~/mine.yaml"), working=working, config_folder=config) == tmp_path / "mine.yaml"


def test_the_working_folder_comes_before_the_configuration_folder(places: tuple[Path, Path]):
    working, config = places
    (config / "sources.yaml").write_text("sources: []")
    assert find(None, working=working, config_folder=config) == config / "sources.yaml"
    (working / "sources.yaml").write_text("sources: []")
    assert find(None, working=working, config_folder=config) == working / "sources.yaml"


def test_where_there_is_none_the_one_that_ships_serves(places: tuple[Path, Path]):
    working, config = places
    assert find(None, working=working, config_folder=config) == shipped()


def test_in_a_checkout_the_persons_own_comes_before_the_one_that_ships(places: tuple[Path, Path]):
    _, config = places
    assert find(None, working=shipped().parent, config_folder=config) == shipped()
    (config / "sources.yaml").write_text("sources: []")
    assert find(None, working=shipped().parent, config_folder=config) == config / "sources.yaml"


def test_a_catalogue_knows_whether_it_is_the_one_that_ships(tmp_path: Path):
    copy = tmp_path / "sources.yaml"
    copy.write_text(shipped().read_text(encoding="utf-8"), encoding="utf-8")
    archetypes = read_archetypes()
    assert read(shipped(), archetypes=archetypes, timezone="UTC").shipped
    assert not read(copy, archetypes=archetypes, timezone="UTC").shipped
