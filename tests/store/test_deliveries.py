"""Deliveries: written down, claimed once, confirmed."""

from datetime import timedelta

import pytest

from aggregator.models import Delivery, DeliveryState, Receipt
from aggregator.store import Store, deliveries, digests
from aggregator.store.deliveries import GIVEN_UP
from tests.make import digest
from tests.store.conftest import NOW

DIGEST = digest()
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def planned(store: Store) -> Store:
    """Give a store with one digest whose delivery `k` by email is planned."""
    with store.transaction() as session:
        digests.add(session, DIGEST, fingerprint="mark", now=NOW)
        deliveries.plan(session, "k", DIGEST.id, "email", "me", NOW)
    return store


def claim(store: Store, now=LATER) -> bool:
    with store.transaction() as session:
        return deliveries.claim(session, "k", now)


def only(store: Store) -> Delivery:
    with store.reading() as session:
        (found,) = deliveries.of(session, DIGEST.id)
    return found


def test_a_planned_delivery(planned: Store):
    told = Delivery(key="k", digest=DIGEST.id, channel="email", reader="me", state=DeliveryState.PLANNED, since=NOW)
    assert only(planned) == told


def test_it_is_claimed_once(planned: Store):
    assert [claim(planned), claim(planned)] == [True, False]
    assert (only(planned).state, only(planned).since, only(planned).attempts) == (DeliveryState.SENDING, LATER, 1)


def test_a_claim_whose_sender_died_can_be_taken_over(planned: Store):
    assert claim(planned, NOW)
    assert not claim(planned, NOW + GIVEN_UP - timedelta(seconds=1))
    assert claim(planned, NOW + GIVEN_UP)
    assert only(planned).attempts == 2


def test_planning_it_again_changes_nothing(planned: Store):
    claim(planned)
    with planned.transaction() as session:
        deliveries.plan(session, "k", DIGEST.id, "email", "me", LATER)
    assert only(planned).state is DeliveryState.SENDING


def test_what_has_arrived_is_never_sent_again(planned: Store):
    claim(planned)
    with planned.transaction() as session:
        deliveries.confirm(session, "k", Receipt("<id@mail>", NOW), LATER)
        deliveries.failed(session, "k", "too late", LATER)
    assert not claim(planned, NOW + timedelta(days=9))
    assert (only(planned).state, only(planned).receipt) == (DeliveryState.DELIVERED, Receipt("<id@mail>", NOW))


def test_a_receipt_without_a_time_was_given_when_it_was_confirmed(planned: Store):
    with planned.transaction() as session:
        deliveries.confirm(session, "k", Receipt("x"), LATER)
    assert only(planned).receipt == Receipt("x", LATER)


def test_what_failed_can_be_tried_again(planned: Store):
    claim(planned)
    with planned.transaction() as session:
        deliveries.failed(session, "k", "refused", LATER)
    assert (only(planned).state, only(planned).reason) == (DeliveryState.FAILED, "refused")
    assert claim(planned)


def test_there_is_nothing_to_claim_where_nothing_was_planned(store: Store):
    assert not claim(store)


def test_deliveries_come_by_channel(planned: Store):
    with planned.transaction() as session:
        deliveries.plan(session, "a", DIGEST.id, "files", "me", NOW)
        deliveries.plan(session, "z", DIGEST.id, "chat", "me", NOW)
    with planned.reading() as session:
        assert [one.channel for one in deliveries.of(session, DIGEST.id)] == ["chat", "email", "files"]
