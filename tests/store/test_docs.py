"""docs/database.md tells every table and column as it is."""

import re
from pathlib import Path

import pytest

from aggregator.models import DeliveryState, Form, Outcome, State
from aggregator.store import Store
from aggregator.store.tables import TABLES

PAGE = Path(__file__).parents[2] / "docs" / "database.md"
ROW = re.compile(r"\| (\w+) \| ([A-Z]+) \| (yes|no) \| ?(.*?) ?\|")


def documented() -> dict[str, dict[str, tuple[str, str, str]]]:
    """Give type, whether it may be empty, and meaning, by table and column."""
    found: dict[str, dict[str, tuple[str, str, str]]] = {}
    for heading, text in re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        columns = {name: (kind, empty, meaning) for name, kind, empty, meaning in ROW.findall(text)}
        if columns:
            found[heading] = columns
    return found


def test_every_table_is_told_and_no_other():
    assert set(documented()) == set(TABLES)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_is_told_as_it_is(store: Store, table: str):
    with store.reading() as session:
        columns = session.connection().exec_driver_sql(f"PRAGMA table_info({table})").fetchall()
    there = [(name, kind, "no" if required else "yes") for _, name, kind, required, *_ in columns]
    assert [(name, kind, empty) for name, (kind, empty, _) in documented()[table].items()] == there


@pytest.mark.parametrize(
    ("table", "column", "choices"),
    [
        ("digests", "state", State),
        ("digest_stories", "form", Form),
        ("deliveries", "state", DeliveryState),
        ("fetches", "outcome", Outcome),
    ],
)
def test_every_choice_is_told(table: str, column: str, choices):
    assert set(re.findall(r"`([\w ]+)`", documented()[table][column][2])) == {choice.value for choice in choices}
