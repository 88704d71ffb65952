"""Text that can be shown anywhere: no control codes, nothing invisible, nothing that turns the line around.

A title comes from anyone and ends in terminals, mails and mail headers. The dangerous characters are those of Unicode's
technical reports 36 and 39 (security) and UAX 9 (the bidirectional algorithm).
"""

import re

MAX_TITLE = 300  # characters; the longest honest titles (papers) stay below

_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)?"  # OSC: window titles, hyperlinks
    r"|[\x1b][PX^_][^\x1b]{0,2000}\x1b\\"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]{0,100}[ -/]{0,100}[@-~]?"  # CSI: colours, cursor
    r"|\x1b[ -/]{0,10}[0-~]?"
)
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control codes; line breaks and tabs are white space, \x1c-\x1f and \x85 too
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"  # soft hyphen, fillers, marks without a shape
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width space, marks and overrides of direction, invisible operators
    "\u3164\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff"  # lone surrogates: no encoding can write them
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # musical controls; tags, which can carry hidden words
    "]+"
)
# Joiners belong into Persian, Indic scripts and emoji; beside ASCII, or in a row, they only hide something.
_JOINERS = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])|(?<=[\u200c\u200d])[\u200c\u200d]+")
_PILES = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_SPACE = re.compile(r"\s+")


def shown(text: str) -> str:
    """Give the text without what a person can't see: control codes, directions, zero-width tricks. Line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", _ESCAPES.sub("", text))
    return text if text.isascii() else _PILES.sub(r"\1", _JOINERS.sub("", text))


def one_line(text: str, limit: int = MAX_TITLE) -> str:
    """Give the text as one line of at most `limit` characters; what is too long ends at a word, with an ellipsis."""
    return shorten(_SPACE.sub(" ", shown(text[: 20 * limit + 2000])).strip(), limit)


def shorten(text: str, limit: int) -> str:
    """Cut the text to at most `limit` characters, between two words where one is near, and mark the cut with an ellipsis."""
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit // 2)
    return (cut[:space] if space > 0 else cut).rstrip(" ,;:.-\u200c\u200d") + "…"
