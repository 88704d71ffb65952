"""Markdown: CommonMark whose text is the sources' and whose markup is ours.

`[1][2]` stays literal, because no reference is ever defined (https://spec.commonmark.org/0.31.2/#reference-link). What
GitHub's dialect would make a link of by itself is escaped, too (https://github.github.com/gfm/#autolinks-extension-).
"""

import re
from collections.abc import Iterator, Sequence

from aggregator.models import Digest
from aggregator.render.page import Citation, Page, PageSection, PageStory, Said, ShownTag, page

MARKUP = re.compile(r"[\\`*\[\]<>#|~&]|(?<![^\W_])_|_(?![^\W_])")  # an underscore within a word is none
AUTOLINK = re.compile(r"(?i):(?=//)|(?<=www)\.|(?<=[\w.+-])@(?=\w)")
LINE_START = re.compile(r"^([-+=]|\d+(?=[.)]))")


def render(digest: Digest) -> str:
    """Lay the page out, one paragraph to a line."""
    return "\n\n".join(block for block in blocks(page(digest)) if block) + "\n"


def blocks(page: Page) -> Iterator[str]:
    """Give the paragraphs, headings and lists; empty ones are left out by the caller."""
    yield f"# {escaped(page.title)}"
    yield from (emphasised(remark) for remark in (page.kicker, page.sample, page.warning, page.what_was_read) if remark)
    yield paragraph(page.overview)
    for section in page.sections:
        yield from section_blocks(section)
    yield "---"
    check = f" Check every sentence against its sources: `{page.command}`." if page.command else ""
    yield f"{emphasised(page.footer)}{check}"
    if page.citations:
        yield "## Sources"
        yield "  \n".join(source(citation) for citation in page.citations)


def section_blocks(section: PageSection) -> Iterator[str]:
    """Give a section: its heading, its remark, its stories, one-liners next to each other as a list."""
    yield f"## {escaped(section.name)}"
    yield emphasised(section.remark) if section.remark else ""
    lines: list[str] = []
    for story in section.stories:
        if story.brief:
            lines.append(f"- {one_liner(story)}")
            continue
        yield "\n".join(lines)
        lines = []
        yield from story_blocks(story)
    yield "\n".join(lines)


def story_blocks(story: PageStory) -> Iterator[str]:
    """Give a story told in full."""
    yield f"### {escaped(f'{story.label} {story.headline}'.strip())}{marks(story.title_citations)}"
    yield paragraph(story.sentences)
    yield emphasised("; ".join(tag_text(tag) for tag in story.tags)) if story.tags else ""
    told = f"Told by: {escaped(story.told_by)}." if story.told_by else ""
    yield f"{told} {place(story)}".strip()


def one_liner(story: PageStory) -> str:
    """Give a story told in one line, with its link."""
    words = paragraph(story.sentences) if story.sentences else escaped(story.headline)
    return " ".join(part for part in (story.label, words, place(story)) if part)


def paragraph(sentences: Sequence[Said]) -> str:
    """Give sentences, each followed by its citations."""
    return " ".join(escaped(said.text) + marks(said.citations) for said in sentences)


def marks(citations: Sequence[Citation]) -> str:
    """Give the numbers of what is cited."""
    return "".join(f"[{citation.number}]" for citation in citations)


def tag_text(tag: ShownTag) -> str:
    """Name an archetype and why."""
    return f"{tag.name} because: {tag.reason}" if tag.reason else tag.name


def place(story: PageStory) -> str:
    """Give the link to the story's page."""
    return f"[{escaped(story.link.host)}]({story.link.url})" if story.link else ""


def source(citation: Citation) -> str:
    """Give one line of the list of sources."""
    title = escaped(citation.title or (citation.link.host if citation.link else ""))
    linked = f"[{title}]({citation.link.url})" if citation.link else title
    return f"[{citation.number}] {escaped(citation.source)}, {citation.date}: {linked}"


def emphasised(text: str) -> str:
    """Give a remark in italics."""
    return f"*{escaped(text)}*"


def escaped(text: str) -> str:
    """Take every character of the text literally."""
    literal = AUTOLINK.sub(r"\\\g<0>", MARKUP.sub(r"\\\g<0>", text))
    return LINE_START.sub(lambda start: f"{start[0]}\\" if start[0].isdigit() else f"\\{start[0]}", literal)
