"""Sources, their checkpoints and how they have been doing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select, update
from sqlmodel.sql.expression import SelectOfScalar

from aggregator.errors import StoreError
from aggregator.models import Checkpoint, Health, Notice, NoticeKind, Source
from aggregator.store import stories
from aggregator.store.tables import EntryRow, SourceRow

SAME: tuple[Callable[[Source, SourceRow], bool], ...] = (  # by what a source is known again, the strongest first
    lambda source, row: (source.kind, source.address, source.name) == (row.kind, row.address, row.name),
    lambda source, row: (source.kind, source.address) == (row.kind, row.address),
    lambda source, row: source.name == row.name,
)


def sync(session: Session, sources: Iterable[Source], now: datetime) -> None:
    """Make the listed sources these: new ones are added, and those that are gone from the list stay, unlisted.

    A source is known by kind and address, else by name, so that renaming or moving one loses nothing. One that moved is due at
    once and read from the start: a checkpoint is true of one address.
    """
    wanted = list(sources)
    stored = sorted(session.exec(select(SourceRow)).all(), key=lambda row: (not row.listed, row.id or 0))
    matched = _match(wanted, stored)
    session.exec(update(SourceRow).values(listed=False))  # first, so that two may swap their names
    for source, row in zip(wanted, matched, strict=True):
        if row is None:
            session.add(SourceRow(kind=source.kind, address=source.address, name=source.name, listed=True, added=now))
            continue
        if (row.kind, row.address) != (source.kind, source.address):
            row.kind, row.address = source.kind, source.address
            row.checkpoint, row.moved_to, row.retired = None, "", False
            row.next_try, row.wait_until, row.failures = None, None, 0
        row.name, row.listed = source.name, True
        session.flush()
    session.flush()


def _match(wanted: Sequence[Source], stored: Iterable[SourceRow]) -> list[SourceRow | None]:
    """Give each wanted source the row that it is, listed rows first."""
    left = list(stored)
    matched: list[SourceRow | None] = [None] * len(wanted)
    for same in SAME:
        for place, source in enumerate(wanted):
            row = matched[place] or next((row for row in left if same(source, row)), None)
            if row and not matched[place]:
                matched[place] = row
                left.remove(row)
    return matched


def checkpoint(session: Session, name: str) -> Checkpoint | None:
    """Say how far the source has been read."""
    state = _listed(session, name).checkpoint
    return None if state is None else Checkpoint(state)


def is_first(session: Session, name: str) -> bool:
    """Say whether the source has never been read: what it gives then is history."""
    return _listed(session, name).last_success is None


def health(session: Session) -> list[Health]:
    """Say how the listed sources have been doing, sorted by name."""
    return _health(session, select(SourceRow).where(col(SourceRow.listed)))


def known(session: Session) -> list[Health]:
    """Say the same of every source that is stored, listed or not."""
    return _health(session, select(SourceRow))


def _health(session: Session, sources: SelectOfScalar[SourceRow]) -> list[Health]:
    counts = dict(session.exec(select(EntryRow.source_id, func.count()).group_by(col(EntryRow.source_id))).all())
    rows = session.exec(sources.order_by(col(SourceRow.name), col(SourceRow.listed).desc(), col(SourceRow.id))).all()
    return [
        Health(
            source=row.name,
            kind=row.kind,
            address=row.address,
            title=row.title,
            entries=counts.get(row.id or 0, 0),
            last_success=row.last_success,
            last_error=row.last_error,
            error=row.error,
            failures=row.failures,
            next_try=row.next_try,
            wait_until=row.wait_until,
            retired=row.retired,
            moved_to=row.moved_to,
        )
        for row in rows
    ]


def succeeded(
    session: Session, name: str, *, now: datetime, checkpoint: Checkpoint | None, notices: Iterable[Notice] = ()
) -> None:
    """Write down that the source was read, how far, and what was found out about it. No checkpoint keeps the one there is."""
    said = {notice.kind: notice.detail for notice in notices}
    row = _listed(session, name)
    row.last_success, row.failures, row.error = now, 0, ""
    row.next_try = row.wait_until = None
    row.title = said.get(NoticeKind.TITLE) or row.title
    row.moved_to = said.get(NoticeKind.MOVED, "")
    row.retired = NoticeKind.GONE in said
    if checkpoint is not None:
        row.checkpoint = dict(checkpoint.state)
    session.flush()


def failed(
    session: Session,
    name: str,
    *,
    now: datetime,
    reason: str,
    next_try: datetime | None,
    wait_until: datetime | None = None,
    retired: bool = False,
) -> None:
    """Write down that the source could not be read, and why; its checkpoint stays."""
    row = _listed(session, name)
    row.last_error, row.failures, row.error = now, row.failures + 1, reason
    row.next_try, row.wait_until, row.retired = next_try, wait_until, retired
    session.flush()


def forget(session: Session, name: str) -> bool:
    """Delete the source, listed or not, with all its entries, its health and its fetches; False where there is none.

    Digests that told its entries stay as they are.
    """
    gone = session.exec(delete(SourceRow).where(col(SourceRow.name) == name)).rowcount
    stories.drop_empty(session)
    return gone > 0


def _listed(session: Session, name: str) -> SourceRow:
    row = session.exec(select(SourceRow).where(col(SourceRow.name) == name, col(SourceRow.listed))).first()
    if row is None:
        raise StoreError(f"there is no source named {name!r}", todo="`digest sources` lists those there are.")
    return row
