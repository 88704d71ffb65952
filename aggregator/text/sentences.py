"""Sentences of plain text, each a verbatim piece of it: between them stands nothing but white space.

Rules, no model: a full stop ends a sentence unless it belongs to an abbreviation, an initial, a number or a quotation.
The Unicode rules (UAX 29) break after every "Dr." and know no lists, so they are not enough here.
"""

import re
from collections.abc import Iterator

CLOSERS = "\"'”’»)\\]*_`"
END = re.compile(rf"(?:[.!?…]+[{CLOSERS}]*(?:\[\d+\])*(?=\s|$))|(?:[。！？｡]+[”’」』）)]*)")
BULLET = re.compile(r"[ \t]*(?:[-*•·–▪‣>#]+|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+\S")
LINE_NUMBER = re.compile(r"\(?\d{1,3}[.)]$")

# What is one thing and may hold a full stop: quotations, brackets, code. Bounded, so that one stray quote can't hold a page.
SPANS = re.compile(
    r"“[^“”\n]{1,300}”|(?<![\w\"])\"[^\"\n]{1,300}\"(?!\w)|«[^«»\n]{1,300}»|「[^「」\n]{1,300}」"
    r"|\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\]|`[^`\n]{1,200}`"
)

# Always in mid-sentence.
JOINING = frozenset(
    "mr mrs ms dr prof rev gen sen rep gov sgt capt col lt st mt e.g i.e eg ie cf vs v viz al fig figs eq eqs sec ch no nos vol"
    " pp approx ca est dept univ jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri pres hon messrs resp incl".split()
)
# In mid-sentence or at its end: the next word decides.
EITHER = frozenset("inc corp ltd co llc jr sr etc bros u.s u.k u.n e.u d.c a.m p.m ph.d m.sc b.sc m.d a.i".split())
OPENERS = frozenset(
    "a an the this that these those it its he she they we you i in on at as for from by with if when while after before but and"
    " so however meanwhile there here what who how why to now then according our his her their some many most all one".split()
)
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
    last = before.splitlines()[-1] if before else ""
    if not last.strip() or not line.strip() or len(block) - len(before) > len("\r\n"):
        return False
    if len(last.strip()) < LONG_LINE or BULLET.match(line) or END.search(last.rstrip()[-4:]):
        return False
    return line.lstrip()[0].islower() or last.rstrip()[-1] in ",;-" or len(last) >= LONG_LINE + 20  # noqa: PLR2004  # near 72 columns


def _sentences(block: str) -> Iterator[str]:
    held = [match.span() for match in SPANS.finditer(block)]
    start = 0
    for match in END.finditer(block):
        at = match.end()
        if any(begin < at < end for begin, end in held):
            continue
        if _ends(block[start:at], match.group(), block[at:]):
            yield block[start:at]
            start = at
    yield block[start:]


def _ends(before: str, mark: str, after: str) -> bool:
    """Say whether the mark that closes `before` ends a sentence, seeing what comes `after`."""
    following = after.lstrip()
    if not following or mark[0] in "。！？｡":
        return True
    opening = re.match(r"[\w.’'-]+", following.lstrip("\"'“‘«([*_`"))
    word = opening.group() if opening else ""
    if word[:1].islower() and word.islower():  # iPhone, xAI and vLLM may open a sentence
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    spoken = before[: len(before) - len(mark)]
    if LINE_NUMBER.fullmatch(before.strip()):
        return False
    last = re.search(r"[\w.]*$", spoken)
    name = last.group().lower() if last else ""
    if name in JOINING:
        return False
    if name in EITHER or re.fullmatch(r"(?:\w\.)*[a-z]", name):
        return name not in {"i"} and (word.lower() in OPENERS and name in EITHER)
    return True
