"""Which stories a digest tells, how much of each, and under which heading.

Leads first, then for each archetype its own; what one source alone tells is bounded; what is not worth telling is left out, so a
quiet week gives a short digest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from aggregator.digest.cover import says_the_same
from aggregator.digest.earlier import Told, is_news, told
from aggregator.digest.papers import is_paper
from aggregator.digest.passages import offers_something
from aggregator.digest.sections import ALSO, LEADS, PAPERS, QUOTA, Room, room
from aggregator.digest.terms import terms
from aggregator.models import Archetype, Choice, Digest, Form, Reader, StoredEntry, Story
from aggregator.text.urls import canonical

BUSINESS = "business"  # table stakes: for all readers, whichever archetypes they chose
WORTH_TELLING = 0.0  # a story's score: at or below it, it is noise
LEAD_PUBLISHERS = 3
SHARE_OF_ONE_SOURCE = 0.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story worth telling, with what of it is fresh."""

    story: Story
    fresh: tuple[StoredEntry, ...]
    update: bool
    archetypes: tuple[str, ...]  # the reader's own that it serves, the strongest first

    @property
    def rank(self) -> tuple[float, str]:
        """Order candidates: the best first."""
        return -self.story.score, self.story.id


@dataclass
class Desk:
    """The digest as it fills."""

    room: Room
    ceiling: int  # stories that one source may lead
    sections: dict[str, list[Candidate]] = field(default_factory=dict[str, list[Candidate]])
    taken: set[str] = field(default_factory=set[str])
    by_source: Counter[str] = field(default_factory=Counter[str])
    links: set[str] = field(default_factory=set[str])
    titles: list[frozenset[str]] = field(default_factory=list[frozenset[str]])

    def offers_room(self, section: str) -> bool:
        """Say whether a section, and the digest, can take one more."""
        if section == ALSO:
            return len(self.sections.get(ALSO, ())) < self.room.lines
        limit = {LEADS: self.room.leads, PAPERS: self.room.papers}.get(section, self.room.section)
        return len(self.sections.get(section, ())) < limit and self.full < self.room.full

    @property
    def full(self) -> int:
        """How many stories are told in full."""
        return sum(len(members) for name, members in self.sections.items() if name != ALSO)

    def take(self, candidate: Candidate, section: str) -> bool:
        """Put a story into a section, unless it stands already, its source has had enough, or there is no room."""
        source = lead_of(candidate).source
        links = {canonical(url) for entry in candidate.fresh for url in (entry.target or entry.url,) if url}
        title = terms(lead_of(candidate).title)
        if candidate.story.id in self.taken or links & self.links or not self.offers_room(section):
            return False
        if section != LEADS and self.by_source[source] >= self.ceiling:
            return False
        if any(len(title) > 2 and len(other) > 2 and says_the_same(title, other) for other in self.titles):  # noqa: PLR2004  # words enough to compare
            return False
        self.sections.setdefault(section, []).append(candidate)
        self.taken.add(candidate.story.id)
        self.by_source[source] += 1
        self.links |= links
        self.titles.append(title)
        return True


def select(
    stories: Sequence[Story],
    *,
    reader: Reader,
    archetypes: Sequence[Archetype],
    since: datetime,
    until: datetime,
    earlier: Sequence[Digest] = (),
) -> list[Choice]:
    """Choose the stories of a digest, in the order in which it tells them."""
    own = chosen_archetypes(reader, archetypes)
    offered = candidates(stories, own, told(earlier, reader.name, since), since, until)
    desk = Desk(room(reader.minutes), _ceiling(offered, room(reader.minutes)))
    _take_leads(desk, offered, own)
    _take_quotas(desk, offered, own)
    _take_rest(desk, offered, own)
    return _choices(desk, own)


def chosen_archetypes(reader: Reader, archetypes: Sequence[Archetype]) -> list[Archetype]:
    """Give the archetypes that the reader chose, in the reader's order; all, where none is chosen."""
    by_name = {archetype.name: archetype for archetype in archetypes}
    return [by_name[name] for name in reader.archetypes if name in by_name] if reader.archetypes else list(archetypes)


def candidates(
    stories: Sequence[Story], own: Sequence[Archetype], before: Told, since: datetime, until: datetime
) -> list[Candidate]:
    """Give the stories worth telling, the best first: with something fresh, and no noise."""
    names = [archetype.name for archetype in own]
    found: list[Candidate] = []
    for story in stories:
        known = before.knows(story)
        fresh = tuple(e for e in story.entries if e.date is not None and since <= e.date < until and not before.has(e))
        if not fresh or not is_worth_telling(story) or not any(map(offers_something, fresh)):
            continue
        if known and not is_news(story, fresh, before):
            continue
        tags = sorted(
            (tag for tag in story.tags if tag.name in names), key=lambda tag: (tag.name == BUSINESS, -tag.strength, tag.name)
        )
        found.append(Candidate(story, fresh, known, tuple(tag.name for tag in tags)))
    return sorted(found, key=lambda candidate: candidate.rank)


def is_worth_telling(story: Story) -> bool:
    """Say whether a story is news of AI for anybody: it serves an archetype, and is no noise."""
    return bool(story.tags) and story.score > WORTH_TELLING


def lead_of(candidate: Candidate) -> StoredEntry:
    """Give the entry that leads what is fresh: the story's lead, or the first where that is older."""
    return next((entry for entry in candidate.fresh if entry.id == candidate.story.lead), candidate.fresh[0])


def _ceiling(offered: Sequence[Candidate], size: Room) -> int:
    """Bound what one source may lead; who reads few sources gets more of each."""
    total = size.full + size.lines
    sources = len({lead_of(candidate).source for candidate in offered}) or 1
    return max(2, ceil(SHARE_OF_ONE_SOURCE * total), ceil(total / sources))


def _take_leads(desk: Desk, offered: Sequence[Candidate], own: Sequence[Archetype]) -> None:
    """Take events that most publishers told; never so many that the archetypes lose their own."""
    most = max(2, min(desk.room.leads, desk.room.full - QUOTA * len(own)))
    for candidate in offered[: 2 * most]:
        if len(desk.sections.get(LEADS, ())) < most and not candidate.update and candidate.story.publishers >= LEAD_PUBLISHERS:
            desk.take(candidate, LEADS)


def _take_quotas(desk: Desk, offered: Sequence[Candidate], own: Sequence[Archetype]) -> None:
    """Give each archetype its first stories, the one with the fewest to choose from first."""
    supply = Counter(name for candidate in offered for name in candidate.archetypes)
    for archetype in sorted(own, key=lambda archetype: (supply[archetype.name], archetype.name)):
        for candidate in _serving(offered, archetype.name):
            if len(desk.sections.get(archetype.title, ())) >= QUOTA:
                break
            if not candidate.update:
                desk.take(candidate, PAPERS if is_paper(candidate.story) else archetype.title)


def _take_rest(desk: Desk, offered: Sequence[Candidate], own: Sequence[Archetype]) -> None:
    """Fill the sections in the order of rank; what is left and touches everyone gets a line."""
    title = {archetype.name: archetype.title for archetype in own}
    for candidate in offered:
        if candidate.update:
            desk.take(candidate, ALSO)
            continue
        places = [PAPERS] if is_paper(candidate.story) else [title[name] for name in candidate.archetypes]
        if not any(desk.take(candidate, place) for place in places if candidate.archetypes):
            desk.take(candidate, ALSO)


def _serving(offered: Iterable[Candidate], name: str) -> list[Candidate]:
    """Give who serves an archetype: those that it serves first before those that it serves too, each in order of rank."""
    return sorted((c for c in offered if name in c.archetypes), key=lambda c: (c.archetypes[0] != name, c.rank))


def _choices(desk: Desk, own: Sequence[Archetype]) -> list[Choice]:
    order = [LEADS, *(archetype.title for archetype in own), PAPERS, ALSO]
    return [
        Choice(
            story=candidate.story,
            form=Form.LINE if section == ALSO else Form.FULL,
            section=section,
            fresh=candidate.fresh,
            update=candidate.update,
        )
        for section in dict.fromkeys(order)
        for candidate in sorted(desk.sections.get(section, ()), key=lambda candidate: candidate.rank)
    ]
