"""The command as a process: interrupted, its reader gone, its disk full, in a terminal."""

import os
import pty
import re
import resource
import select
import signal
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from socket import socket

import pytest

from tests.acceptance.conftest import COMMAND, Digest, surroundings
from tests.acceptance.feeds import BLOG, MAKER, atom, listing
from tests.cli.conftest import store_feeds
from tests.servers import Site, read_head, wired


@pytest.fixture
def home(own_home: Path, tmp_path: Path) -> Path:
    """Give a data folder in which a source is stored."""
    own_home.mkdir()
    store_feeds(own_home, {"blog": BLOG})
    return own_home


def titles(home: Path) -> set[str]:
    with closing(sqlite3.connect(home / "digest.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {title for (title,) in database.execute("SELECT title FROM entries")}


def catalogue(tmp_path: Path, *addresses: str) -> str:
    file = tmp_path / "sources.yaml"
    file.write_text(listing(*addresses), encoding="utf-8")
    return str(file)


def silence(connection: socket) -> None:
    """Take a request and never answer."""
    read_head(connection)
    connection.recv(1)  # until the client hangs up


def test_ctrl_c_ends_with_130_and_one_line_and_what_was_read_is_kept(home: Path, site: Site, tmp_path: Path):
    with wired(silence) as silent:
        file = catalogue(tmp_path, site.at("/maker", atom("Tarn Labs", MAKER)), f"{silent.url}/silent")
        with subprocess.Popen(
            [*COMMAND, "fetch", "--config", file],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env=surroundings(home),
            start_new_session=True,
        ) as running:
            assert running.stderr
            assert running.stderr.readline() == "read       maker: 2 new\n"
            os.killpg(running.pid, signal.SIGINT)  # as a terminal does: the command and its workers
            out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert err.strip() == "digest: interrupted. What was stored until here is kept."
    assert titles(home) == {item[1] for item in [*MAKER, *BLOG]}


def test_a_full_disk_is_one_line_and_what_was_stored_is_kept(digest: Digest, home: Path, site: Site, tmp_path: Path):
    full = (home / "digest.db").stat().st_size + 8192
    big = [(f"b{number}", f"Post {number}", f"https://big.example/{number}", "word " * 2000) for number in range(100)]
    ran = digest(
        *("fetch", "--quiet", "--config", catalogue(tmp_path, site.at("/big", atom("Big", big)))),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (full, full)),
    )
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert f"{home / 'digest.db'}: the disk " in ran.err
    assert titles(home) == {item[1] for item in BLOG}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere: run the tests as another user")
def test_a_folder_that_is_read_only_is_one_line_and_stays_as_it_is(digest: Digest, home: Path):
    before = (home / "digest.db").read_bytes()
    (home / "digest.db").chmod(0o444)
    home.chmod(0o555)
    try:
        ran = digest("fetch")
    finally:
        home.chmod(0o755)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert f"{home / 'digest.db'}: the database is read-only." in ran.err
    assert (home / "digest.db").read_bytes() == before


def test_a_reader_that_has_gone_and_an_output_that_takes_no_more(home: Path, tmp_path: Path):
    def run(stdout: int) -> tuple[int, str]:
        words = [*COMMAND, "search", "embeddings"]
        ended = subprocess.run(words, check=False, stdout=stdout, stderr=subprocess.PIPE, text=True, env=surroundings(home))
        return ended.returncode, ended.stderr

    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert run(writing) == (0, "")  # as `digest show | head` ends
    finally:
        os.close(writing)
    if not Path("/dev/full").exists():  # macOS has none
        return
    with Path("/dev/full").open("w") as full:
        assert run(full.fileno()) == (1, "digest: the output could not be written: no space left on device.\n")


def in_terminal(*words: str, env: dict[str, str]) -> str:
    """Run the command in a terminal of its own and give all that reached it."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*COMMAND, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=env) as running:
        os.close(theirs)
        said = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # how Linux tells that the other end is closed
                break
            if not piece:  # how macOS does
                break
            said += piece
    os.close(ours)
    assert running.returncode == 0, said
    return said.decode()


def test_in_a_terminal_a_bar_stands_where_a_pipe_gets_lines(home: Path, site: Site, tmp_path: Path):
    file = catalogue(tmp_path, site.at("/maker", atom("Tarn Labs", MAKER)), site.at("/blog", atom("Blog", BLOG)))
    said = in_terminal("fetch", "--config", file, env=surroundings(home, COLUMNS="80"))
    assert "Reading" in said
    assert "2/2" in said
    assert "read       maker" not in said
    assert "Read 2 of 2 sources: " in said.splitlines()[-1]


WANTED = {"": {}, "NO_COLOR": {"NO_COLOR": "1"}, "dumb": {"TERM": "dumb"}}


def test_colours_stand_where_they_are_wanted_and_lines_fit(home: Path):
    def run(more: dict[str, str]) -> str:
        return in_terminal("stories", "--days", "366", env=surroundings(home, **{"COLUMNS": "40", "NO_COLOR": "", **more}))

    with ThreadPoolExecutor() as threads:
        said = dict(zip(WANTED, threads.map(run, WANTED.values()), strict=True))
    assert "\x1b[1mReranking beats" in said[""]
    assert [name for name, text in said.items() if "\x1b" in text] == [""]
    for text in said.values():
        assert max(len(line) for line in re.sub("\x1b\\[[0-9]*m", "", text).splitlines()) <= 40
