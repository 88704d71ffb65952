"""Below TLS: which of a name's addresses answers first, and which connections are kept."""

import asyncio
import time

import httpcore
import pytest

from aggregator.models import Source
from aggregator.net import Limits
from aggregator.net.names import SystemNames
from aggregator.net.transport import first_to_answer, interleaved
from tests.net.world import OTHER_PUBLIC, PUBLIC, World
from tests.servers import Site

SIX = ["2606:4700::1111", "2606:4700::1112"]
FOUR = ["93.184.215.14", "93.184.215.15"]


class Line(httpcore.AsyncNetworkStream):
    """A connection that only knows whether it was closed."""

    def __init__(self, address: str) -> None:
        self.address, self.closed = address, False

    async def aclose(self) -> None:
        self.closed = True


class Lines:
    """Connects as a script says: after so many seconds, or not at all (a negative number fails after as many)."""

    def __init__(self, **seconds: float) -> None:
        self.seconds = seconds
        self.opened: list[Line] = []
        self.tried: list[str] = []

    async def connect(self, address: str) -> httpcore.AsyncNetworkStream:
        self.tried.append(address)
        await asyncio.sleep(abs(self.seconds[address]))
        if self.seconds[address] < 0:
            raise httpcore.ConnectError(address)
        self.opened.append(Line(address))
        return self.opened[-1]

    def first(self) -> str:
        async def within() -> str:
            line = await first_to_answer(self.connect, list(self.seconds))
            assert isinstance(line, Line)
            assert not line.closed
            assert all(other.closed for other in self.opened if other is not line)
            assert len(asyncio.all_tasks()) == 1
            return line.address

        return asyncio.run(within())


def test_the_kinds_of_address_take_turns():
    assert interleaved([*SIX, *FOUR]) == [SIX[0], FOUR[0], SIX[1], FOUR[1]]
    assert interleaved([FOUR[0], *SIX]) == [FOUR[0], SIX[0], SIX[1]]


@pytest.mark.parametrize(
    ("seconds", "winner"),
    [
        ({"a": 0.0}, "a"),
        ({"a": 0.0, "b": 0.0}, "a"),
        ({"a": 5.0, "b": 0.0}, "b"),
        ({"a": -0.01, "b": 0.0}, "b"),
        ({"a": -0.01, "b": -0.01, "c": 0.01}, "c"),
        ({"a": 0.6, "b": 5.0, "c": 5.0}, "a"),
    ],
)
def test_the_first_address_that_answers_is_taken(seconds: dict[str, float], winner: str):
    assert Lines(**seconds).first() == winner


def test_an_address_that_answers_at_once_leaves_the_others_alone():
    lines = Lines(a=0.0, b=0.0)
    lines.first()
    assert lines.tried == ["a"]


def test_a_dead_address_costs_a_moment_and_not_the_timeout():
    began = time.monotonic()
    Lines(a=30.0, b=0.0).first()
    assert time.monotonic() - began < 5


def test_where_no_address_answers_the_last_failure_is_told():
    with pytest.raises(httpcore.ConnectError, match="b"):
        Lines(a=-0.01, b=-0.02).first()


def test_giving_up_ends_every_attempt():
    async def within() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.4):
                await first_to_answer(Lines(a=30.0, b=30.0).connect, ["a", "b"])
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(within())


def test_a_host_is_reached_by_the_address_that_works(site: Site):
    site.at("/feed", b"<rss/>")
    world = World()
    world.knows("acme.example", [OTHER_PUBLIC, PUBLIC, PUBLIC])
    world.puts(PUBLIC, site.url)
    assert world.get("http://acme.example/feed").content == b"<rss/>"
    assert world.dialled == [OTHER_PUBLIC, PUBLIC]


def test_many_servers_leave_few_connections_open(site: Site):
    site.at("/feed", b"<rss/>")
    world = World()
    starts = [world.site(f"s{n}.example", site.url) for n in range(12)]

    async def work(network):
        client = network.bind(Source(name="acme"))
        for start in [*starts, starts[-1]]:
            await client.get(f"{start}/feed")
        http = await network.http(None, allow_private=False)
        return http._transport._pools

    assert list(world.run(work, limits=Limits(connections=2))) == [f"http://s{n}.example:80" for n in range(8, 12)]
    assert len(world.dialled) == 12


def test_the_system_is_asked_where_names_lead():
    async def within() -> list[str]:
        return list(await SystemNames(2)("localhost", 80))

    assert {"127.0.0.1", "::1"} & set(asyncio.run(within()))


def test_a_name_that_no_resolver_takes_is_a_failed_look_up():
    with pytest.raises(UnicodeError):
        asyncio.run(SystemNames(2)("a" * 64 + ".example", 80))
