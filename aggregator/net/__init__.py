"""HTTP for whatever sources name: safe, polite, conditional.

    async with Network() as network:
        response = await network.bind(source).get(source.address, etag=etag)

`Network` is imported when it is first asked for: with it come httpx and its like, which `digest --help` has no time for.
"""

from typing import TYPE_CHECKING, Any

from aggregator.net.agent import USER_AGENT, user_agent
from aggregator.net.limits import Limits

if TYPE_CHECKING:
    from aggregator.net.network import Network

__all__ = ["USER_AGENT", "Limits", "Network", "user_agent"]


def __getattr__(name: str) -> Any:
    if name == "Network":
        from aggregator.net.network import Network  # noqa: PLC0415  # see above

        return Network
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
