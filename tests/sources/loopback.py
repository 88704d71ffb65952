"""What fetchers are handed, for tests of this room alone: a plain client, and a pool that is no pool."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from aggregator.errors import FetchError, GoneError
from aggregator.protocols import Tools

PERMANENT = {301, 308}


@dataclass
class Answer:
    """An answer as protocols.Response has it."""

    url: str
    content: bytes = b""
    moved_to: str | None = None
    not_modified: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class Loopback:
    """A client for a test's own server: it follows redirects and sends validators, and has no limits."""

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        **params: str | int,
    ) -> Answer:
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified, "Accept": accept}
        async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as client:
            response = await client.get(url, params=params or None, headers={k: v for k, v in asked.items() if v})
        if response.status_code == 410:
            raise GoneError("the server says that it is gone for good", where=url, status=410)
        if response.status_code not in {200, 304}:
            raise FetchError(f"the server answered {response.status_code}", where=url, status=response.status_code)
        permanent = bool(response.history) and all(hop.status_code in PERMANENT for hop in response.history)
        return Answer(
            url=str(response.url),
            content=response.content,
            moved_to=str(response.url) if permanent else None,
            not_modified=response.status_code == 304,
            headers={name.lower(): value for name, value in response.headers.items()},
        )


class Here:
    """Runs what a pool would run elsewhere in this process, and counts it."""

    def __init__(self) -> None:
        self.calls = 0

    async def run(self, function: Callable[..., object], /, *args: object, **kwargs: object) -> object:
        self.calls += 1
        return function(*args, **kwargs)


def tools(pool: Here | None = None) -> Tools:
    return Tools(Loopback(), pool or Here())  # type: ignore[arg-type]
