"""Deliver: written down before it is sent and after, once a channel."""

import pytest

from aggregator.digest.builtin import BuiltIn
from aggregator.errors import DeliveryError
from aggregator.models import DeliveryState, Digest, Receipt
from aggregator.pipeline import Desk, Period, deliver, write
from aggregator.store import deliveries
from tests.make import utc


class Wall:
    """A channel that takes a digest, or refuses it, and remembers."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses, self.keys = refuses, list[str]()

    def find(self, key: str) -> Receipt | None:
        return Receipt(key) if key in self.keys else None

    def send(self, digest: Digest, key: str) -> Receipt:
        if self.refuses:
            raise DeliveryError("the wall is full", where="wall")
        self.keys.append(key)
        return Receipt(key, utc("2026-03-09T08:00"))


def states(desk: Desk, digest: Digest) -> list[tuple[str, DeliveryState, str]]:
    with desk.store.reading() as session:
        return [(one.channel, one.state, one.reason) for one in deliveries.of(session, digest.id)]


def test_a_channel_takes_a_digest_once_however_often_it_is_delivered(desk: Desk, week: Period):
    digest, wall = write(desk, BuiltIn(), week).digest, Wall()
    for _ in range(2):
        deliver(desk, digest, {"wall": wall})
    assert len(wall.keys) == 1
    assert states(desk, digest) == [("wall", DeliveryState.DELIVERED, "")]


def test_one_channel_that_refuses_keeps_none_of_the_others_from_it(desk: Desk, week: Period):
    digest, wall = write(desk, BuiltIn(), week).digest, Wall()
    with pytest.raises(DeliveryError, match="the wall is full"):
        deliver(desk, digest, {"full": Wall(refuses=True), "wall": wall})
    assert len(wall.keys) == 1
    assert states(desk, digest) == [
        ("full", DeliveryState.FAILED, "wall: the wall is full"),
        ("wall", DeliveryState.DELIVERED, ""),
    ]


def test_what_was_refused_is_sent_the_next_time(desk: Desk, week: Period):
    digest, wall = write(desk, BuiltIn(), week).digest, Wall(refuses=True)
    with pytest.raises(DeliveryError):
        deliver(desk, digest, {"wall": wall})
    wall.refuses = False
    deliver(desk, digest, {"wall": wall})
    assert states(desk, digest) == [("wall", DeliveryState.DELIVERED, "")]
