"""Other parsers' conformance files and real feeds, read from beside the checkout: what they expect is what we give."""

import ast
import io
import json
import warnings
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser
import pytest

from aggregator.errors import ParseError
from aggregator.sources.parse import parse
from aggregator.sources.parsed import ParsedFeed
from aggregator.text.html import sanitise, to_text
from aggregator.text.line import one_line
from aggregator.text.links import resolve
from tests.sources.expect import expectation, headers, judge

NO_FEEDS = {"empty_feed.xml", "xml_sample_1.xml", "iso88591.xml"}  # zero bytes, a catalogue of books, a note
HARMLESS_SCHEMES = ("http:", "https:", "mailto:")
UNSAFE_TAGS = {
    *("script", "style", "iframe", "object", "embed", "applet", "link", "meta", "base", "form", "input", "button", "svg"),
    *("math", "frame", "frameset", "template", "noscript", "audio", "video", "source", "textarea", "select", "img"),
}


@pytest.fixture(scope="module")
def suites(shared: Path) -> Path:
    return shared / "corpus/feeds/conformance"


def read(file: Path, root: Path) -> ParsedFeed:
    """Read a file as if a server of its suite had answered with it."""
    body = file.read_bytes()
    sent = headers(body)
    url = urljoin(f"http://127.0.0.1:8097/{file.relative_to(root)}", sent.get("content-location", ""))
    return parse(body, source="suite", url=url, content_type=sent.get("content-type", ""))


def test_feedparsers_files_give_what_they_expect(suites: Path, record_property: Callable[[str, object], None]):
    root = suites / "feedparser"
    judged, wrong = 0, []
    for file in sorted(file for file in root.rglob("*.xml") if "sanitize" not in file.parts):
        feed, expected = read(file, root), expectation(file.read_bytes())
        clauses, false = judge(expected, feed) if expected else (0, [])
        judged += bool(clauses)
        wrong += [f"{file.relative_to(root)}: {clause}" for clause in false]
    failed = len({line.split(":", 1)[0] for line in wrong})
    record_property("feedparser", f"{judged - failed} of {judged}")
    assert judged > 200
    assert (judged - failed) / judged >= 0.97, "\n".join(wrong)
    assert not wrong, "\n".join(wrong)


def test_gofeeds_files_give_their_siblings_entries(suites: Path):
    wrong, compared = [], 0
    for file in sorted((suites / "gofeed").rglob("*.xml")):
        sibling = file.with_suffix(".json")
        if sibling.exists():
            compared += 1
            items = json.loads(sibling.read_text("utf-8"))
            wrong += [f"{file.name}: {line}" for line in differences(items, read(file, suites))]
    assert compared > 100
    assert not wrong, "\n".join(wrong)


def differences(expected: dict[str, list[dict[str, str]]], feed: ParsedFeed) -> Iterator[str]:
    items = expected.get("items") or expected.get("entries") or []
    if len(items) != len(feed.entries):
        yield f"{len(feed.entries)} entries, not {len(items)}"
    for item, entry in zip(items, feed.entries, strict=False):
        title, link = item.get("title", ""), item.get("link", "")
        if title and entry.title not in {one_line(title), one_line(to_text(title))}:
            yield f"title {entry.title!r}, not {title!r}"
        if link and entry.url != resolve(feed.site, link):
            yield f"link {entry.url!r}, not {link!r}"


@pytest.mark.parametrize("suite", ["feedparser", "gofeed", "feed-rs", "miniflux"])
def test_no_file_of_any_suite_raises(suites: Path, suite: str):
    failed = []
    for file in sorted((suites / suite).rglob("*.xml")):
        try:
            read(file, suites)
        except ParseError as error:
            failed.append(f"{file.name}: {error}")
    assert [line for line in failed if line.split(":")[0] not in NO_FEEDS] == []


class Unsafe(HTMLParser):
    """Collects whatever a browser could run or load, seen by another parser than the one that sanitised."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSAFE_TAGS:
            self.found.append(tag)
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or name in {"style", "srcdoc", "src", "background", "formaction"}:
                self.found.append(f"{tag} {name}")
            if name in {"href", "cite"} and not address.startswith(HARMLESS_SCHEMES):
                self.found.append(f"{tag} {name}={value}")


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def test_nothing_unsafe_is_left_of_feedparsers_sanitizing_files(suites: Path):
    left, seen = [], 0
    for file in sorted((suites / "feedparser/sanitize").rglob("*.xml")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            raw = feedparser.parse(io.BytesIO(file.read_bytes()), sanitize_html=False, resolve_relative_uris=False)
        ours = [text for entry in read(file, suites).entries for text in (entry.content, entry.title)]
        for text in [*strings(raw["entries"]), *strings(raw["feed"]), *ours, file.read_text("utf-8", "replace")]:
            seen += 1
            checker = Unsafe()
            checker.feed(sanitise(text, "https://example.org/"))
            checker.close()
            left += [f"{file.name}: {found}" for found in checker.found]
    assert seen > 1000
    assert not left, "\n".join(left)


def test_safe_words_beside_something_dangerous_survive(suites: Path):
    lost = []
    for file in sorted((suites / "feedparser/sanitize").rglob("*.xml")):
        expected = expectation(file.read_bytes())
        if expected and "'safe description'" in ast.unparse(expected) and "entries" in ast.unparse(expected):
            texts = [to_text(sanitise(entry.content)) + entry.title for entry in read(file, suites).entries]
            lost += [] if any("safe" in text for text in texts) else [f"{file.name}: {texts}"]
    assert not lost, "\n".join(lost)


def identities(feed: ParsedFeed) -> set[str]:
    return {entry.guid or entry.url for entry in feed.entries}


def written(file: Path) -> set[str]:
    """Give the same from the XML itself: these feeds are well-formed RSS 2.0."""
    items = ET.parse(file).iter("item")  # noqa: S314  # files that lie beside the checkout
    return {(item.findtext("guid") or item.findtext("link") or "").strip() for item in items}


def test_the_second_day_gives_exactly_the_new_entries(shared: Path):
    first, second = shared / "corpus/feeds/ai/2026-05-10", shared / "corpus/feeds/ai/2026-05-17"
    wrong, new = [], 0
    for file in sorted(first.glob("*.xml")):
        later = second / file.name
        found = identities(read(later, second)) - identities(read(file, first))
        expected = written(later) - written(file)
        new += len(found)
        wrong += [f"{file.name}: {key} is not new" for key in sorted(found - expected)]
        wrong += [f"{file.name}: {key} was missed" for key in sorted(expected - found)]
    assert new > 0
    assert not wrong, "\n".join(wrong)


def test_every_entry_of_the_real_feeds_has_title_link_and_text(shared: Path):
    files = sorted((shared / "corpus/feeds/ai").rglob("*.xml"))
    bare = [
        f"{file.name}: {entry}" for file in files for entry in read(file, shared).entries if not (entry.title and entry.url)
    ]
    assert len(files) > 50
    assert not bare, "\n".join(bare)


def test_every_captured_feed_is_read(shared: Path):
    captures = shared / "captures"
    failed, read_in = [], 0
    for told in json.loads((captures / "index.json").read_text("utf-8")):
        file = captures / told["file"]
        name, is_json_feed = told["file"], file.parent.name == "jsonfeed" and "not_jsonfeed" not in file.name
        if file.suffix not in {".xml", ".rss", ".atom"} and not is_json_feed:
            continue
        feed = read(file, captures)
        read_in += 1
        empty = "empty" in told["shape"] or "empty" in name
        if not empty and not feed.entries:
            failed.append(f"{name}: no entries")
        failed += [f"{name}: {entry}" for entry in feed.entries if not (entry.title and (entry.url or entry.guid))]
    assert read_in > 15
    assert not failed, "\n".join(failed)


def test_captured_lists_and_pages_are_named_for_what_they_are(shared: Path):
    for file in sorted((shared / "captures/apis/opml").iterdir()):
        with pytest.raises(ParseError, match="OPML"):
            read(file, shared)
    with pytest.raises(ParseError, match="not a JSON feed"):
        read(shared / "captures/apis/jsonfeed/scripting_news_not_jsonfeed.json", shared)
    with pytest.raises(ParseError, match="web page"):
        read(shared / "captures/apis/youtube/consent_page.html", shared)
