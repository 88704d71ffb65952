"""The way onto the network: a connection goes to an address that was checked, never to a name that is looked up once more.

Between a check of a name and the connecting look-up a name server can change its answer (DNS rebinding). So the look-up, the
check and the connection are one step here, below TLS: the name stays what the Host header, SNI and the certificate speak of.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Sequence
from itertools import chain, zip_longest
from typing import Any, Protocol, cast

import httpcore
import httpx

from aggregator.errors import FetchError
from aggregator.net import urls
from aggregator.net.addresses import check_address, check_host, read_literal, read_resolved

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
Dial = httpcore.AsyncNetworkBackend
NewPool = Callable[..., Awaitable[httpcore.AsyncConnectionPool]]  # called with `secure`: whether it speaks TLS
Connect = Callable[[str], Coroutine[Any, Any, httpcore.AsyncNetworkStream]]

CHECK_NETWORK = "Check this machine's network connection; nothing is lost."
HEAD_START = 0.25  # seconds before the next address is tried as well (RFC 8305, 5)
SocketOptions = Iterable[Any] | None


class PublicOnly(httpcore.AsyncNetworkBackend):
    """Connects to hosts that may be opened, at the very addresses that were checked."""

    def __init__(self, resolve: Resolve, dial: Dial, *, allow_private: bool) -> None:
        self._resolve, self._dial, self._allow_private = resolve, dial, allow_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's own signature
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look the host up, check every address it has, and connect to the one that answers first.

        Raises RefusedAddressError if any of them must not be opened, FetchError if there is none.
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await checked(host, port, self._resolve, allow_private=self._allow_private)
        except TimeoutError as error:
            raise FetchError(f"no name server said in time where {host} is", todo=CHECK_NETWORK) from error

        async def connect(address: str) -> httpcore.AsyncNetworkStream:
            return await self._dial.connect_tcp(address, port, timeout, local_address, socket_options)

        return Prompt(await first_to_answer(connect, interleaved(addresses)))

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore's interface has it."""
        await self._dial.sleep(seconds)


class Prompt(httpcore.AsyncNetworkStream):
    """A connection that acknowledges at once what it reads, where the system lets it (Linux).

    A server that sends headers and body in two writes waits with the second until the first is acknowledged (RFC 896), and a
    kept connection acknowledges up to 40 ms late (RFC 9293, 3.8.6.3): that is most of the time of a small feed.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  # httpcore's own signature
        """Read what is there."""
        plug = self._stream.get_extra_info("socket")
        if plug is not None and hasattr(socket, "TCP_QUICKACK"):
            plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  # as above
        """Send all of it."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """End the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  # as above
    ) -> httpcore.AsyncNetworkStream:
        """Speak TLS from here on."""
        return await self._stream.start_tls(ssl_context, server_hostname, timeout)

    def get_extra_info(self, info: str) -> Any:
        """Give what the connection knows of itself."""
        return self._stream.get_extra_info(info)


class ToProxy(httpcore.AsyncNetworkBackend):
    """Connects to a proxy, which may be anywhere, and says so when it can't."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's own signature
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect. Raises FetchError that names the proxy."""
        try:
            return await self._dial.connect_tcp(host, port, timeout, local_address, socket_options)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise FetchError(
                f"the proxy {host}:{port} can't be reached",
                todo="Start it, or correct `proxy` in sources.yaml and HTTP_PROXY and HTTPS_PROXY in the environment.",
            ) from error

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore's interface has it."""
        await self._dial.sleep(seconds)


async def checked(host: str, port: int, resolve: Resolve, *, allow_private: bool) -> list[str]:
    """Give the addresses of a host, once each, all of which may be opened. Raises as `PublicOnly.connect_tcp`."""
    check_host(host, allow_private=allow_private)
    literal = read_literal(host)
    if literal:
        return [str(literal)]
    found = [read_resolved(text) for text in await look_up(host, port, resolve)]
    for address in found:
        check_address(address, host, allow_private=allow_private)
    return list(dict.fromkeys(str(address) for address in found))


async def look_up(host: str, port: int, resolve: Resolve) -> Sequence[str]:
    """Ask where a name leads. Raises FetchError for one that leads nowhere."""
    try:
        found = await resolve(host, port)
    except (OSError, UnicodeError) as error:
        if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
            raise FetchError(f"no name server says where {host} is", todo=CHECK_NETWORK) from error
        raise FetchError(f"there is no host {host}", todo=urls.CHECK_IT) from error
    if not found:
        raise FetchError(f"there is no host {host}", todo=urls.CHECK_IT)
    return found


def interleaved(addresses: Sequence[str]) -> list[str]:
    """Order addresses so that IPv6 and IPv4 take turns, beginning with the kind that the resolver prefers (RFC 8305, 4)."""
    first = [a for a in addresses if (":" in a) == (":" in addresses[0])]
    other = [a for a in addresses if (":" in a) != (":" in addresses[0])]
    return [address for address in chain.from_iterable(zip_longest(first, other)) if address is not None]


async def first_to_answer(connect: Connect, addresses: Sequence[str]) -> httpcore.AsyncNetworkStream:
    """Try the addresses one after another, each with a short head start over the next; raises what the last to fail raised."""
    if len(addresses) == 1:
        return await connect(addresses[0])
    waiting = list(addresses)
    running: set[asyncio.Task[httpcore.AsyncNetworkStream]] = set()
    losers: list[asyncio.Task[httpcore.AsyncNetworkStream]] = []
    try:
        while True:
            if waiting:
                running.add(asyncio.create_task(connect(waiting.pop(0))))
            done, running = await asyncio.wait(
                running, timeout=HEAD_START if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            winner = next((attempt for attempt in done if attempt.exception() is None), None)
            losers.extend(attempt for attempt in done if attempt is not winner)
            if winner or not (running or waiting):
                return await (winner or losers[-1])
    finally:
        await close_all([*losers, *running])


async def close_all(attempts: Sequence[asyncio.Task[httpcore.AsyncNetworkStream]]) -> None:
    """End the attempts that lost, and close a connection that came a moment too late."""
    for attempt in attempts:
        attempt.cancel()
    for outcome in await asyncio.gather(*attempts, return_exceptions=True):
        if isinstance(outcome, httpcore.AsyncNetworkStream):
            await outcome.aclose()


class Transport(httpx.AsyncBaseTransport):
    """Puts httpx on connection pools of ours. What httpcore raises comes out as it is, for `failures` to put into words.

    The headers of an answer stand in its extension `headers`, as bytes: those that httpx sees it would act on, even when it is
    told not to (it reads Location and Set-Cookie in any case).

    Each origin has a pool to itself, since a pool looks at all its connections for every request. The pools that were not used
    for longest are closed when there are more than `most`, which has to be more than are ever at work.
    """

    def __init__(self, new_pool: NewPool, most: int) -> None:
        self._new_pool, self._most = new_pool, most
        self._pools: dict[str, httpcore.AsyncConnectionPool] = {}  # the last used is the last

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and give its answer, the body still to be read."""
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        pool = await self._pool_for(asked.url.origin)
        try:
            answer = await pool.handle_async_request(asked)
        except ValueError as error:  # httpcore takes it on trust that an HTTP/2 server's status is a number
            raise httpcore.RemoteProtocolError("the status is not a number") from error
        body = Body(cast("AnswerStream", answer.stream), pool)
        return httpx.Response(answer.status, stream=body, extensions={"headers": answer.headers})

    async def _pool_for(self, origin: httpcore.Origin) -> httpcore.AsyncConnectionPool:
        key = str(origin)
        pool = self._pools.pop(key, None) or await self._new_pool(secure=origin.scheme == b"https")
        self._pools[key] = pool
        if len(self._pools) > self._most:
            unused = next((name for name, other in self._pools.items() if is_unused(other)), key)
            if unused != key:
                await self._pools.pop(unused).aclose()
        return pool

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()


def is_unused(pool: httpcore.AsyncConnectionPool) -> bool:
    """Say whether no request is at work in a pool."""
    return all(connection.is_idle() or connection.is_closed() for connection in pool.connections)


class AnswerStream(Protocol):
    """What httpcore gives as the body of an answer."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Give the pieces as they arrive."""
        ...

    async def aclose(self) -> None:
        """End the exchange."""
        ...


class Body(httpx.AsyncByteStream):
    """The body of an answer as it arrives. One that is given up takes its connection with it.

    HTTP/1.1 knows no other way to stop a server. HTTP/2 does, but httpcore does not use it: the rest would go on filling the
    window that the next answer needs. One request at a time per host makes sure that nobody else is on that connection.
    """

    def __init__(self, stream: AnswerStream, pool: httpcore.AsyncConnectionPool) -> None:
        self._stream, self._pool = stream, pool
        self._complete = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Give the pieces as they were received."""
        async for piece in self._stream:
            yield piece
        self._complete = True

    async def aclose(self) -> None:
        """End the exchange."""
        await self._stream.aclose()
        if not self._complete:
            await self._pool.aclose()
