"""The page in Chromium, as a phone and a desk show it, in light and dark."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aggregator.models import Digest, EntryId, Failure, Form, Sentence, State, Tag
from aggregator.render import as_html
from docs.pictures import Tab, browser, tab
from tests.make import digest, told
from tests.render.hostile import ATTACKS

WIDTHS = pytest.mark.parametrize("width", [320, 375, 1200])
SCHEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])

LOWEST_CONTRAST = """
(() => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => {
    const colour = numbers(getComputedStyle(node).backgroundColor);
    return colour[3] === 0 ? ground(node.parentElement) : colour;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let lowest = 21;
  for (let text; text = texts.nextNode();) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.offsetParent) continue;
    const [low, high] = [luminance(numbers(getComputedStyle(node).color)), luminance(ground(node))].sort((a, b) => a - b);
    lowest = Math.min(lowest, (high + 0.05) / (low + 0.05));
  }
  return lowest;
})()
"""


@pytest.fixture(scope="module")
def shown() -> Iterator[Tab]:
    program = browser()
    if not program:
        missing = "Chromium is not installed: the page is not looked at (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with tab(program) as started:
        yield started


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Give a page with everything on it, and every attack in every place."""
    stories = [told(text, update=True, archetypes=(Tag("researcher", text), Tag(text, text))) for text in ATTACKS]
    for number, story in enumerate(stories):
        (entry,) = story.entries
        entries = tuple(
            replace(entry, id=EntryId(f"{entry.id}.{place}"), title=story.title, source=story.title[:400]) for place in range(9)
        )
        sentence = Sentence(story.title, tuple(entry.id for entry in entries))
        form = Form.LINE if number % 3 == 0 else Form.FULL
        stories[number] = replace(story, form=form, entries=entries, sentences=(sentence, sentence))
    failed = tuple(Failure(text, text) for text in ATTACKS[-5:])
    plain = digest(*stories, title="long" * 80, sample=True, state=State.PARTIAL, archetypes=("researcher",))
    return written(replace(plain, coverage=replace(plain.coverage, failed=failed)), tmp_path)


def written(made: Digest, folder: Path) -> Path:
    file = folder / "digest.html"
    file.write_text(as_html(made), "utf-8")
    return file


@WIDTHS
def test_nothing_is_wider_than_the_window(shown: Tab, page: Path, width: int):
    shown.open(page, width)
    assert shown.value("innerWidth") == width
    assert shown.value("document.documentElement.scrollWidth") == width


@SCHEMES
def test_nothing_is_loaded_run_or_complained_of(shown: Tab, page: Path, dark: bool):
    shown.open(page, 375, dark=dark)
    asked = {event["params"]["request"]["url"] for event in shown.events if event.get("method") == "Network.requestWillBeSent"}
    assert asked == {page.as_uri()}
    complaints = {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"}
    assert [event for event in shown.events if event.get("method") in complaints] == []
    assert shown.value("document.scripts.length + document.images.length") == 0


@SCHEMES
def test_every_text_stands_out_from_its_ground(shown: Tab, page: Path, dark: bool):
    shown.open(page, 1200, dark=dark)
    assert shown.value(LOWEST_CONTRAST) >= 4.5


def test_a_dark_window_shows_a_dark_page(shown: Tab, page: Path):
    shown.open(page, 1200, dark=True)
    assert shown.value("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 28)"
    shown.open(page, 1200)
    assert shown.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_text_is_one_column_of_640_pixels(shown: Tab, tmp_path: Path):
    shown.open(written(digest(), tmp_path), 1200)
    assert shown.value("document.querySelector('main').offsetWidth") == 640
    assert shown.value("getComputedStyle(document.querySelector('article p')).fontSize") == "16px"


def test_no_line_begins_with_a_citation(shown: Tab, tmp_path: Path):
    """Over many widths: the first citation of a sentence stands on the line of its last word."""
    shown.open(written(digest(told(), told("Beta Labs opens its index")), tmp_path), 375)
    torn = shown.value("""
        Array.from({length: 200}, (_, more) => {
          document.querySelector('main').style.width = 150 + more + 'px';
          const cited = [...document.querySelectorAll('article p:nth-of-type(1) a')];
          return cited.filter(a => a.offsetLeft <= a.closest('p').offsetLeft);
        }).flat().length
    """)
    assert torn == 0
