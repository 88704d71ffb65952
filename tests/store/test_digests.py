"""Digests: kept whole, found again, never changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from aggregator.errors import StoreError, UsageError
from aggregator.models import Coverage, Digest, DigestId, Failure, Form, Section, Sentence, State, StoryId, WriterName
from aggregator.store import Store, digests
from aggregator.store.digests import EARLIER
from aggregator.store.tables import clean
from tests.make import WEEK, digest, told
from tests.store.conftest import NOW


def add(store: Store, *given: Digest, fingerprint: str = "mark") -> None:
    for number, one in enumerate(given):
        with store.transaction() as session:
            digests.add(session, one, fingerprint=fingerprint, now=NOW + timedelta(minutes=number))


def numbered(number: int, **fields: object) -> Digest:
    """Give the digest of the week so many weeks after the first."""
    week = timedelta(days=7 * number)
    given = {"id": DigestId(f"week-{number:03}"), "since": WEEK[0] + week, "until": WEEK[1] + week}
    return digest(**{**given, **fields})


def test_a_digest_comes_back_as_it_was(store: Store):
    full = told("A “title” 🎉", writer=WriterName.LLM, update=True)
    line = told("A line", form=Form.LINE, sentences=())
    given = digest(
        full,
        line,
        state=State.PARTIAL,
        overview=(Sentence("Two things happened.", (full.entries[0].id, line.entries[0].id)),),
        sections=(Section("Leads", (full.id,)), Section("Briefly", (line.id,))),
        coverage=Coverage(sources=3, read=2, unchanged=1, entries=9, failed=(Failure("Beta", "answered 503"),)),
        archetypes=("ux", "safety"),
        minutes=6.5,
        sample=True,
    )
    add(store, given)
    with store.reading() as session:
        assert digests.get(session, given.id) == given


def test_the_stories_and_entries_that_it_told_can_be_looked_up(store: Store):
    given = digest(told(), told())
    add(store, given)
    with store.reading() as session:
        connection = session.connection()
        stories = connection.exec_driver_sql("SELECT story_id, title, form FROM digest_stories ORDER BY position").fetchall()
        entries = connection.exec_driver_sql("SELECT story_id, entry_id FROM digest_entries ORDER BY 1, 2").fetchall()
    assert stories == [(one.id, one.title, "full") for one in given.stories]
    assert sorted(entries) == sorted((one.id, one.entries[0].id) for one in given.stories)


def test_adding_the_same_digest_again_changes_nothing(store: Store):
    given = digest()
    add(store, given, given)
    with store.reading() as session:
        assert digests.all(session) == [given]


def test_another_digest_with_its_id_is_refused(store: Store):
    given = digest()
    add(store, given)
    with pytest.raises(StoreError, match="there is another digest with the id"):
        add(store, replace(given, title="Another"))
    with store.reading() as session:
        assert digests.all(session) == [given]


def test_no_statement_changes_a_digest(store: Store):
    given = digest()
    add(store, given)
    with pytest.raises(StoreError, match="a digest never changes"), store.transaction() as session:
        session.connection().exec_driver_sql("UPDATE digests SET body = '{}'")
    with store.reading() as session:
        assert digests.get(session, given.id) == given


def test_the_fingerprint_finds_the_one_composed_last(store: Store):
    first, second = digest(id=DigestId("b")), digest(id=DigestId("a"))
    add(store, first, second)
    with store.reading() as session:
        assert digests.by_fingerprint(session, "mark") == second
        assert digests.by_fingerprint(session, "other") is None


def test_get_by_the_beginning_of_an_id(store: Store):
    one, two = numbered(1), numbered(12)
    add(store, one, two)
    with store.reading() as session:
        assert digests.get(session, "week-01") == two
        assert digests.get(session, "week-%") is None
        with pytest.raises(UsageError, match="several ids begin with 'week-0'"):
            digests.get(session, "week-0")


def test_an_id_that_another_begins_with_is_found(store: Store):
    one, two = digest(id=DigestId("2026-03")), digest(id=DigestId("2026-03-b"))
    add(store, one, two)
    with store.reading() as session:
        assert digests.get(session, "2026-03") == one


def test_latest_is_the_one_composed_last(store: Store):
    with store.reading() as session:
        assert digests.latest(session) is None
    mine, hers, old = numbered(2), numbered(1, reader="ann"), numbered(0)
    add(store, mine, hers, old)
    with store.reading() as session:
        assert digests.latest(session) == old
        assert digests.latest(session, "ann") == hers
        assert digests.latest(session, "nobody") is None
        assert digests.all(session) == [old, hers, mine]


def test_earlier_ones_ended_at_or_before(store: Store):
    weeks = [numbered(n) for n in range(3)]
    add(store, *weeks, numbered(0, id=DigestId("hers"), reader="ann"))
    with store.reading() as session:
        assert digests.earlier(session, "me", weeks[2].since) == [weeks[1], weeks[0]]
        assert digests.earlier(session, "me", weeks[0].since) == []


def test_earlier_ones_are_bounded(store: Store):
    with store.transaction() as session:
        for n in range(EARLIER + 3):
            digests.add(session, numbered(n), fingerprint="mark", now=NOW)
    with store.reading() as session:
        found = digests.earlier(session, "me", numbered(999).since)
    assert len(found) == EARLIER
    assert found[0].id == f"week-{EARLIER + 2:03}"


def test_a_quiet_digest_has_no_stories(store: Store):
    given = replace(digest(), state=State.QUIET, stories=(), sections=(Section("Leads", tuple[StoryId, ...]()),))
    add(store, given)
    with store.reading() as session:
        assert digests.get(session, given.id) == given


@pytest.mark.parametrize("body", ["", "{}", '{"id": 7}', "\ud83d"])
def test_a_digest_that_cannot_be_read_is_named(store: Store, body: str):
    add(store, digest())
    with store.transaction() as session:
        copied = (
            "INSERT INTO digests SELECT 'odd', reader, since, until, state, title, 'odd', composed, sample, :body FROM digests"
        )
        session.connection().execute(text(copied), {"body": clean(body)})
    with store.reading() as session, pytest.raises(StoreError, match="the digest odd cannot be read"):
        digests.get(session, "odd")
