"""The addresses that a digest shows: the publisher's own, without what only tracks the reader."""

from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from aggregator.models import Entry, StoredEntry
from aggregator.text.kinds import is_press, is_primary
from aggregator.text.urls import canonical, is_web

ANYWHERE = "https://anywhere.invalid/"  # a host of which nothing is known: there, only what tracks everywhere is dropped


def link(entries: Sequence[StoredEntry], titled: StoredEntry | None = None) -> str:
    """Give a story's link: the page behind the first entry that has one; what it points at before itself.

    Where that is no page of a maker's, the article that gives the story its headline comes before it: what a reader clicks
    should say what they clicked on.
    """
    titles = [entry.title for entry in entries]
    if titled and is_press(titled) and not any(is_primary(entry, titles) for entry in entries[:1]):
        entries = [titled, *entries]
    return next((untracked(url) for entry in entries for url in pages(entry)), "")


def pages(entry: Entry) -> list[str]:
    """Give the addresses that an entry is about: what it points at, then its own."""
    return [url for url in (entry.target, entry.url) if url]


def own_page(entry: Entry) -> str:
    """Give the page on which the entry itself stands, as a digest lists it; what it points at where it has none."""
    return untracked(entry.url or entry.target or "")


def untracked(url: str) -> str:
    """Drop the query's tracking parameters and a fragment that leads nowhere; leave the rest as its publisher writes it."""
    if not is_web(url):
        return url
    parts, plain = urlsplit(url), urlsplit(canonical(url))
    kept = {*plain.query.split("&"), *urlsplit(canonical(f"{ANYWHERE}?{parts.query}")).query.split("&")}
    query = "&".join(pair for pair in parts.query.split("&") if pair in kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment if plain.fragment else ""))
