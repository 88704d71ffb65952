"""What stands in feeds and is no news: the furniture of sites, forums and newsletters, and sentences that only point."""

# ruff: noqa: RUF001  # typographic marks are what this file looks for

import re

from aggregator.digest.terms import any_of

FURNITURE = any_of(
    r"appeared first on|first published on|originally (?:published|appeared)|cross-?posted",
    r"\bread (?:more|on|about|the (?:full|rest|original|whole))\b|continue reading|learn more|find out more",
    r"more (?:information|details) (?:here|at|on)\b",
    r"(?:click|tap) here",
    r"(?:full|complete) (?:story|article|paper|post|report|details?|list|text) (?:is available )?(?:here|at|below)",
    r"available (?:here|below)\b|original (?:post|article|source)|\bat (?:this|the) link\b",
    r"link(?:s|ed)? (?:below|in bio|in the)",
    r"^comments?\b|^article url|comments url|^points?:|# comments|submitted by|/u/\w+|\[link\]|\[comments\]",
    r"cookie|privacy policy|terms of (?:service|use)|all rights reserved|©|copyright \d{4}",
    r"sponsor|advertisement|affiliate|promo code|discount code|coupon|partner content",
    r"subscrib(?:e|ing) (?:to|now|for|here|today)|sign[- ]?up\b|newsletter|unsubscribe|view (?:in|this) (?:browser|email)",
    r"join (?:us|our|the (?:discord|waitlist|community|conversation))|register (?:now|here|today)|waitlist",
    r"(?:get|grab) your (?:tickets?|copy)|book a demo|free trial|follow (?:us|me|along) (?:on|at)|like and share",
    r"^(?:the|this) (?:image|screenshot|picture|photo|video|gif|graphic|chart|meme|document|discussion)s?\b|^image\b",
    r"^photo.{0,20}:|^credit:",
    r"tl;?dr[:\s]|^via\b|^source:|^tags?:|^posted (?:by|in|on)\b|min(?:ute)?s? read\b|^published\b|^last updated|^updated?:",
    r"transcript (?:below|available)|timestamps?:|show notes|listen (?:to|on)|watch (?:the (?:video|full|episode)|on)",
    r"youtube channel|apple podcasts",
    r"no longer maintained|feed xml|javascript|enable cookies|please (?:see|visit|read|check|note|contact)",
    r"\bsee (?:here|below|the (?:full|blog|docs))",
    r"commenters?\b|\bcomments\b|one comment\b|a comment\b|a user\b|\busers? (?:note|comment|suggest|express)|upvote",
    r"\bthis (?:sub)?reddit",
    r"\bthe (?:post|title|thread|tweet|image|linked \w+)\b",
    r"\b(?:today|in this (?:post|article|video|episode|blog|guide|tutorial|newsletter))['’]?s?,? (?:we|i|you|post)\b",
    r"\bin this (?:post|article|video|episode|blog|guide|tutorial|series|talk)\b",
    r"\bthis (?:post|article|video|episode|blog|guide|tutorial|series|talk)\b",
    r"based on the (?:available|provided|title)|\b(?:available|provided) (?:text|snippet)|\bi(?:'|’)?m [A-Z]\w+ [A-Z]\w+",
    r"my name is",
    r"\bthe following (?:is|are)\b|\bopinions? expressed|\bmy notes\b",
    r"\bas (?:described|discussed|mentioned|shown) (?:above|below|in)",
    r"^(?:release|tool|link|note|video|research|quote|tip|tags?):\s|^turns out\b|:\s*(?:hi|hello|dear)\b",
)
PLATITUDE = any_of(  # what holds for everybody is no news
    r"^(?:(?:nearly|almost) )?every (?:\w+ )?(?:enterprise|company|business|organi[sz]ation|team|developer|leader|industry)\b",
    r"^every(?:one|body) (?:is|wants|needs|knows)",
    r"^in (?:the race to|an? (?:age|era|world) (?:of|where)|the (?:age|era|world) of)\b",
    r"\bone of the (?:greatest|biggest|most \w+) (?:beneficiar|challenge|opportunit|question)",
    r"\bhas never been (?:more|easier|harder|greater)\b|\bis here to stay\b|\bis no longer (?:optional|a question)\b",
)
POINTING = any_of(
    r"check (?:it )?out|try (?:it|this)|see|look|watch|listen|join|discover|explore|imagine|meet|stay tuned|welcome|hello",
    r"hi|hey|thanks?|thank you",
    r"in case you (?:missed|haven)|congrat\w*|happy|enjoy|note|disclaimer|edit|update|hat tip|h/t|full disclosure",
    r"here['’]?s|let['’]s|don['’]t|get",
    r"learn|find out|follow|download",
    r"compare|implement|build|create|ship|deploy|boost|scale|master|use|turn|start|stop|make|take|find|save|read",
    r"understand|improve|automate",
    r"connect|wait|preview|monitor|track|manage|experience|bring|transform|simplify|streamline|power|design|write|test",
    r"run|install|add|set up|choose|pick|keep|give",
    r"ask|tell|stop|fear not",
    r"picture this|think of|remember|consider|say goodbye|ready to|want to|need to|looking (?:for|to)|whether you",
    r"if you(?:['’]re|['’]ve)?|go to|visit|customi[sz]e|adjust|configure|enable",
    whole="^(?:\\w+ly )?(?:%s)\\b",
)
PRAISE = any_of(
    r"your",
    r"significant(?:ly)?|notabl[ey]|potential(?:ly)?|highlight(?:s|ed|ing)|underscor(?:e|es|ing)|indicat(?:es|ing)",
    r"reflect(?:s|ing)|suggest(?:s|ing)",
    r"showcas(?:e|es|ing)|humorous(?:ly)?|exciting|excited|thrilled|proud|pleased|delighted|revolutioni[sz]\w*",
    r"revolutionary|game[- ]chang\w*",
    r"cutting[- ]edge|seamless(?:ly)?|empower\w*|unlock\w*|unleash\w*|world[- ]class|best[- ]in[- ]class",
    r"next[- ]generation|transformative",
    r"groundbreaking|incredibl[ey]|amazing|powerful|robust|leverag\w*|delv\w*|landscape|journey|effortless(?:ly)?",
    r"supercharg\w*|could lead",
    r"positions? (?:it|the|this|itself)|implications?|crucial(?:ly)?|essential|critical for|enhanc(?:e|es|ed|ing)",
    r"ever[- ]\w+ing|in today['’]s",
    r"rapidly|innovative|innovation|ecosystem|holistic",
    r"(?:raising|growing|increasing) (?:concerns?|questions|importance|demand|need|tensions?)|ongoing|marking a",
    r"strategic(?:ally)?|discuss(?:es|ing)|emphasi[sz]\w+",
    whole="\\b(?:%s)\\b",
)
FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|[Oo]ur|[Oo]urs|[Mm]y|me|us|[Ll]et['’]s)\b")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
CUT_OFF = re.compile(r"(?:\[?(?:\.\.\.|…)\]?|\[\+\d+ chars\])$")
FINISHED = re.compile(r"[.!。！｡][\"'”’»)\]」』）*_`]*$")
QUESTION = re.compile(r"[?？]")
MARKUP = re.compile(
    r"\\[a-z]+\{|(?<!^)@\w+|[{}<>|\\]{2,}|</?\w+>|^\s*[#>=]+|https?://\S+\s*\.?$|&\w+;|\S{60,}|\$\s+\w+|^\W*\d+[.)]\s|\|"
)


def is_boilerplate(sentence: str) -> bool:
    """Say whether a sentence is furniture, an invitation, a platitude, or the remains of markup."""
    return bool(FURNITURE.search(sentence) or POINTING.match(sentence) or PLATITUDE.search(sentence) or MARKUP.search(sentence))


def is_whole(sentence: str) -> bool:
    """Say whether a sentence ends as one: not cut off by a feed, and no question."""
    if CUT_OFF.search(sentence) or QUESTION.search(QUOTED.sub("", sentence)):
        return False
    return bool(FINISHED.search(sentence)) and _balanced(sentence)


def is_first_person(sentence: str) -> bool:
    """Say whether somebody speaks of themselves, quotations left out of account."""
    return bool(FIRST_PERSON.search(QUOTED.sub("", sentence)))


def praise(sentence: str) -> int:
    """Count the words that judge or sell instead of telling."""
    return len(PRAISE.findall(sentence))


def _balanced(sentence: str) -> bool:
    pairs = all(sentence.count(opening) == sentence.count(closing) for opening, closing in ("()", "[]", "“”", "«»"))
    return pairs and sentence.count('"') % 2 == 0
