"""A feed that is too long, cut before it is parsed; a feed whose entities explode, refused before they do."""

import re

from aggregator.errors import ParseError
from aggregator.text.dates import parse

MAX_EXPANDED = 20_000_000  # characters that a document's own entities may add

_START = re.compile(r"<(item|entry)(?=[\s>])", re.IGNORECASE)
_DATE = re.compile(r"<(?:pubDate|published|updated|issued|modified|dc:date)>\s*([^<]{4,60})<", re.IGNORECASE)
_DOCTYPE_END = re.compile(r"\]\s*>")
_DECLARATION = re.compile(r"""<!ENTITY\s+([\w.-]{1,100})\s+(?:"([^"]*)"|'([^']*)')\s*>""")


def newest(text: str, limit: int) -> tuple[str, int]:
    """Give the feed with at most `limit` entries, and how many were left out: those at the end where the oldest stand.

    Feeds run from new to old or from old to new; the dates of the first and the last entry tell which.
    """
    starts = [found.start() for found in _START.finditer(text)]
    surplus = len(starts) - limit
    if surplus <= 0:
        return text, 0
    name = text[starts[0] + 1 : starts[0] + 6].lower().removesuffix(">").split()[0]
    last = re.compile(rf"</{'entry' if name == 'entry' else 'item'}\s*>", re.IGNORECASE).search(text, starts[-1])
    end = last.end() if last else len(text)
    if _runs_forward(text, starts):
        return text[: starts[0]] + text[starts[surplus] :], surplus
    return text[: starts[limit]] + text[end:], surplus


def _runs_forward(text: str, starts: list[int]) -> bool:
    first, last = _DATE.search(text, starts[0], starts[1]), _DATE.search(text, starts[-1])
    older, newer = first and parse(first[1]), last and parse(last[1])
    return older is not None and newer is not None and older < newer


def refuse_explosion(text: str) -> None:
    """Raise ParseError where the document's own entities would blow it up. Those that mention others are never expanded."""
    closed = _DOCTYPE_END.search(text)
    head = text[: closed.start()] if closed else ""
    declared = {found[1]: max(len(found[2] or ""), len(found[3] or "")) for found in _DECLARATION.finditer(head)}
    added = sum(text.count(f"&{name};") * length for name, length in declared.items())
    if added > MAX_EXPANDED:
        raise ParseError(
            "its entities would expand to more than twenty million characters", todo="Tell its publisher, or remove the source."
        )
