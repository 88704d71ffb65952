"""The stories that a digest could tell: with something fresh, worth telling, and news beside what earlier digests told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.digest.boilerplate import is_first_person
from aggregator.digest.earlier import Told, is_news
from aggregator.digest.headlines import tells_an_event
from aggregator.digest.likeness import Subject, subjects
from aggregator.digest.passages import offers_something
from aggregator.digest.terms import any_of
from aggregator.digest.titles import headline
from aggregator.models import Archetype, StoredEntry, Story
from aggregator.text.kinds import FORUMS, is_forum, is_how_to, is_post
from aggregator.text.urls import canonical, site

BUSINESS = "business"  # table stakes: for every reader, whichever archetypes they chose
WORTH_TELLING = 0.5  # a story's score: below it, it is noise
TALK = 0.5  # what is left of the standing of talk that tells no event
WORTH_WITHOUT_TAG = 1.5  # the same, for a story of no archetype
A_START = 300  # characters
NAMES_AI = any_of(
    r"a\.?i|artificial intelligence|machine learning|deep learning|neural net\w*|v?llms?|(?:language|diffusion) models?",
    r"chatbots?|gpt[\w.-]*|chatgpt|openai|anthropic|claude|gemini|copilot",
    whole=r"\b(?:%s)\b",
)
VERSION = re.compile(r"(?<![$€£\d.])\d+(?:\.\d+)+(?!\s*(?:%|percent|[mbt]illion|times\b|[kKmMbBxX]\b))")
A_SENTENCE = 80  # characters: a shorter text seldom holds one


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story worth telling. `fresh` are its entries of the period that were not told before."""

    story: Story
    fresh: tuple[StoredEntry, ...]
    update: bool
    fits: dict[str, float]  # how strongly it serves each of the reader's archetypes that it serves
    event: bool  # a title of it says that something happened
    worded: bool  # there is more to tell than a title
    standing: float
    subject: Subject  # what it is about, beside the other stories of the week
    versions: frozenset[str]  # those in its titles: 3.1 is not 3.2
    pages: frozenset[str]  # the canonical addresses that it is about

    @property
    def rank(self) -> tuple[float, str]:
        """Order candidates: the best first."""
        return -self.standing, self.story.id

    @property
    def lead(self) -> StoredEntry:
        """The story's lead; where that is not fresh, the first that is."""
        return next((entry for entry in self.fresh if entry.id == self.story.lead), self.fresh[0])

    @property
    def house(self) -> str:
        """Whose page leads it: a forum that only points at a page is not its house."""
        return site(self.lead.target or self.lead.url) or self.lead.source


def candidates(
    stories: Sequence[Story], own: Sequence[Archetype], before: Told, since: datetime, until: datetime
) -> list[Candidate]:
    """Give the stories worth telling to a reader of these archetypes, the best first."""
    found = [
        (story, fresh) for story in stories if (fresh := _fresh(story, before, since, until)) and is_worth_telling(story, fresh)
    ]
    found = [(story, fresh) for story, fresh in found if not before.knows(story) or is_news(story, fresh, before)]
    told_of = [fresh for _, fresh in found]
    given = [
        _candidate(story, fresh, own, before, subject) for (story, fresh), subject in zip(found, subjects(told_of), strict=True)
    ]
    return sorted(given, key=lambda candidate: candidate.rank)


def is_worth_telling(story: Story, fresh: Sequence[StoredEntry]) -> bool:
    """Say whether a story is no noise, is about AI, and says what happened.

    An archetype other than business is proof enough; business alone needs AI's name, and no archetype at all a high place too.
    """
    floor = WORTH_TELLING if story.tags else WORTH_WITHOUT_TAG
    of_ai = any(tag.name != BUSINESS for tag in story.tags) or names_ai(fresh)
    return story.score >= floor and of_ai and any(map(offers_something, fresh))


def names_ai(entries: Sequence[StoredEntry]) -> bool:
    """Say whether most of the entries name AI, in the title or where the text begins."""
    naming = sum(1 for entry in entries if NAMES_AI.search(f"{entry.title} {entry.text[:A_START]}"))
    return 2 * naming > len(entries)


def _fresh(story: Story, before: Told, since: datetime, until: datetime) -> tuple[StoredEntry, ...]:
    return tuple(e for e in story.entries if e.date is not None and since <= e.date < until and not before.has(e))


def _candidate(
    story: Story,
    fresh: tuple[StoredEntry, ...],
    own: Sequence[Archetype],
    before: Told,
    subject: Subject,
) -> Candidate:
    names = [archetype.name for archetype in own]
    event = any(tells_an_event(headline(entry)) for entry in fresh)
    talk = not event and all(map(_is_talk, fresh))
    return Candidate(
        story=story,
        fresh=fresh,
        update=before.knows(story),
        fits={tag.name: tag.strength for tag in story.tags if tag.name in names},
        event=event,
        worded=any(len(entry.text) >= A_SENTENCE for entry in fresh),
        standing=story.score * (TALK if talk else 1.0),
        subject=subject,
        versions=frozenset(number for entry in fresh for number in VERSION.findall(entry.title)),
        pages=frozenset(canonical(entry.target or entry.url) for entry in fresh if entry.target or entry.url),
    )


def _is_talk(entry: StoredEntry) -> bool:
    """Say whether an entry is a forum's or network's own, or a forum's link to a question, an instruction or an opinion."""
    title = headline(entry)
    own = is_post(entry) or site(entry.url).split("/")[0] in FORUMS
    return own or (is_forum(entry) and (is_how_to(entry) or "?" in title or is_first_person(title)))
