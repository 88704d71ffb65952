"""The `Expect:` comments of feedparser's conformance files, judged against what we read.

A comment is a Python expression on feedparser's own result. We judge its clauses on the number of entries, on each entry's id,
title, link and dates, and on the feed's title and link, and leave the rest (bozo, encodings, content, people): `judge` says how
many clauses it judged and which are false. An entry that a comment mentions has to be there. Titles are compared as the plain
lines that ours are; an expected address that is none of http(s) must come out empty.
"""

import ast
import re
from calendar import timegm
from datetime import UTC, datetime

from aggregator.models import Entry
from aggregator.sources.decode import decode
from aggregator.sources.parsed import ParsedFeed
from aggregator.text import dates
from aggregator.text.html import to_text
from aggregator.text.line import one_line
from aggregator.text.links import resolve

COMMENT = re.compile(r"Expect:\s*(.*?)\s*-->", re.DOTALL)
HEADER = re.compile(rb"^Header:\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE)


def expectation(body: bytes) -> ast.expr | None:
    """Give the expression of the file's comment."""
    found = COMMENT.search(decode(body))
    if not found:
        return None
    try:
        return ast.parse(" ".join(found[1].split()), mode="eval").body
    except SyntaxError:
        return None


def headers(body: bytes) -> dict[str, str]:
    """Give the answer's headers that the file asks for, names in lower case."""
    return {name.decode().lower(): value.decode() for name, value in HEADER.findall(body[:2000])}


def judge(expected: ast.expr, feed: ParsedFeed) -> tuple[int, list[str]]:
    """Give how many clauses were judged, and those that are false, with what we have instead."""
    judged, false = 0, []
    clauses = _clauses(expected)
    other_link = any("'rel'] ==" in ast.unparse(clause) and "alternate" not in ast.unparse(clause) for clause in clauses)
    for clause in clauses:
        values = [ast.literal_eval(side) for side in _sides(clause) if isinstance(side, ast.Constant | ast.Tuple)]
        for side in _sides(clause):
            found = _ours(side, feed) if values else None
            if found is None or (found[0] == "links" and other_link):
                continue
            judged += 1
            if not _agrees(*found, values[0]):
                false.append(f"{ast.unparse(clause)}: {found[1]!r}")
    missing = [number for number in _mentioned(expected) if number >= len(feed.entries)]
    return judged, [*false, *(f"entry {number} is missing" for number in missing)]


def _mentioned(expected: ast.expr) -> list[int]:
    return [int(number) for number in re.findall(r"entries\[(\d+)\]", ast.unparse(expected))]


def _clauses(expression: ast.expr) -> list[ast.expr]:
    if isinstance(expression, ast.BoolOp) and isinstance(expression.op, ast.And):
        return [clause for value in expression.values for clause in _clauses(value)]
    return [expression]


def _sides(clause: ast.expr) -> list[ast.expr]:
    if isinstance(clause, ast.Compare) and all(isinstance(op, ast.Eq) for op in clause.ops):
        return [clause.left, *clause.comparators]
    no_link = re.fullmatch(r"not (entries\[\d+\])\.has_key\('link'\)", ast.unparse(clause))
    return [ast.parse(f"{no_link[1]}['link']", mode="eval").body, ast.Constant("")] if no_link else []


def _ours(side: ast.expr, feed: ParsedFeed) -> tuple[str, object] | None:
    """Give our value for a path such as entries[0]['title'], and of which kind it is."""
    text = re.sub(r"\.(\w+)", r"['\1']", ast.unparse(side))
    own = {
        "len(entries)": ("count", len(feed.entries)),
        "feed['title']": ("title", feed.title),
        "feed['link']": ("link", feed.site),
    }
    if text in own:
        return own[text]
    found = re.fullmatch(r"entries\[(-?\d+)\]\['(\w+)'\](?:\[0\])?(?:\['(\w+)'\])?", text)
    if not found:
        return None
    number, path = int(found[1]), (found[2], found[3])
    return _field(path, feed.entries[number] if number < len(feed.entries) else None)


def _field(path: tuple[str, str | None], entry: Entry | None) -> tuple[str, object] | None:
    word = path[0].removesuffix("_parsed")
    if path in {("title", None), ("title_detail", "value")}:
        return "title", entry and entry.title
    if path in {("link", None), ("links", "href")}:
        return path[0], entry and entry.url
    if path in {("id", None), ("guid", None)}:
        return "id", entry and entry.guid
    if word in {"updated", "modified", "date"} and path[1] is None:
        return "date", entry and entry.updated
    if word in {"published", "created", "issued"} and path[1] is None:
        return "date", entry and entry.published
    return None


def _agrees(kind: str, ours: object, expected: object) -> bool:
    if ours is None:
        return False
    if kind == "title":
        return ours in {one_line(str(expected)), one_line(to_text(str(expected)))}
    if kind in {"link", "links"}:
        return ours == resolve("", str(expected))
    if kind == "date":
        return ours == _moment(expected)
    return ours == expected


def _moment(expected: object) -> datetime | None:
    if isinstance(expected, tuple):
        return datetime.fromtimestamp(timegm(expected), UTC)
    return dates.parse(str(expected))
