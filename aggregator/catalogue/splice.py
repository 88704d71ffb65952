"""Putting a source into the lines of a sources.yaml, and taking one out: no other line changes.

ruamel.yaml's nodes say on which lines a source stands. Whoever asks has to read the result again: None and a wrong result are
both possible where a file is written in an unusual way, and then another way serves.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aggregator.catalogue.document import compose
from aggregator.catalogue.round_trip import dumped

LINE = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029])|[^\r\n\x85\u2028\u2029]+\Z")  # what YAML counts
BOM = "\ufeff"


def insert(text: str, items: Sequence[Mapping[str, Any]], path: Path) -> str | None:
    """Put the items after the last one, in that one's indentation, or begin the list at the end of a file that has none."""
    root, sources = _nodes(text, path)
    lines, end = LINE.findall(text), _line_end(text)
    if sources is None:
        if root is not None and root.id == "mapping" and root.flow_style:
            return None
        whole = "".join(lines) + ("" if not lines or lines[-1].endswith(("\n", "\r")) else end)
        return f"{whole}{end if whole.strip(BOM) else ''}sources:{end}" + "".join(_block(item, 2, 4, end) for item in items)
    if not _is_block(sources):
        return None
    last = sources.value[-1]
    dash, at = sources.start_mark.column, _last_line(last, lines) + 1
    column = last.start_mark.column if last.id == "mapping" and not last.flow_style else dash + 2
    apart = len(sources.value) > 1 and not lines[_dash_line(last, dash, lines) - 1].strip()
    before = "".join(lines[:at])
    before += "" if before.endswith(("\n", "\r")) else end
    blocks = [(end if apart else "") + _block(item, dash, max(column, dash + 2), end) for item in items]
    return "".join([before, *blocks, *lines[at:]])


def cut(text: str, index: int, path: Path) -> str | None:
    """Take out the lines of one item; where it was the only one, an empty list is left."""
    root, sources = _nodes(text, path)
    if sources is None or not _is_block(sources):
        return None
    lines = LINE.findall(text)
    item = sources.value[index]
    first, last = _dash_line(item, sources.start_mark.column, lines), _last_line(item, lines)
    if first and not lines[first - 1].strip() and last + 1 < len(lines) and not lines[last + 1].strip():
        last += 1  # one of the two blank lines around it
    if len(sources.value) == 1:
        mark = next(key.end_mark for key, value in root.value if value is sources)
        colon = lines[mark.line].find(":", mark.column) + 1
        lines[mark.line] = lines[mark.line][:colon] + " []" + lines[mark.line][colon:]
    return "".join(lines[:first] + lines[last + 1 :])


def _nodes(text: str, path: Path) -> tuple[Any, Any]:
    """Give the nodes of the file and of its list of sources, None where there is none."""
    root = compose(text, path)
    return root, next((value for key, value in root.value if key.value == "sources"), None) if root is not None else None


def _is_block(sources: Any) -> bool:
    return sources.id == "sequence" and not sources.flow_style and bool(sources.value)


def _dash_line(item: Any, dash: int, lines: Sequence[str]) -> int:
    """Give the line of the item's dash: its own, or one above it."""
    line = int(item.start_mark.line)
    while line > 0 and lines[line][dash : dash + 1] != "-":
        line -= 1
    return line


def _last_line(node: Any, lines: Sequence[str]) -> int:
    """Give the last line of a node's content: the marks of block lists and block texts end at whatever comes next."""
    if node.id != "scalar" and not node.flow_style and node.value:
        child = node.value[-1]
        return _last_line(child[1] if isinstance(child, tuple) else child, lines)
    line = int(node.end_mark.line)
    if node.end_mark.column == 0 and line > node.start_mark.line:
        line -= 1
    while line > node.start_mark.line and not lines[line].strip():
        line -= 1
    return line


def _block(item: Mapping[str, Any], dash: int, column: int, end: str) -> str:
    """Write an item as the lines of a block list, its dash and its keys in these columns."""
    first, *rest = dumped(item).splitlines()
    return "".join([" " * dash + "-" + " " * (column - dash - 1) + first + end, *(" " * column + line + end for line in rest)])


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
