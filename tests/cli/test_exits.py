"""Each error ends the command with its number."""

import pickle

import pytest

from aggregator import errors
from aggregator.cli.exits import ExitCode, exit_code


def kinds_of(root: type[errors.AggregatorError]) -> list[type[errors.AggregatorError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in kinds_of(child))]


@pytest.mark.parametrize("kind", kinds_of(errors.AggregatorError), ids=lambda kind: kind.__name__)
def test_every_error_has_a_number_and_reads_as_one_sentence_with_what_to_do(kind: type[errors.AggregatorError]):
    error = kind("answered 503", where="acme", todo="Try again at 14:00.")
    assert exit_code(error) in set(ExitCode) - {ExitCode.DONE, ExitCode.PARTIAL, ExitCode.INTERRUPTED}
    assert str(error) == "acme: answered 503. Try again at 14:00."


@pytest.mark.parametrize("kind", kinds_of(errors.AggregatorError), ids=lambda kind: kind.__name__)
def test_every_error_comes_home_whole_from_a_worker_process(kind: type[errors.AggregatorError]):
    error = pickle.loads(pickle.dumps(kind("answered 503", where="acme", todo="Wait.")))  # noqa: S301  # our own bytes
    assert (type(error), error.what, error.where, error.todo) == (kind, "answered 503", "acme", "Wait.")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UsageError("x"), 2),
        (errors.CatalogueError("x"), 2),
        (errors.SettingsError("x"), 2),
        (errors.NewerSchemaError("x"), 1),
        (errors.CheckError("x"), 1),
        (errors.NothingReadError("x"), 3),
        (errors.NothingToSayError("x"), 4),
    ],
)
def test_the_numbers_are_those_that_the_manual_names(error: errors.AggregatorError, code: int):
    assert exit_code(error) == code
