"""The forms in which a digest is printed, and which one is meant."""

from enum import StrEnum
from pathlib import Path

from aggregator.errors import UsageError


class Format(StrEnum):
    """How a digest is printed."""

    TEXT = "text"
    HTML = "html"
    MD = "md"
    JSON = "json"


SUFFIXES = {".html": Format.HTML, ".htm": Format.HTML, ".md": Format.MD, ".json": Format.JSON, ".txt": Format.TEXT}


def form_of(form: Format | None, output: Path | None) -> Format:
    """Give the form that was asked for, else the one that the file's name tells. Raises UsageError where it tells none."""
    chosen = form or (SUFFIXES.get(output.suffix.lower()) if output else Format.TEXT)
    if chosen is None:
        name = output.name if output else ""
        raise UsageError(f"'{name}' does not tell a form", where="--output", todo="Add --format text, html, md or json.")
    return chosen
