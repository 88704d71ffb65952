"""The sample's feeds in the formats of real ones: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1, and a page that names its feed.

They are written with the customs of their kind: a forum links to the page that it discusses and puts its points into the text,
a magazine's publishing system adds a line to every item.
"""

import json
import re
from collections.abc import Iterator
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from aggregator.sample.week import SAMPLE_SINCE, Feed, Format, Item, read_week

LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")

Page = tuple[str, bytes]
"""A content type and a body."""


def catalogue_text(base: str) -> str:
    """Give the sources.yaml of the sample week, served at `base` (no slash at its end)."""
    return "\n".join(["# The sample week: invented news, served on this machine.", "sources:", *_lines(base), ""])


def _lines(base: str) -> Iterator[str]:
    for feed in read_week():
        yield f"  - feed: {base}{feed.path}"
        yield f"    name: {feed.title}"
        yield f"    weight: {feed.weight:g}"
        if feed.archetypes:
            yield f"    archetypes: [{', '.join(feed.archetypes)}]"
        yield "    allow_private: true"


def pages(feed: Feed) -> dict[str, Page]:
    """Give what the server answers for one feed, by path."""
    match feed.format:
        case Format.RSS:
            return {feed.path: rss(feed)}
        case Format.FORUM:
            return {feed.path: forum(feed)}
        case Format.ATOM:
            return {feed.path: atom(feed)}
        case Format.JSON:
            return {feed.path: json_feed(feed)}
        case Format.PAGE:
            return {feed.path: html_page(feed), f"{feed.path}atom.xml": atom(feed)}
        case Format.MISSING:
            return {}


def html(feed: Feed, item: Item) -> str:
    """Give an item's text as the HTML that its feed carries."""
    paragraphs = [" ".join(part.split()) for part in item.text.split("\n\n") if part.strip()]
    body = [LINK.sub(r'<a href="\2">\1</a>', escape(paragraph, quote=False)) for paragraph in paragraphs]
    if feed.footer:
        body.append(feed.footer.format(title=f'<a href="{item.url}">{escape(item.title)}</a>'))
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in body)


def rss(feed: Feed) -> Page:
    """Give the feed as RSS 2.0."""
    return _rss(feed, [_rss_item(item, link=item.url, description=html(feed, item), more="") for item in feed.items])


def forum(feed: Feed) -> Page:
    """Give a forum's posts as RSS 2.0: the link is the page discussed, the guid the discussion."""
    return _rss(feed, [_post(feed, item) for item in feed.items])


def _post(feed: Feed, item: Item) -> str:
    link = item.target or item.url
    facts = [
        f'Article URL: <a href="{link}">{link}</a>',
        f'Comments URL: <a href="{item.url}">{item.url}</a>',
        f"Points: {item.points}",
        f"# Comments: {item.comments}",
    ]
    description = html(feed, item) + "".join(f"\n<p>{fact}</p>" for fact in facts)
    return _rss_item(item, link=link, description=description, more=f"<comments>{escape(item.url)}</comments>")


def _rss(feed: Feed, items: list[str]) -> Page:
    head = f"<title>{escape(feed.title)}</title><link>{feed.home}</link><description>{escape(feed.title)}</description>"
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{head}'
    return "application/rss+xml", "\n".join([start, *items, "</channel></rss>\n"]).encode()


def _rss_item(item: Item, *, link: str, description: str, more: str) -> str:
    dated = f"<pubDate>{format_datetime(item.published)}</pubDate>" if item.published else ""
    guid = f'<guid isPermaLink="{str(link == item.url).lower()}">{escape(item.url)}</guid>'
    told = f"<description>{escape(description)}</description>"
    return f"<item><title>{escape(item.title)}</title><link>{escape(link)}</link>{guid}{dated}{more}\n{told}</item>"


def atom(feed: Feed) -> Page:
    """Give the feed as Atom."""
    host = urlsplit(feed.home).netloc
    newest = max((item.published for item in feed.items if item.published), default=SAMPLE_SINCE)
    body = "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(feed.title)}</title><id>tag:{host},2026:feed</id>',
            f'<link rel="alternate" type="text/html" href="{feed.home}"/><updated>{newest.isoformat()}</updated>',
            f"<author><name>{escape(feed.title)}</name></author>",
            *(_atom_entry(feed, item, host) for item in feed.items),
            "</feed>\n",
        ]
    )
    return "application/atom+xml", body.encode()


def _atom_entry(feed: Feed, item: Item, host: str) -> str:
    dated = (
        f"<published>{item.published.isoformat()}</published><updated>{item.published.isoformat()}</updated>"
        if item.published
        else ""
    )
    return (
        f"<entry><id>tag:{host},2026:{escape(urlsplit(item.url).path)}</id><title>{escape(item.title)}</title>"
        f'<link rel="alternate" href={quoteattr(item.url)}/>{dated}\n'
        f'<content type="html">{escape(html(feed, item))}</content></entry>'
    )


def json_feed(feed: Feed) -> Page:
    """Give the feed as JSON Feed 1.1."""
    items = [
        {"id": item.url, "url": item.url, "title": item.title, "content_html": html(feed, item)}
        | ({"date_published": item.published.isoformat()} if item.published else {})
        for item in feed.items
    ]
    about = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": feed.home, "items": items}
    return "application/feed+json", json.dumps(about, indent=1, ensure_ascii=False).encode()


def html_page(feed: Feed) -> Page:
    """Give a home page that names its feed, as a person might paste its address."""
    rows = "\n".join(f"<li><a href={quoteattr(item.url)}>{escape(item.title)}</a></li>" for item in feed.items)
    link = '<link rel="alternate" type="application/atom+xml" href="atom.xml">'
    body = f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(feed.title)}</title>{link}</head>\n'
    return "text/html; charset=utf-8", f"{body}<body><h1>{escape(feed.title)}</h1><ul>\n{rows}\n</ul></body></html>\n".encode()
