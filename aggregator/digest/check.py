"""Every sentence of a digest, held against the stored entries that it cites. Offline; finds every hand edit.

A built-in sentence stands there word for word, from the start of a sentence to its end, or is the entry's title, tidied. For
any writer, numbers, names and addresses occur in what is cited.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from aggregator.digest.links import own_page, pages, untracked
from aggregator.digest.passages import body, sentences_of
from aggregator.digest.terms import fold, names, numbers, straight, urls
from aggregator.digest.titles import full_title, headline
from aggregator.models import CitedEntry, Digest, EntryId, Form, Sentence, StoredEntry, StoryId, ToldStory, WriterName
from aggregator.text.line import shorten
from aggregator.text.sentences import word_count


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where in the digest."""

    where: str
    what: str
    story: StoryId | None = None  # the story that is at fault, if it is one

    def __str__(self) -> str:
        """Give one line."""
        return f"{self.where}: {self.what}"


def faults(digest: Digest, entries: Mapping[EntryId, StoredEntry]) -> list[Fault]:
    """Give all that a digest says and its stored entries don't; empty where everything stands."""
    found = [replace(fault, story=story.id) for story in digest.stories for fault in _of_story(story, entries)]
    return [*found, *_of_overview(digest, entries), *_of_form(digest)]


def differences(stored: Digest, given: Digest) -> list[Fault]:
    """Give where a digest is not the stored one of its id: a digest never changes, so any difference is an edit."""
    found = [
        Fault(name, f"is {_short(getattr(given, name))}; stored is {_short(getattr(stored, name))}")
        for name in (each.name for each in fields(Digest))
        if name != "stories" and getattr(stored, name) != getattr(given, name)
    ]
    if [story.id for story in stored.stories] != [story.id for story in given.stories]:
        return [*found, Fault("stories", "are not the stored ones in their order")]
    for one, other in zip(stored.stories, given.stories, strict=True):
        changed = [each.name for each in fields(ToldStory) if getattr(one, each.name) != getattr(other, each.name)]
        found += [
            Fault(f"story {one.id}, {name}", f"is {_short(getattr(other, name))}, which is not stored") for name in changed
        ]
    return found


def unprovable(digest: Digest) -> list[Fault]:
    """Give what can't be proved of a digest that is not stored here: what no entry says word for word."""
    written = [story.id for story in digest.stories if story.writer is not WriterName.BUILT_IN]
    found = [Fault(f"story {name}", "is not in the words of its sources, and not stored here") for name in written]
    return [
        *found,
        *([Fault("overview", "is not in the words of the sources, and not stored here")] if digest.overview else []),
    ]


def _short(value: object) -> str:
    return shorten(repr(value), 160)


def _of_story(story: ToldStory, entries: Mapping[EntryId, StoredEntry]) -> Iterable[Fault]:
    where = f"story {story.id}"
    own = {cited.id for cited in story.entries}
    known = [entries[cited.id] for cited in story.entries if cited.id in entries]
    for cited in story.entries:
        yield from (Fault(where, what) for what in _of_citation(cited, entries))
    if not story.sentences:
        yield Fault(where, "says nothing")
    if story.form is Form.LINE and len(story.sentences) > 1:
        yield Fault(where, "is a line of more than one sentence")
    for number, sentence in enumerate(story.sentences, 1):
        place = f"{where}, sentence {number}"
        for citation in sentence.citations:
            if citation not in own:
                yield Fault(place, f"cites {citation}, which is no entry of this story")
        yield from (
            Fault(place, what) for what in _of_sentence(sentence, entries, verbatim=story.writer is WriterName.BUILT_IN)
        )
    yield from (Fault(f"{where}, title", what) for what in _of_title(story, known))
    if story.url and story.url not in {untracked(url) for entry in known for url in pages(entry)}:
        yield Fault(where, f"its link {story.url} is none of its entries'")


def _of_citation(cited: CitedEntry, entries: Mapping[EntryId, StoredEntry]) -> Iterable[str]:
    """Compare an entry as it is listed with the entry as it is stored."""
    entry = entries.get(cited.id)
    if entry is None:
        yield f"entry {cited.id} is not stored"
        return
    listed = (cited.guid, cited.title, cited.url, cited.source, cited.published)
    stored = (entry.guid, entry.title, own_page(entry), entry.source, entry.date or entry.first_seen)
    for name, one, other in zip(("guid", "title", "url", "source", "date"), listed, stored, strict=True):
        if one != other:
            yield f"entry {cited.id} is listed with the {name} {one!s}; stored is {other!s}"


def _of_sentence(sentence: Sentence, entries: Mapping[EntryId, StoredEntry], *, verbatim: bool) -> Iterable[str]:
    if not sentence.citations:
        yield "cites nothing"
        return
    cited = [entries[citation] for citation in sentence.citations if citation in entries]
    missing = [citation for citation in sentence.citations if citation not in entries]
    yield from (f"cites {citation}, which is not stored" for citation in missing)
    if verbatim and not all(stands_in(sentence.text, entry) for entry in cited):
        yield f"does not stand in what it cites: {sentence.text!r}"
    yield from unsupported(sentence.text, cited)


def _of_title(story: ToldStory, known: list[StoredEntry]) -> Iterable[str]:
    if story.writer is WriterName.BUILT_IN:
        if story.title not in {headline(entry) for entry in known}:
            yield f"is no title of its entries: {story.title!r}"
    else:
        yield from unsupported(story.title, known)


def stands_in(text: str, entry: StoredEntry) -> bool:
    """Say whether `text` is the entry's headline, or stands in its text from the start of a sentence to the end of one."""
    if not text.strip():
        return False
    if text in {headline(entry), full_title(entry)}:
        return True
    sought = fold(text)
    if sought not in fold(entry.text):
        return False
    return any(_is_run_of(sentences_of(whole), sought) for whole in dict.fromkeys((entry.text, body(entry))))


def _is_run_of(sentences: list[str], sought: str) -> bool:
    return any(
        " ".join(sentences[start:end]) == sought
        for start in range(len(sentences))
        if sought.startswith(sentences[start])
        for end in range(start + 1, len(sentences) + 1)
        if len(" ".join(sentences[start:end])) <= len(sought)
    )


def unsupported(text: str, cited: Iterable[StoredEntry]) -> list[str]:
    """Give the numbers, names and addresses of `text` that do not occur in what it cites: title, text, source, address."""
    grounds = " ".join(fold(f"{e.title} {e.text} {e.source} {e.author} {e.url} {e.target or ''}") for e in cited)
    lower = straight(grounds.lower())
    counted = set(numbers(grounds))
    found = [f"number {number} is not in what it cites" for number in numbers(text) if number not in counted]
    found += [f"address {url} is not in what it cites" for url in urls(text) if url not in grounds]
    return [*found, *(f"name {name} is not in what it cites" for name in names(text) if straight(name.lower()) not in lower)]


def _of_overview(digest: Digest, entries: Mapping[EntryId, StoredEntry]) -> Iterable[Fault]:
    listed = {cited.id for story in digest.stories for cited in story.entries}
    for number, sentence in enumerate(digest.overview, 1):
        place = f"overview, sentence {number}"
        for citation in sentence.citations:
            if citation not in listed:
                yield Fault(place, f"cites {citation}, which is no entry of this digest")
        yield from (Fault(place, what) for what in _of_sentence(sentence, entries, verbatim=False))


def _of_form(digest: Digest) -> Iterable[Fault]:
    """Check what the digest says of itself: its words, its sections, and that nothing stands twice."""
    said = [sentence.text for sentence in digest.overview]
    said += [text for story in digest.stories for text in (story.title, *(sentence.text for sentence in story.sentences))]
    counted = sum(word_count(text) for text in said)
    if counted != digest.words:
        yield Fault("words", f"the digest says {digest.words}; it has {counted}")
    told = Counter(story.id for story in digest.stories)
    placed = Counter(story for section in digest.sections for story in section.stories)
    for story, times in sorted({**told, **placed}.items()):
        if told[story] != 1 or placed[story] != 1:
            yield Fault(f"story {story}", f"is told {told[story]} times and stands in {placed[story]} sections")
        elif times > 1:
            yield Fault(f"story {story}", "stands twice")
    links = Counter(re.sub(r"#.*$", "", story.url) for story in digest.stories if story.url)
    yield from (Fault("links", f"{url} is the link of {times} stories") for url, times in sorted(links.items()) if times > 1)
