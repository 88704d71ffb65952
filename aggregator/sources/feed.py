"""Feeds: RSS, Atom and JSON Feed, by the address of the feed or of a page that names it.

A feed is asked for with the validators of its last answer (RFC 9110, 13); a body with the hash of the last one is not parsed.
The checkpoint keeps where the feed was found; when it is no longer there, the address in sources.yaml is asked again.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, cast
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, field_validator, model_validator

from aggregator.errors import FetchError, GoneError, ParseError, RefusedAddressError
from aggregator.models import Checkpoint, Entry, Notice, NoticeKind, Source
from aggregator.protocols import Client, Pool, Response, Secrets, Tools
from aggregator.sources.parsed import Page, ParsedFeed
from aggregator.sources.reading import read_body
from aggregator.text.dates import mend

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.3"
)
MAX_TRIES = 8  # how many of the addresses at which a page may have its feed are asked
_BUSY = {429, *range(500, 600)}  # the feed is where it was; its server has no time


class Options(BaseModel, extra="forbid", frozen=True):
    """What `feed:` takes in sources.yaml: an address."""

    address: str = Field(description="the feed's address, or that of a page that names it")

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, given: object) -> object:
        if isinstance(given, str):
            return {"address": given}
        if isinstance(given, Options | dict):
            return cast("object", given)
        raise ValueError(f"an address such as https://example.org/feed is expected, not {given!r}")

    @field_validator("address")
    @classmethod
    def _http(cls, given: str) -> str:
        address = given.strip()
        if address.lower().startswith("feed:"):  # how some browsers and readers hand a feed on
            rest = address[len("feed:") :].lstrip("/")
            address = rest if rest.lower().startswith(("http:", "https:")) else f"https://{rest}"
        try:
            parts = urlsplit(address)
            _ = parts.port
        except ValueError as error:
            raise ValueError(f"'{given}' is not an address: {error}") from error
        if "://" not in address:
            raise ValueError(f"'{given}' has no https:// in front")
        if parts.scheme not in {"http", "https"}:
            raise ValueError(f"'{given}' begins with {parts.scheme}:, a feed's address begins with https:// or http://")
        if not parts.hostname or any(character.isspace() for character in address):
            raise ValueError(f"'{given}' is not an address such as https://example.org/feed")
        return address


def factory(options: Options, secrets: Secrets, tools: Tools) -> "Feed":  # noqa: ARG001  # feeds need no secret
    """Build the fetcher of one feed."""
    return Feed(options, tools.client, tools.pool)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """What a checkpoint remembers: where the feed was found, and what its last answer was."""

    at: str
    moved: str = ""
    etag: str = ""
    last_modified: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What a visit gave: the feed, None where it has not changed, and what to remember."""

    feed: ParsedFeed | None
    past: _Past


class Feed:
    """The fetcher behind `feed: https://...`."""

    def __init__(self, options: Options, client: Client, pool: Pool) -> None:
        self.address, self.client, self.pool = options.address, client, pool

    async def fetch(
        self, source: Source, since: Checkpoint | None, now: datetime
    ) -> AsyncIterator[Entry | Notice | Checkpoint]:
        """Yield what the feed says of itself, its entries in its own order, then the checkpoint to go on from.

        Dates that can't be true are left out. Raises GoneError (after the notice) where the publisher retired it, FetchError
        where it can't be had, ParseError where what is there is no feed and names none.
        """
        try:
            answer = await self._answer(source, _past(since, self.address))
        except GoneError as error:
            yield Notice(NoticeKind.GONE, error.what)
            raise
        if answer.past.moved:
            yield Notice(NoticeKind.MOVED, answer.past.moved)
        if answer.feed is None:
            yield Notice(NoticeKind.UNCHANGED)
        else:
            for found in _told(answer.feed, now):
                yield found
        yield _checkpoint(self.address, answer.past)

    async def _answer(self, source: Source, past: _Past) -> _Answer:
        """Visit the feed where it was last found; where it is no more, look for it from the address in sources.yaml."""
        try:
            return await self._visit(source, past.at, past)
        except (FetchError, RefusedAddressError, ParseError) as error:
            if past.at == self.address or getattr(error, "status", None) in _BUSY:
                raise
        return await self._visit(source, self.address, _Past(at=self.address))

    async def _visit(self, source: Source, url: str, past: _Past) -> _Answer:
        response = await self.client.get(url, etag=past.etag or None, last_modified=past.last_modified or None, accept=ACCEPT)
        seen = _seen(past, response, url)
        if response.not_modified or seen.hash == past.hash:
            return _Answer(feed=None, past=seen)
        found = await self._read(source, response)
        if isinstance(found, Page):
            return await self._search(source, found, moved=response.moved_to or past.moved)
        return _Answer(feed=found, past=seen)

    async def _search(self, source: Source, page: Page, moved: str) -> _Answer:
        """Ask the addresses at which a page may have its feed, the likeliest first, and take the first that is one."""
        asked = page.feeds[:MAX_TRIES]
        for url in asked:
            try:
                response = await self.client.get(url, accept=ACCEPT)
                found = await self._read(source, response)
            except (FetchError, RefusedAddressError, ParseError):
                continue
            if isinstance(found, ParsedFeed):
                seen = _seen(_Past(at=url), response, url)
                return _Answer(feed=found, past=replace(seen, moved=moved))
        raise ParseError(
            f"it is a web page, and at none of {len(asked)} likely addresses is its feed",
            where=source.name,
            todo="Give the address of the feed itself, if there is one.",
        )

    async def _read(self, source: Source, response: Response) -> ParsedFeed | Page:
        content_type = response.headers.get("content-type", "")
        return await self.pool.run(read_body, response.content, source.name, response.url, content_type)


def _told(feed: ParsedFeed, now: datetime) -> Iterator[Entry | Notice]:
    """Tell what a feed holds: its title, what was left out of it, its entries."""
    if feed.title:
        yield Notice(NoticeKind.TITLE, feed.title)
    if feed.left_out:
        every = feed.left_out + len(feed.entries)
        yield Notice(
            NoticeKind.LEFT_OUT, f"{feed.left_out:,} of {every:,} entries: only the newest {len(feed.entries):,} are taken"
        )
    entries = [entry for entry in feed.entries if entry.title]
    bad = feed.unreadable + len(feed.entries) - len(entries)
    if bad:
        yield Notice(NoticeKind.LEFT_OUT, f"{bad:,} {'entry' if bad == 1 else 'entries'} with neither title, text nor link")
    shared = _shared_guids(entries)
    for entry in entries:
        guid = "" if entry.guid in shared else entry.guid
        yield replace(entry, guid=guid, published=mend(entry.published, now), updated=mend(entry.updated, now))


def _shared_guids(entries: list[Entry]) -> set[str]:
    """Give the guids that stand on several pages: of such a feed, the addresses are the better identity."""
    pages: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        pages[entry.guid].add(entry.url)
    return {guid for guid, urls in pages.items() if len(urls) > 1}


def _seen(past: _Past, response: Response, url: str) -> _Past:
    """Give what to remember of an answer."""
    headers = response.headers
    kept = past if response.not_modified else _Past(at=past.at)
    return _Past(
        at=response.moved_to or url,
        moved=response.moved_to or past.moved,
        etag=headers.get("etag", kept.etag),
        last_modified=headers.get("last-modified", kept.last_modified),
        hash=past.hash if response.not_modified else sha256(response.content).hexdigest(),
    )


def _past(since: Checkpoint | None, address: str) -> _Past:
    """Read the checkpoint; one of another address says nothing of this one."""
    state: Mapping[str, Any] = since.state if since else {}
    if state.get("address") != address:
        return _Past(at=address)
    told = {name: value for name in _Past.__slots__ if isinstance(value := state.get(name), str)}
    return _Past(**{"at": address, **told})


def _checkpoint(address: str, past: _Past) -> Checkpoint:
    told = {name: value for name in _Past.__slots__ if (value := getattr(past, name))}
    return Checkpoint({"address": address, **told})
