"""What is SQLite's own: how a file is opened, locked and copied, its search index, its upsert, and what its errors mean.

PostgreSQL will have a file like this one. Facts from https://www.sqlite.org/wal.html, /pragma.html, /fts5.html, /rescode.html.
"""

import json
import re
import sqlite3
import time
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, Float, Integer, Subquery, Table, column, create_engine, event, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from aggregator.errors import SettingsError, StoreError
from aggregator.store.tables import clean

PATIENCE = 30.0  # seconds to wait for another process's transaction: the longest, a feed of 100,000 entries, takes ten
MIGRATION_PATIENCE = 120.0  # seconds to wait while another process migrates
OURS = 0x41494E44  # PRAGMA application_id, "AIND": tells our file from another program's database

# Search finds word forms ("agents" by "agent") and ignores accents. The index keeps no text of its own (external content).
# A trigger keeps it in step with what is deleted, however it is deleted. What is added or edited is indexed by `indexing`: with
# a trigger FTS5 would write after each row, which takes five times as long.
SEARCH = """
CREATE VIRTUAL TABLE entries_fts
    USING fts5(title, text, content='entries', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')
--
CREATE TRIGGER entries_fts_gone AFTER DELETE ON entries BEGIN
    INSERT INTO entries_fts(entries_fts, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END
--
INSERT INTO entries_fts(entries_fts) VALUES ('rebuild')
"""
PROMISES = """
CREATE TRIGGER digests_never_change BEFORE UPDATE ON digests BEGIN
    SELECT RAISE(ABORT, 'a digest never changes');
END
"""

TITLE_WEIGHT = 5.0  # a word in the title counts as much as five in the text

MEANINGS = {  # by primary result code: what happened, what to do
    sqlite3.SQLITE_BUSY: ("another program is writing to the database", "Let it finish, or close it, and try again."),
    sqlite3.SQLITE_LOCKED: ("another program is writing to the database", "Let it finish, or close it, and try again."),
    sqlite3.SQLITE_FULL: ("the disk is full", "Free some space and try again; nothing that was stored is lost."),
    sqlite3.SQLITE_READONLY: ("the database is read-only", "Make the file and its folder writable, or set DIGEST_HOME."),
    sqlite3.SQLITE_PERM: ("the database may not be opened", "Make the file and its folder writable, or set DIGEST_HOME."),
    sqlite3.SQLITE_CANTOPEN: (
        "the database cannot be opened",
        "See that its folder exists and is writable, or set DIGEST_HOME to another.",
    ),
    sqlite3.SQLITE_IOERR: ("the disk failed to read or write", "See that it has space and is healthy, then try again."),
    sqlite3.SQLITE_NOTADB: ("this is not a database", "Move the file away, or name another in DIGEST_DATABASE_URL."),
    sqlite3.SQLITE_CORRUPT: (
        "the database is damaged",
        "Keep a copy of it, then put the newest file of the backups folder in its place.",
    ),
}


def file_of(url: str) -> Path:
    """Give the file that a database address names. Raises SettingsError where it names anything else."""
    found = re.fullmatch(r"sqlite(?:\+pysqlite)?:///(.+)", url)
    if not found or found[1].startswith((":memory:", "file:")):
        kind = url.split(":", 1)[0]  # the rest may hold a password
        raise SettingsError(
            f"an address of the kind {kind!r} names no SQLite file",
            where="DIGEST_DATABASE_URL",
            todo="Write it as sqlite:////path/to/digest.db.",
        )
    return Path(found[1]).expanduser().absolute()


@contextmanager
def told(where: str) -> Generator[None]:
    """Turn what SQLite raises inside the block into one clear StoreError."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise meaning(error.orig, where) from error
        raise
    except sqlite3.Error as error:
        raise meaning(error, where) from error


def meaning(error: sqlite3.Error, where: str) -> StoreError:
    """Say what an error of SQLite means to a person."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the upper bytes tell only details
    said = " ".join(str(error).split())
    what, todo = MEANINGS.get(code, (f"the database refused: {said}", "Run `digest doctor`; if it finds nothing, report it."))
    return StoreError(what, where=where, todo=todo)


def connect(path: Path, *, patience: float = PATIENCE, writes: bool = True, foreign_keys: bool = True) -> sqlite3.Connection:
    """Open a connection that begins no transaction of itself; `engine` and the backup use it."""
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA synchronous = FULL")  # a delivery that was confirmed stays confirmed when the power fails
        connection.execute("PRAGMA cache_size = -16000")  # kB
        connection.execute("PRAGMA journal_size_limit = 64000000")  # bytes that the log keeps after a great transaction
        if not writes:
            connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def engine(path: Path, *, writes: bool, patience: float = PATIENCE, foreign_keys: bool = True) -> Engine:
    """Give an engine whose transactions take the write lock at once, or, with `writes` false, can only read.

    Taking it at once means waiting instead of failing: a transaction that reads first and then writes cannot wait.
    """

    def opened() -> sqlite3.Connection:
        return connect(path, patience=patience, writes=writes, foreign_keys=foreign_keys)

    made = create_engine(URL.create("sqlite", database=str(path)), creator=opened, pool_size=4, max_overflow=-1)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        if not writes:
            connection.exec_driver_sql("SELECT 1 FROM sqlite_schema").close()  # the first read, not BEGIN, takes the snapshot

    event.listen(made, "begin", begin)
    return made


def look(path: Path, patience: float = PATIENCE) -> str | None:
    """Give the schema's revision, None for an empty or absent database (which is made), and see that it is in WAL mode.

    Raises StoreError where the database is another program's.
    """
    with closing(connect(path, patience=patience)) as connection:
        revision = read_revision(connection, str(path))
        _use_wal(connection, patience)
    return revision


def read_revision(connection: sqlite3.Connection, where: str) -> str | None:
    """Give the revision that Alembic wrote down; None for an empty database."""
    if not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        return None
    if connection.execute("PRAGMA application_id").fetchone()[0] != OURS:
        raise StoreError(
            "this database belongs to another program", where=where, todo="Name another file in DIGEST_DATABASE_URL."
        )
    return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def _use_wal(connection: sqlite3.Connection, patience: float) -> None:
    """Let readers and the writer work at once. SQLite does not wait for a lock here, so we do."""
    tries = 100
    for left in reversed(range(tries)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not left:
                raise
            time.sleep(patience / tries)
        else:
            return


def driver(connection: Connection) -> sqlite3.Connection:
    """Give the driver's own connection."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def mark(connection: Connection) -> None:
    """Mark the database as ours."""
    connection.exec_driver_sql(f"PRAGMA application_id = {OURS}")


def create_search(connection: Connection) -> None:
    """Create the search index and the triggers that keep it in step, and fill it."""
    for statement in SEARCH.split("--"):
        connection.exec_driver_sql(statement.strip())


@contextmanager
def indexing(connection: Connection, edited: Sequence[int]) -> Generator[None]:
    """Keep the search index in step with a block that adds entries, and edits those of these numbers.

    Those added are told by their numbers: these only grow, and the write lock is ours.
    """
    numbers = json.dumps(edited)
    last = connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM entries").scalar_one()
    connection.exec_driver_sql(
        "INSERT INTO entries_fts(entries_fts, rowid, title, text)"
        " SELECT 'delete', number, title, text FROM entries WHERE number IN (SELECT value FROM json_each(?))",
        (numbers,),
    )
    yield
    connection.exec_driver_sql(
        "INSERT INTO entries_fts(rowid, title, text)"
        " SELECT number, title, text FROM entries WHERE number > ? OR number IN (SELECT value FROM json_each(?))",
        (last, numbers),
    )


def create_promises(connection: Connection) -> None:
    """Create the trigger that holds, against any other tool too, what the code promises."""
    connection.exec_driver_sql(PROMISES.strip())


def broken_references(connection: Connection) -> list[str]:
    """Name the tables whose rows point at rows that are not there."""
    return sorted({str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})


def unsound(connection: Connection) -> list[str]:
    """Say what is wrong inside the file, a line each; empty where all of it is sound."""
    checked = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
    damage = [str(line) for told in checked if told != "ok" for line in str(told).splitlines() if not line.startswith("***")]
    return damage or [f"rows of {table} point at nothing" for table in broken_references(connection)]


def backup(path: Path, copy: Path) -> None:
    """Copy the database as it was last committed; `copy` is there whole or not at all."""
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    try:
        with closing(connect(path, writes=False)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        unfinished.replace(copy)
    finally:
        unfinished.unlink(missing_ok=True)


def query_of(words: str) -> str:
    """Turn what a person typed into an FTS5 query: all of the words, "quoted ones" as a phrase. Operators are only words.

    Empty where there is no word in it.
    """
    parts = (quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|([^\s"]+)', clean(words)))
    return " ".join(f'"{part}"' for part in parts if any(character.isalnum() for character in part))


def found(words: str) -> Subquery:
    """Give the entries that hold these words: `number`, and `rank`, which is lower for the better."""
    statement = text(
        "SELECT rowid AS number, round(bm25(entries_fts, :weight, 1.0), 3) AS rank"
        " FROM entries_fts WHERE entries_fts MATCH :asked"
    ).bindparams(weight=TITLE_WEIGHT, asked=query_of(words))
    return statement.columns(column("number", Integer), column("rank", Float)).subquery("found")


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, keep: bool = False) -> None:
    """Insert the rows; where one with the same primary key is there, replace what it says, or `keep` it as it is."""
    if not rows:
        return
    statement = insert(table)
    keys = list(table.primary_key.columns)
    others = {name: statement.excluded[name] for name in rows[0] if name not in {key.name for key in keys}}
    statement = (
        statement.on_conflict_do_nothing(index_elements=keys)
        if keep
        else statement.on_conflict_do_update(index_elements=keys, set_=others)
    )
    connection.execute(statement, list(rows))
