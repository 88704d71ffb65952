"""The command, run in this process: as `digest` answers, without the second that a process takes to start."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from aggregator.cli.app import run
from aggregator.models import Entry
from aggregator.store import entries, open_store, sources
from tests.acceptance.conftest import Ran
from tests.acceptance.feeds import BLOG, MAKER, PRESS, Item, listing
from tests.make import source, utc

Digest = Callable[..., Ran]

NOW = utc("2026-03-09T08:00")
WEEK = ("--since", "2026-03-02", "--until", "2026-03-09")


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Digest:
    """Give the command `digest`, called in an empty folder; `given` is what stands in its stdin."""
    folder = tmp_path / "working"
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TZ", "UTC")

    def call(*words: str, given: str = "") -> Ran:
        stdin = tmp_path / "stdin"
        stdin.write_text(given, encoding="utf-8")
        capsys.readouterr()
        with stdin.open(encoding="utf-8") as answers, monkeypatch.context() as patch:
            patch.setattr("sys.stdin", answers)
            with pytest.raises(SystemExit) as ended:
                run(list(words))
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "a fault in this program" not in said.err
        return Ran(int(ended.value.code or 0), said.out, said.err)

    return call


@pytest.fixture(scope="session")
def stored_week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data folder in which a week of three sources is stored, once for all who copy it."""
    home = tmp_path_factory.mktemp("stored")
    store_feeds(home, {"maker": MAKER, "press": PRESS, "blog": BLOG})
    return home


def store_feeds(home: Path, feeds: dict[str, Iterable[Item]]) -> None:
    """Store what these sources published on 4 March."""
    with open_store(f"sqlite:///{home / 'digest.db'}", backups=home, now=NOW) as store, store.transaction() as session:
        sources.sync(session, [source(name, address=f"http://127.0.0.1:9/{name}") for name in feeds], NOW)
        for name, items in feeds.items():
            published = [
                Entry(source=name, guid=guid, title=title, url=url, text=text, published=utc("2026-03-04T09:00"))
                for guid, title, url, text in items
            ]
            entries.save(session, name, published, now=NOW, history=False, date=lambda day, *_: day)
            sources.succeeded(session, name, now=NOW, checkpoint=None)


@pytest.fixture
def week(stored_week: Path, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the data folder hold the stored week, and sources.yaml its three sources. Gives that file."""
    shutil.copytree(stored_week, own_home)
    file = tmp_path / "sources.yaml"
    file.write_text(listing(*(f"http://127.0.0.1:9/{name}" for name in ("maker", "press", "blog"))), encoding="utf-8")
    monkeypatch.setenv("DIGEST_CONFIG", str(file))
    return file
