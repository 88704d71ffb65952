"""`digest stories | show | search | verify | export | forget | sources`, over a stored week."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import WEEK, Digest, store_feeds

EVIL = "Evil \x1b[31mred\x1b]0;owned\x07 \u202egnihton\u202c\r\nlanguage \x9b31mmodel\x00 \ud800weights"


@pytest.fixture
def told(week: Path, digest: Digest) -> str:
    """Give the id of the digest of the stored week."""
    return digest("--now", "--no-fetch", *WEEK, "--format", "json", "--quiet").json["id"]


@pytest.mark.usefixtures("week")
class TestStories:
    def test_each_story_is_told_with_its_id_and_why_it_is_there(self, digest: Digest):
        ran = digest("stories", "--days", "366")
        assert ran.code == 0
        story, _, _ = ran.out.partition("\n\n")
        lines = story.splitlines()
        assert lines[0] == "Tarn Labs releases Brook 2, an open-weights language model"
        assert "researcher because: " in lines[1]
        assert any("press: Tarn Labs' Brook 2" in line for line in lines)
        assert lines[-1] == "  https://tarn.example/brook-2"

    def test_json_says_the_same_and_more(self, digest: Digest):
        story = digest("stories", "--days", "366", "--limit", "1", "--json").json[0]
        assert story["url"] == "https://tarn.example/brook-2"
        assert {entry["source"] for entry in story["entries"]} == {"maker", "press"}
        assert story["entries"][0]["date"] == "2026-03-04T09:00:00Z"

    def test_only_those_of_an_archetype(self, digest: Digest):
        found = digest("stories", "--days", "366", "--archetype", "data-pipeline", "--json").json
        assert [story["title"] for story in found] == ["Reranking beats bigger embeddings for retrieval"]

    @pytest.mark.parametrize("words", [(), ("--json",)])
    def test_where_there_is_none_it_exits_with_4(self, digest: Digest, words: tuple[str, ...]):
        ran = digest("stories", "--days", "0.01", *words)
        assert (ran.code, ran.err.count("\n")) == (4, 1)
        assert ran.out == ("[]\n" if words else "")


@pytest.mark.usefixtures("week")
class TestSearch:
    def test_each_entry_is_two_lines_that_begin_with_its_id(self, digest: Digest):
        ran = digest("search", "calendar", "injection")
        head, address = ran.out.splitlines()
        assert head.endswith("2026-03-04  press: Prompt injection in a calendar invitation made an AI assistant leak mail")
        assert address.strip() == "https://press.example/calendar-injection"
        assert digest("show", head.split()[0]).out.startswith("Prompt injection in a calendar invitation")

    def test_nothing_found_is_said_on_stderr(self, digest: Digest):
        ran = digest("search", "zebra")
        assert (ran.code, ran.out, ran.err) == (0, "", "Nothing found.\n")
        assert digest("search", "zebra", "--json").json == []

    @pytest.mark.parametrize("words", ["!!", "", '"'])
    def test_no_word_is_wrong_usage(self, digest: Digest, words: str):
        assert digest("search", words).code == 2

    @pytest.mark.parametrize("words", ["NOT", 'a" OR "b', "title:x", "*", "brook AND"])
    def test_what_a_person_types_is_never_an_operator(self, digest: Digest, words: str):
        assert digest("search", words, "brook").code == 0


def test_control_codes_directions_and_line_breaks_reach_no_terminal(digest: Digest, own_home: Path, tmp_path: Path):
    store_feeds(own_home, {"evil": [("1", EVIL, "https://evil.example/\x1b[2J1", f"{EVIL}\n\n{EVIL}")]})
    for words in (
        ("search", "gnihton"),
        ("search", "gnihton", "--json"),
        ("stories", "--days", "366"),
        ("stories", "--days", "366", "--json"),
        ("show", digest("search", "gnihton").out.split()[0]),
        ("export",),
        ("forget", digest("search", "gnihton").out.split()[0]),
        ("sources",),
    ):
        ran = digest(*words)
        assert [char for char in ran.out + ran.err if not char.isprintable() and char != "\n"] == [], words
    assert len(digest("search", "gnihton").out.splitlines()) == 2


class TestShow:
    def test_the_latest_digest_is_shown_in_every_form(self, told: str, digest: Digest):
        assert digest("show").out.lstrip().startswith("AI news, 2-8 March 2026")
        assert digest("show", "--json").json["id"] == told
        assert digest("show", told[:-2], "--format", "md").out.startswith("# AI news")
        assert "<!doctype html>" in digest("show", "--format", "html").out.lower()

    def test_a_story_and_an_entry_are_shown_by_the_first_letters_of_their_ids(self, told: str, digest: Digest):
        story = digest("show", "--json").json["stories"][0]
        assert digest("show", story["id"]).out.startswith(story["title"])
        assert digest("show", story["entries"][0]["id"][:8], "--json").json["title"] == story["entries"][0]["title"]

    def test_an_entry_has_no_forms(self, told: str, digest: Digest):
        entry = digest("show", told, "--json").json["stories"][0]["entries"][0]["id"]
        assert digest("show", entry, "--format", "html").code == 2

    def test_an_unknown_id_is_wrong_usage_and_says_where_ids_are(self, told: str, digest: Digest):
        ran = digest("show", "zzz")
        assert ran.code == 2
        assert ran.err == (
            "digest show: no digest, story or entry has an id that begins with 'zzz'. "
            "`digest search` and `digest stories` print ids.\n"
        )

    def test_before_the_first_digest_it_exits_with_3(self, digest: Digest):
        ran = digest("show")
        assert (ran.code, ran.err) == (3, "digest show: no digest is stored yet. Make one with `digest --now`.\n")


class TestVerify:
    def test_a_sound_digest_is_proved_on_stdout(self, told: str, digest: Digest):
        ran = digest("verify")
        assert ran.code == 0
        assert ran.out.startswith(f"{told}: all ")
        assert not digest("verify", "-q").out

    def test_an_edited_file_is_found_out(self, told: str, digest: Digest, tmp_path: Path):
        form = digest("show", told, "--json").json
        form["stories"][0]["sentences"][0]["text"] += " It costs 17 dollars."
        edited = tmp_path / "edited.json"
        edited.write_text(json.dumps(form), encoding="utf-8")
        ran = digest("verify", str(edited))
        assert ran.code == 1
        assert "It costs 17 dollars." in ran.err

    def test_an_entry_that_was_deleted_is_a_fault_and_is_named(self, told: str, digest: Digest):
        entry = digest("show", "--json").json["stories"][0]["entries"][0]["id"]
        assert digest("forget", entry, "--yes").code == 0
        ran = digest("verify")
        assert ran.code == 1
        assert entry in ran.err

    @pytest.mark.parametrize(
        ("content", "told_of_it"), [(None, "no such file"), (b"\xff\xfe\x00", "not text"), (b"{}", "digest")]
    )
    def test_a_file_that_is_no_digest_is_one_line(self, digest: Digest, tmp_path: Path, content: bytes | None, told_of_it: str):
        file = tmp_path / "other.json"
        if content is not None:
            file.write_bytes(content)
        ran = digest("verify", str(file))
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert "other.json: " in ran.err
        assert told_of_it in ran.err


@pytest.mark.usefixtures("week")
class TestForget:
    def test_it_asks_and_no_is_the_default(self, digest: Digest):
        for answer in ("\n", "n\n"):
            ran = digest("forget", "maker", given=answer)
            assert ran.code == 1
            assert "Delete the source 'maker' with its 2 entries? [y/N]: " in ran.err
            assert ran.err.endswith("Nothing was changed.\n")
        assert digest("search", "brook", "guide").out

    def test_a_question_that_nobody_answers_deletes_nothing(self, digest: Digest):
        ran = digest("forget", "maker")
        assert ran.code == 2
        assert "Add --yes" in ran.err
        assert digest("search", "brook", "guide").out

    def test_a_source_goes_with_its_entries_and_it_is_said_that_it_is_still_listed(self, digest: Digest):
        ran = digest("forget", "maker", given="y\n")
        assert ran.code == 0
        assert "`digest sources remove 'maker'`" in ran.err
        assert not digest("search", "guide").out
        assert digest("forget", "maker", "--yes").code == 2

    def test_a_source_that_is_no_longer_listed_is_told_and_can_be_forgotten(self, digest: Digest, week: Path):
        text = week.read_text("utf-8")
        week.write_text(text[: text.index("  - feed: http://127.0.0.1:9/blog")], encoding="utf-8")
        ran = digest("sources")
        assert "blog" not in ran.out
        assert ran.err == "Stored, but no longer in sources.yaml: blog (2 entries). `digest forget NAME` deletes them.\n"
        assert "still lists it" not in digest("forget", "blog", "--yes").err
        assert not digest("sources").err


class TestExport:
    def test_every_line_is_an_object_of_a_table(self, told: str, digest: Digest):
        rows = [json.loads(line) for line in digest("export").out.splitlines()]
        assert {"entries", "sources", "digests"} <= {row["table"] for row in rows}
        assert told in [row["row"]["id"] for row in rows if row["table"] == "digests"]

    def test_a_file_holds_the_same(self, told: str, digest: Digest, tmp_path: Path):
        assert digest("export", "--output", str(tmp_path / "all.jsonl")).code == 0
        assert (tmp_path / "all.jsonl").read_text("utf-8") == digest("export").out

    def test_a_file_that_cannot_be_written_is_one_line(self, told: str, digest: Digest, tmp_path: Path):
        ran = digest("export", "--output", str(tmp_path / "none" / "all.jsonl"))
        assert (ran.code, ran.err.count("\n")) == (1, 1)


class TestSources:
    def test_a_pipe_gets_a_line_for_each_source(self, digest: Digest, week: Path):
        lines = digest("sources").out.splitlines()
        assert lines[0].split() == ["source", "entries", "read", "state"]
        assert [line.split()[0] for line in lines[1:]] == ["blog", "maker", "press"]
        assert all(line.endswith("ok") for line in lines[1:])
        assert digest("sources", "list").out.splitlines()[0] == lines[0]

    def test_json_has_the_health_of_each(self, digest: Digest, week: Path):
        health = digest("sources", "--json").json[0]
        assert (health["source"], health["entries"], health["failures"]) == ("blog", 2, 0)
        assert health["last_success"] == "2026-03-09T08:00:00Z"
