"""A feed cut into its entries: one that is too long before it is parsed. One whose entities would explode is refused."""

import re
from itertools import pairwise

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
    head, entries, tail = cut(text)
    surplus = len(entries) - limit
    if surplus <= 0:
        return text, 0
    kept = entries[surplus:] if _runs_forward(entries) else entries[:limit]
    return "".join([head, *kept, tail]), surplus


def cut(text: str) -> tuple[str, list[str], str]:
    """Cut a feed into what stands before its entries, each entry with what follows it, and the end of the document."""
    found = list(_START.finditer(text))
    if not found:
        return text, [], ""
    starts = [start.start() for start in found]
    last = re.compile(rf"</{found[-1][1]}\s*>", re.IGNORECASE).search(text, starts[-1])
    end = last.end() if last else len(text)
    return text[: starts[0]], [text[start:stop] for start, stop in pairwise([*starts, end])], text[end:]


def _runs_forward(entries: list[str]) -> bool:
    first, last = _DATE.search(entries[0]), _DATE.search(entries[-1])
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
