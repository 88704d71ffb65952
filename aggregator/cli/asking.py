"""Questions to a person: on stderr, answered on stdin, one line each.

typer's own prompts end in "Aborted!" and with 1 for Ctrl-C and for a pipe that ended alike, so these stand here.
"""

import sys
from collections.abc import Callable
from typing import TypeVar

import typer

from aggregator.cli.exits import ExitCode
from aggregator.errors import UsageError

T = TypeVar("T")


def ask(question: str, check: Callable[[str], T], default: str = "") -> T:
    """Ask until `check` takes the answer; what it raises as ValueError is said. An empty answer is the default.

    Raises UsageError where nobody answers.
    """
    shown = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        typer.echo(shown, nl=False, err=True)
        line = sys.stdin.readline() if sys.stdin else ""
        if not line or not sys.stdin.isatty():
            typer.echo(line.rstrip("\n"), err=True)  # a terminal shows what is typed, a pipe does not
        if not line:
            raise UsageError("a question was not answered", todo="Add --yes to take the default answers.")
        try:
            return check(line.strip() or default)
        except ValueError as error:
            typer.echo(f"  {error}", err=True)


def confirm(question: str, *, default: bool) -> None:
    """Go on where the person says yes; else say that nothing was done, and end with 1."""
    if not ask(f"{question} {'[Y/n]' if default else '[y/N]'}", lambda said: _yes(said, default=default)):
        typer.echo("Nothing was changed.", err=True)
        raise typer.Exit(ExitCode.FAILED)


def _yes(said: str, *, default: bool) -> bool:
    word = said.lower()
    if word in {"y", "yes"} or (not word and default):
        return True
    if word in {"n", "no", ""}:
        return False
    raise ValueError("Please say y or n.")
