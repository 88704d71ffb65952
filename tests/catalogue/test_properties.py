"""Whatever a file holds: a Catalogue or a CatalogueError, and nothing else."""

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.catalogue import Catalogue, read
from aggregator.catalogue.document import parse, plain
from aggregator.catalogue.edit import add_source, remove_source
from aggregator.errors import CatalogueError
from tests.catalogue.conftest import ARCHETYPES

WORDS = [
    *("sources", "readers", "feed", "name", "weight", "archetypes", "headers", "proxy", "llm", "allow_private"),
    *("digest", "deliver", "day", "at", "timezone", "minutes", "x"),
]
SIGNS = [
    *(
        ": ",
        "- ",
        ", ",
        "[",
        "]",
        "{",
        "}",
        "\n",
        "\n  ",
        "\n    ",
        "'",
        '"',
        "#",
        "&a ",
        "*a",
        "!!int ",
        "!x ",
        "? ",
        "|",
        ">",
    ),
    *("\t", "%YAML 1.1\n", "---\n", "...\n", "\\x4", "\\UFFFFFFFF", "null", "true", "8:00", "1e999", ".nan", "\x85", "\u2028"),
    *("\ufeff", "\x00", "~", "0o7", "-1"),
]
TEXTS = ["https://a.example/feed.xml", "ux", "08:00", "Europe/Berlin", "monday", "http://[::1", "files"]
PIECES = [*WORDS, *SIGNS, *TEXTS]

keys = st.sampled_from(WORDS)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(TEXTS)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys | st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
sources = st.lists(st.dictionaries(keys, values, max_size=4) | values, max_size=4)
documents = st.fixed_dictionaries({}, optional={"sources": sources | values, "readers": sources | values}) | values

quietly = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(path: Path, content: bytes) -> Catalogue | CatalogueError:
    path.write_bytes(content)
    try:
        return read(path, archetypes=ARCHETYPES, timezone="UTC")
    except CatalogueError as error:
        return error


@given(document=documents)
@quietly
def test_any_data_gives_a_catalogue_or_its_mistakes(path: Path, document: object):
    told = outcome(path, json.dumps(document).encode())
    if isinstance(told, CatalogueError):
        assert str(told).startswith(str(path))
        assert all(line.isprintable() for line in str(told).splitlines())


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
@quietly
def test_any_text_gives_a_catalogue_or_its_mistakes(path: Path, pieces: list[str]):
    outcome(path, "".join(pieces).encode())


@given(content=st.binary(max_size=60))
@quietly
def test_any_bytes_give_a_catalogue_or_its_mistakes(path: Path, content: bytes):
    outcome(path, content)


layouts = st.tuples(
    st.sampled_from(["", "# head\n", "readers: []\n\n"]),
    st.sampled_from(["sources:\n", "sources:  # mine\n\n"]),
    st.integers(0, 4),
    st.integers(1, 4),
    st.lists(st.sampled_from(["", "  # why", "\n\n"]), min_size=1, max_size=4),
    st.sampled_from(["", "\n# tail\n", "other: 1\n"]),
    st.booleans(),
)


@given(layout=layouts, value=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
@quietly
def test_adding_and_removing_a_source_leaves_every_other_byte(
    layout: tuple[str, str, int, int, list[str], str, bool], value: str
):
    head, key, dash, gap, ends, tail, windows = layout
    items = "".join(
        f"{' ' * dash}-{' ' * gap}feed: https://a.example/{n}{end}\n{' ' * (dash + gap + 1)}name: N{n}\n"
        for n, end in enumerate(ends)
    )
    text = head + key + items + tail
    text = text.replace("\n", "\r\n") if windows else text
    more = add_source(text, "feed", "https://new.example/feed", name=f"new {value}", weight=2)
    where = Path("sources.yaml")
    assert plain(parse(more, where))["sources"] == [
        *plain(parse(text, where))["sources"],
        {"feed": "https://new.example/feed", "name": f"new {value}", "weight": 2},
    ]
    assert all(line in more.splitlines() for line in text.splitlines())
    assert remove_source(more, "https://new.example/feed") == text
