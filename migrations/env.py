"""Alembic's entry: works on the connection that the store hands over, inside its transaction.

For developers, `alembic -c migrations/alembic.ini -x url=sqlite:///FILE revision --autogenerate -m "..."` opens FILE itself.
"""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlmodel import UTCDateTime

from aggregator.store.tables import Row, Words

PLAIN = {Words: "sa.Text()", UTCDateTime: "sa.DateTime(timezone=True)"}  # a migration must not change with our types


def render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    return PLAIN.get(type(item), False) if kind == "type" else False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Row.metadata,
        render_as_batch=True,  # SQLite alters most things only by copying the table
        transactional_ddl=True,
        render_item=render,
        include_name=lambda name, kind, _: not (kind == "table" and (name or "").startswith("entries_fts")),
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    migrate(handed_over)
else:
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).begin() as own:
        migrate(own)
