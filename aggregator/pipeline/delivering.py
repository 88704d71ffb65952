"""Deliver: digest -> the reader. Written down before it is sent, and again after."""

import hashlib
from collections.abc import Mapping

from aggregator import store as keeping
from aggregator.errors import DeliveryError
from aggregator.models import Digest
from aggregator.pipeline.desk import Desk
from aggregator.protocols import Channel


def deliver(desk: Desk, digest: Digest, channels: Mapping[str, Channel]) -> None:
    """Hand the digest to each channel once: written down before, claimed, sent, confirmed.

    Raises the last DeliveryError after every channel has had its try.
    """
    store, now = desk.store, desk.now
    failure: DeliveryError | None = None
    for name, channel in channels.items():
        key = hashlib.sha256(f"{digest.reader}\n{digest.id}\n{name}".encode()).hexdigest()[:24]
        with store.transaction() as session:
            keeping.deliveries.plan(session, key, digest.id, name, digest.reader, now)
            mine = keeping.deliveries.claim(session, key, now)
        if not mine and channel.find(key):
            continue
        try:
            receipt = channel.find(key) or channel.send(digest, key)
        except DeliveryError as error:
            failure = error
            with store.transaction() as session:
                keeping.deliveries.failed(session, key, str(error), now)
        else:
            with store.transaction() as session:
                keeping.deliveries.confirm(session, key, receipt, now)
    if failure:
        raise failure
