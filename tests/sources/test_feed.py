"""A feed over a real HTTP server on loopback: what a visit yields, and what the next visit asks for."""

import asyncio
from dataclasses import replace

import pytest
from pydantic import ValidationError

from aggregator.errors import FetchError, GoneError, ParseError
from aggregator.models import Checkpoint, Entry, Notice, NoticeKind, Source
from aggregator.settings import EnvironmentSecrets
from aggregator.sources import ParsePool
from aggregator.sources.feed import Options, factory
from tests.make import utc
from tests.servers import Reply, Request, Site
from tests.sources.feeds import item, rss
from tests.sources.loopback import Here, tools

NOW = utc("2026-03-09T08:00")
ONE = item(title="Anvil 2", link="https://acme.example/2", guid="urn:2", date="Tue, 03 Mar 2026 09:00:00 GMT")
TWO = item(title="Anvil 3", link="https://acme.example/3", guid="urn:3", date="Wed, 04 Mar 2026 09:00:00 GMT")
FEED = rss(ONE)
SHOW = "<html><head><link rel='alternate' type='application/rss+xml' href='/feeds/show'></head><body>Show</body></html>"

Found = list[Entry | Notice | Checkpoint]


def fetch(address: str, since: Checkpoint | None = None, pool: Here | None = None) -> Found:
    async def visit() -> Found:
        fetcher = factory(Options.model_validate(address), EnvironmentSecrets({}), tools(pool))
        return [found async for found in fetcher.fetch(Source(name="acme", address=address), since, NOW)]

    return asyncio.run(visit())


def entries(found: Found) -> list[str]:
    return [thing.title for thing in found if isinstance(thing, Entry)]


def notices(found: Found) -> dict[NoticeKind, str]:
    return {thing.kind: thing.detail for thing in found if isinstance(thing, Notice)}


def checkpoint(found: Found) -> Checkpoint:
    last = found[-1]
    assert isinstance(last, Checkpoint)
    return last


# --- what stands in sources.yaml ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://acme.example/feed", "https://acme.example/feed"),
        (" http://acme.example ", "http://acme.example"),
        ("feed://acme.example/x", "https://acme.example/x"),
        ("feed:http://acme.example/x", "http://acme.example/x"),
        ({"address": "https://acme.example/feed"}, "https://acme.example/feed"),
    ],
)
def test_an_address_is_taken_as_people_write_it(written: object, address: str):
    assert Options.model_validate(written).address == address


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("acme.example/feed", "'acme.example/feed' has no https:// in front"),
        ("localhost:8000/feed", "'localhost:8000/feed' has no https:// in front"),
        ("ftp://acme.example/feed", "begins with ftp:, a feed's address begins with https:// or http://"),
        ("file:///etc/passwd", "begins with file:"),
        ("mailto:ann@acme.example", "has no https:// in front"),
        ("https://", "is not an address such as"),
        ("https://acme example/", "is not an address such as"),
        ("https://acme.example:port/", "is not an address"),
        ("", "has no https:// in front"),
        (7, "an address such as https://example.org/feed is expected, not 7"),
        (["https://acme.example"], "is expected, not ["),
        ({"address": "https://acme.example", "adress": 1}, "adress"),
    ],
)
def test_a_wrong_address_is_said_in_words_that_help(written: object, said: str):
    with pytest.raises(ValidationError) as raised:
        Options.model_validate(written)
    assert said in str(raised.value)


# --- a visit ------------------------------------------------------------------------------------------------------------


def test_a_first_visit_yields_title_entries_and_last_the_checkpoint(site: Site):
    found = fetch(site.at("/feed", rss(TWO, ONE)))
    assert found[0] == Notice(NoticeKind.TITLE, "Acme")
    assert entries(found) == ["Anvil 3", "Anvil 2"]
    assert isinstance(found[-1], Checkpoint)
    assert sum(isinstance(thing, Checkpoint) for thing in found) == 1


def test_the_next_visit_sends_the_validators_and_believes_a_304(site: Site):
    def conditional(request: Request) -> Reply:
        same = request.headers.get("if-none-match") == '"v1"' and "if-modified-since" in request.headers
        sent = {"ETag": '"v1"', "Last-Modified": "Tue, 03 Mar 2026 09:00:00 GMT"}
        return Reply(b"", 304, sent) if same else Reply(FEED, 200, sent)

    address, pool = site.does("/feed", conditional), Here()
    first = fetch(address, pool=pool)
    second = fetch(address, checkpoint(first), pool)
    assert notices(second) == {NoticeKind.UNCHANGED: ""}
    assert checkpoint(second) == checkpoint(first)
    assert pool.calls == 1


def test_the_same_bytes_are_not_parsed_again(site: Site):
    address, pool = site.at("/feed", FEED), Here()
    first = fetch(address, pool=pool)
    second = fetch(address, checkpoint(first), pool)
    assert (notices(second), entries(second), pool.calls) == ({NoticeKind.UNCHANGED: ""}, [], 1)


def test_a_changed_feed_is_parsed_and_its_checkpoint_moves_on(site: Site):
    first = fetch(site.at("/feed", FEED, ETag='"v1"'))
    second = fetch(site.at("/feed", rss(TWO, ONE), ETag='"v2"'), checkpoint(first))
    assert entries(second) == ["Anvil 3", "Anvil 2"]
    assert checkpoint(second).state["etag"] == '"v2"'


def test_a_checkpoint_of_another_address_is_not_believed(site: Site):
    first = fetch(site.at("/old", FEED))
    assert entries(fetch(site.at("/new", FEED), checkpoint(first))) == ["Anvil 2"]


@pytest.mark.parametrize("state", [{}, {"address": 7}, {"hash": None, "at": 3, "etag": []}], ids=repr)
def test_a_checkpoint_of_another_form_is_a_first_visit(site: Site, state: dict[str, object]):
    address = site.at("/feed", FEED)
    assert entries(fetch(address, Checkpoint({"address": address, **state}))) == ["Anvil 2"]


def test_dates_that_cannot_be_true_are_left_out(site: Site):
    future = item(title="t", guid="1", date="Mon, 01 Jan 2035 09:00:00 GMT")
    old = item(title="u", guid="2", date="Thu, 01 Jan 1970 00:00:00 GMT")
    dated = [thing.published for thing in fetch(site.at("/feed", rss(future, old, ONE))) if isinstance(thing, Entry)]
    assert dated == [None, None, utc("2026-03-03T09:00")]


def test_entries_with_nothing_in_them_are_left_out_and_counted(site: Site):
    found = fetch(site.at("/feed", rss("<item/>", ONE, "<item><guid>x</guid></item>")))
    assert entries(found) == ["Anvil 2"]
    assert notices(found)[NoticeKind.LEFT_OUT] == "2 entries with neither title, text nor link"


def test_a_feed_that_is_too_long_says_what_was_left_out(site: Site):
    found = fetch(site.at("/feed", rss(*[item(title=f"entry {number}") for number in range(2_500)])))
    assert len(entries(found)) == 2_000
    assert notices(found)[NoticeKind.LEFT_OUT] == "500 of 2,500 entries: only the newest 2,000 are taken"


def test_a_guid_that_stands_on_several_pages_is_no_identity(site: Site):
    items = [item(title=name, link=f"https://acme.example/{name}", guid="always the same") for name in ("a", "b")]
    found = fetch(site.at("/feed", rss(*items, ONE)))
    assert [thing.guid for thing in found if isinstance(thing, Entry)] == ["", "", "urn:2"]


def test_a_real_pool_gives_the_same(site: Site):
    address = site.at("/feed", FEED)

    async def visit() -> Found:
        with ParsePool(1) as pool:
            fetcher = factory(Options.model_validate(address), EnvironmentSecrets({}), replace(tools(), pool=pool))
            return [found async for found in fetcher.fetch(Source(name="acme", address=address), None, NOW)]

    assert asyncio.run(visit()) == fetch(address)


# --- moved, gone, broken ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "permanent"), [(301, True), (308, True), (302, False), (307, False)])
def test_only_a_permanent_redirect_is_a_move_and_the_next_visit_goes_there(site: Site, status: int, permanent: bool):
    new = site.at("/new", FEED)
    old = site.at("/old", b"", status, Location=new)
    first = fetch(old)
    site.at("/new", rss(TWO, ONE))
    second = fetch(old, checkpoint(first))
    assert notices(first).get(NoticeKind.MOVED) == notices(second).get(NoticeKind.MOVED) == (new if permanent else None)
    assert [request.path for request in site.requests[2:]] == (["/new"] if permanent else ["/old", "/new"])


def test_a_move_is_told_while_nothing_changes(site: Site):
    new = site.at("/new", FEED)
    old = site.at("/old", b"", 301, Location=new)
    assert notices(fetch(old, checkpoint(fetch(old)))) == {NoticeKind.MOVED: new, NoticeKind.UNCHANGED: ""}


def test_what_moved_and_is_no_longer_there_is_looked_for_at_its_own_address(site: Site):
    old = site.at("/old", b"", 301, Location=site.at("/new", FEED))
    first = fetch(old)
    site.at("/new", b"", 404)
    site.at("/old", rss(TWO))
    assert entries(fetch(old, checkpoint(first))) == ["Anvil 3"]


def test_a_retired_feed_is_told_and_raises(site: Site):
    address, found = site.at("/feed", b"", 410), []

    async def visit() -> None:
        fetcher = factory(Options.model_validate(address), EnvironmentSecrets({}), tools())
        async for thing in fetcher.fetch(Source(name="acme", address=address), None, NOW):
            found.append(thing)  # noqa: PERF401  # what came before the error counts

    with pytest.raises(GoneError):
        asyncio.run(visit())
    assert list(notices(found)) == [NoticeKind.GONE]


@pytest.mark.parametrize("status", [404, 403, 429, 503])
def test_a_failure_is_an_error_and_never_a_quiet_week(site: Site, status: int):
    with pytest.raises(FetchError) as raised:
        fetch(site.at("/feed", b"", status))
    assert raised.value.status == status


@pytest.mark.parametrize("body", [b"", b"Not here", b"{}", b"<rss"], ids=repr)
def test_what_is_no_feed_is_an_error_that_names_the_source(site: Site, body: bytes):
    with pytest.raises(ParseError, match=r"^acme: "):
        fetch(site.at("/feed", body))


# --- a page that names its feed -----------------------------------------------------------------------------------------


def test_a_page_is_searched_for_its_feed_and_the_next_visit_asks_the_feed(site: Site):
    page = site.at("/", SHOW)
    site.at("/feeds/show", FEED)
    first = fetch(page)
    second = fetch(page, checkpoint(first))
    assert entries(first) == ["Anvil 2"]
    assert notices(second) == {NoticeKind.UNCHANGED: ""}
    assert [request.path for request in site.requests] == ["/", "/feeds/show", "/feeds/show"]


def test_a_page_that_names_none_is_asked_at_the_usual_places(site: Site):
    page = site.at("/blog", "<html><body>Hello</body></html>")
    site.at("/blog/rss.xml", FEED)
    assert entries(fetch(page)) == ["Anvil 2"]


def test_a_page_whose_first_feed_is_dead_gives_the_next(site: Site):
    page = site.at("/", f"{SHOW}<a href='/news/atom.xml'>feed</a>")
    site.at("/news/atom.xml", FEED)
    assert entries(fetch(page)) == ["Anvil 2"]


def test_a_feed_that_left_its_place_is_looked_for_on_its_page_again(site: Site):
    page = site.at("/", SHOW)
    site.at("/feeds/show", FEED)
    first = fetch(page)
    site.at("/feeds/show", b"", 404)
    site.at("/", SHOW.replace("/feeds/show", "/feeds/moved"))
    site.at("/feeds/moved", rss(TWO))
    second = fetch(page, checkpoint(first))
    assert entries(second) == ["Anvil 3"]
    assert str(checkpoint(second).state["at"]).endswith("/feeds/moved")


def test_a_busy_server_is_left_in_peace_and_its_page_too(site: Site):
    page = site.at("/", SHOW)
    site.at("/feeds/show", FEED)
    first = fetch(page)
    site.at("/feeds/show", b"", 503)
    asked = len(site.requests)
    with pytest.raises(FetchError):
        fetch(page, checkpoint(first))
    assert len(site.requests) == asked + 1


def test_a_page_without_a_feed_says_so(site: Site):
    with pytest.raises(ParseError) as raised:
        fetch(site.at("/", "<html><body>Hello</body></html>"))
    assert str(raised.value).startswith("acme: it is a web page, and at none of 7 likely addresses is its feed")
