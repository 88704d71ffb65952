"""What was read of what should have been, so that a failure never looks like a quiet week."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from aggregator.models import Coverage, Failure, Fetched, Health, Outcome, Source, StoredEntry

SLACK = timedelta(days=1)  # a source read a day before the period's end counts as read
NOT_YET = "has not been read yet"


def coverage(
    healths: Sequence[Health],
    fetched: Sequence[Fetched],
    entries: Sequence[StoredEntry],
    sources: Sequence[Source],
    *,
    since: datetime,
    until: datetime,
    now: datetime,
) -> tuple[Coverage, float]:
    """Give what was read for the period, and its share of the sources' weight (0 to 1; 1 where there is no source)."""
    health = {one.source: one for one in healths}
    outcome = {one.source: one for one in fetched}
    needed = min(until, now) - SLACK
    failed: list[Failure] = []
    weight = 0.0
    for source in sources:
        reason = _why_not(health.get(source.name), outcome.get(source.name), needed)
        if reason is None:
            weight += source.weight
        else:
            failed.append(Failure(source.name, reason))
    unchanged = sum(1 for source in sources if source.name in outcome and outcome[source.name].outcome is Outcome.UNCHANGED)
    known = Coverage(
        sources=len(sources),
        read=len(sources) - len(failed),
        unchanged=unchanged,
        entries=sum(1 for entry in entries if entry.date is not None and since <= entry.date < until),
        failed=tuple(sorted(failed, key=lambda failure: (failure.source.casefold(), failure.source))),
    )
    total = sum(source.weight for source in sources)
    return known, weight / total if total > 0 else float(known.read == known.sources)


def _why_not(health: Health | None, fetched: Fetched | None, needed: datetime) -> str | None:
    """Say why a source does not count as read; None where it does."""
    if fetched and fetched.outcome in {Outcome.READ, Outcome.UNCHANGED}:
        return None
    if fetched and fetched.outcome is Outcome.FAILED:
        return _reason(fetched.reason)
    return _why_not_before(health, needed) if health else NOT_YET


def _why_not_before(health: Health, needed: datetime) -> str | None:
    """Say why what was read in earlier runs is not enough; None where it is."""
    if health.retired:
        return "was retired by its publisher"
    if health.failures:
        return _reason(health.error)
    if health.last_success is None:
        return NOT_YET
    return f"was last read on {health.last_success:%Y-%m-%d}" if health.last_success < needed else None


def _reason(told: str) -> str:
    return " ".join(told.split()) or "could not be read"
