"""Opening: the folder, the file, the schema; and all that can be wrong with them."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import aggregator.store
from aggregator.errors import AggregatorError, NewerSchemaError, SettingsError, StoreError
from aggregator.store import Store, entries, open_store, sources
from tests.make import entry, source
from tests.store.conftest import NOW

Opened = Callable[[], Store]
NOBODY = 65534


def date(published, first_seen, history):
    return published


def test_what_the_room_names_is_there():
    for name in aggregator.store.__all__:
        assert getattr(aggregator.store, name)
    with pytest.raises(AttributeError):
        _ = aggregator.store.nothing


def test_importing_the_room_does_not_load_sqlmodel():
    code = "import sys, aggregator.store; print('sqlmodel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_an_up_to_date_database_is_opened_without_alembic(opened: Opened, path: Path):
    opened().close()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC; from aggregator.store import open_store\n"
        f"open_store('sqlite:///{path}', backups=Path('unused'), now=datetime.now(UTC)).close()\n"
        "print('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_makes_folder_and_file_for_the_person_alone(opened: Opened, path: Path):
    with opened() as store:
        assert store.location == str(path)
    assert path.is_file()
    assert path.parent.stat().st_mode & 0o077 == 0
    assert not (path.parent / "backups").exists()


def test_what_was_stored_is_there_when_opened_again(opened: Opened):
    with opened() as store, store.transaction() as session:
        sources.sync(session, [source()], NOW)
        entries.save(session, "acme", [entry()], now=NOW, history=False, date=date)
    with opened() as store, store.reading() as session:
        assert entries.count(session) == 1


def test_closing_leaves_one_file(opened: Opened, path: Path):
    opened().close()
    assert [file.name for file in path.parent.iterdir()] == ["digest.db"]


@pytest.mark.parametrize("name", ["with space", "with?mark#and%41", "ümläut", "a'b\"c", "[x]"])
def test_any_folder_name_will_do(tmp_path: Path, name: str):
    path = tmp_path / name / "digest.db"
    with open_store(f"sqlite:///{path}", backups=tmp_path, now=NOW):
        assert path.is_file()


def test_the_home_folder_may_be_written_as_a_tilde(tmp_path: Path):
    with open_store("sqlite:///~/digest.db", backups=tmp_path, now=NOW):
        assert (tmp_path / "digest.db").is_file()


@pytest.mark.parametrize(
    "url",
    ["", "sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory", "postgresql://me:secret@host/db", "digest.db"],
)
def test_an_address_that_names_no_file_is_refused_without_its_password(tmp_path: Path, url: str):
    with pytest.raises(SettingsError, match="names no SQLite file") as caught:
        open_store(url, backups=tmp_path, now=NOW)
    assert "secret" not in str(caught.value)


def refused(path: Path, **how: float) -> AggregatorError:
    """Open, expect one line that names the place, and give the error."""
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{path}", backups=path.parent / "backups", now=NOW, **how)
    assert caught.value.todo
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("content", [b"not a database, but long enough to be looked at" * 30, b"x" * 200, b"\0" * 4096])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path, content: bytes):
    path.parent.mkdir()
    path.write_bytes(content)
    assert refused(path).what == "this is not a database"
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_database(opened: Opened, path: Path):
    path.parent.mkdir()
    path.touch()
    opened().close()
    assert path.stat().st_size > 0


def test_a_damaged_database_is_refused(opened: Opened, path: Path):
    opened().close()
    content = bytearray(path.read_bytes())
    content[4096 * 1 :] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    assert refused(path).what == "the database is damaged"


def test_another_programs_database_is_refused_and_left_as_it_is(path: Path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    assert refused(path).what == "this database belongs to another program"
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused_and_left_as_it_is(opened: Opened, path: Path):
    opened().close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    error = refused(path)
    assert isinstance(error, NewerSchemaError)
    assert "written by a newer version of this program (schema 9999" in str(error)
    assert not (path.parent / "backups").exists()


def test_a_folder_in_the_files_place_is_refused(path: Path):
    path.mkdir(parents=True)
    assert refused(path).what == "the database cannot be opened"


def test_a_file_in_the_folders_place_is_refused(path: Path):
    path.parent.write_text("")
    assert refused(path).what.startswith("the folder cannot be made")


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be nobody where the test runs as root, whom no permission holds."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def nobodys(tmp_path_factory: pytest.TempPathFactory, opened: Opened) -> Path:
    """Give a folder that an unprivileged user reaches but may not write to. Alembic is loaded: nobody could not."""
    opened().close()
    folder = tmp_path_factory.mktemp("nobodys")
    for parent in [folder, *folder.parents][:-2]:
        if os.geteuid() == 0 and parent.stat().st_uid == 0:
            parent.chmod(parent.stat().st_mode | 0o055)
    folder.chmod(0o555)
    return folder


def test_a_read_only_folder_is_told(nobodys: Path):
    with unprivileged():
        assert refused(nobodys / "digest.db").what == "the database cannot be opened"
        assert refused(nobodys / "new" / "digest.db").what == "the folder cannot be made (Permission denied)"


def write_to(path: Path) -> None:
    with open_store(f"sqlite:///{path}", backups=path.parent, now=NOW) as store, store.transaction() as session:
        sources.sync(session, [source()], NOW)


def test_a_read_only_file_is_told_and_left_as_it_is(nobodys: Path):
    path = nobodys / "digest.db"
    nobodys.chmod(0o755)
    write_to(path)
    path.chmod(0o444)
    nobodys.chmod(0o555)
    before = path.read_bytes()
    with unprivileged(), pytest.raises(StoreError, match=r"digest\.db: the database (is read-only|cannot be opened)"):
        write_to(path)
    assert path.read_bytes() == before


def test_a_locked_fresh_database_is_told_and_not_broken(path: Path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert refused(path, patience=0.1).what == "another program is writing to the database"


RACE = """
import os, sys, traceback
from datetime import UTC, datetime
from pathlib import Path
from alembic import command, config, script
from aggregator.models import Source
from aggregator.store import open_store, sources

def start():
    now = datetime.now(UTC)
    with open_store(sys.argv[1], backups=Path("unused"), now=now) as store, store.transaction() as session:
        sources.sync(session, [Source(name="acme", address="https://acme.example")], now)

hold, go = os.pipe()
children = []
for _ in range(4):
    child = os.fork()
    if not child:
        os.close(go)
        os.read(hold, 1)  # until the parent closes its end
        try:
            start()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    children.append(child)
os.close(go)
sys.exit(any(os.waitpid(child, 0)[1] for child in children))
"""


def test_processes_that_start_at_once_all_work(path: Path):
    race = subprocess.run([sys.executable, "-c", RACE, f"sqlite:///{path}"], capture_output=True, text=True, check=False)
    assert (race.returncode, race.stderr) == (0, "")
    with open_store(f"sqlite:///{path}", backups=path.parent, now=NOW) as store, store.reading() as session:
        assert [health.source for health in sources.health(session)] == ["acme"]
