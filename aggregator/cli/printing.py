"""Results on stdout, everything else on stderr."""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from aggregator.cli.flags import Flags
from aggregator.cli.forms import Format, form_of
from aggregator.errors import AggregatorError
from aggregator.models import Digest

WIDEST = 80  # a line of 76 characters reads well; a wider window gets no longer lines
LONGEST = 2000  # characters of one line in a pipe: an address or a reason is shorter

BOLD, DIM = "1", "2"  # ECMA-48, 8.3.117

# What JSON may hold as it is and a terminal must not get: codes of C1, directions, half surrogate pairs.
UNSHOWABLE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def remark(flags: Flags, text: str) -> None:
    """Say something on stderr, unless --quiet."""
    if not flags.quiet:
        typer.echo(text, err=True)


def counted(number: int, one: str, many: str) -> str:
    """Say how many there are of something."""
    return f"{number:,} {one if number == 1 else many}"


def window() -> int | None:
    """Give the columns of the terminal, as many as read well; None where stdout is a pipe or a file, which has no width."""
    return min(shutil.get_terminal_size((WIDEST, 24)).columns, 120) if _is_terminal() else None


def hung(head: str, text: str, *, style: str = "", limit: int = LONGEST) -> None:
    """Print foreign text after `head`, as one line of harmless characters; in a window the rest hangs below its beginning."""
    from aggregator.text.line import one_line

    shown, width = one_line(text, limit), window()
    indent = min(len(head), (width or WIDEST) // 3)
    for number, line in enumerate(wrapped(shown, width - indent) if width else [shown]):
        typer.echo((head if number == 0 else " " * indent) + paint(line, style))


def wrapped(text: str, width: int) -> list[str]:
    """Break a line into lines of at most `width` columns, in which a wide character takes two."""
    from rich.console import Console
    from rich.text import Text

    return [line.plain.rstrip() for line in Text(text).wrap(Console(width=max(width, 10)), max(width, 10))] or [""]


def paint(text: str, style: str) -> str:
    """Give the text in a style where colours are wanted."""
    return f"\x1b[{style}m{text}\x1b[0m" if style and text and colours() else text


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """Give a value as JSON that can be shown in any terminal and written in any encoding of Unicode."""
    told = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    return UNSHOWABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", told)


def _plain(value: Any) -> str:
    """Give what JSON has no form for as text; times as the digest's JSON form has them."""
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json_text(value))


def print_digest(digest: Digest, *, form: Format | None = None, output: Path | None = None) -> None:
    """Print the digest, or write it to a file whose name tells the form where no form was asked for.

    Raises AggregatorError where the file cannot be written.
    """
    chosen = form_of(form, output)
    if output is None:
        typer.echo(rendered(digest, chosen, terminal=True).rstrip("\n"))
    else:
        save(output, [rendered(digest, chosen, terminal=False)])


def save(file: Path, pieces: Iterable[str]) -> None:
    """Write a file. Raises AggregatorError where that fails."""
    try:
        with file.expanduser().open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(pieces)
    except OSError as error:
        raise AggregatorError(
            f"it cannot be written: {reason(error)}", where=str(file), todo="Make room, or choose another file."
        ) from error


def reason(error: OSError) -> str:
    """Say what the system said, as a part of a sentence."""
    said = error.strerror or str(error) or type(error).__name__
    return said[:1].lower() + said[1:]


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
    return _is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _is_terminal() -> bool:
    return bool(sys.stdout) and sys.stdout.isatty()  # there is none where a parent closed it
