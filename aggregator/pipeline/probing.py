"""Try sources without keeping anything: for `digest sources add`, `sources check` and `digest doctor`."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.catalogue import Listed, load_kind
from aggregator.errors import AggregatorError
from aggregator.models import Entry, Notice, NoticeKind
from aggregator.net import USER_AGENT, Network
from aggregator.protocols import Secrets, Tools
from aggregator.sources import ParsePool

AT_ONCE = 16


@dataclass(frozen=True)
class Probe:
    """What a source gives when it is asked as for the first time: its entries, newest first, or why it gives none."""

    listed: Listed
    title: str = ""
    entries: tuple[Entry, ...] = ()
    notices: tuple[Notice, ...] = ()
    error: AggregatorError | None = None


def probe(
    sources: Sequence[Listed],
    secrets: Secrets,
    now: datetime,
    told: Callable[[Probe], None] = lambda _: None,
    *,
    user_agent: str = USER_AGENT,
) -> list[Probe]:
    """Read each source once and say what it gives; nothing is stored, and a failure is a result."""

    async def run() -> list[Probe]:
        room = asyncio.Semaphore(AT_ONCE)
        with ParsePool() as pool:
            async with Network(user_agent=user_agent) as network:

                async def one(listed: Listed) -> Probe:
                    async with room:
                        found = await _ask(listed, secrets, Tools(network.bind(listed.source), pool), now)
                    told(found)
                    return found

                return list(await asyncio.gather(*(one(listed) for listed in sources)))

    return asyncio.run(run())


async def _ask(listed: Listed, secrets: Secrets, tools: Tools, now: datetime) -> Probe:
    try:
        fetcher = load_kind("aggregator.sources", listed.source.kind).factory(listed.options, secrets, tools)
        found = [item async for item in fetcher.fetch(listed.source, None, now)]
    except AggregatorError as error:
        return Probe(listed, error=error)
    entries = [item for item in found if isinstance(item, Entry)]
    notices = tuple(item for item in found if isinstance(item, Notice))
    title = next((notice.detail for notice in notices if notice.kind is NoticeKind.TITLE), "")
    newest = sorted(entries, key=lambda entry: entry.published.timestamp() if entry.published else 0, reverse=True)
    return Probe(listed, title, tuple(newest), notices)
