"""Render: a digest as a person reads it (terminal, HTML, text, Markdown) and as a program does (JSON).

Every function is pure: the same digest gives the same bytes. What the readable forms say stands in `page`, once for all of
them; each form only lays it out. Rich, Jinja2 and pydantic are loaded by the form that needs them.
"""

from aggregator.models import Digest

__all__ = ["as_html", "as_json", "as_markdown", "as_terminal", "as_text", "from_json"]


def as_terminal(digest: Digest, *, width: int, colour: bool, links: bool) -> str:
    """Give the digest for a terminal of `width` columns; `colour` allows bold and dim, `links` allows OSC 8."""
    from aggregator.render import terminal  # noqa: PLC0415  # rich costs 30 ms

    return terminal.render(digest, width=width, colour=colour, links=links)


def as_html(digest: Digest) -> str:
    """Give the digest as one HTML file that can be opened or mailed."""
    from aggregator.render import html  # noqa: PLC0415  # Jinja2 costs 40 ms

    return html.render(digest)


def as_text(digest: Digest) -> str:
    """Give the digest as the text/plain part of a mail, in lines of at most 72 columns."""
    from aggregator.render import plain  # noqa: PLC0415  # rich costs 30 ms

    return plain.render(digest)


def as_markdown(digest: Digest) -> str:
    """Give the digest as CommonMark."""
    from aggregator.render import markdown  # noqa: PLC0415  # only where used

    return markdown.render(digest)


def as_json(digest: Digest) -> str:
    """Give the digest in its JSON form, which docs/json.md describes."""
    from aggregator.render import json_form  # noqa: PLC0415  # pydantic costs 100 ms

    return json_form.write(digest)


def from_json(text: str, *, where: str = "") -> Digest:
    """Read the JSON form. Raises UsageError or CheckError, with `where` (a file's name), if the text is no sound digest."""
    from aggregator.render import json_form  # noqa: PLC0415  # pydantic costs 100 ms

    return json_form.read(text, where=where)
