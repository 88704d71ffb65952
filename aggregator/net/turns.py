"""Taking turns: one request at a time per server, and so many in all."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Turns:
    """Lets requests wait for each other. Who waits for a server holds no place that another could use, so nothing locks up."""

    def __init__(self, at_once: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._locks: dict[str, asyncio.Lock] = {}
        self._wanted: dict[str, int] = {}

    @asynccontextmanager
    async def at(self, server: str) -> AsyncGenerator[None]:
        """Wait until nobody else asks this server, first come first served, and then for a free place."""
        lock = self._locks.setdefault(server, asyncio.Lock())
        self._wanted[server] = self._wanted.get(server, 0) + 1
        try:
            async with lock, self._places:
                yield
        finally:
            self._wanted[server] -= 1
            if not self._wanted[server]:
                del self._locks[server], self._wanted[server]


class Budget:
    """The time that a whole request may take, its redirects included: waiting for a turn is not counted."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @asynccontextmanager
    async def spend(self) -> AsyncGenerator[None]:
        """Count the time of this block. Raises TimeoutError as soon as nothing is left."""
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(max(self._left, 0)):
                yield
        finally:
            self._left -= clock() - began
