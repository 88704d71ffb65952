"""Adding and removing sources in a file that a person wrote."""

from pathlib import Path

import pytest

from aggregator.catalogue import shipped
from aggregator.catalogue.document import parse, plain
from aggregator.catalogue.edit import add_source, add_sources, remove_source, write
from aggregator.errors import CatalogueError

NEW = "https://new.example/feed"

MINE = """\
# What I read.
sources:
  # the best first
  - feed: https://a.example/   # daily
    name: Ada's
    weight: 2.50

  - feed: https://b.example/feed.xml
    archetypes:
      - ux          # mostly
      - researcher

  # - feed: https://c.example/   too noisy

# who reads it
readers:
  - name: me
"""


def listed(text: str) -> list[object]:
    return plain(parse(text, Path("sources.yaml")))["sources"]


def test_a_source_is_added_after_the_last_and_nothing_else_changes():
    new = [
        "",
        "  - feed: https://new.example/feed",
        "    name: 'New: one'",
        "    weight: 2",
        "    archetypes: [ux, artist]",
        "",
    ]
    more = add_source(MINE, "feed", NEW, name="New: one", weight=2, archetypes=["ux", "artist"], proxy=None)
    assert more == MINE.replace("      - researcher\n", "      - researcher\n" + "\n".join(new))


def test_a_source_is_removed_and_nothing_else_changes():
    assert remove_source(MINE, "ada's") == MINE.replace(
        "  - feed: https://a.example/   # daily\n    name: Ada's\n    weight: 2.50\n", ""
    )


@pytest.mark.parametrize("called", ["https://b.example/feed.xml", "http://B.example/feed.xml/", "b.example/feed.xml"])
def test_a_source_can_be_called_by_its_address_or_the_name_made_from_it(called: str):
    assert listed(remove_source(MINE, called)) == [{"feed": "https://a.example/", "name": "Ada's", "weight": 2.5}]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_lists_that_ship_can_be_added_to_and_the_line_ends_stay(ends: str):
    text = shipped().read_text(encoding="utf-8").replace("\n", ends)
    more = add_source(text, "feed", NEW, name="New")
    assert more.count("\n") == more.count(ends) == text.count(ends) + 3
    assert remove_source(more, "New") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# mine\n",
        "\ufeff# mine\n",
        "sources:\n",
        "sources: []\n",
        "{}\n",
        "readers:\n  - name: me\n",
        "readers: []",
        "---\n",
    ],
    ids=repr,
)
def test_the_first_source_can_be_added_to_any_file(text: str):
    more = add_source(text, "feed", NEW, name="New")
    assert listed(more) == [{"feed": NEW, "name": "New"}]
    assert "# mine" not in text or "# mine" in more
    assert "readers" not in text or "readers" in more


def test_a_list_in_brackets_stays_one():
    text = "sources: [{feed: https://a.example/}] # short\nreaders: []\n"
    more = add_source(text, "feed", NEW)
    assert more == "sources: [{feed: https://a.example/}, {feed: https://new.example/feed}] # short\nreaders: []\n"
    less = remove_source(more, NEW)
    assert less.split() == text.split()  # the round trip keeps the comment in its column


def test_the_last_source_leaves_an_empty_list():
    text = "# mine\nsources:  # few\n- feed: https://a.example/\n# tail\n"
    assert remove_source(text, "https://a.example/") == "# mine\nsources: []  # few\n# tail\n"


def test_a_dash_on_a_line_of_its_own_goes_with_its_source():
    text = "sources:\n  -\n    feed: https://a.example/\n  - feed: https://b.example/\n"
    assert remove_source(text, "a.example") == "sources:\n  - feed: https://b.example/\n"


def test_a_text_of_several_lines_is_not_cut_in_two():
    text = "sources:\n  - feed: https://a.example/\n    name: >-\n      A\n      B\n\n  - feed: https://b.example/\n"
    assert listed(add_source(text, "feed", NEW)) == [*listed(text), {"feed": NEW}]
    assert listed(remove_source(text, "A B")) == [{"feed": "https://b.example/"}]


def test_another_kind_of_source_can_be_added():
    assert listed(add_source(MINE, "hackernews", {"min_points": 80}))[-1] == {"hackernews": {"min_points": 80}}


def test_many_sources_are_added_at_once():
    more = add_sources(MINE, [{"feed": f"https://{n}.example/"} for n in range(300)])
    assert len(listed(more)) == 302
    assert add_sources(MINE, []) == MINE


def test_what_is_there_is_not_added_again():
    with pytest.raises(CatalogueError, match=r"sources.yaml:8: this source stands in the file already. Change it there\."):
        add_source(MINE, "feed", "http://b.example/feed.xml/")


def test_a_source_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(CatalogueError, match=r"no source has the name or address 'Adas'. Did you mean 'Ada's'\?"):
        remove_source(MINE, "Adas")
    with pytest.raises(CatalogueError, match="`digest sources` lists them"):
        remove_source("", "x")


@pytest.mark.parametrize("text", ["- a\n", "sources: x\n", "sources: {a: b}\n", "sources: [\n"])
def test_a_file_that_is_no_catalogue_is_left_alone(text: str):
    with pytest.raises(CatalogueError, match=r"sources.yaml:\d: "):
        add_source(text, "feed", NEW)


def test_the_file_is_written_whole_and_keeps_its_mode(tmp_path: Path):
    file = tmp_path / "deep" / "sources.yaml"
    write(file, "sources: []\n")
    file.chmod(0o600)
    write(file, "sources:\r\n")
    assert file.read_bytes() == b"sources:\r\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path):
    (tmp_path / "real.yaml").write_text("a")
    link = tmp_path / "sources.yaml"
    link.symlink_to("real.yaml")
    write(link, "b")
    assert link.is_symlink()
    assert (tmp_path / "real.yaml").read_text() == "b"


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path):
    (tmp_path / "sources.yaml").write_text("old")
    with pytest.raises(CatalogueError, match=r"it cannot be written: .*What stood there is as it was\."):
        write(tmp_path / "sources.yaml", "\ud800")
    with pytest.raises(CatalogueError, match="it cannot be written"):
        write(tmp_path / "sources.yaml" / "sources.yaml", "x")
    assert (tmp_path / "sources.yaml").read_text() == "old"
    assert list(tmp_path.iterdir()) == [tmp_path / "sources.yaml"]
