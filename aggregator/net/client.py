"""The client of one source: a GET that follows redirects itself, hop by hop, each within the same rules."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpcore
import httpx

from aggregator.errors import FetchError, SourceError
from aggregator.models import Source
from aggregator.net import failures, headers, urls
from aggregator.net.addresses import check_address, check_host, read_literal, read_resolved
from aggregator.net.inflate import InflateError, inflate
from aggregator.net.redirects import FOLLOWED, Trail
from aggregator.net.turns import Budget

if TYPE_CHECKING:
    from aggregator.net.network import Network

INLINE_BYTES = 128 * 1024  # a body up to this is inflated at once; for a larger one a thread is worth its while
MAX_DIGITS = 20  # of a Content-Length: an honest one has fewer, and int() refuses thousands
PROXY_LOOKUP = 3.0  # seconds: behind a proxy the names of the world are often not known, or not soon
DRAINED_BYTES = 16 * 1024  # of an answer that nobody reads: the usual page of a redirect or an error has a few hundred
DRAIN_SECONDS = 0.3  # it came with the headers, or it is not worth waiting for
HUNG_UP = (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of 200 or 304; see `aggregator.protocols.Response`."""

    url: str
    moved_to: str | None
    not_modified: bool
    content: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What one hop gave: the body only where the status is 200."""

    status: int
    headers: Mapping[str, str]
    location: str | None
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Said:
    """What a request says: `stated` to everyone, `own` to the source's origin alone."""

    stated: Mapping[str, str]
    own: Mapping[str, str]

    @property
    def conditional(self) -> bool:
        """Whether 304 is an answer."""
        return not headers.CONDITIONS.isdisjoint(self.stated)

    def at(self, trail: Trail) -> Mapping[str, str]:
        """Give the headers for where the trail is."""
        return {**self.stated, **self.own} if trail.at_home else self.stated


@dataclass(slots=True)
class Trace:
    """Whether a connection was opened for a request, or one used again: httpcore tells its events to who asks."""

    connected: bool = False

    async def __call__(self, event: str, _: object) -> None:
        """Note the event."""
        if event == "connection.connect_tcp.started":
            self.connected = True


class SourceClient:
    """The `Client` that `Network.bind` gives."""

    def __init__(self, network: "Network", source: Source) -> None:
        self._network, self._source, self._limits = network, source, network.limits

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        **params: str | int,
    ) -> Answer:
        """Fetch `url` with `params` added to its query; every error names the source."""
        try:
            start = urls.with_params(urls.parse(url), params)
            said = Said(
                headers.of_request(self._network.user_agent, accept, etag, last_modified),
                headers.of_source(start, self._source.headers),
            )
            return await self._follow(urls.without_credentials(start), said)
        except SourceError as error:
            error.where = error.where or self._source.name
            raise

    async def _follow(self, start: httpx.URL, said: Said) -> Answer:
        """Ask, and go on asking where the redirects lead."""
        trail = Trail(start, self._limits.max_redirects)
        budget = Budget(self._limits.deadline.total_seconds())
        while True:
            received = await self._ask(trail.current, said.at(trail), budget)
            if received.status not in FOLLOWED:
                return self._accept(received, trail, said)
            trail.follow(received.status, received.location)

    def _accept(self, received: Received, trail: Trail, said: Said) -> Answer:
        """Turn the last hop into an answer. Raises FetchError for one that is neither 200 nor an expected 304."""
        not_modified = received.status == HTTPStatus.NOT_MODIFIED and said.conditional
        if received.status != HTTPStatus.OK and not not_modified:
            place = urls.shown(trail.current)
            error = failures.of_status(received.status, received.headers, place, self._network.now())
            if received.status in failures.DENIED and said.own and not trail.at_home:
                error.todo = (
                    f"The source's headers and password stay with {urls.server(trail.start)}: name {place} as its address."
                )
            raise error
        return Answer(
            url=str(trail.current),
            moved_to=str(trail.moved_to) if trail.moved_to else None,
            not_modified=not_modified,
            content=received.body,
            headers=received.headers,
        )

    async def _ask(self, url: httpx.URL, stated: Mapping[str, str], budget: Budget) -> Received:
        """Make one hop when it is its turn, within what is left of the time."""
        async with self._network.turns.at(urls.server(url)):
            try:
                async with budget.spend():
                    return await self._exchange(await self._way_to(url), url, stated)
            except (*failures.BROKEN, TimeoutError) as error:
                raise failures.of_exception(error, urls.shown(url), self._limits) from error
            except InflateError as error:
                raise FetchError(f"the body {error} ({urls.shown(url)})", todo=failures.WRONG_ANSWER) from error

    async def _way_to(self, url: httpx.URL) -> httpx.AsyncClient:
        """Give the way to an address: through a proxy, once it was checked, or directly, where the way itself checks."""
        proxy = self._source.proxy or self._network.proxies.of(url)
        if proxy:
            await self._check_from_here(urls.host_of(url), urls.port_of(url))
        return await self._network.http(proxy, allow_private=self._source.allow_private)

    async def _check_from_here(self, host: str, port: int) -> None:
        """Check a host that a proxy will look up, as far as it is known here. Raises RefusedAddressError."""
        check_host(host, allow_private=self._source.allow_private)
        if read_literal(host):
            return
        try:
            async with asyncio.timeout(PROXY_LOOKUP):
                found = await self._network.resolve(host, port)
        except (OSError, UnicodeError):  # a TimeoutError is an OSError
            return
        for address in found:
            check_address(read_resolved(address), host, allow_private=self._source.allow_private)

    async def _exchange(self, http: httpx.AsyncClient, url: httpx.URL, stated: Mapping[str, str]) -> Received:
        """Send and receive; once more if the server had just hung up a connection kept from before (RFC 9112, 9.3.1)."""
        trace = Trace()
        try:
            return await self._receive(http, url, stated, trace)
        except HUNG_UP:
            if trace.connected:
                raise
        return await self._receive(http, url, stated, trace)

    async def _receive(self, http: httpx.AsyncClient, url: httpx.URL, stated: Mapping[str, str], trace: Trace) -> Received:
        """Send one request and read of its answer what is needed: of a redirect or an error the headers."""
        request = http.build_request("GET", url, headers=headers.to_bytes(stated), extensions={"trace": trace})
        async with aclosing(await http.send(request, stream=True)) as response:
            raw: list[tuple[bytes, bytes]] = response.extensions["headers"]
            if headers.size(raw) > self._limits.max_header_bytes:
                raise FetchError(f"the answer's headers are too long ({urls.shown(url)})", todo=failures.WRONG_ANSWER)
            told = headers.of_answer(raw)
            body = b""
            if response.status_code == HTTPStatus.OK:
                body = await self._inflate(await self._read(response, told, urls.shown(url)), told)
            else:
                await drain(response)
        return Received(status=response.status_code, headers=told, location=headers.location(raw), body=body)

    async def _read(self, response: httpx.Response, told: Mapping[str, str], place: str) -> bytes:
        """Read the body as it is sent, and no more of it than is allowed."""
        most = self._limits.max_body_bytes
        too_big = FetchError(f"the body is larger than {most / 1_000_000:g} MB ({place})", todo=failures.WRONG_ANSWER)
        length = told.get("content-length", "")
        if length.isdecimal() and (len(length) > MAX_DIGITS or int(length) > most):
            raise too_big
        pieces: list[bytes] = []
        size = 0
        async for piece in response.aiter_raw():
            size += len(piece)
            if size > most:
                raise too_big
            pieces.append(piece)
        return b"".join(pieces)

    async def _inflate(self, body: bytes, told: Mapping[str, str]) -> bytes:
        """Undo the content encodings, beside the event loop where that takes long."""
        labels, most = told.get("content-encoding", ""), self._limits.max_inflated_bytes
        if len(body) <= INLINE_BYTES:
            return inflate(body, labels, most)
        return await asyncio.to_thread(inflate, body, labels, most)


async def drain(response: httpx.Response) -> None:
    """Read the short body that came with a redirect or an error, so that its connection can be used for the next hop."""
    size = 0
    with suppress(TimeoutError, *failures.BROKEN):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for piece in response.aiter_raw():
                size += len(piece)
                if size > DRAINED_BYTES:
                    return
