"""What a text is about: its content words and its specifics (names, numbers, addresses), in the form in which they compare."""

# ruff: noqa: RUF001  # typographic marks are what this file looks for

import re

WORD = re.compile(r"[^\W_]+(?:[.'’+#/-]+[^\W_]+)*[+#]*")
NUMBER = re.compile(r"[^\W\d_]?\d[\d.,]*\d|\d")
URL = re.compile(r"https?://[^\s<>()\[\]\"'“”‘’]+")
NAME = re.compile(r"[^\W\d_][\w.+’'-]*\w|[^\W\d_]")

STOP = frozenset(
    (  # noqa: SIM905  # a text of words is read more easily than a list of strings
        "a about after all also am an and any are as at be because been before being between both but by can could did do"
        " does done during each even ever every few for from get gets getting go goes going got had has have having he her"
        " here hers him his how i i'm i've if in into is isn't it it's its itself just let like made make makes many may"
        " me might more most much must my new no not now of off on once one only or other our out over own per put really"
        " s said same say says see she should since so some still such t than that that's the their them then there these"
        " they this those through to too under until up upon us use used uses using very via vs want was way we we've well"
        " were what when where whether which while who whom whose why will with within without would yet you you're your"
    ).split()
)


def any_of(*alternatives: str, whole: str = "%s") -> re.Pattern[str]:
    """Give the pattern, blind to case, that any of these makes; `whole` says what stands around them."""
    return re.compile(whole % "|".join(alternatives), re.IGNORECASE)


def fold(text: str) -> str:
    """Make every run of white space one blank, and drop control codes."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())


def straight(text: str) -> str:
    """Make typographic apostrophes plain."""
    return text.replace("’", "'")


def words(text: str) -> list[str]:
    """Give the words of `text` in order, in lower case, quotes made plain."""
    return [straight(match.group().lower()) for match in WORD.finditer(URL.sub(" ", text))]


def terms(text: str) -> frozenset[str]:
    """Give the content words of `text`, without the endings that only grammar adds."""
    return frozenset(stem(word) for word in words(text) if word not in STOP and (len(word) > 1 or word.isdigit()))


def stem(word: str) -> str:
    """Cut the endings of plurals and possessives, and of verbs where enough is left to compare."""
    word = word.removesuffix("'s")
    if any(character.isdigit() for character in word):
        return word
    for ending, least in (("ies", 3), ("ing", 4), ("ed", 4), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            return word[: -len(ending)].rstrip("e") + ("y" if ending == "ies" else "")
    return word.rstrip("e") if len(word) > 4 else word  # noqa: PLR2004  # so that "release" meets "releasing"


def numbers(text: str) -> list[str]:
    """Give the numbers of `text` as they are compared: digits and decimal points, without grouping."""
    return [re.sub(r"[^\d.]", "", match.group()).strip(".") for match in NUMBER.finditer(URL.sub(" ", text))]


def urls(text: str) -> list[str]:
    """Give the addresses in `text`, without the full stop that ends their sentence."""
    return [match.group().rstrip(".,;:!?") for match in URL.finditer(text)]


def names(text: str) -> list[str]:
    """Give what is written as a name: a capital that does not open a sentence, or a capital or digit inside a word."""
    found: list[str] = []
    plain = URL.sub(" ", text)
    for match in NAME.finditer(plain):
        word = match.group()
        inner = any(character.isupper() or character.isdigit() for character in word[1:])
        if inner or (word[0].isupper() and not _opens(plain[: match.start()])):
            found.append(re.sub(r"['’]s$", "", word))
    return found


def specifics(text: str) -> frozenset[str]:
    """Give what makes a sentence worth its room: numbers and names, as terms."""
    return frozenset([*numbers(text), *(stem(straight(name.lower())) for name in names(text) if name.lower() not in STOP)])


def _opens(before: str) -> bool:
    trimmed = before.rstrip(" \t\n\"'“‘«([*_`-–—•")
    return not trimmed or trimmed[-1] in ".!?:…"
