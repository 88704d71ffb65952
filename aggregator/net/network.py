"""What all sources share on the network: the connections, the turns, the look-ups, and what the environment says of proxies."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self, cast

import httpcore
import httpx

from aggregator.models import Source
from aggregator.net import proxies
from aggregator.net.agent import USER_AGENT
from aggregator.net.client import SourceClient
from aggregator.net.limits import Limits
from aggregator.net.names import SystemNames
from aggregator.net.transport import Dial, NewPool, PublicOnly, Resolve, ToProxy, Transport
from aggregator.net.turns import Turns
from aggregator.protocols import Client

KEEP_ALIVE = 5.0  # seconds: several sources of one host follow each other; servers close soon after


class Network:
    """Opens connections for every source, within limits; an async context manager.

    `resolve` gives the addresses of a host and port, `dial` connects to an address: a test hands in its own. `trust_env` lets
    the environment name proxies (HTTP_PROXY and its like) and certificates (SSL_CERT_FILE, SSL_CERT_DIR).
    """

    def __init__(
        self,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        user_agent: str = USER_AGENT,
        *,
        resolve: Resolve | None = None,
        dial: Dial | None = None,
        trust_env: bool = True,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.limits, self.user_agent, self.now = limits, user_agent, now
        self.turns = Turns(limits.connections)
        self.proxies = proxies.from_environment() if trust_env else proxies.Proxies({})
        self.resolve: Resolve = resolve or SystemNames(limits.name_lookups)
        self._dial = dial or cast("Dial", httpcore.AnyIOBackend())
        self._trust_env = trust_env
        self._tls: asyncio.Task[ssl.SSLContext] | None = None
        self._clients: dict[tuple[str | None, bool], httpx.AsyncClient] = {}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Open for business; the certificates are read when the first https address is opened."""
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs whole addresses, and so the tokens in them
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self._open.aclose()

    def bind(self, source: Source) -> Client:
        """Give the client of one source, with its headers, its proxy, and its word on private addresses."""
        return SourceClient(self, source)

    async def http(self, proxy: str | None, *, allow_private: bool) -> httpx.AsyncClient:
        """Give the client for a way out. What may go to private addresses never shares a connection with what may not."""
        way = proxy, allow_private
        if way not in self._clients:
            connect = self._through(proxies.read_proxy(proxy)) if proxy else self._directly(allow_private=allow_private)
            client = httpx.AsyncClient(
                transport=Transport(connect, 2 * self.limits.connections),
                timeout=self._timeouts(),
                trust_env=False,
                follow_redirects=False,
            )
            self._clients[way] = await self._open.enter_async_context(client)
        return self._clients[way]

    def _directly(self, *, allow_private: bool) -> NewPool:
        return partial(self._pool, PublicOnly(self.resolve, self._dial, allow_private=allow_private), None)

    def _through(self, proxy: httpx.URL) -> NewPool:
        return partial(self._pool, ToProxy(self._dial), self._to(proxy))

    async def _pool(self, dial: Dial, proxy: httpcore.Proxy | None, *, secure: bool) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=await self._certificates() if secure else None,
            proxy=proxy,
            max_connections=2,  # one at work, and one that is being closed
            keepalive_expiry=KEEP_ALIVE,
            http2=True,
            network_backend=dial,
        )

    async def _certificates(self) -> ssl.SSLContext:
        """Read which certificates to trust, once and beside the event loop: it takes as long as a request."""
        if self._tls is None:
            self._tls = asyncio.create_task(asyncio.to_thread(httpx.create_ssl_context, trust_env=self._trust_env))
        return await asyncio.shield(self._tls)

    def _to(self, proxy: httpx.URL) -> httpcore.Proxy:
        address = httpcore.URL(scheme=proxy.raw_scheme, host=proxy.raw_host, port=proxy.port, target=b"/")
        secure = httpx.create_ssl_context(trust_env=self._trust_env) if proxy.scheme == "https" else None
        return httpcore.Proxy(address, auth=(proxy.username, proxy.password) if proxy.userinfo else None, ssl_context=secure)

    def _timeouts(self) -> httpx.Timeout:
        connect, read = self.limits.connect_timeout.total_seconds(), self.limits.read_timeout.total_seconds()
        return httpx.Timeout(connect=connect, read=read, write=read, pool=None)
