"""Where names lead, asked of the system's resolver, which has no asynchronous form."""

import asyncio
import socket
from collections.abc import Sequence
from threading import Thread


class SystemNames:
    """Asks in threads that nobody waits for: a name server that does not answer must not hold up the end of the program."""

    def __init__(self, at_once: int) -> None:
        self._places = asyncio.Semaphore(at_once)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Give the addresses of a host as texts, in the order of the system's preference. Raises OSError or UnicodeError."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Sequence[str]] = loop.create_future()

        def tell(found: Sequence[str] | None, error: Exception | None) -> None:
            if answer.done():  # nobody waits for it any more
                return
            if error:
                answer.set_exception(error)
            else:
                answer.set_result(found or ())

        def ask() -> None:
            found, error = None, None
            try:
                found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
            except (OSError, UnicodeError) as failed:
                error = failed
            if not loop.is_closed():
                loop.call_soon_threadsafe(tell, found, error)

        async with self._places:
            Thread(target=ask, name=f"where is {host}", daemon=True).start()
            return await answer
