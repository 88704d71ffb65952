"""Entries of forums, recognised by their form: Hacker News (its own feed and hnrss.org), Lobsters, Reddit.

All three publish links with a discussion. The entry's page is the discussion and its target the page that is discussed; a
post without a link has no target. What their feeds write around the text (points, counts, who submitted it) is taken out of
it, and points are read where they stand.
"""

import re
from dataclasses import dataclass

from aggregator.text.links import host, resolve

_FORUMS = re.compile(r"(?:^|\.)(?:news\.ycombinator\.com|lobste\.rs|reddit\.com|tildes\.net)$")
_POINTS = re.compile(r"^Points: (\d{1,7})$", re.MULTILINE)
_LINES = re.compile(r"^(?:Article URL|Comments URL|Points|# Comments): ?\S*$\n?", re.MULTILINE)
_COMMENTS_ONLY = re.compile(r"^Comments$\n?", re.MULTILINE)
_SUBMITTED = re.compile(
    r"\s*submitted by\s+\S{1,60}(?:\s+to\s+\S{1,60})?\s*\[link\]\s*\[(?:\d+ )?comments?\]\s*$", re.IGNORECASE
)
_ANCHOR = re.compile(
    r"""<a\s[^<>]*?href=["']([^"'<>]{1,4096})["'][^<>]*>\s*\[(link|(?:\d+ )?comments?)\]\s*</a>""", re.IGNORECASE
)
_ARTICLE = re.compile(r"""Article URL: ?<a\s[^<>]*?href=["']([^"'<>]{1,4096})["']""", re.IGNORECASE)
_TALK = re.compile(r"""Comments URL: ?<a\s[^<>]*?href=["']([^"'<>]{1,4096})["']""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """An entry's page, what it discusses, its points, and its text without the forum's own lines."""

    url: str
    target: str = ""
    points: int | None = None
    text: str = ""


def discussion(*, url: str, comments: str, content: str, text: str) -> Discussion:
    """Say what an entry discusses; of one that is not a forum's, everything stays as it is."""
    points = _POINTS.search(text)
    page, article = _pages(url, comments, content)
    if points or page:
        text = _SUBMITTED.sub("", _LINES.sub("", text))
        text = _COMMENTS_ONLY.sub("", text) if page else text
    return Discussion(
        url=page or url,
        target=article if page and article != page else "",
        points=int(points[1]) if points else None,
        text=text.strip(),
    )


def _pages(url: str, comments: str, content: str) -> tuple[str, str]:
    """Give the page of the discussion and the page that is discussed, both empty where this is no forum's entry."""
    pair = {what.lower().split()[-1]: link for link, what in _ANCHOR.findall(content[-5000:])}
    if is_forum(url) and "link" in pair:
        return url, _link(pair["link"])
    if is_forum(comments):
        return comments, url
    article, talk = _ARTICLE.search(content), _TALK.search(content)
    if talk and is_forum(_link(talk[1])):
        return _link(talk[1]), _link(article[1]) if article else url
    return "", ""


def is_forum(address: str) -> bool:
    """Whether the address is a page of a forum whose feeds we know."""
    return bool(address) and bool(_FORUMS.search(host(address)))


def _link(written: str) -> str:
    return resolve("", written.replace("&amp;", "&").replace("&#38;", "&"))
