"""archetypes.yaml: the one that ships, and a person's own that joins it."""

from pathlib import Path

import pytest

from aggregator.catalogue import read_archetypes
from aggregator.errors import CatalogueError

NAMES = ["data-pipeline", "ux", "researcher", "artist", "safety", "philosophy", "business"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "archetypes.yaml"


def test_seven_archetypes_ship_and_each_says_who_it_is():
    shipped = read_archetypes()
    assert [one.name for one in shipped] == NAMES
    assert all(one.title and one.description and len(one.terms) >= 5 for one in shipped)
    assert all(term == term.lower() for one in shipped for term in (*one.terms, *one.weak_terms))


def test_an_own_file_adds_and_changes_by_name(own: Path):
    own.write_text("""\
archetypes:
  - name: ux
    terms: [Voice, "eye  tracking", voice]
  - name: robots
    title: Robots
    description: Builds things that move.
    weak_terms: [arm]
""")
    before = {one.name: one for one in read_archetypes()}
    after = {one.name: one for one in read_archetypes(own)}
    assert list(after) == [*NAMES, "robots"]
    assert after["ux"].terms == ("voice", "eye tracking")
    assert (after["ux"].title, after["ux"].weak_terms) == (before["ux"].title, before["ux"].weak_terms)
    assert (after["robots"].terms, after["robots"].weak_terms) == ((), ("arm",))
    assert after["safety"] == before["safety"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1: expected a mapping such as `archetypes: [...]`, found nothing"),
        ("archetype: []", "1: unknown key 'archetype', did you mean 'archetypes'?"),
        ("{}", "1: expected the key `archetypes`, found none"),
        ("archetypes:\n  - title: X\n", "2: expected a `name`, found an archetype without one"),
        ("archetypes:\n  - name: x\n    title: X\n", "2: expected a `description` for the archetype 'x', found none"),
        ("archetypes:\n  - name: ux\n    term: [a]\n", "3: unknown key 'term', did you mean 'terms'?"),
        (
            "archetypes:\n  - name: ux\n    terms: a\n",
            "3: terms: expected a list such as `terms: [voice, latency]`, found the text 'a'",
        ),
        ("archetypes:\n  - name: ux\n    terms:\n      - [a]\n", "4: terms: expected a text, found a list"),
        ("archetypes:\n  - name: ux\n  - name: ux\n", "3: the archetype 'ux' stands twice, here and on line 2"),
        ("archetypes: [ux]", "1: archetypes: expected a mapping such as `- {name: ux, title: Interface, description: ..., "),
    ],
)
def test_a_mistake_is_told_with_its_line(own: Path, text: str, told: str):
    own.write_text(text)
    with pytest.raises(CatalogueError) as caught:
        read_archetypes(own)
    assert f"{own}:{told}" in str(caught.value)


def test_a_file_that_is_named_but_missing_is_a_mistake(own: Path):
    with pytest.raises(CatalogueError, match="there is no such file"):
        read_archetypes(own)
