"""Which stories a digest tells, how much of each, and under which heading.

Leads first, then for each archetype its own, then lines. What one house alone tells is bounded. What is not worth telling is
left out, so a quiet week gives a short digest.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from aggregator.digest.candidates import BUSINESS, Candidate, candidates
from aggregator.digest.earlier import told
from aggregator.digest.likeness import tell_the_same
from aggregator.digest.papers import is_paper
from aggregator.digest.sections import ALSO, LEADS, PAPERS, QUOTA, Room, room
from aggregator.models import Archetype, Choice, Digest, Form, Reader, Story

WORTH_IN_FULL = 0.5  # a story's standing: below it, it gets a line at most
LEAD_PUBLISHERS = 3
LEAD_SHARE = 0.6  # of the mean standing of the five best: with it two publishers make a lead, too
SHARE_OF_ONE_HOUSE = 0.2
LONG_SHOT = 0.5  # how strongly an archetype that is not its first has to be served for a story to stand under its heading
NEWS, WORDED = 0.5, 2.0  # how much more it counts in a section if something happened, and if more than a title is known
RICH = 3  # times the stories to tell in full: a week with as many to choose from
FIT = 1.2  # how much serving the archetype strongly counts beside the standing


@dataclass
class Page:
    """The digest as it fills."""

    room: Room
    ceiling: int  # stories that one house may lead
    sections: dict[str, list[Candidate]] = field(default_factory=dict[str, list[Candidate]])

    def of(self, section: str) -> list[Candidate]:
        """Give what stands in a section."""
        return self.sections.get(section, [])

    def all(self) -> list[Candidate]:
        """Give all that stands."""
        return [candidate for members in self.sections.values() for candidate in members]

    @property
    def full(self) -> int:
        """How many stories are told in full."""
        return sum(len(members) for section, members in self.sections.items() if section != ALSO)

    def has_room(self, section: str) -> bool:
        """Say whether a section, and the digest, can take one more."""
        if section == ALSO:
            return len(self.of(ALSO)) < self.room.lines
        limit = {LEADS: self.room.leads, PAPERS: self.room.papers}.get(section, self.room.section)
        return len(self.of(section)) < limit and self.full < self.room.full

    def take(self, candidate: Candidate, section: str) -> bool:
        """Put a story into a section, unless it stands already, its only house has had enough, or there is no room."""
        if not self.has_room(section) or (section != ALSO and candidate.standing < WORTH_IN_FULL):
            return False
        standing = self.all()
        houses = Counter(other.house for other in standing)
        big = candidate.story.publishers >= LEAD_PUBLISHERS
        if (not big and houses[candidate.house] >= self.ceiling) or any(_same(candidate, other) for other in standing):
            return False
        self.sections.setdefault(section, []).append(candidate)
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
    size = room(reader.minutes)
    page = Page(size, _ceiling(offered, size))
    _take_leads(page, offered, own)
    _take_quotas(page, offered, own)
    _take_rest(page, offered, own)
    _take_more_leads(page, offered)
    _take_lines(page, offered)
    return _choices(page, own)


def chosen_archetypes(reader: Reader, archetypes: Sequence[Archetype]) -> list[Archetype]:
    """Give the archetypes that the reader chose, in the reader's order; all, where none is chosen."""
    by_name = {archetype.name: archetype for archetype in archetypes}
    return [by_name[name] for name in reader.archetypes if name in by_name] if reader.archetypes else list(archetypes)


def _same(one: Candidate, other: Candidate) -> bool:
    """Say whether two candidates tell of one event: one story, one page, or nearly the same words."""
    if one.story.id == other.story.id:
        return True
    if one.versions and other.versions and not one.versions & other.versions:
        return bool(one.pages & other.pages)
    big = sum(candidate.story.publishers > 1 for candidate in (one, other))
    return bool(one.pages & other.pages) or tell_the_same(one.subject, other.subject, big)


def _ceiling(offered: Sequence[Candidate], size: Room) -> int:
    """Bound what one house may lead; who reads few gets more of each."""
    total = size.full + size.lines
    houses = len({candidate.house for candidate in offered}) or 1
    return max(2, ceil(SHARE_OF_ONE_HOUSE * total), ceil(total / houses))


def _take_leads(page: Page, offered: Sequence[Candidate], own: Sequence[Archetype]) -> None:
    """Take the events that most publishers told; never so many that the archetypes lose their own."""
    most = max(2, min(page.room.leads, page.room.full - QUOTA * len(own)))
    best = [candidate.standing for candidate in offered[:5]]
    high = LEAD_SHARE * sum(best) / len(best) if best else 0.0
    for candidate in offered:
        many = candidate.story.publishers >= LEAD_PUBLISHERS or (candidate.story.publishers > 1 and candidate.standing >= high)
        if len(page.of(LEADS)) < most and many and candidate.event and _may_lead(candidate):
            page.take(candidate, LEADS)


def _take_more_leads(page: Page, offered: Sequence[Candidate]) -> None:
    """Where the reader's archetypes leave room, tell the next events in full; in a thin week they get lines."""
    rich = len(offered) >= RICH * page.room.least_full
    for candidate in offered:
        if rich and page.full < page.room.least_full and candidate.event and _may_lead(candidate):
            page.take(candidate, LEADS)


def _may_lead(candidate: Candidate) -> bool:
    """Say whether a story may stand among the leads: updates and papers have their own place."""
    return not candidate.update and not is_paper(candidate.story)


def _take_quotas(page: Page, offered: Sequence[Candidate], own: Sequence[Archetype]) -> None:
    """Give each archetype its first stories, the one with the fewest to choose from first."""
    supply = Counter(name for candidate in offered for name in candidate.fits)
    for archetype in sorted(own, key=lambda archetype: (supply[archetype.name], archetype.name)):
        for candidate in _serving(offered, archetype.name):
            if len(page.of(archetype.title)) >= QUOTA:
                break
            page.take(candidate, PAPERS if is_paper(candidate.story) else archetype.title)


def _take_rest(page: Page, offered: Sequence[Candidate], own: Sequence[Archetype]) -> None:
    """Fill the sections in the order of rank, what can be told before what is only a title."""
    title = {archetype.name: archetype.title for archetype in own}
    for candidate in sorted(offered, key=lambda c: (-c.standing - WORDED * c.worded, c.rank)):
        places = [PAPERS] if is_paper(candidate.story) else [title[name] for name in _best_first(candidate)]
        if candidate.fits and not candidate.update:
            any(page.take(candidate, place) for place in places)


def _take_lines(page: Page, offered: Sequence[Candidate]) -> None:
    """Give a line to what has no place in a section and stands high, updates among them."""
    for candidate in offered:
        page.take(candidate, ALSO)


def _serving(offered: Sequence[Candidate], name: str) -> list[Candidate]:
    """Give who serves an archetype, in the order of fit and standing together."""
    serving = [c for c in offered if name in _best_first(c) and not c.update]
    return sorted(serving, key=lambda c: (-_fitness(c, name), c.rank))


def _fitness(candidate: Candidate, name: str) -> float:
    """Weigh how strongly it serves the archetype, and whether it serves it first, with its standing."""
    first = 1.0 if _best_first(candidate)[:1] == [name] else 0.5
    tellable = NEWS * candidate.event + WORDED * candidate.worded
    return candidate.standing + FIT * candidate.fits[name] * first + tellable


def _best_first(candidate: Candidate) -> list[str]:
    """Order the archetypes that a story serves: the strongest first, business where there is no other."""
    names = sorted(candidate.fits, key=lambda name: (name == BUSINESS, -candidate.fits[name], name))
    return [name for place, name in enumerate(names) if place == 0 or candidate.fits[name] >= LONG_SHOT]


def _choices(page: Page, own: Sequence[Archetype]) -> list[Choice]:
    by_title = {archetype.title: archetype.name for archetype in own}

    def order(section: str) -> list[Candidate]:
        name = by_title.get(section)
        return sorted(
            page.of(section), key=lambda c: (-_fitness(c, name), c.rank) if name in c.fits and name else (-c.standing, c.rank)
        )

    return [
        Choice(
            story=candidate.story,
            form=Form.LINE if section == ALSO else Form.FULL,
            section=section,
            fresh=candidate.fresh,
            update=candidate.update,
        )
        for section in dict.fromkeys([LEADS, *by_title, PAPERS, ALSO])
        for candidate in order(section)
    ]
