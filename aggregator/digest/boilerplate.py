"""What stands in feeds and is no news: the furniture of sites, forums and newsletters, and sentences that only point."""

import re

FURNITURE = re.compile(
    r"appeared first on|first published on|originally (?:published|appeared)|cross-?posted"
    r"|\bread (?:more|on|the (?:full|rest|original|whole))\b|continue reading|(?:click|tap) here|learn more|find out more|full (?:story|article) (?:here|at)"
    r"|^comments?\b|^article url|comments url|^points?:|# comments|submitted by|/u/\w+|\[link\]|\[comments\]"
    r"|cookie|privacy policy|terms of (?:service|use)|all rights reserved|©|copyright \d{4}"
    r"|sponsor|advertisement|affiliate|promo code|discount code|coupon|partner content"
    r"|subscrib|sign[- ]?up\b|newsletter|unsubscribe|view (?:in|this) (?:browser|email)|join (?:us|our|the (?:discord|waitlist|community))"
    r"|register (?:now|here|today)|(?:get|grab) your (?:tickets?|copy)|book a demo|free trial|follow (?:us|me) on|like and share"
    r"|^(?:the|this) (?:image|screenshot|picture|photo|video|gif|graphic|chart|meme)s?\b|^image\b|^photo(?:graph)?\b.{0,20}:|^credit:"
    r"|tl;?dr[:\s]|^via\b|^source:|^tags?:|^posted (?:by|in|on)\b|^by [A-Z]\w+ [A-Z]\w+$|min(?:ute)?s? read\b|^published\b"
    r"|transcript (?:below|available)|timestamps?:|show notes|listen (?:to|on)|watch (?:the|on)|youtube channel|apple podcasts"
    r"|loading|javascript|enable (?:it|cookies)|please (?:see|visit|read|check|note)|\bsee (?:here|below|the (?:full|blog|docs))"
    r"|commenters?\b|the comments\b|one comment(?:er)?\b|in the comments|upvote|this (?:sub)?reddit|the (?:post|title|thread|tweet)\b",
    re.IGNORECASE,
)
POINTING = re.compile(
    r"^(?:check (?:it )?out|try (?:it|this)|see|look|watch|listen|join|discover|explore|imagine|meet|introducing the|stay tuned|welcome|hello|hi|hey"
    r"|thanks?|thank you|congrat\w*|happy|enjoy|note|disclaimer|edit|update|hat tip|h/t|full disclosure|here(?:'|’)?s|let(?:'|’)s|don(?:'|’)t|get)\b",
    re.IGNORECASE,
)
PRAISE = re.compile(
    r"\b(?:significant(?:ly)?|notabl[ey]|potential(?:ly)?|highlight(?:s|ing)|underscor(?:e|es|ing)|indicat(?:es|ing)|reflect(?:s|ing)|suggest(?:s|ing)?"
    r"|showcas(?:e|es|ing)|humorous(?:ly)?|exciting|excited|thrilled|proud|revolutioni[sz]\w*|revolutionary|game[- ]chang\w*|cutting[- ]edge|seamless(?:ly)?"
    r"|empower\w*|unlock\w*|unleash\w*|world[- ]class|best[- ]in[- ]class|next[- ]generation|transformative|groundbreaking|incredibl[ey]|amazing|powerful"
    r"|robust|leverag\w*|delve\w*|landscape|journey|effortless(?:ly)?|supercharg\w*|could (?:lead|have)|positions?\b.{0,30}\bas a|implications?)\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|[Oo]ur|[Oo]urs|[Mm]y|me|us|[Ll]et['’]s)\b")
CUT_OFF = re.compile(r"(?:\[?(?:\.\.\.|…)\]?|\[\+\d+ chars\])$")
FINISHED = re.compile(r"[.!。！｡][\"'”’»)\]」』）*_`]*$")
QUESTION = re.compile(r"[?？][\"'”’»)\]]*$")
MARKUP = re.compile(r"[{}<>|\\]{2,}|</?\w+>|^\s*[#>=]+|https?://\S+\s*$|&\w+;|\S{60,}")


def is_boilerplate(sentence: str) -> bool:
    """Say whether a sentence is furniture, an invitation, or the remains of markup."""
    return bool(FURNITURE.search(sentence) or POINTING.match(sentence) or MARKUP.search(sentence))


def is_whole(sentence: str) -> bool:
    """Say whether a sentence ends as one: not cut off by a feed, and no question."""
    return (
        bool(FINISHED.search(sentence))
        and not CUT_OFF.search(sentence)
        and not QUESTION.search(sentence)
        and _balanced(sentence)
    )


def is_first_person(sentence: str) -> bool:
    """Say whether somebody speaks of themselves, quotations left out of account."""
    return bool(FIRST_PERSON.search(re.sub(r"“[^”]*”|\"[^\"]*\"", "", sentence)))


def praise(sentence: str) -> int:
    """Count the words that judge or sell instead of telling."""
    return len(PRAISE.findall(sentence))


def _balanced(sentence: str) -> bool:
    pairs = all(sentence.count(opening) == sentence.count(closing) for opening, closing in ("()", "[]", "“”", "«»"))
    return pairs and sentence.count('"') % 2 == 0
