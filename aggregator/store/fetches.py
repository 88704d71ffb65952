"""The fetch log: how each fetch of each source ended."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from aggregator.models import Fetched, Notice, NoticeKind, Outcome
from aggregator.store.tables import FetchRow, SourceRow

KEPT = timedelta(days=90)  # long enough to see a source's rhythm; a source read every hour has 2,160 lines then


def record(session: Session, fetched: Fetched, now: datetime) -> None:
    """Write down how a fetch of a listed source ended, and drop what is older than KEPT."""
    source_id = session.exec(select(SourceRow.id).where(col(SourceRow.name) == fetched.source, col(SourceRow.listed))).first()
    if source_id is None:
        return
    session.exec(delete(FetchRow).where(col(FetchRow.source_id) == source_id, col(FetchRow.at) < now - KEPT))
    row = FetchRow(
        source_id=source_id,
        at=now,
        outcome=fetched.outcome.value,
        new=fetched.new,
        updated=fetched.updated,
        seconds=fetched.seconds,
        reason=fetched.reason,
        notices=[{"kind": notice.kind.value, "detail": notice.detail} for notice in fetched.notices],
    )
    session.add(row)
    session.flush()


def recent(session: Session, source: str, limit: int = 20) -> list[Fetched]:
    """Give how the source's last fetches ended, the latest first."""
    rows = (
        select(FetchRow)
        .join(SourceRow, col(SourceRow.id) == col(FetchRow.source_id))
        .where(col(SourceRow.name) == source)
        .order_by(col(FetchRow.at).desc(), col(FetchRow.id).desc())
        .limit(limit)
    )
    return [
        Fetched(
            source=source,
            outcome=Outcome(row.outcome),
            new=row.new,
            updated=row.updated,
            seconds=row.seconds,
            reason=row.reason,
            notices=tuple(Notice(NoticeKind(notice["kind"]), notice["detail"]) for notice in row.notices),
        )
        for row in session.exec(rows)
    ]
