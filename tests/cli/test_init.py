"""`digest init`, asked by a person."""

import stat
from pathlib import Path

import pytest

from aggregator.catalogue import read, read_archetypes
from aggregator.cli import init
from tests.cli.conftest import Digest

ARCHETYPES = read_archetypes(None)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Say where the files go by default (conftest.own_home)."""
    return tmp_path / "config" / "digest"


def test_answers_become_a_reader_and_wrong_ones_are_asked_again(digest: Digest, written: Path):
    answers = ["opera,2", "2, researcher", "x", "0", "5", "Mars", "europe/berlin", "funday", "t", "fri", "25:00", "7:30"]
    ran = digest("init", given="\n".join(answers) + "\n")
    assert ran.code == 0, ran.err
    assert ran.err.count("'opera' is not in the list. Give 1 to 7, or names.") == 1
    assert ran.err.count("Please give a number from 1 to 60.") == 2
    assert ran.err.count("There is no time zone 'Mars'") == 1
    assert ran.err.count("Please give one of monday, ") == 2
    assert ran.err.count("Please give a time such as 08:00.") == 1
    catalogue = read(written / "sources.yaml", archetypes=ARCHETYPES, timezone="UTC")
    reader = catalogue.readers[0]
    assert (reader.archetypes, reader.minutes, reader.timezone) == (("ux", "researcher"), 5, "Europe/Berlin")
    assert len(catalogue.sources) > 40
    assert ran.err.splitlines()[-1] == "Next: digest --now"


def test_empty_answers_are_the_defaults(digest: Digest, written: Path):
    assert digest("init", given="\n" * 5).code == 0
    asked = (written / "sources.yaml").read_text("utf-8")
    (written / "sources.yaml").unlink()
    assert digest("init", "--yes").code == 0
    assert (written / "sources.yaml").read_text("utf-8") == asked


def test_the_file_for_secrets_is_for_the_person_alone_and_never_replaced(digest: Digest, written: Path):
    digest("init", "--yes")
    env = written / ".env"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    env.write_text("OPENAI_API_KEY=kept\n", encoding="utf-8")
    assert digest("init", "--yes", "--force").code == 0
    assert env.read_text("utf-8") == "OPENAI_API_KEY=kept\n"


def test_it_overwrites_nothing_unless_told_to_and_then_keeps_the_old_file(digest: Digest, written: Path):
    digest("init", "--yes")
    sources = written / "sources.yaml"
    sources.write_text("sources: []  # mine\n", encoding="utf-8")
    ran = digest("init", "--yes")
    assert ran.code == 2
    assert ran.err == f"digest: {sources}: it is there already. Change it as you like, or add --force for a new one.\n"
    assert sources.read_text("utf-8") == "sources: []  # mine\n"
    assert digest("init", "--yes", "--force").code == 0
    assert (written / "sources.yaml.old").read_text("utf-8") == "sources: []  # mine\n"


def test_where_nobody_answers_nothing_is_written(digest: Digest, written: Path):
    ran = digest("init")
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == "digest: a question was not answered. Add --yes to take the default answers."
    assert not written.exists()


def test_another_folder_is_told_how_to_be_used(digest: Digest, tmp_path: Path):
    ran = digest("init", "--yes", "--folder", str(tmp_path / "mine"))
    assert ran.err.splitlines()[-1] == f"Next: cd {tmp_path / 'mine'} && digest --now"
    assert (tmp_path / "mine" / ".env").exists()


def test_a_folder_that_cannot_be_made_is_one_line(digest: Digest, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = digest("init", "--yes", "--folder", str(tmp_path / "file" / "sub"))
    assert (ran.code, ran.err.count("\n")) == (2, 1)


@pytest.mark.parametrize(("said", "meant"), [("", ()), (" 3 ,UX, 3", ("researcher", "ux")), (",,", ())])
def test_archetypes_are_chosen_by_number_or_name(said: str, meant: tuple[str, ...]):
    assert init.chosen(said, ARCHETYPES) == meant


@pytest.mark.parametrize("said", ["0", "8", "-1", "²", "reseacher", "1 2"])
def test_what_is_not_in_the_list_is_refused(said: str):
    with pytest.raises(ValueError, match="is not in the list"):
        init.chosen(said, ARCHETYPES)
