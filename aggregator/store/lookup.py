"""How rows are looked up: by the beginning of an id, and in portions where there are many ids."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy.orm import Mapped
from sqlmodel import Session, select

from aggregator.errors import UsageError

T = TypeVar("T")

PORTION = 10_000  # values in one statement: SQLite takes 32,766, PostgreSQL's driver 65,535
LAST = "\U0010ffff"  # sorts after whatever may follow a prefix


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut into pieces that fit into one statement."""
    for start in range(0, len(values), PORTION):
        yield values[start : start + PORTION]


def only_one(session: Session, column: Mapped[str], prefix: str) -> str | None:
    """Give the one id that begins so, or is so; None where none does.

    Raises UsageError where several do.
    """
    if not prefix:
        return None
    found = session.exec(select(column).where(column >= prefix, column < prefix + LAST).order_by(column).limit(2)).all()
    if len(found) > 1 and found[0] != prefix:
        raise UsageError(f"several ids begin with {prefix!r}", todo="Give more of it.")
    return found[0] if found else None
