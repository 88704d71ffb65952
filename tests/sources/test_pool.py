"""Processes beside the event loop: started when needed, gone when done, and safe from what runs in them."""

import asyncio
import multiprocessing
import os
import threading
import time

import pytest

from aggregator.errors import ParseError
from aggregator.sources import ParsePool


def add(one: int, other: int = 0) -> int:
    return one + other


def where() -> int:
    return os.getpid()


def refuse() -> None:
    raise ParseError("it is not a feed", where="acme", todo="Give another.")


def sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def spin() -> None:
    while True:
        pass


def die() -> None:
    os._exit(3)


def test_a_function_runs_in_another_process_and_its_value_comes_back():
    async def main() -> tuple[int, int]:
        with ParsePool(1) as pool:
            return await pool.run(add, 2, other=3), await pool.run(where)

    value, process = asyncio.run(main())
    assert value == 5
    assert process != os.getpid()


def test_a_pool_that_nobody_needs_starts_nothing():
    before = multiprocessing.active_children()  # another test's may still be on their way out
    with ParsePool() as pool:
        assert not pool.started
        assert set(multiprocessing.active_children()) <= set(before)


def test_no_worker_outlives_the_pool():
    async def main() -> int:
        with ParsePool(1) as pool:
            return await pool.run(where)

    process = asyncio.run(main())
    assert process not in {child.pid for child in multiprocessing.active_children()}
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_what_the_function_raises_is_raised_here_with_every_part():
    async def main() -> None:
        with ParsePool(1) as pool:
            await pool.run(refuse)

    with pytest.raises(ParseError) as raised:
        asyncio.run(main())
    assert (raised.value.what, raised.value.where, raised.value.todo) == ("it is not a feed", "acme", "Give another.")


def test_a_call_that_takes_too_long_is_ended_and_the_next_one_works():
    async def main() -> int:
        with ParsePool(1, seconds=0.2) as pool:
            with pytest.raises(ParseError, match=r"took more than 0\.2 seconds"):
                await pool.run(spin)
            return await pool.run(add, 1, 1)

    assert asyncio.run(main()) == 2


def test_a_worker_that_dies_takes_only_its_own_call_with_it():
    async def main() -> list[object]:
        with ParsePool(1) as pool:
            calls = [pool.run(die), pool.run(sleep, 0.05), pool.run(add, 1, 1)]
            return list(await asyncio.gather(*calls, return_exceptions=True))

    died, *others = asyncio.run(main())
    assert isinstance(died, ParseError)
    assert "took its process down" in died.what
    assert others == ["slept", 2]


def test_the_loop_is_free_while_a_worker_works():
    async def main() -> int:
        with ParsePool(1) as pool:
            await pool.run(add, 1)
            working = asyncio.ensure_future(pool.run(sleep, 0.2))
            turns = 0
            while not working.done():
                await asyncio.sleep(0.01)
                turns += 1
            return turns

    assert asyncio.run(main()) >= 5


def test_a_process_with_threads_can_start_it():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:

        async def main() -> int:
            with ParsePool(1) as pool:
                return await pool.run(add, 1, 2)

        assert asyncio.run(main()) == 3
    finally:
        stop.set()
        thread.join()
