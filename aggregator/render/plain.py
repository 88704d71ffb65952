"""The digest in lines of plain text: the layout that the terminal and the text/plain part of a mail share.

Lines are measured in terminal cells, so that Chinese, Japanese, Korean and emoji hold the margin. An address stands alone
on its line and is never broken: only so can it be clicked or copied.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from aggregator.models import Digest
from aggregator.render.links import Link
from aggregator.render.page import Citation, Page, PageSection, PageStory, Said, ShownTag, page

COLUMNS = 72  # RFC 3676, 4.2: under 78, with room for the marks of a reply
BOLD, DIM = Style(bold=True), Style(dim=True)
NARROW = 40  # columns: below it there is no room for a margin


@dataclass(frozen=True, slots=True)
class Frame:
    """The room that a line has: up to `columns`, of which `indent` stay empty on the left."""

    columns: int
    indent: int

    @property
    def width(self) -> int:
        """Give the cells that text may fill."""
        return max(1, self.columns - self.indent)


def render(digest: Digest) -> str:
    """Lay the page out without any control code."""
    return "".join(f"{line.plain.rstrip()}\n" for line in lay_out(page(digest), Frame(COLUMNS, 0)))


def lay_out(page: Page, frame: Frame) -> Iterator[Text]:
    """Give the lines of the page, each styled and within the frame."""
    yield from lines(Text(page.sample, BOLD), frame)
    yield from lines(Text(page.title, BOLD), frame)
    yield from lines(Text(page.kicker, DIM), frame)
    yield Text()
    yield from lines(Text(page.warning, BOLD), frame)
    yield from lines(Text(page.what_was_read, DIM), frame)
    if page.overview:
        yield Text()
        yield from lines(paragraph(page.overview), frame)
    for section in page.sections:
        yield from section_lines(section, frame)
    yield from heading("Sources", frame)
    for citation in page.citations:
        yield from source_lines(citation, frame)
    yield Text()
    yield from lines(Text(page.footer, DIM), frame)
    if page.command:
        yield from lines(Text("Check every sentence against its sources:", DIM), frame)
        yield unbroken(Text(page.command), frame)


def heading(name: str, frame: Frame) -> Iterator[Text]:
    """Give a section's name in capitals, over a rule."""
    yield Text()
    yield Text()
    yield from lines(Text(name.upper(), BOLD), frame)
    yield from lines(Text("-" * frame.width, DIM), frame)


def section_lines(section: PageSection, frame: Frame) -> Iterator[Text]:
    """Give a section: its heading, its remark, its stories."""
    yield from heading(section.name, frame)
    yield from lines(Text(section.remark, DIM), frame)
    for position, story in enumerate(section.stories):
        if position or section.remark:
            yield Text()
        yield from brief_lines(story, frame) if story.brief else story_lines(story, frame)


def story_lines(story: PageStory, frame: Frame) -> Iterator[Text]:
    """Give a story told in full: headline, sentences, why, who, where."""
    yield from lines(Text(f"{story.label} {story.headline}".strip(), BOLD) + marks(story.title_citations), frame)
    yield from lines(paragraph(story.sentences), frame)
    yield from lines(Text(tags_text(story.tags, frame.width), DIM), frame)
    if story.told_by:
        yield from lines(Text(f"Told by: {story.told_by}.", DIM), frame)
    yield from address(story, frame)


def brief_lines(story: PageStory, frame: Frame) -> Iterator[Text]:
    """Give a story told in one sentence, marked as one of a list."""
    words = paragraph(story.sentences) if story.sentences else Text(story.headline)
    label = Text(f"{story.label} ", BOLD) if story.label else Text()
    yield from lines(label + words, frame, mark="- ")
    yield from address(story, Frame(frame.columns, frame.indent + 2))


def source_lines(citation: Citation, frame: Frame) -> Iterator[Text]:
    """Give one entry of the list of sources."""
    mark = f"[{citation.number}] "
    title = f": {citation.title}" if citation.title else ""
    yield from lines(Text(f"{citation.source}, {citation.date}{title}"), frame, mark=mark)
    if citation.link:
        yield unbroken(Text(citation.link.url, _linked(citation.link, dim=True)), frame, hang=len(mark))


def paragraph(sentences: Sequence[Said]) -> Text:
    """Join sentences, each followed by its citations."""
    whole = Text()
    for position, said in enumerate(sentences):
        whole.append(" " if position else "").append(said.text).append(marks(said.citations))
    return whole


def marks(citations: Sequence[Citation]) -> Text:
    """Give the numbers of what is cited, each a link."""
    return Text.assemble(*((f"[{citation.number}]", _linked(citation.link, dim=True)) for citation in citations))


def tags_text(tags: Sequence[ShownTag], width: int) -> str:
    """Give as many tags as one line holds; the first in any case."""
    joined = "; ".join(tag_text(tag) for tag in tags)
    return joined if len(tags) <= 1 or cell_len(joined) <= width else tags_text(tags[:-1], width)


def tag_text(tag: ShownTag) -> str:
    """Name an archetype and why."""
    return f"{tag.name} because: {tag.reason}" if tag.reason else tag.name


def address(story: PageStory, frame: Frame) -> Iterator[Text]:
    """Give the story's address, if it has one."""
    if story.link:
        yield unbroken(Text(story.link.url, _linked(story.link)), frame)


def unbroken(text: Text, frame: Frame, hang: int = 0) -> Text:
    """Give one line, however long."""
    return Text(" " * (frame.indent + hang)) + text


def lines(text: Text, frame: Frame, mark: str = "") -> Iterator[Text]:
    """Wrap the text into the frame, behind a mark under which no line begins; an empty text has no lines."""
    if not text:
        return
    width = max(2, frame.width - len(mark))  # a wide character needs two
    for number, line in enumerate(text.wrap(_ruler(width), width)):
        lead = " " * frame.indent + (mark if number == 0 else " " * len(mark))
        line.rstrip()
        yield Text(lead) + line


def _linked(link: Link | None, *, dim: bool | None = None) -> Style:
    """Keep the address as meta: rich's own links have a random id."""
    return Style(dim=dim, meta={"url": link.url} if link else None)


def _ruler(width: int) -> Console:
    """Give rich a console that knows nothing of the one it runs in."""
    return Console(file=StringIO(), width=width, color_system=None, _environ={})
