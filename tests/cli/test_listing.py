"""`digest sources add | remove | check | import | export`, against a real server."""

from pathlib import Path

import pytest

from aggregator.catalogue import read, read_archetypes, shipped
from aggregator.models import Source
from tests.acceptance.feeds import MAKER, atom
from tests.cli.conftest import Digest
from tests.servers import Site

PAGE = '<html><head><link rel="alternate" type="application/atom+xml" href="/maker"></head><body>Words</body></html>'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Say where a person's sources.yaml is by default (conftest.own_home)."""
    return tmp_path / "config" / "digest" / "sources.yaml"


def listed(file: Path) -> list[Source]:
    return [one.source for one in read(file, archetypes=read_archetypes(None), timezone="UTC").sources]


def test_a_page_that_names_a_feed_is_shown_and_added_to_a_copy_of_the_shipped_list(digest: Digest, site: Site, own: Path):
    site.at("/maker", atom("Tarn \u202eLabs", MAKER))
    page = site.at("/page", PAGE, Content_Type="text/html")
    refused = digest("sources", "add", page, "--allow-private", given="no\n")
    assert (refused.code, own.exists()) == (1, False)
    assert "Tarn Labs: 2 entries.\n  2026-03-04  Tarn Labs releases Brook 2" in refused.err

    added = digest("sources", "add", page, "--allow-private", "--weight", "2", "--archetype", "ux", given="\n")
    assert added.code == 0, added.err
    assert added.err.splitlines()[-2:] == [
        f"The list that ships with the program was copied to {own}: it is yours from here on.",
        f"Added 'Tarn Labs' to {own}.",
    ]
    assert listed(own)[:-1] == listed(shipped())
    last = listed(own)[-1]
    assert (last.name, last.address, last.weight, last.archetypes, last.allow_private) == ("Tarn Labs", page, 2, ("ux",), True)

    asked = len(site.requests)
    again = digest("sources", "add", page, "--allow-private", "--yes")
    assert again.code == 2
    assert "this source stands in the list already, as 'Tarn Labs'" in again.err
    taken = digest("sources", "add", f"{site.url}/other", "--name", "tarn labs", "--yes")
    assert taken.code == 2
    assert "the name 'tarn labs' is taken" in taken.err
    assert len(site.requests) == asked  # both were known without asking

    removed = digest("sources", "remove", page)
    assert removed.code == 0
    assert own.read_bytes() == shipped().read_bytes()


def test_a_title_that_is_taken_is_numbered(digest: Digest, site: Site, week: Path):
    assert digest("sources", "add", site.at("/new", atom("Maker", MAKER)), "--allow-private", "--yes").code == 0
    assert [source.name for source in listed(week)][-1] == "Maker 2"


@pytest.mark.parametrize(
    ("address", "code", "told"),
    [
        ("not a url", 2, "digest sources add: 'https://not a url' is not an address such as https://example.org/feed."),
        ("ftp://acme.example", 2, "begins with ftp:"),
        ("http://[::1", 2, "Invalid IPv6 URL"),
        ("localhost/feed", 1, "If it is your own server, add --allow-private."),
        ("SITE/gone", 1, "there is nothing at this address (404 from SITE/gone). Nothing was added."),
        ("SITE/page", 1, "it is a web page, and at none of"),
        ("SITE/broken", 1, "it is not a feed"),
    ],
)
def test_what_cannot_be_read_is_not_added(digest: Digest, site: Site, week: Path, address: str, code: int, told: str):
    site.at("/page", "<html><body>Words</body></html>", Content_Type="text/html")
    site.at("/broken", "<<<< no feed at all")
    before = week.read_bytes()
    host = site.url.removeprefix("http://")
    private = ("--allow-private",) if "SITE" in address else ()
    ran = digest("-q", "sources", "add", address.replace("SITE", site.url), "--yes", *private)
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
    assert told.replace("SITE", host) in ran.err
    assert week.read_bytes() == before


def test_check_tries_each_and_exits_with_1_where_one_fails(digest: Digest, site: Site, week: Path):
    good, bad = site.at("/maker", atom("Tarn Labs", MAKER)), f"{site.url}/gone"
    items = [
        f"  - {{feed: {address}, name: {name}, allow_private: true}}\n" for address, name in ((good, "good"), (bad, "bad"))
    ]
    week.write_text("sources:\n" + "".join(items), encoding="utf-8")
    ran = digest("sources", "check")
    assert ran.code == 1
    failed, good_one = sorted(ran.out.splitlines())
    assert failed.startswith("failed  bad: there is nothing at this address (404")
    assert good_one == "ok      good: 2 entries, the newest of 2026-03-04"
    only = digest("sources", "check", "good", "--json")
    assert only.code == 0
    assert only.json == [{"source": "good", "entries": 2, "newest": "2026-03-04T09:00:00Z", "error": None}]
    unasked = digest("doctor")
    assert "warning  network: bad: there is nothing at this address" in unasked.out
    assert "ok       network: 1 of 2 tried sources answered." in unasked.out


def test_doctor_names_every_fault_and_what_to_do(digest: Digest, own_home: Path, week: Path):
    (own_home / "digest.db").write_bytes(b"garbage" * 1000)
    ran = digest("doctor", "--json")
    assert ran.code == 1
    verdicts = {finding["part"]: finding["verdict"] for finding in ran.json}
    assert verdicts == {"program": "ok", "configuration": "ok", "data folder": "ok", "database": "fault", "network": "fault"}
    week.write_text("sources: 7\n", encoding="utf-8")
    ran = digest("doctor")
    assert ran.code == 1
    assert [line.split()[:2] for line in ran.out.splitlines()] == [["ok", "program:"], ["fault", "configuration:"]]


def test_subscriptions_go_out_and_come_in_again(digest: Digest, week: Path, tmp_path: Path):
    before = listed(week)
    out = tmp_path / "all.opml"
    assert digest("sources", "export", "--output", str(out)).code == 0
    assert digest("sources", "export").out == out.read_text("utf-8")
    same = digest("sources", "import", str(out))
    assert (same.code, same.err) == (0, "3 of the 3 feeds stood there already.\n")

    week.write_text("sources:\n  - feed: https://acme.example/feed  # mine\n", encoding="utf-8")
    ran = digest("sources", "import", str(out))
    assert (ran.code, ran.err) == (0, f"Added 3 sources to {week}.\n")
    assert [(one.name, one.address) for one in listed(week)[1:]] == [(one.name, one.address) for one in before]
    assert "# mine" in week.read_text("utf-8")


@pytest.mark.parametrize(("content", "told"), [(None, "no such file"), (b"words", "this is no OPML"), (b"\xff\x00", "no OPML")])
def test_a_file_that_holds_no_subscriptions_is_one_line(
    digest: Digest, week: Path, tmp_path: Path, content: bytes | None, told: str
):
    file = tmp_path / "all.opml"
    if content is not None:
        file.write_bytes(content)
    ran = digest("sources", "import", str(file))
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert f"{file}: " in ran.err
    assert told in ran.err


def test_removing_what_is_not_there_names_the_nearest(digest: Digest, week: Path):
    ran = digest("sources", "remove", "mekar")
    assert (ran.code, ran.err) == (2, f"digest: {week}: no source has the name or address 'mekar'. Did you mean 'maker'?\n")


def test_the_shipped_list_is_never_changed_where_the_person_has_one(digest: Digest, own: Path):
    own.parent.mkdir(parents=True)
    own.write_text("sources: []\n", encoding="utf-8")
    ran = digest("sources", "remove", "OpenAI", "--config", str(shipped()))
    assert ran.code == 2
    assert f"--config {own}" in ran.err
    assert own.read_text("utf-8") == "sources: []\n"
