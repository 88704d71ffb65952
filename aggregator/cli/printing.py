"""Results on stdout, everything else on stderr."""

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from aggregator.cli.flags import Flags
from aggregator.cli.now import Format
from aggregator.errors import AggregatorError, UsageError
from aggregator.models import Digest

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 80  # a line of 76 characters reads well; a wider window gets no longer lines

SUFFIXES = {".html": Format.HTML, ".htm": Format.HTML, ".md": Format.MD, ".json": Format.JSON, ".txt": Format.TEXT}


def remark(flags: Flags, text: str) -> None:
    """Say something on stderr, unless --quiet."""
    if not flags.quiet:
        typer.echo(text, err=True)


def console() -> "Console":
    """Give a console on stdout, as wide as the window but no wider than reads well."""
    from rich.console import Console

    return Console(width=min(shutil.get_terminal_size((WIDEST, 24)).columns, 120), no_color=not colours())


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_digest(digest: Digest, *, form: Format | None = None, output: Path | None = None) -> None:
    """Print the digest, or write it to a file whose name tells the form where no form was asked for.

    Raises AggregatorError where the file cannot be written.
    """
    if output is None:
        typer.echo(rendered(digest, form or Format.TEXT, terminal=True).rstrip("\n"))
        return
    chosen = form or SUFFIXES.get(output.suffix.lower())
    if chosen is None:
        raise UsageError(f"'{output.name}' does not tell a form", where="--output", todo="Add --format text, html, md or json.")
    try:
        output.write_text(rendered(digest, chosen, terminal=False), encoding="utf-8")
    except OSError as error:
        raise AggregatorError(
            error.strerror or "it cannot be written", where=str(output), todo="Choose another file."
        ) from error


def rendered(digest: Digest, form: Format, *, terminal: bool) -> str:
    """Give the digest in a form; text for a terminal is laid out for it."""
    from aggregator import render

    match form:
        case Format.HTML:
            return render.as_html(digest)
        case Format.MD:
            return render.as_markdown(digest)
        case Format.JSON:
            return render.as_json(digest)
        case Format.TEXT if terminal:
            width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
            return render.as_terminal(digest, width=width, colour=colours(), links=colours())
        case Format.TEXT:
            return render.as_text(digest)


def colours() -> bool:
    """Say whether stdout is a terminal that wants colour (https://no-color.org)."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
