"""What an entry says, made comparable: weighted words, named versions, the pages it points at."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aggregator.models import StoredEntry
from aggregator.stories.lists import STOP_WORDS, TRADE_WORDS, UNVERSIONED
from aggregator.text import kinds, urls

MAX_TEXT = 1200  # characters: what comes later in an article is about other things
SHORT_TEXT = 900  # characters: only a text this short is about what it links to
TITLE_WEIGHT = 2.0
FEWEST = 1500  # entries assumed to be there when counting how rare a word is: in a small input every word looks rare
COMMON_SHARE = 0.02  # share of entries assumed to hold a word of the trade

WORD = re.compile(r"[^\W_]+(?:['.\-/+][^\W_]+)*\+*")
PARTS = re.compile(r"[-/+']|(?<=[a-z]{3})(?=\d)")  # qwen3.5 and Qwen 3.5 are one
# An address in a text: its path may name the subject, its numbers never do.
ADDRESS = re.compile(r"(?<![\w.-])(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+(/\S*)")
NOT_A_WORD = re.compile(r"[^a-z]+|\b[a-z]{1,2}\b")
REPLY = re.compile(r"^(?:R to @\w+:|RT(?: by)? @\w+:)")  # how X feeds mark what answers or repeats another post
VERSION = re.compile(
    r"\b([A-Za-z][A-Za-z]+)(?:[- ]?v?(\d+\.\d+(?:\.\d+)*)|[-]?v?(\d{1,2})\b(?![.:%-]\d)| (\d{1,3})\b(?![.,:%]\d| ?%))"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One entry as clustering sees it. The vectors map a word to its weight and have length 1 (or are empty)."""

    entry: StoredEntry
    when: float  # days
    title: Mapping[str, float]
    whole: Mapping[str, float]
    versions: Mapping[str, frozenset[str]]
    pages: tuple[str, ...]  # canonical: its own first, then what it points at
    publisher: str
    roundup: bool
    how_to: bool
    video: bool
    post: bool
    forum: bool


def words(text: str) -> list[str]:
    """Give the words of a text, lower case, plurals as singulars, compounds whole and in parts."""
    folded = REPLY.sub("", unicodedata.normalize("NFKC", text)).replace("\u2019", "'").replace("\u2011", "-").lower()
    folded = ADDRESS.sub(lambda found: NOT_A_WORD.sub(" ", found.group(1)), folded)
    found: list[str] = []
    for match in WORD.finditer(folded):
        whole = match.group()
        parts = [part for part in PARTS.split(whole) if part]
        found += [singular(part) for part in parts if part not in STOP_WORDS and (len(part) > 1 or part.isdigit())]
        if len(parts) > 1 and any(c.isdigit() for c in whole):
            found.append("".join(parts))
    return found


def singular(word: str) -> str:
    """Take a plain plural or possessive ending off."""
    word = word.removesuffix("'s").rstrip("'")
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004  # "ties" has no other form
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word  # noqa: PLR2004


def versions(title: str) -> dict[str, frozenset[str]]:
    """Give each product that a title names with a version: "GPT-5.4 beats Opus 4.6" has gpt 5.4 and opus 4.6."""
    found: dict[str, set[str]] = {}
    for match in VERSION.finditer(unicodedata.normalize("NFKC", title).replace("\u2011", "-")):
        name = match.group(1)
        number = match.group(2) or match.group(3) or match.group(4)
        if name.lower() not in UNVERSIONED and (match.group(2) or match.group(3) or name[0].isupper()):
            found.setdefault(name.lower(), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def profiles(entries: Sequence[StoredEntry]) -> list[Profile]:
    """Give a profile of each entry, its words weighted by how rare they are among all."""
    titles = [Counter(words(e.title[:300])) for e in entries]
    texts = [Counter(words(e.text[:MAX_TEXT])) for e in entries]
    spread = Counter(word for title, text in zip(titles, texts, strict=True) for word in sorted({*title, *text}))
    number = max(len(entries), FEWEST)
    floor = number * COMMON_SHARE
    rarity = {word: math.log(1 + number / max(count, floor if word in TRADE_WORDS else 1)) for word, count in spread.items()}
    return [_profile(e, title, text, rarity) for e, title, text in zip(entries, titles, texts, strict=True)]


def _profile(entry: StoredEntry, title: Counter[str], text: Counter[str], rarity: Mapping[str, float]) -> Profile:
    whole = Counter({word: TITLE_WEIGHT * count for word, count in title.items()})
    whole.update(text)
    return Profile(
        entry=entry,
        when=(entry.date or entry.first_seen).timestamp() / 86400,
        title=_unit({word: rarity[word] * (1 + math.log(n)) for word, n in title.items()}),
        whole=_unit({word: rarity[word] * (1 + math.log(max(n, 1))) for word, n in whole.items()}),
        versions=versions(entry.title),
        pages=pages(entry),
        publisher=kinds.publisher(entry),
        roundup=kinds.is_roundup(entry),
        how_to=kinds.is_how_to(entry),
        video=kinds.is_video(entry),
        post=kinds.is_post(entry),
        forum=kinds.is_forum(entry),
    )


def pages(entry: StoredEntry) -> tuple[str, ...]:
    """Give the canonical addresses that an entry is about: its own, its target, and the links of a short text."""
    named = [entry.url, entry.target or ""]
    if len(entry.text) <= SHORT_TEXT and not kinds.is_roundup(entry):
        named += urls.links(f"{entry.title} {entry.text}")[:6]
    found = (urls.canonical(url) for url in named if urls.is_web(url))
    return tuple(dict.fromkeys(url for url in found if _is_page(url)))


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Give how alike two unit vectors are, 0 to 1."""
    return overlap(one, other)[0]


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[float, float]:
    """Give the cosine of two unit vectors and the largest part of it that one word makes."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    shared = [weight * large[word] for word, weight in small.items() if word in large]
    return sum(shared), max(shared, default=0.0)


def _is_page(url: str) -> bool:
    return "/" in url.removeprefix("https://") or "?" in url  # a bare host is everything that stands there


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(w * w for w in weights.values()))
    return {word: w / length for word, w in weights.items()} if length else {}
