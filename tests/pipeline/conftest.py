"""A desk over a real database in which a week of three sources is stored."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aggregator.catalogue import Catalogue, Listed, read_archetypes
from aggregator.models import Entry, Fetched, Outcome, Reader
from aggregator.pipeline import Desk, Period
from aggregator.store import entries, open_store, sources
from tests.acceptance.feeds import BLOG, MAKER, PRESS
from tests.make import WEEK, source, utc

NOW = utc("2026-03-09T08:00")
FEEDS = {"maker": MAKER, "press": PRESS, "blog": BLOG}
READ = tuple(Fetched(source=name, outcome=Outcome.READ) for name in FEEDS)


def give(desk: Desk, name: str, *given: Entry) -> None:
    """Let a source publish this."""
    with desk.store.transaction() as session:
        entries.save(session, name, given, now=NOW, history=False, date=lambda published, *_: published)
        sources.succeeded(session, name, now=NOW, checkpoint=None, notices=())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    listed = tuple(Listed(source(name, address=f"https://{name}.example/feed"), None, 1) for name in FEEDS)
    catalogue = Catalogue(path=tmp_path / "sources.yaml", sources=listed, readers=(Reader(),), shipped=False)
    with open_store(f"sqlite:///{tmp_path / 'digest.db'}", backups=tmp_path, now=NOW) as store:
        made = Desk(store=store, catalogue=catalogue, archetypes=read_archetypes(None), now=NOW)
        with store.transaction() as session:
            sources.sync(session, [one.source for one in listed], NOW)
        for name, items in FEEDS.items():
            day = utc("2026-03-04T09:00")
            give(made, name, *(Entry(source=name, guid=g, title=t, url=u, text=x, published=day) for g, t, u, x in items))
        yield made


@pytest.fixture
def week() -> Period:
    return Period(Reader(), *WEEK, READ)
