"""What every readable form of a digest says, in its order: the words are decided here, the forms only lay them out.

All texts are single lines without control codes. Citations are numbered through the digest in the order of first citation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aggregator.errors import CheckError
from aggregator.models import CitedEntry, Digest, EntryId, Form, Section, Sentence, State, Tag, ToldStory, WriterName
from aggregator.render import coverage
from aggregator.render.links import Link, link
from aggregator.render.words import capitalised, closed, counted, day, first_of, listed, names_a_day, period
from aggregator.text.line import one_line

LEADS, PAPERS, ALSO = "Leads", "Papers", "Also this week"
WITHOUT_QUIET = (LEADS, ALSO)  # few stories here say nothing of the week
FEW = 2
SHOWN_TAGS = 2
LONGEST_TAIL = 14  # characters: even wide ones leave room for two citations on a phone
SHOWN_PUBLISHERS = 3
LONGEST_SENTENCE = 2000  # characters: a sentence is shown as it was checked, whole
LONGEST_SOURCE_TITLE = 100  # characters: some posts have no title but their text
BUSINESS = "business"  # for all: shown only where there is no other
SAMPLE = "Sample week: invented makers and products. Nothing in it happened."
WRITERS: dict[tuple[WriterName, ...], str] = {
    (WriterName.BUILT_IN,): "built-in writer",
    (WriterName.LLM,): "written by a language model",
    (WriterName.BUILT_IN, WriterName.LLM): "written by a language model and the built-in writer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One source cited: its number, who published it under which title and when, and its page where it has one."""

    number: int
    source: str
    title: str
    date: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and what it cites."""

    text: str
    citations: tuple[Citation, ...]

    @property
    def parts(self) -> tuple[str, str]:
        """Give what may stand apart from the citations, and the last word, which may not: no line begins with a citation.

        A long word has no last part: it has to break where a phone's line ends.
        """
        before, space, last = self.text.rpartition(" ")
        return (before + space, last) if len(last) <= LONGEST_TAIL else (self.text, "")


@dataclass(frozen=True, slots=True)
class ShownTag:
    """An archetype, why, and whether the reader chose it."""

    name: str
    reason: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStory:
    """A story. A brief one is its sentences, or its headline where there are none. `label` is "Update:" or empty.

    `title_citations` stand behind the headline where the only sentence would repeat it.
    """

    brief: bool
    label: str
    headline: str
    title_citations: tuple[Citation, ...]
    sentences: tuple[Said, ...]
    tags: tuple[ShownTag, ...]
    told_by: str
    link: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """A heading, perhaps a remark under it, and its stories. `leads` are set larger."""

    name: str
    remark: str
    leads: bool
    stories: tuple[PageStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A digest in the order in which it is read. `kicker` names the period where the title doesn't; notices may be empty."""

    kicker: str
    title: str
    sample: str
    warning: str
    what_was_read: str
    preheader: str
    overview: tuple[Said, ...]
    sections: tuple[PageSection, ...]
    footer: str
    command: str
    citations: tuple[Citation, ...]


def page(digest: Digest) -> Page:
    """Decide what is said of the digest. Raises CheckError if a sentence cites an entry that the digest doesn't list."""
    cited = Citations(digest)
    overview = tuple(cited.said(sentence) for sentence in digest.overview)
    stories = {story.id: story for story in digest.stories}
    sections = tuple(
        PageSection(
            name=one_line(section.name),
            remark=remark(section, digest),
            leads=section.name == LEADS,
            stories=tuple(page_story(stories[name], digest, cited) for name in section.stories),
        )
        for section in digest.sections
    )
    title = one_line(digest.title)
    return Page(
        kicker="" if names_a_day(title) else f"AI news, {period(digest.since, digest.until)}",
        title=title,
        sample=SAMPLE if digest.sample else "",
        warning=coverage.warning(digest),
        what_was_read=f"{coverage.what_was_read(digest.coverage)} {for_whom(digest)}",
        preheader=preheader(digest),
        overview=overview,
        sections=sections,
        footer=footer(digest),
        command="" if digest.sample else f"digest verify {one_line(digest.id)}",
        citations=tuple(cited.in_order),
    )


class Citations:
    """Numbers the entries as they are cited."""

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        self._entries: dict[EntryId, CitedEntry] = {}
        for story in digest.stories:
            for entry in story.entries:
                self._entries.setdefault(entry.id, entry)
        self._numbered: dict[EntryId, Citation] = {}

    @property
    def in_order(self) -> Iterable[Citation]:
        """Give the citations so far, by number."""
        return self._numbered.values()

    def said(self, sentence: Sentence) -> Said:
        """Give the sentence with its citations, each once."""
        text = closed(one_line(sentence.text, LONGEST_SENTENCE))
        return Said(text, tuple(self._citation(name) for name in dict.fromkeys(sentence.citations)))

    def _citation(self, name: EntryId) -> Citation:
        if name not in self._numbered:
            if name not in self._entries:
                raise CheckError(f"a sentence cites {name}, which the digest does not list", where=self._digest.id)
            entry = self._entries[name]
            self._numbered[name] = Citation(
                number=len(self._numbered) + 1,
                source=one_line(entry.source),
                title=one_line(entry.title, LONGEST_SOURCE_TITLE),
                date=day(entry.published, this_year=self._digest.until.year),
                link=link(entry.url),
            )
        return self._numbered[name]


def page_story(story: ToldStory, digest: Digest, cited: Citations) -> PageStory:
    """Decide what is said of one story: a one-liner is its sentence, and only without one its title."""
    sentences = tuple(cited.said(sentence) for sentence in story.sentences)
    brief = story.form is Form.LINE
    repeats = not brief and len(sentences) == 1 and closed(one_line(story.title)).casefold() == sentences[0].text.casefold()
    return PageStory(
        brief=brief,
        label="Update:" if story.update else "",
        headline="" if brief and sentences else one_line(story.title),
        title_citations=sentences[0].citations if repeats else (),
        sentences=() if repeats else sentences,
        tags=() if brief else shown_tags(story.archetypes, digest.archetypes),
        told_by="" if brief else told_by(story),
        link=link(story.url),
    )


def shown_tags(tags: Sequence[Tag], chosen: Sequence[str]) -> tuple[ShownTag, ...]:
    """Give at most two: the reader's own first, `business` only where there is no other."""
    special = [tag for tag in tags if tag.name != BUSINESS] or tags
    best = sorted(special, key=lambda tag: tag.name not in chosen)[:SHOWN_TAGS]
    return tuple(ShownTag(one_line(tag.name), one_line(tag.reason), tag.name in chosen) for tag in best)


def told_by(story: ToldStory) -> str:
    """Name the publishers, those that the sentences cite first, in the order of citation."""
    source = {entry.id: one_line(entry.source) for entry in story.entries}
    cited = [source[name] for sentence in story.sentences for name in sentence.citations if name in source]
    return first_of(list(dict.fromkeys([*cited, *source.values()])), SHOWN_PUBLISHERS)


def remark(section: Section, digest: Digest) -> str:
    """Remark that a section is short where nothing is wrong and the digest as a whole doesn't say so already.

    Only a reader who chose archetypes is told: with all of them chosen, no section has room for more.
    """
    count = len(section.stories)
    if digest.state is not State.COMPLETE or not coverage.nearly_all_was_read(digest.coverage):
        return ""
    if section.name == PAPERS:
        return "One this week." if count == 1 and coverage.is_a_week(digest) else ""
    if section.name in WITHOUT_QUIET or count > FEW or not digest.archetypes:
        return ""
    return f"{capitalised(coverage.quiet(digest))} here: {counted(count, 'story', 'stories')}."


def for_whom(digest: Digest) -> str:
    """Say how long the digest is and who it is for."""
    stories = capitalised(counted(len(digest.stories), "story", "stories"))
    readers = listed([one_line(name) for name in digest.archetypes]) or "all archetypes"
    return f"{stories}, {counted(digest.minutes, 'minute')}, for {readers}."


def preheader(digest: Digest) -> str:
    """Give the line that a mailbox shows beside the subject: what is not as usual, then what is in it.

    That is the overview's last sentence, which is for the reader, or the first headlines.
    """
    headlines = "; ".join(one_line(story.title) for story in digest.stories[:SHOWN_PUBLISHERS])
    inside = one_line(digest.overview[-1].text, LONGEST_SENTENCE) if digest.overview else headlines
    return " ".join(part for part in (SAMPLE if digest.sample else "", coverage.warning(digest), inside) if part)


def footer(digest: Digest) -> str:
    """Say from how much the digest was made, and by which writer."""
    entries = len({entry.id for story in digest.stories for entry in story.entries})
    writers = WRITERS.get(tuple(sorted({story.writer for story in digest.stories})), "no writer")
    told = f"{counted(len(digest.stories), 'story', 'stories')} from {counted(entries, 'entry', 'entries')}"
    return f"{capitalised(told)}, {writers}."
