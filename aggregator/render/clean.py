"""What a source sent, as one line of harmless characters."""

import re
import unicodedata

JOINERS = "\u200c\u200d"  # Persian and emoji need them
NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def one_line(text: str) -> str:
    """Give the text without line breaks, control codes and invisible or direction-changing characters."""
    kept = "".join(_harmless(character) for character in text)
    return " ".join(kept.split())


def _harmless(character: str) -> str:
    if character in JOINERS or (" " <= character <= "~"):
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    if category == "Cf":
        return ""
    return "\ufffd" if category == "Cs" or NONCHARACTERS.match(character) else character
