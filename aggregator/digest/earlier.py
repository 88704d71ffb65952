"""What earlier digests told: a story returns only with news, and then only its news is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.digest.headlines import tells_an_event
from aggregator.digest.links import pages
from aggregator.digest.terms import specifics, terms
from aggregator.digest.titles import headline
from aggregator.models import Digest, StoredEntry, Story
from aggregator.text.urls import canonical

NEW_WITH_NAME = 2  # new content words of a title that has a new name or number
NEW_WITHOUT = 3  # of one that has neither, but says that something happened


@dataclass(frozen=True, slots=True)
class Told:
    """The ids and addresses that earlier digests of this reader told, and the words in which they did."""

    entries: frozenset[str]
    stories: frozenset[str]
    links: frozenset[str]
    words: dict[str, frozenset[str]]  # by story id and by link

    def knows(self, story: Story) -> bool:
        """Say whether this story was told: by its id, an entry or a page that they share."""
        return story.id in self.stories or any(self.has(entry) for entry in story.entries)

    def has(self, entry: StoredEntry) -> bool:
        """Say whether this entry, or its page, was told."""
        return entry.id in self.entries or any(canonical(url) in self.links for url in pages(entry))

    def said(self, story: Story) -> frozenset[str]:
        """Give the content words in which this story was told."""
        keys = [story.id, *(entry.id for entry in story.entries), *(canonical(url) for e in story.entries for url in pages(e))]
        return frozenset[str]().union(*(self.words.get(key, frozenset()) for key in keys))


def told(earlier: Sequence[Digest], reader: str, since: datetime) -> Told:
    """Gather what digests of this reader told whose period ended at or before `since`."""
    stories = [story for digest in earlier if digest.reader == reader and digest.until <= since for story in digest.stories]
    words: dict[str, frozenset[str]] = {}
    for story in stories:
        said = terms(
            " ".join([story.title, *(sentence.text for sentence in story.sentences), *(e.title for e in story.entries)])
        )
        keys = [
            story.id,
            canonical(story.url),
            *(entry.id for entry in story.entries),
            *(canonical(e.url) for e in story.entries),
        ]
        for key in keys:
            words[key] = words.get(key, frozenset()) | said
    return Told(
        entries=frozenset(entry.id for story in stories for entry in story.entries),
        stories=frozenset(story.id for story in stories),
        links=frozenset(canonical(url) for s in stories for url in (s.url, *(e.url for e in s.entries)) if url),
        words=words,
    )


def is_news(story: Story, fresh: Sequence[StoredEntry], before: Told) -> bool:
    """Say whether a fresh title says something new: a name or number, or that something else happened."""
    old = [entry for entry in story.entries if entry not in fresh]
    said = before.said(story).union(*(terms(f"{entry.title} {entry.text}") for entry in old))
    for entry in fresh:
        new = terms(entry.title) - said
        if len(new) >= NEW_WITH_NAME and specifics(entry.title) - said:
            return True
        if len(new) >= NEW_WITHOUT and tells_an_event(headline(entry)):
            return True
    return False
