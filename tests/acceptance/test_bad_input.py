"""Whatever comes in: one clear line for each that is bad, and nothing stored is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import pytest

from tests.acceptance.conftest import Ran, digest_in
from tests.acceptance.feeds import BLOG, MAKER, PRESS, atom, listing
from tests.servers import Site, read_head, serving, wired

WEEK = ("--since", "2026-03-02", "--until", "2026-03-09")
EVIL = "Evil \x9b31mred\u202enihton\u202c\r\nlanguage model weights &amp;#x1b;[31m &#7;"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "language model ">{ENTITIES}]>'
    "<rss version='2.0'><channel><title>Bomb</title><item><title>&e9;</title><link>https://bomb.example/1</link>"
    "<description>&e9;</description></item></channel></rss>"
)
HUGE = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Huge</title>"
    + "".join(f"<item><title>Item {n}</title><link>https://huge.example/{n}</link></item>" for n in range(100_000))
    + "</channel></rss>"
)
LINKS = " ".join(f"<a href='https://l.example/{n}'>a language model {n}</a>" for n in range(10_000))
HARD = [
    ("h1", "x" * 1_000_000, "https://hard.example/1", "The weights of a language model. " * 30_000),
    ("h2", "Many links to language model weights", "https://hard.example/2", LINKS),
    ("h3", "\u0301" * 5000 + "language model", "javascript:alert(1)", "<" * 50_000),
]
BROKEN = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "Half", "items": [{"id": "1", "url": "https://half.example/1",'
    b' "title": "Half a \\ud83d language model \\u0000 weights", "date_published": "2026-03-04T09:00:00Z",'
    b' "content_text": "\\udead weights of a language model\\u0000."}]}'
)

GOOD = {"maker": atom("Tarn Labs", MAKER), "press": atom("Press", PRESS), "blog": atom("Blog", BLOG)}
READ = {  # what each gives: entries
    "evil": (atom("Evil \u202e", [("e", "TITLE", "https://evil.example/1", "Weights.")]).replace("TITLE", EVIL), 1),
    "latin": (atom("Café", [("l", "Café model weights", "https://cafe.example/1", "Crème.")]).encode("latin-1"), 1),
    "utf-16": (atom("Wide", [("w", "Wide model weights", "https://wide.example/1", "Wide.")]).encode("utf-16"), 1),
    "hard": (atom("Hard", HARD), 3),
    "half": (BROKEN, 1),
    "bomb": (BOMB, 1),
    "huge": (HUGE, 2000),
    "empty": ("<?xml version='1.0'?><rss version='2.0'><channel><title>Empty</title></channel></rss>", 0),
}
FAILED = {  # what each says
    "gone": "there is nothing at this address (404",
    "words": "it is not a feed: it begins with",
    "nothing": "the answer is empty",
    "silent": "the server said nothing for 15 seconds",
}


@dataclass(frozen=True)
class Bad:
    """A run over sources good and bad, and its data folder."""

    folder: Path
    ran: Ran


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bad]:
    """Read them all in one run: it takes as long as the silent server is waited for."""
    folder = tmp_path_factory.mktemp("bad")

    def silent(connection: socket) -> None:
        read_head(connection)
        connection.recv(1)  # until the client has enough

    with serving(Site()) as site, wired(silent) as wire:
        bodies = GOOD | {name: body for name, (body, _) in READ.items()} | {"words": "<<<< no feed at all", "nothing": ""}
        addresses = [site.at(f"/{name}", body) for name, body in bodies.items()]
        sources = folder / "sources.yaml"
        sources.write_text(listing(*addresses, f"{site.url}/gone", f"{wire.url}/silent"), encoding="utf-8")
        ran = digest_in(folder)("--now", "--config", str(sources), *WEEK, "--format", "json")
        yield Bad(folder, ran)


def line_of(bad: Bad, source: str) -> str:
    lines = [line for line in bad.ran.err.splitlines() if line[11:].startswith(f"{source}: ")]
    assert len(lines) == 1, bad.ran.err
    return lines[0]


@pytest.mark.parametrize(("source", "entries"), [(name, entries) for name, (_, entries) in READ.items()])
def test_what_can_be_read_is_read(bad: Bad, source: str, entries: int):
    assert line_of(bad, source).startswith(f"read       {source}: {entries:,} new")


@pytest.mark.parametrize(("source", "told"), FAILED.items())
def test_what_cannot_be_read_is_one_line_with_its_reason(bad: Bad, source: str, told: str):
    assert line_of(bad, source).startswith(f"failed     {source}: ")
    assert told in line_of(bad, source)


def test_what_a_feed_has_too_many_of_is_counted(bad: Bad):
    assert "98,000 of 100,000 entries" in line_of(bad, "huge")


def test_the_digest_is_made_of_the_rest_and_names_who_failed(bad: Bad):
    assert bad.ran.code == 0
    assert {failed["source"] for failed in bad.ran.json["coverage"]["failed"]} == set(FAILED)
    assert any("Brook 2" in story["title"] for story in bad.ran.json["stories"])


def test_nothing_that_a_terminal_would_obey_comes_out(bad: Bad):
    strange = [char for char in bad.ran.out + bad.ran.err if not char.isprintable() and char not in "\n\u200d"]
    assert strange == []
    texts = [story["title"] for story in bad.ran.json["stories"]]
    texts += [entry["title"] for story in bad.ran.json["stories"] for entry in story["entries"]]
    assert not [text for text in texts if "\n" in text or len(text) > 300]


def test_the_database_is_sound_afterwards(bad: Bad):
    with closing(sqlite3.connect(bad.folder / "home" / "digest.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        (entries,) = database.execute("SELECT count(*) FROM entries").fetchone()
    assert entries == 6 + sum(entries for _, entries in READ.values())
