"""Collect: each source is a line of its own, in one transaction, whatever the others do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator.catalogue import Catalogue, Listed, load_kind
from aggregator.models import Fetched, Health, Outcome
from aggregator.pipeline import Desk, Patience, collect
from aggregator.settings import EnvironmentSecrets
from aggregator.store import entries, sources
from tests.acceptance.feeds import BLOG, MAKER, atom
from tests.make import source
from tests.servers import Reply, Site

SECRETS = EnvironmentSecrets({})


def reading(desk: Desk, *addresses: str) -> Desk:
    """Let the desk read these feeds, named by the last part of their address."""
    kind = load_kind("aggregator.sources", "feed")
    listed = tuple(
        Listed(source(address.rpartition("/")[2], address=address, allow_private=True), kind.Options.model_validate(address), 1)
        for address in addresses
    )
    catalogue = Catalogue(path=Path("sources.yaml"), sources=listed, readers=desk.catalogue.readers, shipped=False)
    return replace(desk, catalogue=catalogue)


def run(desk: Desk, patience: Patience = Patience.NOW, *, days: float = 0) -> dict[str, Fetched]:
    later = replace(desk, now=desk.now + timedelta(days=days))
    return {line.source: line for line in collect(later, SECRETS, patience)}


def health(desk: Desk, name: str) -> Health:
    with desk.store.reading() as session:
        return next(one for one in sources.health(session) if one.source == name)


def kept(desk: Desk, name: str) -> Sequence[str]:
    with desk.store.reading() as session:
        return [entry.guid for entry in entries.newest(session, name, 10)]


def test_good_and_bad_sources_are_lines_of_their_own(desk: Desk, site: Site):
    desk = reading(desk, site.at("/tarn", atom("Tarn", MAKER)), site.url + "/missing", site.at("/noise", "not a feed at all"))
    lines = run(desk)
    assert {name: line.outcome for name, line in lines.items()} == {
        "tarn": Outcome.READ,
        "missing": Outcome.FAILED,
        "noise": Outcome.FAILED,
    }
    assert sorted(kept(desk, "tarn")) == ["m1", "m2"]
    assert "404" in lines["missing"].reason
    assert health(desk, "missing").failures == 1


def test_the_same_bytes_are_not_parsed_again(desk: Desk, site: Site):
    desk = reading(desk, site.at("/tarn", atom("Tarn", MAKER)))
    run(desk)
    assert run(desk)["tarn"].outcome is Outcome.UNCHANGED


def test_an_entry_that_a_feed_adds_is_the_only_new_one(desk: Desk, site: Site):
    desk = reading(desk, site.at("/tarn", atom("Tarn", MAKER)))
    run(desk)
    site.at("/tarn", atom("Tarn", [*MAKER, BLOG[0]]))
    assert run(desk)["tarn"].new == 1


def test_a_failing_source_is_left_in_peace_for_a_while_unless_somebody_asks(desk: Desk, site: Site):
    desk = reading(desk, site.at("/down", "", 500))
    run(desk)
    assert run(desk, Patience.DUE)["down"].outcome is Outcome.NOT_DUE
    assert run(desk, Patience.NOW)["down"].outcome is Outcome.FAILED
    assert health(desk, "down").failures == 2
    assert run(desk, Patience.DUE, days=1)["down"].outcome is Outcome.FAILED


@pytest.mark.parametrize("status", [429, 503])
def test_who_is_asked_to_wait_waits_even_if_somebody_asks(desk: Desk, site: Site, status: int):
    desk = reading(desk, site.at("/busy", "", status, Retry_After="7200"))
    run(desk)
    asked = len(site.requests)
    assert run(desk, Patience.NOW)["busy"].outcome is Outcome.NOT_DUE
    assert len(site.requests) == asked
    assert run(desk, Patience.NOW, days=0.1)["busy"].outcome is Outcome.FAILED


def test_a_source_that_says_it_is_gone_is_asked_no_more(desk: Desk, site: Site):
    desk = reading(desk, site.at("/gone", "", 410))
    assert run(desk)["gone"].outcome is Outcome.RETIRED
    asked = len(site.requests)
    assert run(desk, days=30)["gone"].outcome is Outcome.RETIRED
    assert len(site.requests) == asked
    assert health(desk, "gone").retired


def test_a_source_that_comes_back_forgets_its_failures(desk: Desk, site: Site):
    desk = reading(desk, site.at("/tarn", "", 500))
    run(desk)
    site.at("/tarn", atom("Tarn", MAKER))
    assert run(desk)["tarn"].outcome is Outcome.READ
    assert (health(desk, "tarn").failures, health(desk, "tarn").error) == (0, "")


def test_undated_entries_of_a_first_fetch_are_history_and_later_ones_are_news(desk: Desk, site: Site):
    def feed(*guids: str) -> str:
        items = "".join(f"<item><guid>{guid}</guid><title>Entry {guid}</title></item>" for guid in guids)
        return f"<rss version='2.0'><channel><title>Undated</title>{items}</channel></rss>"

    desk = reading(desk, site.at("/undated", feed("old")))
    run(desk)
    site.at("/undated", feed("new", "old"))
    run(desk, days=1)
    with desk.store.reading() as session:
        dates = {entry.guid: entry.date for entry in entries.newest(session, "undated", 10)}
    assert dates == {"old": None, "new": desk.now + timedelta(days=1)}


def test_a_permanent_move_is_followed_and_shown(desk: Desk, site: Site):
    site.at("/new", atom("Tarn", MAKER))
    desk = reading(desk, site.does("/old", lambda _: Reply(b"", 301, {"Location": "/new"})))
    assert run(desk)["old"].outcome is Outcome.READ
    assert health(desk, "old").moved_to == f"{site.url}/new"


def test_every_source_is_told_of_as_it_ends(desk: Desk, site: Site):
    desk = reading(desk, site.at("/tarn", atom("Tarn", MAKER)), site.url + "/missing")
    told: list[str] = []
    collect(desk, SECRETS, Patience.NOW, lambda line: told.append(line.source))
    assert sorted(told) == ["missing", "tarn"]
