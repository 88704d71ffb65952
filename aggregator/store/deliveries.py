"""Deliveries: each is written down before it is sent, and again after, so that a digest arrives once."""

from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select, update

from aggregator.models import Delivery, DeliveryState, DigestId, Receipt
from aggregator.store import sqlite
from aggregator.store.tables import TABLES, DeliveryRow

GIVEN_UP = timedelta(minutes=15)  # a claim older than this was its sender's last: no channel takes so long


def plan(session: Session, key: str, digest_id: DigestId, channel: str, reader: str, now: datetime) -> None:
    """Write down that the digest is to go through the channel; what is planned already stays as it is."""
    row = DeliveryRow(
        key=key,
        digest_id=digest_id,
        channel=channel,
        reader=reader,
        state=DeliveryState.PLANNED.value,
        planned=now,
        since=now,
    )
    sqlite.upsert(session.connection(), TABLES["deliveries"], [row.model_dump()], keep=True)


def claim(session: Session, key: str, now: datetime) -> bool:
    """Take the delivery on; False where it is done, or another took it: the database decides the race.

    A claim that is GIVEN_UP old can be taken over; whether it arrived, only the channel knows.
    """
    state = col(DeliveryRow.state)
    free = or_(
        state.in_([DeliveryState.PLANNED, DeliveryState.FAILED]),
        and_(state == DeliveryState.SENDING, col(DeliveryRow.since) <= now - GIVEN_UP),
    )
    taken = (
        update(DeliveryRow)
        .where(col(DeliveryRow.key) == key, free)
        .values(state=DeliveryState.SENDING.value, since=now, attempts=col(DeliveryRow.attempts) + 1)
    )
    return session.exec(taken).rowcount == 1


def confirm(session: Session, key: str, receipt: Receipt, now: datetime) -> None:
    """Write down that it has arrived."""
    arrived = {"state": DeliveryState.DELIVERED.value, "since": now, "reason": ""}
    proof = {"reference": receipt.reference, "delivered": receipt.at or now}
    session.exec(update(DeliveryRow).where(col(DeliveryRow.key) == key).values(**arrived, **proof))


def failed(session: Session, key: str, reason: str, now: datetime) -> None:
    """Write down that it could not be handed over, and why; what has arrived stays so."""
    mine = col(DeliveryRow.key) == key, col(DeliveryRow.state) != DeliveryState.DELIVERED.value
    session.exec(update(DeliveryRow).where(*mine).values(state=DeliveryState.FAILED.value, since=now, reason=reason))


def of(session: Session, digest_id: DigestId) -> list[Delivery]:
    """Give the digest's deliveries, by channel."""
    rows = select(DeliveryRow).where(col(DeliveryRow.digest_id) == digest_id)
    return [_delivery(row) for row in session.exec(rows.order_by(col(DeliveryRow.channel), col(DeliveryRow.key)))]


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        key=row.key,
        digest=DigestId(row.digest_id),
        channel=row.channel,
        reader=row.reader,
        state=DeliveryState(row.state),
        since=row.since,
        attempts=row.attempts,
        receipt=Receipt(row.reference, row.delivered) if row.delivered else None,
        reason=row.reason,
    )
