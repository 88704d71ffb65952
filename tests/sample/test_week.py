"""The sample week: all invented, readable by the parsers that read real feeds, and served as real servers do."""

import http.client
import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import feedparser
import pytest

from aggregator import sample
from aggregator.catalogue import read, read_archetypes
from aggregator.sample.week import WEEK, Feed, Format, read_week

FEEDS = read_week()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with sample.serve() as address:
        yield address


def get(base: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=5)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def named(name: str) -> Feed:
    return next(feed for feed in FEEDS if feed.name == name)


def in_the_week(feed: Feed) -> int:
    return sum(
        item.published is not None and sample.SAMPLE_SINCE <= item.published < sample.SAMPLE_UNTIL for item in feed.items
    )


def test_every_host_is_reserved_for_examples():
    hosts = {urlsplit(address).hostname or "" for address in re.findall(r"https?://[^\s)\"]+", WEEK.read_text())}
    assert sorted(host for host in hosts if not host.endswith(".example")) == []


def test_every_item_belongs_to_a_feed_and_has_an_address_of_its_own():
    listed = WEEK.read_text().count("\n  - source:")
    addresses = [item.url for feed in FEEDS for item in feed.items]
    assert len(addresses) == len(set(addresses)) == listed


def test_the_period_is_one_week_from_monday_and_holds_most_of_the_items():
    assert (sample.SAMPLE_SINCE.isoweekday(), (sample.SAMPLE_UNTIL - sample.SAMPLE_SINCE).days) == (1, 7)
    within = sum(in_the_week(feed) for feed in FEEDS)
    assert 85 <= within < sum(len(feed.items) for feed in FEEDS)


def test_every_archetype_has_a_feed_that_serves_it():
    served = {name for feed in FEEDS for name in feed.archetypes}
    assert {archetype.name for archetype in read_archetypes()} <= served


def test_every_kind_of_feed_is_there_and_one_is_dead():
    assert {feed.format for feed in FEEDS} == set(Format)
    assert [feed.name for feed in FEEDS if feed.format is Format.MISSING] == ["model-gazette"]


def test_the_catalogue_is_a_valid_sources_yaml(base: str, tmp_path):
    listing = tmp_path / "sources.yaml"
    listing.write_text(sample.catalogue_text(base), encoding="utf-8")
    catalogue = read(listing, archetypes=read_archetypes(), timezone="UTC")
    sources = [listed.source for listed in catalogue.sources]
    assert [source.name for source in sources] == [feed.title for feed in FEEDS]
    assert all(source.allow_private and source.address.startswith(base) for source in sources)


@pytest.mark.parametrize(
    "feed", [f for f in FEEDS if f.format in {Format.RSS, Format.ATOM, Format.FORUM}], ids=lambda f: f.name
)
def test_an_xml_feed_says_what_the_list_says(base: str, feed: Feed):
    status, _, body = get(base, feed.path)
    parsed = feedparser.parse(body)
    assert (status, parsed.bozo, parsed.feed.title) == (200, False, feed.title)
    assert [entry.title for entry in parsed.entries] == [item.title for item in feed.items]
    assert [entry.link for entry in parsed.entries] == [item.target or item.url for item in feed.items]
    assert ["published" in entry for entry in parsed.entries] == [item.published is not None for item in feed.items]


@pytest.mark.parametrize("feed", [f for f in FEEDS if f.format is Format.JSON], ids=lambda f: f.name)
def test_a_json_feed_says_what_the_list_says(base: str, feed: Feed):
    _, headers, body = get(base, feed.path)
    assert headers["content-type"] == "application/feed+json"
    assert [(item["title"], item["url"]) for item in json.loads(body)["items"]] == [(i.title, i.url) for i in feed.items]


def test_a_page_names_its_feed(base: str):
    feed = named("handrail")
    _, headers, body = get(base, feed.path)
    assert headers["content-type"].startswith("text/html")
    assert b'type="application/atom+xml" href="atom.xml"' in body
    assert len(feedparser.parse(get(base, f"{feed.path}atom.xml")[2]).entries) == len(feed.items)


def test_a_forum_writes_its_points_into_the_text(base: str):
    entry = feedparser.parse(get(base, named("kettle").path)[2]).entries[0]
    assert "<p>Points: 331</p>" in entry.summary
    assert entry.comments.startswith("https://kettle.example/item/")


def test_a_link_in_a_text_becomes_an_anchor(base: str):
    entries = feedparser.parse(get(base, named("ida-marsh").path)[2]).entries
    assert any('<a href="https://merrow.example/news/corvid-3-2">Corvid 3.2</a>' in e.content[0].value for e in entries)


@pytest.mark.parametrize("validator", ["etag", "last-modified"])
def test_who_has_it_already_is_told_so(base: str, validator: str):
    path = named("merrow").path
    _, headers, _ = get(base, path)
    asked = {"etag": "If_None_Match", "last-modified": "If_Modified_Since"}[validator]
    status, again, body = get(base, path, **{asked: headers[validator]})
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])


@pytest.mark.parametrize(
    "stale",
    [
        {"If_None_Match": '"other"'},
        {"If_Modified_Since": "Mon, 01 Jun 2020 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_None_Match": '"other"', "If_Modified_Since": "Mon, 01 Jun 2048 00:00:00 GMT"},
    ],
    ids=str,
)
def test_who_has_something_else_gets_the_body(base: str, stale: dict[str, str]):
    assert get(base, named("merrow").path, **stale)[0] == 200


def test_the_dead_feed_is_not_found(base: str):
    assert get(base, named("model-gazette").path)[0] == 404


def test_the_same_bytes_every_time_and_two_servers_beside_each_other(base: str):
    with sample.serve() as other:
        assert other != base
        assert get(other, named("kettle").path)[2] == get(base, named("kettle").path)[2]
    with pytest.raises(ConnectionRefusedError):
        get(other, "/")
