"""Which of a story's titles is its headline: who did what, before a teaser, a question or a bare name."""

# ruff: noqa: RUF001  # typographic marks are what this file looks for

import re
from collections.abc import Sequence

from aggregator.digest.boilerplate import POINTING, is_first_person
from aggregator.digest.terms import any_of, names, specifics, terms
from aggregator.digest.titles import headline
from aggregator.models import StoredEntry
from aggregator.text.kinds import is_forum, is_video
from aggregator.text.sentences import word_count

GOOD_LENGTH = 14  # words
SHORT = 4

TEASER = any_of(
    r"why|how|what|what['’]s|when|where|who|is|are|can|could|should|will|do|does|here['’]?s|this|these|that|it|it['’]s",
    r"something|meet|inside|quoting",
    r"built|made|created|tested|tried|ran|found|got|been|thinking|looking|anyone|spotted|switched|spent|asked|let|finally",
    r"also|but|and|then|however",
    r"in addition|to everyone|tell hn|hot take|psa|unlike|after|one of|every|all|most people|day \d+|stop|start|learn|ask|new",
    r"a look|my|our|i|i['’]\w+|we|we['’]\w+|you|your|some|thoughts|notes|on|not|so|just|wow|anyone|introducing|unlocking",
    r"building|use|using|want",
    r"getting|understanding|exploring|watch|guide|tutorial|opinion",
    r"the (?:case|rise|future|state|art|secret|truth|real|hidden)|goodbye|help|tips",
    whole=r"^(?:%s)\b",
)
VERBS = (  # their stems, as headlines have them
    r"launch|releas|unveil|announc|introduc|ship|open[- ]?sourc|rais|acquir|buy|bought|su(?=e)|ban|block|leav|left"
    r"|join|quit|resign|hir|fir(?=e)|cut|add|build|built|beat|hit|find|found|solv|discover|warn|label|designat|sign"
    r"|win|won|los|lost|reach|debut|drop|roll|patch|fix|leak|admit|confirm|delay|cancel|kill|let|get|got|bring|mak"
    r"|made|offer|expand|partner|invest|plan|reject|vote|rul|order|fin(?=e[sd])|settl|accus|claim|say|said|show"
    r"|outperform|surpass|train|top|surg|give|gave|tak|took|compromis|expos|steal|stole|sent|send|turn|pull|push"
    r"|mov|back|bet|eye|test|use|run|reveal|detail|depart|step|revers|retir|deprecat|rebuk|defend|den(?=ie)|urge"
    r"|ask|tell|told|call|name|rewrit|rewrote|relicens|face|seek|target|probe|investigat|shut|exit|renam|restrict"
    r"|limit|halt|end|clos"
)
ACT = re.compile(
    rf"\b(?!built\b.(?:for|on|with|in)\b)(?:{VERBS})(?:s|es|ed|d|ted|led|ped|ned|ies|e|ing|ting|ling|ning|ping)?\b"
    r"|\b(?:is|are) now\b",
    re.IGNORECASE,
)
ACTOR = re.compile(  # "OpenAI launches", "The Pentagon formally labels"
    r"^(?:(?:[A-Z0-9][\w.’'&/-]*|[a-z]+[A-Z]\w*|the|and|of)\s+){1,5}"
    rf"(?i:(?:(?:\w+ly|now|has|have)\s+)?(?:(?:{VERBS})(?:e?s|ed|d|ies|e)|(?:will|to|can|may)\s+(?:{VERBS})e?))\b"
)
ANSWER = re.compile(r"r to @\w+:", re.IGNORECASE)  # a post below another: what it is about stands there
MODEST = re.compile(
    r"^[\w.-]+/[\w.-]+(?:$|:|\s[–—-])|^\S+ v?\d+(?:\.\d+)+$|system card|\bmodel card\b|changelog|release notes|docs?$|^re:",
    re.IGNORECASE,
)


def best_title(entries: Sequence[StoredEntry], lead: str) -> tuple[str, StoredEntry]:
    """Give the headline, and the entry whose it is: the lead's, unless another says better who did what, as most of them do."""
    offers = [headline(entry) for entry in entries]
    spoken = [terms(title) for title in offers]

    def worth(index: int) -> float:
        agreed = _agreement(spoken, index)
        entry = entries[index]
        told_by = (
            0.6 * (entry.id == lead) - 0.2 * is_forum(entry) - 0.6 * is_video(entry) - 1.0 * bool(ANSWER.match(entry.title))
        )
        return 1.5 * agreed + told_by + clarity(offers[index])

    best = max(range(len(offers)), key=lambda index: (worth(index), -index))
    return offers[best], entries[best]


def tells_an_event(title: str) -> bool:
    """Say whether a title says that something happened: it has a verb of news, and is no teaser, question or card."""
    teases = TEASER.match(title) or POINTING.match(title) or set("?!…") & set(title)
    return bool(ACT.search(title)) and clarity(title) > 0 and not teases


def clarity(title: str) -> float:
    """Measure how much a title says by itself; below zero it only teases."""
    length = word_count(title)
    teases = bool(TEASER.match(title) or POINTING.match(title))
    score = 0.4 * bool(names(title) or specifics(title)) + 0.4 * bool(ACT.search(title))
    score += 0.7 * (bool(ACTOR.match(title)) and not teases)
    score -= (
        0.9 * teases + 0.8 * is_first_person(title) + 1.2 * ("?" in title) + 0.4 * ("!" in title) + 2.2 * title.endswith("…")
    )
    score -= 0.5 * max(0, SHORT + 1 - length) + 0.1 * max(0, length - GOOD_LENGTH) + 0.9 * bool(MODEST.search(title))
    return score


def _agreement(spoken: Sequence[frozenset[str]], index: int) -> float:
    """Give how much the other titles share with this one, 0 to 1."""
    mine = spoken[index]
    others = [theirs for place, theirs in enumerate(spoken) if place != index and theirs]
    if not mine or not others:
        return 0.0
    return sum(len(mine & theirs) / len(mine | theirs) for theirs in others) / len(others)
