"""Headlines from the titles that sources give: what belongs to the site, the forum or the shouting goes, the words stay.

A headline is a function of one entry alone, so that `check` can make it again from what is stored.
"""

# ruff: noqa: RUF001  # typographic marks are what this file looks for

import re

from aggregator.digest.terms import fold, words
from aggregator.models import Entry
from aggregator.text.sentences import split, word_count

LONGEST = 18  # words: a title above it is cut at a clause, or gives way to another of the story's
CUT_TO = 15
SHORTEST = 5

PREFIX = re.compile(
    r"^(?:"
    r"(?:show|ask|tell|launch)\s+hn\s*[:–—-]\s*"
    r"|\[[^\]\[]{1,24}\]\s*"
    r"|(?:breaking(?:\s+news)?|live(?:\s+now)?|report|just\s+in|exclusive|psa|pinned|watch|video|podcast|opinion|sponsored|updated?)\s*[:!|–—]+\s*"
    r"|(?:r\s+to|rt(?:\s+by)?)\s+@\w+\s*:\s*"
    r"|(?:hot\s+take|unpopular\s+opinion|eli5|tl;?dr)\s*[:–—-]\s*"
    r")",
    re.IGNORECASE,
)
MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
DATE = re.compile(
    rf"^(?:[A-Z][a-z]{{3,20}})?(?:{MONTH})[a-z]{{0,6}}\.? \d{{1,2}}, \d{{4}}[\s:|·–-]*(?=\w)"
)  # some pages glue it on
SUFFIX = re.compile(r"\s*(?:[\[(](?:pdf|video|audio|updated?|fixed|solved|closed|d|r|p|n)[\])]|#\w+)\s*$", re.IGNORECASE)
SITE = re.compile(r"^(?P<title>.{12,}?)\s+(?P<mark>[|·•–—]|::|-|»)\s+(?P<site>[^|·•»]{2,40})$")
EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U00002600-\U000027bf\U00002b00-\U00002bff\U0000fe0e\U0000fe0f\U0000200d\U000020e3\U000e0020-\U000e007f]+"
)
CLAUSE = re.compile(
    r"\s*,\s+(?=(?!and\b|or\b)[a-z]|and\s+(?:why|how|what)\b)|\s*;\s+|\s+[–—-]+\s+|\s*—\s*|\s*\((?=[^)]*$)|:\s+|\.\s+|\s+(?=and\s+(?:he|she|it|they|i|we|here)\b)"
)

SUBORDINATE = re.compile(r"\s+(?=(?:after|as|amid|while|because|following|despite|when|where|which|who)\b)", re.IGNORECASE)


def headline(entry: Entry) -> str:
    """Give the entry's title as a headline: one line. A post's first sentence, where its title is cut off."""
    return shorten(full_title(entry))


def full_title(entry: Entry) -> str:
    """Give the entry's title, tidied and whole, however long it is."""
    tidied = tidy(entry.title, entry.source, entry.target or entry.url)
    return _whole(tidied, entry.text) or tidied


def tidy(title: str, source: str = "", url: str = "") -> str:
    """Drop what is not the headline: forum marks, "Breaking:", the site's name, emoji; calm what shouts."""
    text = DATE.sub("", fold(EMOJI.sub(" ", title)))
    while (cut := PREFIX.sub("", text)) != text and cut:
        text = cut
    while (cut := SUFFIX.sub("", text)) != text and cut:
        text = cut
    site = SITE.match(text)
    if site and _names_site(site["mark"], site["site"], source, url):
        text = site["title"]
    text = _unquoted(text.strip())
    text = text[:-1] if text.endswith(".") and not text.endswith("..") and not re.search(r"\b\w\.$", text) else text
    return _calm(text) or fold(title)


def shorten(title: str) -> str:
    """Cut a title that is too long where a clause ends; where none does, after the last word that fits, with an ellipsis."""
    if word_count(title) <= LONGEST:
        return title
    for joint in (CLAUSE, SUBORDINATE):
        cuts = [match.start() for match in joint.finditer(title) if SHORTEST <= word_count(title[: match.start()]) <= CUT_TO]
        if cuts:
            return title[: cuts[-1]].rstrip(" ,;:–—-.")
    return " ".join(title.split()[:CUT_TO]).rstrip(" ,;:–—-.") + "…"


def _whole(tidied: str, text: str) -> str:
    """Give the text's first sentence where the title is only its beginning, as with posts that have no title of their own."""
    start = tidied.rstrip("….").rstrip()
    folded = fold(EMOJI.sub(" ", text[: 2 * len(tidied) + 600]))
    if not start or not folded.startswith(start) or len(folded) <= len(start):
        return ""
    if tidied[-1] not in "…." and word_count(tidied) < LONGEST // 2:
        return ""
    sentences = split(folded)
    return sentences[0].rstrip(".") if sentences and len(sentences[0]) > len(start) else ""


def _names_site(mark: str, site: str, source: str, url: str) -> bool:
    """Say whether what stands after the mark is the site's name: it is the source's or the host's, or a bar sets it off."""
    spoken = "".join(words(site))
    known = "".join(words(source)) + " " + re.sub(r"[^a-z0-9]", "", re.sub(r"^https?://", "", url.lower()).split("/")[0])
    if spoken and (spoken in known or any(len(part) > 3 and part in spoken for part in words(source))):  # noqa: PLR2004  # a word that names
        return True
    return mark in {"|", "·", "•", "::", "»"} and word_count(site) <= 3  # noqa: PLR2004  # "| The New Stack"


def _unquoted(text: str) -> str:
    """Drop quotation marks that hold the whole title."""
    if len(text) > 2 and text[0] + text[-1] in {'""', "“”", "''", "‘’"} and not set(text[1:-1]) & set("\"“”'‘’"):  # noqa: PLR2004
        return text[1:-1].strip()
    return text


def _calm(text: str) -> str:
    """Write a shouted title in plain letters; what is short (GPT, API) or holds a digit keeps its capitals."""
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 12 or sum(map(str.isupper, letters)) < 0.7 * len(letters) or " " not in text:  # noqa: PLR2004  # a sentence, mostly capitals
        return text
    calmed = [word if len(word) <= 3 or any(map(str.isdigit, word)) else word.lower() for word in text.split()]  # noqa: PLR2004
    calm = " ".join(calmed)
    return calm[:1].upper() + calm[1:]
