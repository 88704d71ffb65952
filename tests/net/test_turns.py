"""One request at a time per server, and so many in all."""

import asyncio
import threading
import time
from datetime import timedelta

from httpx import URL

from aggregator.errors import FetchError
from aggregator.net import Limits
from aggregator.net.turns import Budget, Turns
from aggregator.net.urls import proper, server
from tests.net.world import OTHER_PUBLIC, World, outcome, own
from tests.servers import Reply, Request, Site, serving


class Gauge:
    """A script that takes a moment, and notes how many requests were in it at the same time."""

    def __init__(self, *, redirects: bool = False) -> None:
        self.lock = threading.Lock()
        self.inside = self.most = 0
        self.redirects = redirects

    def __call__(self, request: Request) -> Reply:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        time.sleep(0.03)
        with self.lock:
            self.inside -= 1
        if self.redirects and "hop" not in request.path:
            return Reply(status=302, headers={"Location": f"/hop{request.path}"})
        return Reply(b"<rss/>")


def test_a_server_is_asked_one_thing_at_a_time_redirects_included(site: Site):
    gauge = Gauge(redirects=True)
    site.does("*", gauge)

    async def many(network):
        await asyncio.gather(*(network.bind(own(f"s{n}")).get(f"{site.url}/{n}") for n in range(6)))

    World().run(many)
    assert gauge.most == 1
    assert len(site.requests) == 12


def test_different_servers_are_asked_at_the_same_time_but_no_more_than_the_limit(site: Site):
    gauge = Gauge()
    site.does("*", gauge)
    world = World()
    names = [world.site(f"s{n}.example", site.url) for n in range(8)]

    async def many(network):
        await asyncio.gather(*(network.bind(own()).get(f"{name}/feed") for name in names))

    world.run(many, limits=Limits(connections=3))
    assert gauge.most in {2, 3}


def test_http_and_https_of_one_host_are_one_server(site: Site):
    named = [
        server(proper(URL(url))) for url in ("http://acme.example/", "https://ACME.example/x", "https://acme.example:443/y")
    ]
    assert named == ["acme.example"] * 3
    assert server(URL("http://acme.example:8080/")) == "acme.example:8080"


def test_two_servers_that_redirect_to_each_other_do_not_lock_up(site: Site):
    with serving(Site()) as other:
        world = World()
        here, there = world.site("here.example", site.url), world.site("there.example", other.url, OTHER_PUBLIC)
        site.does(
            "*", lambda r: Reply(b"<rss/>") if r.path == "/end" else Reply(status=302, headers={"Location": f"{there}/end"})
        )
        other.does(
            "*", lambda r: Reply(b"<rss/>") if r.path == "/end" else Reply(status=302, headers={"Location": f"{here}/end"})
        )

        async def many(network):
            urls = [f"{place}/{n}" for n in range(5) for place in (here, there)]
            return await asyncio.gather(*(network.bind(own()).get(url) for url in urls))

        assert len(world.run(many, limits=Limits(connections=1))) == 10


def test_waiting_for_a_turn_does_not_count_against_the_deadline(site: Site):
    site.does("*", lambda request: (time.sleep(0.1), Reply(b"<rss/>"))[1])

    async def many(network):
        return await asyncio.gather(*(outcome(network.bind(own()), f"{site.url}/{n}") for n in range(5)))

    found = World().run(many, limits=Limits(deadline=timedelta(seconds=0.3)))
    assert not any(isinstance(answer, FetchError) for answer in found)


def test_a_request_that_fails_or_is_cancelled_gives_its_turn_back():
    async def story() -> None:
        turns = Turns(1)

        async def hold() -> None:
            async with turns.at("acme.example"):
                await asyncio.sleep(10)

        first, second = asyncio.create_task(hold()), asyncio.create_task(hold())
        await asyncio.sleep(0)
        for task in (second, first):
            task.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        async with asyncio.timeout(1), turns.at("acme.example"):
            pass
        assert not turns._locks
        assert not turns._wanted

    asyncio.run(story())


def test_a_spent_budget_ends_the_next_hop_at_once():
    async def story() -> None:
        budget = Budget(0.01)
        for _ in range(2):
            try:
                async with budget.spend():
                    await asyncio.sleep(5)
            except TimeoutError:
                continue
            raise AssertionError

    asyncio.run(asyncio.wait_for(story(), 2))
