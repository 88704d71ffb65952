"""The page, as a parser and a mail program read it."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from aggregator.models import CitedEntry, Digest, EntryId, Form, Section, Sentence, Tag
from aggregator.render import as_html
from aggregator.render.links import link
from aggregator.text.line import one_line
from tests.make import digest, told, utc
from tests.render.hostile import A_FEW, digests

ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "section",
        "article",
        "footer",
        "div",
        "table",
        "tbody",
        "tr",
        "td",
    ),
    *("h1", "h2", "h3", "p", "ul", "ol", "li", "a", "span", "strong", "code"),
}
BLOCKS = {"div", "p", "h1", "h2", "h3", "ul", "ol", "li", "table", "section", "article"}
VOID = {"meta"}
SMALL = 90_000  # bytes: Gmail cuts a message at 102 KB


class Balance(HTMLParser):
    """Follows the tags as they are written, without a browser's mending."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says {names}"
        assert not ("a" in self.open and tag in BLOCKS | {"a"}), f"<{tag}> inside a link"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def usual() -> Digest:
    """Give a digest as large as a real one: 29 stories with five entries each."""

    def entry(name: str) -> CitedEntry:
        url = f"https://publisher-{name}.example/2026/03/03/a-rather-long-address-as-news-pages-have-them-{name}"
        return CitedEntry(
            id=EntryId(name),
            guid=name,
            title="A title of ten words " * 3,
            url=url,
            source=f"Publisher {name}",
            published=utc("2026-03-03"),
        )

    stories = []
    for number in range(29):
        entries = tuple(entry(f"{number}-{place}") for place in range(5))
        sentences = tuple(Sentence("Seventeen words of about six letters. " * 3, (e.id,)) for e in entries[:3])
        form = Form.FULL if number < 20 else Form.LINE
        stories.append(
            told(form=form, entries=entries, sentences=sentences[: 3 if number < 20 else 1], archetypes=(Tag("ux", "a, b"),))
        )
    return digest(*stories)


@A_FEW
@given(digests())
def test_no_text_of_a_source_becomes_markup(made: Digest):
    page = as_html(made)
    tree = LexborHTMLParser(page)
    assert {node.tag for node in tree.css("*")} <= ALLOWED
    allowed = {
        found.url for story in made.stories for url in (story.url, *(e.url for e in story.entries)) if (found := link(url))
    }
    assert {node.attributes.get("href") for node in tree.css("[href]")} <= allowed
    names = {name for node in tree.css("*") for name in node.attributes}
    assert not [name for name in names if name.startswith("on") or name in {"src", "srcset", "background", "srcdoc", "action"}]
    assert "url(" not in page.split("</style>")[0]
    assert "@import" not in page.split("</style>")[0]


@A_FEW
@given(digests())
def test_every_tag_is_closed_and_no_block_stands_in_a_link(made: Digest):
    balance = Balance()
    balance.feed(as_html(made))
    balance.close()
    assert balance.open == []


@A_FEW
@given(digests())
def test_headlines_read_as_they_were_written(made: Digest):
    headlines = [node.text() for node in LexborHTMLParser(as_html(made)).css("h3")]
    ordered = {story.id: story for story in made.stories}
    full = [ordered[name] for section in made.sections for name in section.stories if ordered[name].form is Form.FULL]
    assert headlines == [("Update: " if story.update else "") + one_line(story.title) for story in full]


def test_the_page_names_its_language_its_title_and_its_schemes():
    tree = LexborHTMLParser(as_html(digest()))
    assert tree.css_first("html").attributes["lang"] == "en"
    assert tree.css_first("title").text() == "AI news, 2-8 March 2026"
    assert tree.css_first("meta[name=color-scheme]").attributes["content"] == "light dark"
    assert tree.css_first("meta[name=viewport]").attributes["content"] == "width=device-width, initial-scale=1"


def test_headings_go_down_one_level_at_a_time():
    levels = [int(node.tag[1]) for node in LexborHTMLParser(as_html(digest())).css("h1, h2, h3")]
    assert levels == [1, 2, 3, 3, 2]


def test_a_citation_links_to_its_entry_and_names_it():
    made = digest(told())
    citation = LexborHTMLParser(as_html(made)).css_first("article a")
    assert (citation.text(), citation.attributes["href"]) == ("[1]", made.stories[0].entries[0].url)
    assert citation.attributes["title"] == "Acme, 3 March"


def test_one_liners_next_to_each_other_are_one_list():
    stories = [told(form=form) for form in (Form.LINE, Form.LINE, Form.FULL, Form.LINE)]
    lists = LexborHTMLParser(as_html(digest(*stories))).css("ul")
    assert [len(node.css("li")) for node in lists] == [2, 1]


def test_the_preheader_is_hidden_and_padded():
    hidden = LexborHTMLParser(as_html(digest(overview=()))).css_first("body > div")
    assert "display:none" in (hidden.attributes["style"] or "")
    assert (hidden.text() or "").startswith("Acme releases Anvil 2; Beta Labs opens its index")
    assert len(hidden.text() or "") > 180


def test_a_usual_digest_is_not_cut_by_a_mailbox():
    assert len(as_html(usual()).encode()) < SMALL


def test_a_section_opens_with_its_name_and_remark():
    made = digest(archetypes=("researcher",))
    named = replace(made, sections=(Section("Researcher", made.sections[0].stories),))
    section = LexborHTMLParser(as_html(named)).css_first("section")
    assert section.css_first("h2").text() == "Researcher"
    assert section.css_first("p").text() == "A quiet week here: two stories."


COLOURS = {"light": ("#ffffff", ["#1a1a1a", "#5f6368", "#0b57d0"]), "dark": ("#16181c", ["#e8eaed", "#9aa0a6", "#8ab4f8"])}


@pytest.mark.parametrize("scheme", COLOURS)
def test_every_colour_is_legible_on_its_ground(scheme: str):
    ground, inks = COLOURS[scheme]
    page = as_html(digest())
    assert all(colour in page for colour in [ground, *inks])
    assert min(contrast(ink, ground) for ink in inks) >= 4.5


def test_no_text_has_a_colour_that_was_not_checked():
    written = set(re.findall(r"(?<![-\w])color: ?(#[0-9a-f]{3,6})", as_html(replace(usual(), sample=True))))
    assert written == {ink for _, inks in COLOURS.values() for ink in inks} | {"#000"}


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
