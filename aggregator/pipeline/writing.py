"""Write: stories -> digest. A digest is stored and never changes."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aggregator import digest as writing
from aggregator import store as keeping
from aggregator.digest import Fault
from aggregator.errors import CheckError
from aggregator.models import Coverage, Digest, Draft, Fetched, Reader, State
from aggregator.pipeline.desk import Desk
from aggregator.pipeline.understanding import understand
from aggregator.protocols import Writer

WRITING_TIME = timedelta(minutes=10)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Period:
    """What a digest is made for: a reader, a half-open period, and what the fetches of this run (if any) came to."""

    reader: Reader
    since: datetime
    until: datetime
    fetched: Sequence[Fetched] = ()


@dataclass(frozen=True)
class Edition:
    """A digest, and whether it had been composed before."""

    digest: Digest
    stored_before: bool


def write(desk: Desk, writer: Writer, period: Period, *, keep: bool = True, sample: bool = False) -> Edition:
    """Compose the digest of a period, or give the stored one where reader, period and entries are the same.

    A stored digest that calls itself partial gives way once more has been read. With `keep` false nothing is stored. A story
    whose words don't stand in what they cite is told in the built-in writer's words, or by its title alone. Raises
    NothingToSayError, and CheckError for what is wrong with the digest as a whole.
    """
    store, reader, since, until = desk.store, period.reader, period.since, period.until
    with store.reading() as session:
        entries = keeping.entries.between(session, since, until)
        healths = keeping.sources.health(session)
        mark = writing.fingerprint(reader, since, until, entries)
        before = keeping.digests.by_fingerprint(session, mark)
        earlier = keeping.digests.earlier(session, reader.name, since)
    sources = [listed.source for listed in desk.catalogue.sources]
    coverage, weight_read = writing.coverage(healths, period.fetched, entries, sources, since=since, until=until, now=desk.now)
    if before and not _reads_more(coverage, before):
        return Edition(before, stored_before=True)

    stories = understand(desk, since, until)
    choices = writing.select(stories, reader=reader, archetypes=desk.archetypes, since=since, until=until, earlier=earlier)

    def composed(draft: Draft) -> tuple[Digest, list[Fault]]:
        made = writing.compose(
            choices,
            draft,
            reader=reader,
            archetypes=desk.archetypes,
            coverage=coverage,
            weight_read=weight_read,
            since=since,
            until=until,
            fingerprint=mark,
            sample=sample,
        )
        with store.reading() as session:
            return made, writing.faults(made, keeping.digests.told(session, made))

    draft = writer.write(choices, reader, desk.now + WRITING_TIME)
    digest, faults = composed(draft)
    for plainer in (writing.summarise, writing.bare):
        broken = {fault.story for fault in faults if fault.story}
        if broken:
            log.warning("unsupported stories=%d first=%s", len(broken), faults[0].where)
            told = {choice.story.id: plainer(choice) for choice in choices if choice.story.id in broken}
            draft = replace(draft, summaries={**draft.summaries, **told})
            digest, faults = composed(draft)
    _raise(digest, faults)
    if keep:
        with store.transaction() as session:
            meanwhile = keeping.digests.by_fingerprint(session, mark)  # another process may have been faster
            if meanwhile and not _reads_more(coverage, meanwhile):
                return Edition(meanwhile, stored_before=True)
            keeping.digests.add(session, digest, fingerprint=mark, now=desk.now)
    log.info("wrote digest=%s stories=%d words=%d", digest.id, len(digest.stories), digest.words)
    return Edition(digest, stored_before=False)


def _reads_more(coverage: Coverage, before: Digest) -> bool:
    return before.state is State.PARTIAL and coverage.read > before.coverage.read


def verify(desk: Desk, digest: Digest) -> bool:
    """Check, offline, that every sentence stands in the stored entries that it cites. Raises CheckError with what does not.

    A digest whose id is stored here has to be the stored one, to the last word. Gives whether it is stored here: of another
    one the sentences, titles, numbers and links are proved, but nothing proves its order or what it says was read.
    """
    with desk.store.reading() as session:
        entries = keeping.digests.told(session, digest)
        stored = keeping.digests.find(session, digest.id)
    compared = writing.differences(stored, digest) if stored else writing.unprovable(digest)
    _raise(digest, [*compared, *writing.faults(digest, entries)])
    return stored is not None


def _raise(digest: Digest, faults: Sequence[Fault]) -> None:
    if faults:
        told = "\n  ".join(str(fault) for fault in faults)
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise CheckError(f"{count}:\n  {told}", where=f"digest {digest.id}")
