"""`digest --now` as a person types it."""

import json
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.acceptance.conftest import Digest
from tests.acceptance.feeds import BLOG, MAKER, PRESS, atom, listing
from tests.make import utc
from tests.servers import Reply, Request, Site

WEEK = ("--since", "2026-03-02", "--until", "2026-03-09")


def conditional(body: str):
    """Answer 304 to whoever has this body already, as a well-kept server does."""

    def script(request: Request) -> Reply:
        headers = {"ETag": '"one"', "Last-Modified": format_datetime(utc("2026-03-04"))}
        if request.headers.get("if-none-match") == '"one"':
            return Reply(b"", 304, headers)
        return Reply(body.encode(), 200, {"Content-Type": "application/atom+xml", **headers})

    return script


@pytest.fixture
def sources(site: Site, tmp_path: Path) -> Path:
    addresses = [
        site.does("/maker", conditional(atom("Tarn Labs", MAKER))),
        site.at("/press", atom("Press", PRESS)),
        site.at("/blog", atom("Blog", BLOG)),
    ]
    file = tmp_path / "sources.yaml"
    file.write_text(listing(*addresses), encoding="utf-8")
    return file


def test_a_week_becomes_a_digest_in_which_each_story_stands_once(digest: Digest, sources: Path):
    ran = digest("--now", "--config", str(sources), *WEEK, "--format", "json")
    assert ran.code == 0, ran.err
    titles = [story["title"] for story in ran.json["stories"]]
    assert len([title for title in titles if "Brook 2" in title and "guide" not in title.lower()]) == 1
    assert not [title for title in titles if "cake" in title]
    lead = next(story for story in ran.json["stories"] if "Brook 2" in story["title"])
    assert {entry["source"] for entry in lead["entries"]} >= {"maker", "press"}


def test_the_digest_goes_to_stdout_and_all_else_to_stderr(digest: Digest, sources: Path):
    ran = digest("--now", "--config", str(sources), *WEEK)
    assert ran.out.lstrip().startswith("AI news, 2-8 March 2026")
    assert "read       press: 2 new" in ran.err
    assert "Read 3 of 3 sources: 0 unchanged, 6 new entries." in ran.err


def test_quiet_says_nothing_on_stderr(digest: Digest, sources: Path):
    assert not digest("--quiet", "--now", "--config", str(sources), *WEEK).err


def test_a_second_run_parses_nothing_says_so_and_gives_the_same_digest(digest: Digest, sources: Path):
    words = ("--now", "--config", str(sources), *WEEK, "--format", "json")
    first, second = digest(*words), digest(*words)
    assert "all unchanged, nothing parsed anew" in second.err
    assert "this is the stored digest" in second.err
    assert first.out == second.out


def test_the_digest_lies_in_the_data_folder_in_every_form(digest: Digest, sources: Path, own_home: Path):
    ran = digest("--now", "--config", str(sources), *WEEK, "--format", "json")
    named = ran.json["id"]
    assert sorted(file.name for file in (own_home / "digests").glob("[!.]*")) == [
        f"{named}.{ending}" for ending in ("html", "json", "md", "txt")
    ]
    assert (own_home / "digests" / f"{named}.json").read_text("utf-8") == ran.out


def test_a_dry_run_neither_stores_nor_writes(digest: Digest, sources: Path, own_home: Path):
    assert digest("--now", "--config", str(sources), *WEEK, "--dry-run").code == 0
    assert not (own_home / "digests").exists()
    assert digest("show").code == 3


def test_a_source_that_fails_is_a_line_and_not_the_end(digest: Digest, sources: Path, site: Site):
    sources.write_text(sources.read_text("utf-8") + listing(f"{site.url}/gone").partition("\n")[2], encoding="utf-8")
    ran = digest("--now", "--config", str(sources), *WEEK, "--format", "json")
    assert ran.code == 0
    assert [failure["source"] for failure in ran.json["coverage"]["failed"]] == ["gone"]
    assert "404" in ran.json["coverage"]["failed"][0]["reason"]
    assert ran.err.count("gone: ") == 2  # once as it happens, once where the run is summed up


def test_where_most_sources_fail_the_digest_calls_itself_partial_and_strict_exits_with_5(
    digest: Digest, sources: Path, site: Site
):
    for path in ("/press", "/blog"):
        site.at(path, "", 500)
    ran = digest("--now", "--config", str(sources), *WEEK, "--format", "json", "--strict")
    assert ran.code == 5
    assert ran.json["state"] == "partial"


def test_where_nothing_can_be_read_it_says_so_and_exits_with_3(digest: Digest, tmp_path: Path, site: Site):
    file = tmp_path / "dead.yaml"
    file.write_text(listing(f"{site.url}/dead"), encoding="utf-8")
    ran = digest("--now", "--config", str(file))
    assert ran.code == 3
    assert not ran.out
    assert "none of 1 sources could be read" in ran.err


def test_a_period_without_news_exits_with_4(digest: Digest, sources: Path):
    ran = digest("--now", "--config", str(sources), "--since", "2025-01-01", "--until", "2025-01-08")
    assert ran.code == 4, ran.err
    assert not ran.out


def test_without_fetching_nothing_is_asked_for(digest: Digest, sources: Path, site: Site):
    digest("fetch", "--config", str(sources))
    asked = len(site.requests)
    assert digest("--now", "--no-fetch", "--config", str(sources), *WEEK).code == 0
    assert len(site.requests) == asked


def test_verify_proves_the_digest_and_finds_an_edit(digest: Digest, sources: Path, tmp_path: Path):
    exported = tmp_path / "digest.json"
    digest("--now", "--config", str(sources), *WEEK, "--output", str(exported))
    assert digest("verify").code == 0
    assert digest("verify", str(exported)).code == 0
    told = json.loads(exported.read_text("utf-8"))
    told["stories"][0]["sentences"][0]["text"] += " It costs 17 dollars."
    exported.write_text(json.dumps(told), encoding="utf-8")
    edited = digest("verify", str(exported))
    assert edited.code == 1
    assert "It costs 17 dollars." in edited.err


def test_the_output_file_names_the_form(digest: Digest, sources: Path, tmp_path: Path):
    page = tmp_path / "digest.html"
    ran = digest("--now", "--config", str(sources), *WEEK, "--output", str(page))
    assert (ran.code, ran.out) == (0, "")
    assert page.read_text("utf-8").startswith("<!doctype html>") or page.read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--days", "3"), "these options belong to --now"),
        (("--now", "fetch"), "--now makes a digest and takes no command"),
        (("--now", "--archetype", "reseacher"), "did you mean 'researcher'?"),
        (("--now", "--since", "tomorrow"), "--since: found 'tomorrow'"),
        (("--now", "--config", "missing.yaml"), "missing.yaml: there is no such file"),
        (("--now", "--format", "pdf"), "pdf"),
        (("frobnicate",), "frobnicate"),
    ],
)
def test_wrong_usage_exits_with_2_and_one_sentence(digest: Digest, words: tuple[str, ...], told: str):
    ran = digest(*words)
    assert ran.code == 2
    assert told in ran.err
