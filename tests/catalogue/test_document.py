"""What is read of a YAML file."""

from pathlib import Path

from aggregator.catalogue.document import parse, plain


def test_a_character_that_json_escapes_as_two_halves_is_one():
    found = parse('name: "mushroom \\ud83c\\udf44, half \\ud83c"', Path("sources.yaml"))
    assert plain(found) == {"name": "mushroom \U0001f344, half \ufffd"}
