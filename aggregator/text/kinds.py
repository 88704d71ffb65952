"""What kind of thing an entry is, as far as its title, its address and its source's name show it.

A round-up tells of many events and belongs to none of them. A forum (Hacker News, Lobsters, Reddit) shows what others
published and counts votes; a post is short and mostly points elsewhere.
"""

import re
from collections.abc import Iterable

from aggregator.models import Entry
from aggregator.text import urls

FORUMS = frozenset({"news.ycombinator.com", "lobste.rs", "reddit.com", "producthunt.com"})
POSTS = ("x.com", "bsky.app", "threads.net", "mastodon.social", "hachyderm.io", "sigmoid.social")
CODE = ("github.com/", "gitlab.com/", "codeberg.org/")
VIDEOS = frozenset({"youtube.com", "vimeo.com", "tiktok.com"})
MAKERS = frozenset({
    "allenai.org", "amazon.com", "anthropic.com", "apple.com", "cohere.com", "cursor.com", "deepseek.com", "google.com",
    "meta.com", "microsoft.com", "midjourney.com", "mistral.ai", "nvidia.com", "openai.com", "qwen.ai", "stability.ai",
})  # fmt: skip
MAKERS_ACCOUNTS = frozenset(
    {"anthropicai", "openai", "googledeepmind", "claudeai", "mistralai", "deepseek_ai", "alibaba_qwen", "cursor_ai"}
)
MAKERS_PAGES = ("github.com", "huggingface.co", "arxiv.org", "openreview.net", "aclanthology.org", "gitlab.com", "codeberg.org")

FORUM_NAME = re.compile(r"hacker ?news\b(?! weekly).*|lobste\.?rs|product ?hunt|reddit.*|/?r/\w+", re.IGNORECASE)
POST_NAME = re.compile(r"@[\w.]+|bluesky\b.*", re.IGNORECASE)
NOT_A_FORUM = re.compile(r"the hacker news", re.IGNORECASE)
ROUNDUP = re.compile(
    r"""^the\ download:|\bround-?\s?up\b|\bweekly\b(?!.*\blimit)|^\[?ainews\b|^import\ ai\b|\bnewsletter\b
    |\blast\ week\ in\b|\bweek\ in\ review\b|\bthis\ week\ (?:in|on)\b|^in\ other\ news\b|\bhighlights$|\brecap\b
    |^links\ (?:for|from)\b|\bdaily\ (?:brief|digest|news|roundup)
    |\b(?:news|morning|evening|weekend)\ (?:brief|briefing|digest)\b|^the\ (?:batch|sequence|rundown)\b
    |\bissue\ \#?\d|^top\ \d+\b|\bmonth\ in\ \w+|\b\d+\ (?:best|biggest|most|top|of\ the\ most)\b|\blinkfest\b
    |^weeknotes\b|\breading\ list\b|^what'?s\ new\ in\b""",
    re.IGNORECASE | re.VERBOSE,
)
HOW_TO = re.compile(
    r"""\btutorial\b|\bfull\ (?:course|guide)\b|\bcrash\ course\b|\bfor\ beginners\b|\bcheat\ ?sheet\b
    |\bstep[- ]by[- ]step\b|\bhow\ to\b|\btips?\ \#?\d|\binterview\ questions\b|\bin\ \d+\ (?:minutes|mins|hours?)\b
    |\bexplained\b|\bbeginner'?s?\b|\bmasterclass\b|\blearn\ \w+\b
    |\b\d+\ (?:\w+\ ){0,2}(?:tips|ways|tools|tricks|prompts|things|reasons)\b|\bguide\ to\b|\bultimate\ guide\b""",
    re.IGNORECASE | re.VERBOSE,
)
PROMOTION = re.compile(
    r"""\bcoupon|\bpromo(?:\ code|tion)?s?\b|\bdiscounts?\b|\b\d+\ ?%\ off\b|\bdeals?\ (?:of\ the|on)\b|\bbest\ deals?\b
    |\bsale\b|\bgiveaway\b|\bwebinar\b|\bregister\ (?:now|today)\b|\bsponsored\b|\bbuy\ now\b|\be-?book\b
    |\bwe'?re\ hiring\b|\bis\ hiring\b|\bjob\ (?:opening|offer)s?\b|\bdisrupt\ 20\d\d\b|\bearly[- ]bird\b
    |\btickets?\b.*\b(?:off|save)\b|\bmake\ money\b|\bpassive\ income\b|\bside\ hustle|\#shorts?\b|\bseo\b
    |\bvia\ @sejournal\b""",
    re.IGNORECASE | re.VERBOSE,
)
COMPOUND = 8  # characters of a house whose name may be written in two words
SHORTEST_NAME = 4  # characters of a house that its name in a title can give away: "ai" is in every title
QUOTE = re.compile(r"^quoting\b|^quote of\b", re.IGNORECASE)


def is_forum(entry: Entry) -> bool:
    """Say whether the entry stands on a forum, which shows what others published."""
    if NOT_A_FORUM.fullmatch(entry.source):
        return False
    return bool(FORUM_NAME.fullmatch(entry.source)) or urls.site(entry.url) in FORUMS


def is_post(entry: Entry) -> bool:
    """Say whether the entry is a short post on a social network."""
    return bool(POST_NAME.fullmatch(entry.source)) or (not is_forum(entry) and urls.site(entry.url).startswith(POSTS))


def is_roundup(entry: Entry) -> bool:
    """Say whether the entry tells of many events."""
    return bool(ROUNDUP.search(entry.title))


def is_how_to(entry: Entry) -> bool:
    """Say whether the entry teaches rather than tells what happened."""
    return bool(HOW_TO.search(entry.title))


def is_promotion(entry: Entry) -> bool:
    """Say whether the entry sells, hires or optimises for search engines."""
    return bool(PROMOTION.search(entry.title))


def is_quote(entry: Entry) -> bool:
    """Say whether the entry only passes on somebody's words."""
    return bool(QUOTE.search(entry.title))


def is_video(entry: Entry) -> bool:
    """Say whether the entry's page is a video."""
    return urls.site(entry.url).partition("/")[0] in VIDEOS


def is_code(entry: Entry) -> bool:
    """Say whether the entry's source shows a repository; a forum's item about one is the forum's."""
    return not is_forum(entry) and urls.site(entry.url).startswith(CODE)


def is_press(entry: Entry) -> bool:
    """Say whether the entry is an article: a forum's item, a post, a video or a repository is none."""
    return not (is_forum(entry) or is_post(entry) or is_video(entry) or is_code(entry))


def is_talk(entry: Entry) -> bool:
    """Say whether the entry is people talking: a forum's item, a post, a video or a repository."""
    return not is_press(entry)


def is_primary(entry: Entry, titles: Iterable[str]) -> bool:
    """Say whether the entry's page is where the news comes from: a maker's own, a paper, a repository.

    A maker that nobody lists is known by its name in two of the story's titles, or in half of them.
    """
    page = urls.site(entry.url if urls.is_web(entry.url) else entry.target or "")
    if page in MAKERS or page.startswith(MAKERS_PAGES):
        return True
    name, told = page.split(".")[0], [title.lower().replace("'", " ").split() for title in titles]
    naming = sum(name in words or (len(name) >= COMPOUND and name in "".join(words)) for words in told)
    return len(name) >= SHORTEST_NAME and (naming > 1 or 2 * naming >= len(told))


def is_makers_own(entry: Entry) -> bool:
    """Say whether the entry is, or links to, a page of a maker of models, or is a post of one."""
    page = urls.site(entry.target or entry.url)
    return page in MAKERS or page.partition("/")[2] in MAKERS_ACCOUNTS


def publisher(entry: Entry) -> str:
    """Give who stands behind the entry: two feeds of one house are one, and a forum is itself whatever it links to."""
    page = urls.site(entry.url)
    if is_forum(entry):
        return _forum(entry, page)
    if not page or page in VIDEOS:
        return entry.source.strip().lower()
    return page


def _forum(entry: Entry, page: str) -> str:
    if page in FORUMS:
        return page
    name = entry.source.lower()
    if "hacker" in name:
        return "news.ycombinator.com"
    if "lobst" in name:
        return "lobste.rs"
    return "producthunt.com" if "hunt" in name else "reddit.com"
