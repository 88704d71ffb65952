"""A small internet on loopback: names lead to public addresses, and those to servers of the test."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpcore

from aggregator.errors import AggregatorError
from aggregator.models import Source
from aggregator.net import Limits, Network
from aggregator.protocols import Client, Response
from tests.make import utc

T = TypeVar("T")

PUBLIC = "93.184.215.14"
OTHER_PUBLIC = "151.101.1.69"
NOW = utc("2026-03-02T08:00")


@dataclass
class World(httpcore.AsyncNetworkBackend):
    """What a `Network` takes as `resolve` and as `dial`; it remembers what it was asked. No packet leaves this machine."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)

    def knows(self, name: str, *answers: Iterable[str]) -> None:
        """Let a name lead to addresses; with several answers, to each in turn and then to the last."""
        self.names[name] = [list(answer) for answer in answers]

    def puts(self, address: str, url: str) -> None:
        """Let a public address be the server at this URL on loopback, whatever the port."""
        split = urlsplit(url)
        self.lines[address] = split.hostname or "", split.port or 0

    def site(self, name: str, url: str, address: str = PUBLIC) -> str:
        """Let a name be the server at this URL and give the address of its front page, without a final slash."""
        self.knows(name, [address])
        self.puts(address, url)
        return f"{urlsplit(url).scheme}://{name}"

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        answers = self.names.get(host)
        if not answers:
            raise OSError(f"no such host: {host}")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def connect_tcp(self, host: str, port: int, *rest: Any, **named: Any) -> httpcore.AsyncNetworkStream:
        self.dialled.append(host)
        line = self.lines.get(host)
        if line is None and not host.startswith("127."):
            raise httpcore.ConnectError("nobody is there")
        return await httpcore.AnyIOBackend().connect_tcp(*(line or (host, port)), *rest, **named)

    def run(self, work: Callable[[Network], Coroutine[Any, Any, T]], **given: Any) -> T:
        """Run a coroutine with a network of this world."""

        async def within() -> T:
            settings = {"now": lambda: NOW, "trust_env": False, **given}
            async with Network(resolve=self.resolve, dial=self, **settings) as network:
                return await work(network)

        return asyncio.run(within())

    def get(self, url: str, source: Source | None = None, *, limits: Limits | None = None, **asked: Any) -> Response:
        """Fetch one address as a public source (or the given one)."""

        async def work(network: Network) -> Response:
            return await network.bind(source or Source(name="acme")).get(url, **asked)

        return self.run(work, **({"limits": limits} if limits else {}))


def own(name: str = "acme", **fields: Any) -> Source:
    """Give a source on the person's own machine."""
    return Source(name=name, allow_private=True, **fields)


def get(url: str, source: Source | None = None, **asked: Any) -> Response:
    """Fetch one address on loopback."""
    return World().get(url, source or own(), **asked)


async def outcome(client: Client, url: str) -> Response | AggregatorError:
    """Give the answer, or the error as a value."""
    try:
        return await client.get(url)
    except AggregatorError as error:
        return error
