"""Wrong usage, wrong settings, wrong files: one clear line, and the number that the manual names."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import WEEK, Digest


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--days", "3"), "digest: these options belong to --now. Add --now, or see `digest --help`."),
        (("--now", "fetch"), "digest: --now makes a digest and takes no command, but 'fetch' was given"),
        (("--now", "--archetype", "reseacher"), "did you mean 'researcher'?"),
        (("--now", "--reader", "you"), "--reader: unknown reader 'you'. Known are me."),
        (("--now", "--since", "tomorrow"), "--since: found 'tomorrow', expected a date such as 2026-03-02"),
        (("--now", "--since", "2026-03-09", "--until", "2026-03-02"), "the period is empty"),
        (("--now", "--minutes", "0"), "--minutes: found 0, expected 1 to 60"),
        (("--now", "--days", "many"), "--days"),
        (("--now", "--config", "missing.yaml"), "missing.yaml: there is no such file. Correct --config or DIGEST_CONFIG."),
        (("--now", "--config", "."), "expected a file, found a folder"),
        (("--now", "--format", "pdf"), "pdf"),
        (("--now", "--output", "digest.pdf"), "--output: 'digest.pdf' does not tell a form. Add --format"),
        (("demo", "--output", "digest.pdf"), "--output: 'digest.pdf' does not tell a form. Add --format"),
        (("serch", "model"), "serch"),
        (("fetch", "--frobnicate"), "--frobnicate"),
        (("search",), "WORD"),
        (("stories", "--archetype", "ops"), "unknown archetype 'ops'"),
        (("sources", "check", "mekar"), "digest sources check: no source is called 'mekar'. Did you mean 'maker'?"),
        (("sources", "--json", "check"), "Write `digest sources check --json`."),
        (("forget", "nothing"), "digest forget: no source or entry is called 'nothing'. See `digest sources`."),
    ],
)
@pytest.mark.usefixtures("week")
def test_wrong_usage_exits_with_2_and_says_what_would_be_right(digest: Digest, words: tuple[str, ...], told: str):
    ran = digest(*words)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_mistake_is_said_before_anything_is_fetched_or_made(digest: Digest, own_home: Path, week: Path):
    digest("--now", "--output", "digest.pdf")
    assert not (own_home / "digests").exists()


@pytest.mark.parametrize(
    ("name", "value", "code", "told"),
    [
        (
            "DIGEST_WRITER",
            "gpt",
            2,
            "DIGEST_WRITER: found 'gpt', expected 'built-in'. Correct it in the environment or in .env.",
        ),
        ("DIGEST_CONFIG", "/none.yaml", 2, "/none.yaml: there is no such file. Correct --config or DIGEST_CONFIG."),
        ("DIGEST_DATABASE_URL", "mysql://me:secret@host/db", 2, "an address of the kind 'mysql' names no SQLite file"),
        ("DIGEST_HOME", __file__, 1, "the folder cannot be made"),
    ],
)
def test_a_wrong_setting_is_named(digest: Digest, monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: int, told: str):
    monkeypatch.setenv(name, value)
    ran = digest("show")
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
    assert told in ran.err
    assert "secret" not in ran.err


def test_every_mistake_of_a_file_is_said_with_its_line(digest: Digest, week: Path):
    week.write_text("sources:\n  - fead: https://acme.example\n  - feed: y\n    wieght: 3\n", encoding="utf-8")
    ran = digest("show")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        f"digest: {week}:2: unknown source kind 'fead', did you mean 'feed'?",
        f"{week}:3: feed: address: 'y' has no https:// in front",
        f"{week}:4: unknown key 'wieght', did you mean 'weight'?",
    ]


def garbage(database: Path) -> None:
    database.write_bytes(bytes(range(256)) * 40)


def folder(database: Path) -> None:
    database.mkdir()


def of_another_program(database: Path) -> None:
    with closing(sqlite3.connect(database)) as other:
        other.execute("CREATE TABLE theirs (x)")


def of_a_newer_version(database: Path) -> None:
    with closing(sqlite3.connect(database)) as other, other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE alembic_version (version_num)")
        other.execute("INSERT INTO alembic_version VALUES ('9999')")
        other.execute("PRAGMA application_id = 1095323204")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (garbage, "this is not a database"),
        (folder, "the database cannot be opened"),
        (of_another_program, "this database belongs to another program"),
        (of_a_newer_version, "the database was written by a newer version of this program"),
    ],
)
def test_an_unreadable_database_is_one_line_and_stays_as_it_is(digest: Digest, own_home: Path, spoil, told: str):
    own_home.mkdir()
    database = own_home / "digest.db"
    spoil(database)
    before = database.read_bytes() if database.is_file() else b""
    for words in (("show",), ("--now", "--no-fetch"), ("fetch",), ("export",), ("sources",)):
        ran = digest(*words)
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1), words
        assert f"{database}: {told}" in ran.err
    assert (database.read_bytes() if database.is_file() else b"") == before


@pytest.mark.usefixtures("week")
def test_flags_stand_before_and_after_the_command(digest: Digest, tmp_path: Path):
    for words in (("--quiet", "search", "zebra"), ("search", "zebra", "-q"), ("sources", "-q"), ("-q", "sources")):
        assert (digest(*words).code, digest(*words).err) == (0, ""), words
    for words in (
        ("--config", "none.yaml", "sources"),
        ("sources", "--config", "none.yaml"),
        ("--config", "none.yaml", "show"),
    ):
        assert digest(*words).err.startswith("digest: none.yaml: there is no such file"), words
    for words in (("-v", "stories", "--days", "366"), ("stories", "--days", "366", "--verbose")):
        assert "INFO aggregator.pipeline.understanding understood entries=6" in digest(*words).err, words


@pytest.mark.usefixtures("week")
def test_a_digest_that_cannot_be_written_beside_is_shown_and_kept_all_the_same(digest: Digest, own_home: Path):
    (own_home / "digests").write_text("a file in its place", encoding="utf-8")
    ran = digest("--now", "--no-fetch", *WEEK)
    assert ran.code == 1
    assert ran.out.lstrip().startswith("AI news, 2-8 March 2026")
    assert ran.err.splitlines()[-1].startswith(f"digest: {own_home / 'digests'}: the digest could not be written")
    assert digest("show").out == ran.out


@pytest.mark.usefixtures("week")
def test_an_output_that_cannot_be_written_is_one_line(digest: Digest, tmp_path: Path):
    ran = digest("-q", "--now", "--no-fetch", *WEEK, "--output", str(tmp_path / "none" / "digest.html"))
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "it cannot be written: no such file or directory" in ran.err


def test_without_words_it_prints_its_help(digest: Digest):
    assert digest().out == digest("--help").out
    assert digest("--version").out.startswith("digest 0.")
