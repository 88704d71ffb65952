"""What goes wrong in the middle: a lock, a full disk, a killed process, readers beside a writer. Nothing stored is lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlmodel import Session

from aggregator.errors import StoreError
from aggregator.models import Checkpoint, DigestId, EntryId, Fetched, Outcome, Reader, Receipt
from aggregator.store import Store, deliveries, digests, entries, fetches, open_store, readers, sources, stories
from tests.make import digest, entry, source, stored, story, told
from tests.store.conftest import NOW

LONG = "word " * 20_000  # more than the pages that are left


def save(session: Session, text: str = "short", title: str = "Post") -> None:
    entries.save(session, "acme", [entry(title, text=text)], now=NOW, history=False, date=lambda published, *_: published)


WRITES: dict[str, Callable[[Session], object]] = {
    "sources.sync": lambda session: sources.sync(session, [source(), source(LONG)], NOW),
    "sources.succeeded": lambda session: sources.succeeded(
        session, "acme", now=NOW, checkpoint=Checkpoint({"a": LONG}), notices=()
    ),
    "sources.failed": lambda session: sources.failed(session, "acme", now=NOW, reason=LONG, next_try=None),
    "entries.save": lambda session: save(session, LONG),
    "stories.replace": lambda session: stories.replace(session, [story(_stored(session), id=LONG)]),
    "digests.add": lambda session: digests.add(session, digest(told(LONG)), fingerprint="", now=NOW),
    "deliveries.plan": lambda session: deliveries.plan(session, LONG, DigestId("kept"), "email", "me", NOW),
    "deliveries.confirm": lambda session: deliveries.confirm(session, "k", Receipt(LONG), NOW),
    "deliveries.failed": lambda session: deliveries.failed(session, "k", LONG, NOW),
    "fetches.record": lambda session: fetches.record(session, Fetched(source="acme", outcome=Outcome.READ, reason=LONG), NOW),
    "readers.sync": lambda session: readers.sync(session, [Reader(name=LONG)]),
}
SMALL_WRITES: dict[str, Callable[[Session], object]] = WRITES | {
    "sources.forget": lambda session: sources.forget(session, "acme"),
    "entries.forget": lambda session: entries.forget(session, _stored(session).id),
    "deliveries.claim": lambda session: deliveries.claim(session, "k", NOW),
}


def _stored(session: Session):
    return next(iter(entries.newest(session, "acme", 1)), stored(id=EntryId("x")))


@pytest.fixture
def impatient(made: Path) -> Iterator[Store]:
    """Give a store that holds something of everything and hardly waits for others."""
    with open_store(f"sqlite:///{made}", backups=made.parent, now=NOW, patience=0.05) as store:
        with store.transaction() as session:
            sources.sync(session, [source()], NOW)
            save(session, title="Kept")
            digests.add(session, digest(id=DigestId("kept")), fingerprint="", now=NOW)
            deliveries.plan(session, "k", DigestId("kept"), "email", "me", NOW)
        yield store


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def titles(store: Store) -> list[str]:
    with store.reading() as session:
        return [found.title for found in entries.newest(session, "acme", 9)]


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as other:
        other.execute("INSERT INTO entries_fts(entries_fts, rank) VALUES ('integrity-check', 1)")
        return other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("name", SMALL_WRITES)
def test_each_write_to_a_locked_file_is_one_clear_line(impatient: Store, path: Path, name: str):
    with locked(path), pytest.raises(StoreError) as caught, impatient.transaction() as session:
        SMALL_WRITES[name](session)
    assert str(caught.value) == (
        f"{path}: another program is writing to the database. Let it finish, or close it, and try again."
    )
    assert titles(impatient) == ["Kept"]
    with impatient.transaction() as session:
        save(session)
    assert titles(impatient) == ["Kept", "Post"]


@contextmanager
def on_a_full_disk(store: Store) -> Iterator[Session]:
    """Give a transaction that has written something and gets no more pages."""
    with store.transaction() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        save(session, title="Lost")
        yield session


@pytest.mark.parametrize("name", WRITES)
def test_each_write_to_a_full_disk_is_one_clear_line_and_loses_nothing(impatient: Store, path: Path, name: str):
    with pytest.raises(StoreError) as caught, on_a_full_disk(impatient) as session:
        WRITES[name](session)
    assert str(caught.value) == (f"{path}: the disk is full. Free some space and try again; nothing that was stored is lost.")
    assert titles(impatient) == ["Kept"]
    assert is_sound(path)


def test_a_full_disk_while_the_file_is_made(path: Path):
    script = (
        "import resource, signal, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from aggregator.errors import StoreError; from aggregator.store import open_store\n"
        "from alembic import command\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))\n"
        "try: open_store(sys.argv[1], backups=Path('unused'), now=datetime.now(UTC))\n"
        "except StoreError as error: print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-B", "-c", script, f"sqlite:///{path}"], capture_output=True, text=True, check=True)
    assert ran.stdout.count("\n") == 1
    assert f"{path}: the disk" in ran.stdout
    open_store(f"sqlite:///{path}", backups=path.parent, now=NOW).close()


def test_what_raises_in_the_block_undoes_all_of_it(store: Store):
    def fault(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.transaction() as session:
        fault(save(session))
    assert titles(store) == []


def test_a_damaged_file_is_told_by_whoever_reads_it(impatient: Store, path: Path):
    impatient.close()
    os.truncate(path, 8192)
    with pytest.raises(StoreError, match="the database is damaged"):
        titles(impatient)


def test_a_snapshot_cannot_write(store: Store):
    with pytest.raises(StoreError, match="the database is read-only"), store.reading() as session:
        save(session)
    assert titles(store) == []


def test_a_snapshot_stays_as_it_was_and_waits_for_nobody(store: Store):
    with store.reading() as before:
        assert entries.count(before) == 0
        with store.transaction() as session:
            save(session)
            with store.reading() as meanwhile:
                assert entries.count(meanwhile) == 0
        assert entries.count(before) == 0
    assert titles(store) == ["Post"]


def test_a_snapshot_is_taken_when_the_block_begins(store: Store):
    with store.reading() as before:
        with store.transaction() as session:
            save(session)
        assert entries.count(before) == 0


def test_a_transaction_inside_a_transaction_is_refused_and_does_not_wait_for_ever(store: Store):
    with store.transaction(), pytest.raises(RuntimeError, match="inside a transaction"), store.transaction():
        pass
    with store.transaction() as session:
        save(session)


def test_threads_take_turns(store: Store):
    def write(number: int) -> None:
        for turn in range(10):
            with store.transaction() as session:
                save(session, title=f"Post {number} {turn}")

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as session:
        assert entries.count(session) == 40


KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from aggregator.models import Entry
from aggregator.store import entries, open_store

now = datetime.now(UTC)
many = [Entry(source="acme", guid=str(n), title=f"Post {n}", text="word " * 300) for n in range(20_000)]
with open_store(sys.argv[1], backups=Path("unused"), now=now) as store, store.transaction() as session:
    entries.save(session, "acme", many, now=now, history=False, date=lambda *_: now)  # spills out of the cache into the log
    print("written", flush=True)
    sys.stdin.read()
"""


def test_a_process_killed_in_the_middle_of_a_transaction_leaves_all_that_was_there(impatient: Store, path: Path):
    command = [sys.executable, "-c", KILLED, f"sqlite:///{path}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"written\n"
        assert path.with_name("digest.db-wal").stat().st_size > 10_000_000
        os.kill(writer.pid, signal.SIGKILL)
    assert titles(impatient) == ["Kept"]
    with impatient.transaction() as session:
        save(session)
    assert titles(impatient) == ["Kept", "Post"]
    assert is_sound(path)
