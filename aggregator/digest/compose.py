"""One edition from what was chosen and written: sections, title, state, id.

No story is cut in the middle: what has no room becomes a line, or is left out.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.digest.candidates import BUSINESS
from aggregator.digest.fingerprints import digest_of
from aggregator.digest.headlines import best_title
from aggregator.digest.links import link, own_page
from aggregator.digest.sections import ALSO, LEADS, PAPERS, QUOTA, Room, room
from aggregator.digest.summaries import summarise, telling_order
from aggregator.errors import NothingToSayError
from aggregator.models import (
    Archetype,
    Choice,
    CitedEntry,
    Coverage,
    Digest,
    DigestId,
    Draft,
    Form,
    Reader,
    Section,
    Sentence,
    State,
    StoredEntry,
    Summary,
    Tag,
    ToldStory,
)
from aggregator.text.sentences import word_count

PARTIAL_BELOW = 0.8  # share of the sources' weight
NEARLY_ALL = 0.95
LITTLE = 0.3  # of the stories for which there is room: at or below it the week was quiet
MONTHS = tuple(calendar.month_name)[1:]


@dataclass(frozen=True, slots=True)
class Told:
    """A story with its words, and where it stands."""

    choice: Choice
    summary: Summary

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What is told: of a one-liner the first sentence."""
        return self.summary.sentences[:1] if self.choice.form is Form.LINE else self.summary.sentences

    @property
    def words(self) -> int:
        """How many words it takes."""
        return word_count(self.summary.title) + sum(word_count(sentence.text) for sentence in self.sentences)


def compose(  # noqa: PLR0913  # what a digest is made of, each by its name
    choices: Sequence[Choice],
    draft: Draft,
    *,
    reader: Reader,
    archetypes: Sequence[Archetype],
    coverage: Coverage,
    weight_read: float,
    since: datetime,
    until: datetime,
    fingerprint: str,
    sample: bool = False,
) -> Digest:
    """Put the edition together. Raises NothingToSayError where no story was chosen."""
    if not choices:
        raise NothingToSayError(_nothing(coverage), todo="Read more sources, or a longer period.")
    size = room(reader.minutes)
    overview_words = sum(word_count(sentence.text) for sentence in draft.overview)
    told = _fit([Told(choice, _summary(choice, draft)) for choice in _once(choices)], size, size.words - overview_words)
    state = _state(len(told), weight_read, size)
    read = [coverage.read, sorted(failure.source for failure in coverage.failed)]
    zone = ZoneInfo(reader.timezone)
    return Digest(
        id=DigestId(f"{since.astimezone(zone):%Y-%m-%d}-{digest_of([fingerprint, state, read])[:6]}"),
        state=state,
        title=title(since.astimezone(zone), until.astimezone(zone)),
        since=since,
        until=until,
        reader=reader.name,
        minutes=reader.minutes,
        words=sum(story.words for story in told) + overview_words,
        overview=draft.overview,
        sections=_sections(told),
        stories=tuple(_story(story, reader, archetypes) for story in told),
        coverage=coverage,
        archetypes=reader.archetypes,
        sample=sample,
    )


def title(since: datetime, until: datetime) -> str:
    """Name the days from `since` to just before `until`: "AI news, 2-8 March 2026"."""
    first, last = since.date(), max(since, until - timedelta(microseconds=1)).date()
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return f"AI news, {end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"AI news, {first.day}-{end}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"AI news, {first.day} {MONTHS[first.month - 1]}{year} - {end}"


def _once(choices: Iterable[Choice]) -> list[Choice]:
    """Keep the first telling of each story."""
    return list({choice.story.id: choice for choice in reversed(list(choices))}.values())[::-1]


def _summary(choice: Choice, draft: Draft) -> Summary:
    """Give the draft's summary; the built-in one where the draft has none or an empty one."""
    written = draft.summaries.get(choice.story.id)
    return written if written and written.sentences and written.title else summarise(choice)


def _fit(told: list[Told], size: Room, words: int) -> list[Told]:
    """Make the stories fit: the last lines go while there are enough, then the full story best spared gets a line."""
    while sum(story.words for story in told) > words and len(told) > 1:
        lines = [story for story in told if story.choice.form is Form.LINE]
        full = _demotable(told)
        if full and len(lines) <= size.least_lines and len(full.summary.sentences) > 1:
            told = _demote(told, full)
        else:
            last = (lines or [full or told[-1]])[-1]
            told = [story for story in told if story is not last]
    return told


def _demotable(told: Sequence[Told]) -> Told | None:
    """Give the full story that can best be spared: no lead, not among the first of its section, the lowest in rank."""
    places: dict[str, int] = {}
    spare: list[Told] = []
    for story in told:
        if story.choice.form is Form.LINE:
            continue
        place = places[story.choice.section] = places.get(story.choice.section, 0) + 1
        if story.choice.section != LEADS and place > (1 if story.choice.section == PAPERS else QUOTA):
            spare.append(story)
    return min(spare, key=lambda story: (story.choice.story.score, story.choice.story.id), default=None)


def _demote(told: Sequence[Told], story: Told) -> list[Told]:
    """Move a story to the head of the lines."""
    line = Told(replace(story.choice, form=Form.LINE, section=ALSO), story.summary)
    others = [other for other in told if other is not story]
    first = next((index for index, other in enumerate(others) if other.choice.form is Form.LINE), len(others))
    return [*others[:first], line, *others[first:]]


def _state(stories: int, weight_read: float, size: Room) -> State:
    if weight_read < PARTIAL_BELOW:
        return State.PARTIAL
    if weight_read >= NEARLY_ALL and stories <= LITTLE * (size.full + size.lines):
        return State.QUIET
    return State.COMPLETE


def _sections(told: Sequence[Told]) -> tuple[Section, ...]:
    names = dict.fromkeys(story.choice.section for story in told)
    return tuple(Section(name, tuple(s.choice.story.id for s in told if s.choice.section == name)) for name in names)


def _story(told: Told, reader: Reader, archetypes: Sequence[Archetype]) -> ToldStory:
    choice, entries = told.choice, telling_order(told.choice)
    return ToldStory(
        id=choice.story.id,
        form=choice.form,
        update=choice.update,
        title=told.summary.title,
        url=link(entries, best_title(entries, choice.story.lead)[1]),
        archetypes=_tags(choice.story.tags, reader, archetypes),
        sentences=told.sentences,
        writer=told.summary.writer,
        entries=tuple(_cited(entry) for entry in entries),
    )


def _tags(tags: Sequence[Tag], reader: Reader, archetypes: Sequence[Archetype]) -> tuple[Tag, ...]:
    """Order the tags: the reader's own first, business last, the stronger first, then as archetypes are listed."""
    listed = {archetype.name: place for place, archetype in enumerate(archetypes)}

    def order(tag: Tag) -> tuple[bool, bool, float, int, str]:
        own = tag.name in reader.archetypes
        return not own, tag.name == BUSINESS and not own, -tag.strength, listed.get(tag.name, len(listed)), tag.name

    return tuple(sorted(tags, key=order))


def _cited(entry: StoredEntry) -> CitedEntry:
    return CitedEntry(
        id=entry.id,
        guid=entry.guid,
        title=entry.title,
        url=own_page(entry),
        source=entry.source,
        published=entry.date or entry.first_seen,
    )


def _nothing(coverage: Coverage) -> str:
    read = f"{coverage.read} of {coverage.sources} sources were read"
    return f"no story is worth telling: {read}, {coverage.entries} entries in this period"
