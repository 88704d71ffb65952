"""`digest --now` as a person types it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.acceptance.conftest import Digest, Ran, digest_in
from tests.acceptance.feeds import BLOG, MAKER, PRESS, atom, listing
from tests.make import utc
from tests.servers import Reply, Request, Site, serving

WEEK = ("--since", "2026-03-02", "--until", "2026-03-09")


def conditional(body: str):
    """Answer 304 to whoever has this body already, as a well-kept server does."""

    def script(request: Request) -> Reply:
        headers = {"ETag": '"one"', "Last-Modified": format_datetime(utc("2026-03-04"))}
        if request.headers.get("if-none-match") == '"one"':
            return Reply(b"", 304, headers)
        return Reply(body.encode(), 200, {"Content-Type": "application/atom+xml", **headers})

    return script


@dataclass(frozen=True)
class Week:
    """Two runs over the same week: three sources that can be read, and one of little weight that cannot."""

    site: Site
    folder: Path
    sources: Path
    first: Ran
    second: Ran


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    folder = tmp_path_factory.mktemp("week")
    with serving(Site()) as site:
        addresses = [
            site.does("/maker", conditional(atom("Tarn Labs", MAKER))),
            site.at("/press", atom("Press", PRESS)),
            site.at("/blog", atom("Blog", BLOG)),
            f"{site.url}/gone",
        ]
        sources = folder / "sources.yaml"
        sources.write_text(listing(*addresses) + "    weight: 0.3\n", encoding="utf-8")
        call = ("--now", "--config", str(sources), *WEEK, "--format", "json")
        digest = digest_in(folder)
        yield Week(site, folder, sources, digest(*call), digest(*call))


def test_a_week_becomes_a_digest_in_which_each_story_stands_once(week: Week):
    assert week.first.code == 0, week.first.err
    titles = [story["title"] for story in week.first.json["stories"]]
    assert len([title for title in titles if "Brook 2" in title and "guide" not in title.lower()]) == 1
    assert not [title for title in titles if "cake" in title]
    lead = next(story for story in week.first.json["stories"] if "Brook 2" in story["title"])
    assert {entry["source"] for entry in lead["entries"]} >= {"maker", "press"}


def test_what_is_not_the_digest_goes_to_stderr(week: Week):
    lines = week.first.err.splitlines()
    assert "read       press: 2 new" in lines
    assert "Read 3 of 4 sources: 0 unchanged, 6 new entries; 1 failed." in lines
    assert lines[-1].endswith(f"{week.first.json['id']}.html")


def test_a_second_run_parses_nothing_says_so_and_gives_the_same_digest(week: Week):
    assert "Read 3 of 4 sources: all unchanged, nothing parsed anew; 1 failed." in week.second.err
    assert "this is the stored digest" in week.second.err
    assert week.first.out == week.second.out


def test_the_digest_lies_in_the_data_folder_in_every_form(week: Week):
    named, kept = week.first.json["id"], week.folder / "home" / "digests"
    assert sorted(file.name for file in kept.glob("[!.]*")) == [f"{named}.{ending}" for ending in ("html", "json", "md", "txt")]
    assert (kept / f"{named}.json").read_text("utf-8") == week.first.out


def test_a_source_that_fails_is_a_line_and_not_the_end(week: Week):
    failed = week.first.json["coverage"]["failed"]
    assert [failure["source"] for failure in failed] == ["gone"]
    assert "404" in failed[0]["reason"]
    assert week.first.json["state"] != "partial"
    assert week.first.err.count("gone: ") == 1


def test_without_fetching_nothing_is_asked_for_and_another_process_finds_it_all(week: Week, tmp_path: Path):
    shutil.copytree(week.folder / "home", tmp_path / "home")
    digest, asked = digest_in(tmp_path), len(week.site.requests)
    ran = digest("--now", "--no-fetch", "--config", str(week.sources), *WEEK)
    assert ran.out.lstrip().startswith("AI news, 2-8 March 2026")
    assert len(week.site.requests) == asked
    other = digest("--now", "--config", str(week.sources), "--since", "2025-01-01", "--until", "2025-01-08")
    assert (other.code, other.out) == (4, ""), other.err


def test_where_most_sources_fail_the_digest_calls_itself_partial_and_strict_exits_with_5(
    digest: Digest, site: Site, tmp_path: Path
):
    good = site.at("/maker", atom("Tarn Labs", MAKER))
    file = tmp_path / "sources.yaml"
    file.write_text(listing(good, f"{site.url}/press", f"{site.url}/blog"), encoding="utf-8")
    ran = digest("--quiet", "--now", "--config", str(file), *WEEK, "--format", "json", "--strict")
    assert (ran.code, ran.err) == (5, "")
    assert ran.json["state"] == "partial"


def test_where_nothing_can_be_read_it_says_so_and_exits_with_3(digest: Digest, tmp_path: Path, site: Site):
    file = tmp_path / "dead.yaml"
    file.write_text(listing(f"{site.url}/dead"), encoding="utf-8")
    ran = digest("--now", "--config", str(file))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines()[-1].startswith("digest --now: the only source could not be read, and nothing of the period is")
