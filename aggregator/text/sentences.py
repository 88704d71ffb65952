"""Sentences of plain text, each a verbatim piece of it: between them stands nothing but white space.

Rules, no model: a full stop ends a sentence unless it belongs to an abbreviation, an initial, a number or a quotation.
The Unicode rules (UAX 29) break after every "Dr." and know no lists, so they are not enough here.
"""

# ruff: noqa: RUF001  # typographic marks are what this file looks for

import re
from collections import deque
from collections.abc import Iterator

WIDE = "。！？｡"  # these need no white space after them
CLOSERS = "\"'”’»)\\]*_`"
END = re.compile(rf"(?:[.!?…]+[{CLOSERS}]*(?:\[\d+\])*(?=\s|$))|(?:[{WIDE}]+[”’」』）)]*)")
BULLET = re.compile(r"[ \t]*(?:[-*•·–▪‣>#]+|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+\S")
ITEM = re.compile(r"\(?\d{1,3}")
NEXT_WORD = re.compile(r"[\"'“‘«(\[*_`]*(?P<word>[\w.’'-]*\w)(?P<comma>,?)")
LAST_WORD = re.compile(r"[\w.]*$")
INITIALS = re.compile(r"(?:\w\.)*[^\W\d_]")

# What is one thing and may hold a full stop: quotations, brackets, code. Bounded, so that one stray quote can't hold a page.
SPANS = re.compile(
    r"“[^“”\n]{1,300}”|(?<![\w\"])\"[^\"\n]{1,300}\"(?!\w)|«[^«»\n]{1,300}»|「[^「」\n]{1,300}」"
    r"|\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\]|`[^`\n]{1,200}`"
)

JOINING = frozenset(  # always in mid-sentence
    (  # noqa: SIM905  # a text of words is read more easily than a list of strings
        "mr mrs ms dr prof rev gen sen rep gov sgt capt col lt st mt e.g i.e eg ie cf vs v viz approx ca est dept univ pres"
        " hon messrs resp"
    ).split()
)
NUMBERED = frozenset(  # in mid-sentence before a number: "No. 5", "Jan. 5"
    (  # noqa: SIM905  # the same
        "no nos vol p pp fig figs eq eqs sec ch art jan feb mar apr jun jul aug sept sep oct nov dec"
    ).split()
)
EITHER = frozenset(  # in mid-sentence or at its end: the next word decides
    "al inc corp ltd co llc jr sr etc bros u.s u.k u.n e.u d.c a.m p.m ph.d m.sc b.sc m.d a.i".split()  # noqa: SIM905  # the same
)
OPENERS = frozenset(
    (  # noqa: SIM905  # the same
        "a an the this that these those it its he she they we you i in on at as for from by with if when while after"
        " before but and so however meanwhile there here what who how why to now then according our his her their some"
        " many most all one plus"
    ).split()
)
NEAR = 80  # characters around a full stop that decide what it is
LONG_LINE = 40  # characters: a shorter line that ends without a full stop is a heading or an item, not wrapped text


def split(text: str) -> list[str]:
    """Give the sentences of `text` in order, without the white space around them.

    A blank line, and a line break that is not soft wrapping, end a sentence as a full stop does.
    """
    return [sentence.strip() for block in _blocks(text) for sentence in _sentences(block) if sentence.strip()]


def word_count(text: str) -> int:
    """Count the words a person reads: runs between white space that hold a letter or a digit."""
    return sum(1 for run in text.split() if any(character.isalnum() for character in run))


def _blocks(text: str) -> Iterator[str]:
    """Join soft-wrapped lines again; all other line breaks part."""
    lines = text.splitlines(keepends=True)
    block = ""
    for line in lines:
        if block and not _wrapped(block, line):
            yield block
            block = ""
        block += line
    if block:
        yield block


def _wrapped(block: str, line: str) -> bool:
    """Say whether `line` goes on with the sentence that `block` ends in."""
    before = block.rstrip("\r\n")
    last = before.splitlines()[-1].strip() if before.strip() else ""
    if not last or not line.strip() or block.count("\n", len(before)) > 1:
        return False
    if len(last) < LONG_LINE or BULLET.match(line) or END.search(last[-4:]):
        return False
    return line.lstrip()[0].islower() or last[-1] in ",;" or last.split()[-1].lower() in OPENERS


def _sentences(block: str) -> Iterator[str]:
    held = deque(match.span() for match in SPANS.finditer(block))
    start = 0
    for match in END.finditer(block):
        at = match.end()
        while held and held[0][1] <= match.start():
            held.popleft()
        inside = held and held[0][0] < at < held[0][1]
        if not inside and _ends(block[max(start, at - NEAR) : at], match.group()[-NEAR:], block[at : at + NEAR]):
            yield block[start:at]
            start = at
    yield block[start:]


def _ends(before: str, mark: str, after: str) -> bool:
    """Say whether the mark that closes `before` ends a sentence, seeing what comes `after`."""
    following = after.lstrip()
    if not following or mark[0] in WIDE:
        return True
    word = NEXT_WORD.match(following)
    if word and word["word"].islower():  # iPhone, xAI and vLLM may open a sentence
        return False
    return mark[0] != "." or mark.startswith("..") or not _abbreviates(before[: -len(mark)], word)


def _abbreviates(before: str, word: re.Match[str] | None) -> bool:
    """Say whether the full stop after `before` belongs to an abbreviation, an initial or the number of an item."""
    if ITEM.fullmatch(before.strip()):
        return True
    name = LAST_WORD.search(before)
    last = name.group().lower() if name else ""
    if last in NUMBERED:
        return bool(word) and word["word"][0].isdigit()
    if last in EITHER:
        return not (word and _opens(word["word"].lower(), comma=bool(word["comma"])))
    return last in JOINING or (bool(INITIALS.fullmatch(last)) and not before.endswith(" I"))


def _opens(word: str, *, comma: bool) -> bool:
    """Say whether a word more likely opens a sentence than goes on with a name."""
    return word in OPENERS or word.endswith("ly") or (comma and word[0].isalpha())
