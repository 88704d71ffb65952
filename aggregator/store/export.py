"""Everything that is stored, for the person whose it is."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from sqlmodel import Session

from aggregator.store.tables import TABLES


def everything(session: Session) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every row of every table as the table's name and JSON-ready values, in an order that only the content decides.

    Times are ISO 8601 in UTC. The search index is left out: it says nothing of its own.
    """
    for name in sorted(TABLES):
        table = TABLES[name]
        rows = sqlalchemy.select(table).order_by(*table.primary_key.columns).execution_options(yield_per=500)
        for row in session.connection().execute(rows):
            yield name, {column.name: _plain(column.name, value) for column, value in zip(table.columns, row, strict=True)}


def _plain(column: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return json.loads(value) if column == "body" else value
