"""What other rooms may use."""

import subprocess
import sys

import aggregator.catalogue as room


def test_every_exported_name_is_there_and_in_order():
    assert room.__all__ == sorted(room.__all__)
    assert all(getattr(room, name) is not None for name in room.__all__)


def test_a_name_that_is_not_there_is_missed_as_usual():
    assert not hasattr(room, "nothing")


def test_importing_the_room_loads_no_heavy_library():
    seen = "import sys, aggregator.catalogue; print([name for name in ('pydantic', 'ruamel.yaml') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", seen], check=True, capture_output=True, text=True).stdout.strip() == "[]"
