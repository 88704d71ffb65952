"""What other rooms may use, and what it costs to have it at hand."""

import subprocess
import sys

from aggregator import render


def test_everything_that_is_exported_is_there_and_told_what_it_is():
    assert [name for name in render.__all__ if not getattr(render, name).__doc__] == []
    assert sorted(render.__all__) == render.__all__


def test_no_heavy_library_is_loaded_before_a_form_needs_it():
    heavy = "import aggregator.render, sys; print(sorted({'jinja2', 'pydantic', 'rich'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout == "[]\n"
