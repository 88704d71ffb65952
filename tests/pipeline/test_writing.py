"""Write: one digest for one reader, period and entries, whoever asks and however often."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from aggregator.digest.builtin import BuiltIn
from aggregator.errors import CheckError, NothingToSayError
from aggregator.models import Choice, Digest, Draft, Entry, Outcome, Reader, Sentence, State, WriterName
from aggregator.pipeline import Desk, Period, verify, write
from aggregator.store import digests, entries
from tests.make import entry, utc
from tests.pipeline.conftest import give


class Meanwhile:
    """A writer during whose work something else happens."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    def write(self, stories: Sequence[Choice], reader: Reader, deadline: datetime) -> Draft:
        self.happens()
        return BuiltIn().write(stories, reader, deadline)


class Liar:
    """A writer that adds a sentence of its own."""

    def write(self, stories: Sequence[Choice], reader: Reader, deadline: datetime) -> Draft:
        draft = BuiltIn().write(stories, reader, deadline)
        name, told = next(iter(draft.summaries.items()))
        lie = Sentence("It costs 17 dollars.", told.sentences[0].citations)
        return replace(draft, summaries={**draft.summaries, name: replace(told, sentences=(*told.sentences, lie))})


def stored(desk: Desk) -> list[Digest]:
    with desk.store.reading() as session:
        return digests.all(session)


def test_the_same_reader_period_and_entries_give_the_stored_digest(desk: Desk, week: Period):
    first, again = write(desk, BuiltIn(), week), write(desk, BuiltIn(), week)
    assert (first.stored_before, again.stored_before) == (False, True)
    assert again.digest == first.digest


def test_a_new_entry_gives_a_new_digest(desk: Desk, week: Period):
    first = write(desk, BuiltIn(), week).digest
    title, page = "Quillon opens the weights of its language model Heron 7B", "https://press.example/heron"
    give(desk, "press", entry(title, source="press", guid="new", url=page, published=utc("2026-03-05T09:00")))
    second = write(desk, BuiltIn(), week)
    assert not second.stored_before
    assert second.digest.id != first.id
    assert len(stored(desk)) == 2


def test_two_that_write_the_same_week_at_once_get_one_digest(desk: Desk, week: Period):
    faster: list[Digest] = []
    other = replace(week, fetched=tuple(replace(line, outcome=Outcome.UNCHANGED) for line in week.fetched))
    slower = write(desk, Meanwhile(lambda: faster.append(write(desk, BuiltIn(), other).digest)), week)
    assert slower.stored_before
    assert slower.digest == faster[0]
    assert stored(desk) == faster


def test_a_partial_digest_gives_way_once_more_has_been_read(desk: Desk, week: Period):
    failed = tuple(replace(line, outcome=Outcome.FAILED, reason="down") for line in week.fetched[1:])
    partial = write(desk, BuiltIn(), replace(week, fetched=(week.fetched[0], *failed))).digest
    whole = write(desk, BuiltIn(), week).digest
    assert (partial.state, whole.state) == (State.PARTIAL, State.QUIET)
    assert write(desk, BuiltIn(), replace(week, fetched=(week.fetched[0], *failed))).digest == whole


def test_nothing_is_stored_where_nothing_should_be_kept(desk: Desk, week: Period):
    write(desk, BuiltIn(), week, keep=False)
    assert stored(desk) == []


def test_a_sentence_that_no_entry_holds_is_never_told(desk: Desk, week: Period):
    assert write(desk, Liar(), week).digest == write(desk, BuiltIn(), week).digest
    assert "17 dollars" not in str(stored(desk))


def test_a_period_without_entries_says_how_much_was_read(desk: Desk, week: Period):
    empty = replace(week, since=utc("2025-03-02"), until=utc("2025-03-09"))
    with pytest.raises(NothingToSayError, match="3 of 3 sources"):
        write(desk, BuiltIn(), empty)


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: replace(d, title="AI is over"),
        lambda d: replace(d, state=State.COMPLETE),
        lambda d: replace(d, coverage=replace(d.coverage, read=99)),
        lambda d: replace(d, stories=d.stories[::-1]),
        lambda d: replace(d, stories=d.stories[1:]),
        lambda d: replace(d, stories=(replace(d.stories[0], update=True), *d.stories[1:])),
        lambda d: replace(d, stories=(replace(d.stories[0], writer=WriterName.LLM), *d.stories[1:])),
        lambda d: replace(d, overview=(Sentence("All is lost.", d.stories[0].sentences[0].citations),)),
        lambda d: replace(d, minutes=5),
    ],
    ids=["title", "state", "coverage", "order", "left out", "update", "writer", "overview", "minutes"],
)
def test_a_digest_that_is_stored_here_is_held_against_itself(desk: Desk, week: Period, edit: Callable[[Digest], Digest]):
    digest = write(desk, BuiltIn(), week).digest
    assert verify(desk, digest)
    with pytest.raises(CheckError):
        verify(desk, edit(digest))


def test_a_digest_from_elsewhere_is_proved_by_its_sentences_alone(desk: Desk, week: Period):
    digest = write(desk, BuiltIn(), week, keep=False).digest
    assert not verify(desk, digest)
    with pytest.raises(CheckError, match="not in the words of its sources"):
        verify(desk, replace(digest, stories=(replace(digest.stories[0], writer=WriterName.LLM), *digest.stories[1:])))


def test_a_digest_stays_true_when_an_entry_is_edited_afterwards(desk: Desk, week: Period):
    digest = write(desk, BuiltIn(), week).digest
    later = replace(desk, now=utc("2026-03-10T08:00"))
    lead = digest.stories[0].entries[0]
    with later.store.transaction() as session:
        edited = Entry(source=lead.source, guid=lead.guid, title="Never mind", url=lead.url, text="", published=lead.published)
        entries.save(session, lead.source, [edited], now=later.now, history=False, date=lambda published, *_: published)
    assert verify(later, digest)
