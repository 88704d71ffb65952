"""Collect: sources -> entries. Reads the checkpoints, calls each source's fetcher, writes what it gave."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum
from time import perf_counter

from aggregator import store as keeping
from aggregator.catalogue import Listed, load_kind
from aggregator.errors import AggregatorError, FetchError, GoneError, StoreError
from aggregator.models import Checkpoint, Entry, Fetched, Health, Notice, NoticeKind, Outcome
from aggregator.net import Network
from aggregator.pipeline.desk import Desk
from aggregator.protocols import Pool, Secrets, Tools
from aggregator.sources import ParsePool, is_due, may_ask, retry_at
from aggregator.text.dates import news_date

IN_FLIGHT = 48  # sources read at once: what they hold in memory is bounded by this, connections by the network's own limits

log = logging.getLogger(__name__)

Found = Entry | Notice | Checkpoint


class Patience(Enum):
    """Which sources a collect asks: those whose time has come, all but those that asked for peace, or all."""

    DUE = "due"
    NOW = "now"
    FORCE = "force"


def collect(
    desk: Desk, secrets: Secrets, patience: Patience = Patience.DUE, told: Callable[[Fetched], None] = lambda _: None
) -> list[Fetched]:
    """Read the sources and keep what is new: one transaction a source, so a crash loses at most those in flight.

    `told` hears of each source as it ends. Gives one line a source, in the catalogue's order. Raises StoreError only: a source
    that fails is a line, not an exception.
    """
    with desk.store.transaction() as session:
        keeping.sources.sync(session, [listed.source for listed in desk.catalogue.sources], desk.now)
        keeping.readers.sync(session, desk.catalogue.readers)
    with desk.store.reading() as session:
        healths = {health.source: health for health in keeping.sources.health(session)}

    async def run() -> list[Fetched]:
        room = asyncio.Semaphore(IN_FLIGHT)
        with ParsePool() as pool, ThreadPoolExecutor(1, "store") as writer:
            async with Network(user_agent=desk.user_agent) as network:
                reading = _Reading(desk, secrets, network, pool, writer)

                async def one(listed: Listed) -> Fetched:
                    health = healths[listed.source.name]
                    async with room:
                        fetched = _passed_over(health, patience, desk) or await reading.read(listed, health)
                    told(fetched)
                    return fetched

                return list(await asyncio.gather(*(one(listed) for listed in desk.catalogue.sources)))

    return asyncio.run(run())


def _passed_over(health: Health, patience: Patience, desk: Desk) -> Fetched | None:
    if patience is Patience.FORCE or (may_ask if patience is Patience.NOW else is_due)(health, desk.now):
        return None
    if health.retired:
        return Fetched(source=health.source, outcome=Outcome.RETIRED, reason=health.error)
    return Fetched(source=health.source, outcome=Outcome.NOT_DUE)


@dataclass(frozen=True)
class _Reading:
    """Reads one source after another into the store, whose one writer is a thread."""

    desk: Desk
    secrets: Secrets
    network: Network
    pool: Pool
    writer: ThreadPoolExecutor

    async def read(self, listed: Listed, health: Health) -> Fetched:
        """Fetch one source and keep what it gave; whatever goes wrong is this source's line and nobody else's."""
        started = perf_counter()
        loop = asyncio.get_running_loop()
        try:
            found = await self.fetch(listed)
            fetched = await loop.run_in_executor(self.writer, self.keep, listed, found)
        except StoreError:
            raise
        except AggregatorError as error:
            fetched = await loop.run_in_executor(self.writer, self.keep_failure, listed, health, error)
        except Exception as error:
            log.exception("fault source=%s", listed.source.name)
            fault = AggregatorError(f"a fault in this program ({type(error).__name__})", todo="Please report it.")
            fetched = await loop.run_in_executor(self.writer, self.keep_failure, listed, health, fault)
        ms = (perf_counter() - started) * 1000
        log.info("collected source=%s outcome=%s new=%d ms=%d", fetched.source, fetched.outcome, fetched.new, ms)
        return replace(fetched, seconds=ms / 1000)

    async def fetch(self, listed: Listed) -> list[Found]:
        """Ask the source's fetcher for all that it has since its checkpoint."""
        source, store = listed.source, self.desk.store
        tools = Tools(self.network.bind(source), self.pool)
        fetcher = load_kind("aggregator.sources", source.kind).factory(listed.options, self.secrets, tools)
        with store.reading() as session:
            since = keeping.sources.checkpoint(session, source.name)
        return [item async for item in fetcher.fetch(source, since, self.desk.now)]

    def keep(self, listed: Listed, found: Sequence[Found]) -> Fetched:
        """Store entries, notices and checkpoint of one source together."""
        name, now = listed.source.name, self.desk.now
        entries = [item for item in found if isinstance(item, Entry)]
        notices = tuple(item for item in found if isinstance(item, Notice))
        checkpoint = next((item for item in reversed(found) if isinstance(item, Checkpoint)), None)
        unchanged = any(notice.kind is NoticeKind.UNCHANGED for notice in notices)
        with self.desk.store.transaction() as session:
            history = keeping.sources.is_first(session, name)
            saved = keeping.entries.save(session, name, entries, now=now, history=history, date=news_date)
            keeping.sources.succeeded(session, name, now=now, checkpoint=checkpoint, notices=notices)
            outcome = Outcome.UNCHANGED if unchanged else Outcome.READ
            fetched = Fetched(source=name, outcome=outcome, new=saved.new, updated=saved.updated, notices=notices)
            keeping.fetches.record(session, fetched, now)
        return fetched

    def keep_failure(self, listed: Listed, health: Health, error: AggregatorError) -> Fetched:
        """Store why one source could not be read and when it is tried again."""
        name, now = listed.source.name, self.desk.now
        gone = isinstance(error, GoneError)
        asked = error.retry_after if isinstance(error, FetchError) else None
        wait_until = now + asked if asked else None
        next_try = wait_until or retry_at(health.failures + 1, now)
        reason = f"{error.what.rstrip('.')}. {error.todo}".strip()
        fetched = Fetched(source=name, outcome=Outcome.RETIRED if gone else Outcome.FAILED, reason=reason)
        with self.desk.store.transaction() as session:
            keeping.sources.failed(
                session, name, now=now, reason=reason, next_try=next_try, wait_until=wait_until, retired=gone
            )
            keeping.fetches.record(session, fetched, now)
        return fetched
