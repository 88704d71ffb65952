"""OPML: what other programs export, and what they can read of ours."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.catalogue.opml import OutlineFeed, read_opml, write_opml
from aggregator.errors import UsageError
from aggregator.models import Source


def outline(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def test_folders_can_hold_folders():
    text = '<outline text="A"><outline text="B"><outline text="F" xmlUrl="https://f.example/"/></outline></outline>'
    after = '<outline text="G" xmlUrl="https://g.example/"></outline>'
    assert read_opml(outline(text + after)) == [
        OutlineFeed("F", "https://f.example/", "A/B"),
        OutlineFeed("G", "https://g.example/", ""),
    ]


@pytest.mark.parametrize("spelled", ["xmlUrl", "xmlurl", "XMLURL", "xmlURL", "xml_url", "feedUrl"])
def test_the_address_is_found_however_it_is_spelled(spelled: str):
    assert read_opml(outline(f'<outline type="rss" TEXT="F" {spelled}="https://f.example/"/>')) == [
        OutlineFeed("F", "https://f.example/")
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://f.example/?a=1&amp;b=2", "https://f.example/?a=1&b=2"),
        ("https://f.example/?a=1&b=2", "https://f.example/?a=1&b=2"),
        (" https://f.example/ ", "https://f.example/"),
        ("feed://f.example/x", "https://f.example/x"),
        ("feed:http://f.example/x", "http://f.example/x"),
    ],
)
def test_addresses_are_read_as_they_are_meant(written: str, read: str):
    assert [feed.url for feed in read_opml(outline(f'<outline text="F" xmlUrl="{written}"/>'))] == [read]


@pytest.mark.parametrize(
    "written", ["", "javascript:alert(1)", "file:///etc/passwd", "a feed", "https://", "https://f.example/a b"]
)
def test_what_is_no_web_address_is_left_out(written: str):
    assert read_opml(outline(f'<outline text="F" xmlUrl="{written}"/>')) == []


def test_an_address_counts_once():
    twice = '<outline text="F" xmlUrl="https://f.example/"/><outline text="G" xmlUrl="http://f.example"/>'
    assert [feed.title for feed in read_opml(outline(twice))] == ["F"]


def test_a_title_is_one_printable_line():
    (feed,) = read_opml(outline('<outline text="a&#10;b&#27;[31m &lt;c&gt;" xmlUrl="https://f.example/"/>'))
    assert feed.title == "a b[31m <c>"
    (feed,) = read_opml(outline('<outline xmlUrl="https://f.example/"/>'))
    assert feed.title == "f.example"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings_are_believed_only_where_they_are_true(encoding: str):
    text = f'<?xml version="1.0" encoding="{encoding}"?><opml><body><outline text="Müller" xmlUrl="https://f.example/"/></body></opml>'
    assert read_opml(text.encode(encoding)) == [OutlineFeed("Müller", "https://f.example/")]
    assert read_opml(text.replace(encoding, "utf-8").encode("latin-1"))[0].title == "Müller"
    assert read_opml(text.replace(encoding, "no-such").encode())[0].title == "Müller"


def test_entities_of_the_files_own_are_not_expanded():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><opml><body><outline text="&b;&f;" xmlUrl="https://f.example/"/></body></opml>'
    )
    assert read_opml(bomb.encode()) == [OutlineFeed("&b;&f;", "https://f.example/")]


def test_a_file_that_was_cut_off_gives_what_is_in_it():
    assert len(read_opml(b'<opml><body><outline text="F" xmlUrl="https://f.example/"/><outline text="G" xm')) == 1


@pytest.mark.parametrize("content", [b"", b"hello", b"<html><body><p>404</p></body></html>", b"\x00\xff"])
def test_what_is_no_opml_is_told(content: bytes):
    with pytest.raises(UsageError, match="this is no OPML"):
        read_opml(content)


def test_folders_a_hundred_thousand_deep_are_no_trouble():
    feeds = read_opml(b"<outline text='d'>" * 100_000 + b"<outline text='F' xmlUrl='https://f.example/'/>")
    assert [feed.url for feed in feeds] == ["https://f.example/"]


SOURCES = [
    Source(name='A & "B" <c>', address="https://a.example/feed?x=1&y=2", archetypes=("ux", "artist")),
    Source(name="Keyed", address="https://me:pw@k.example/feed?token=s3cret&tag=ai"),
    Source(name="Not a feed", kind="mailbox", address="imaps://x"),
]


def test_what_is_written_can_be_read_by_a_strict_parser():
    body = ET.fromstring(write_opml(SOURCES)).find("body")  # noqa: S314  # our own text
    assert body is not None
    assert dict(body[0].attrib) == {
        "type": "rss",
        "text": 'A & "B" <c>',
        "title": 'A & "B" <c>',
        "xmlUrl": "https://a.example/feed?x=1&y=2",
        "category": "ux,artist",
    }


def test_secrets_leave_only_when_they_are_asked_for():
    assert [feed.url for feed in read_opml(write_opml(SOURCES).encode())][1] == "https://k.example/feed?tag=ai"
    assert [feed.url for feed in read_opml(write_opml(SOURCES, with_secrets=True).encode())][1] == SOURCES[1].address


@given(st.lists(st.tuples(st.text(min_size=1, max_size=30), st.integers(0, 10**6)), max_size=5, unique_by=lambda pair: pair[1]))
def test_names_survive_the_way_out_and_in(named: list[tuple[str, int]]):
    sources = [Source(name=name, address=f"https://a.example/{number}") for name, number in named]
    ET.fromstring(write_opml(sources))  # noqa: S314  # our own text
    read = read_opml(write_opml(sources).encode())
    assert [feed.url for feed in read] == [source.address for source in sources]
    assert all(feed.title == source.name for feed, source in zip(read, sources, strict=True) if is_plain(source.name))


def is_plain(name: str) -> bool:
    """Say whether it is one line of printable characters without a space too many: anything else is mended when read."""
    return name.isprintable() and name == " ".join(name.split())


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"<opml>{text}".encode("utf-8", "replace")))
def test_any_bytes_give_feeds_or_a_sentence(content: bytes):
    try:
        feeds = read_opml(content)
    except UsageError:
        return
    assert all(feed.url.startswith(("http", "HTTP")) for feed in feeds)


def test_the_exports_of_real_programs_are_read_whole(shared: Path):
    for file in sorted((shared / "captures" / "apis" / "opml").glob("*.opml")):
        content = file.read_bytes()
        addresses = {node.get("xmlUrl") for node in ET.fromstring(content).iter("outline")} - {None, ""}  # noqa: S314
        read = read_opml(content)
        assert len(read) >= 0.97 * len(addresses), file.name  # the rest differ by http or https, or by a slash at the end
        assert all(feed.title for feed in read), file.name
