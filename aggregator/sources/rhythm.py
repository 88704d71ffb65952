"""When a source is read again: after a success, after a failure, and after a server's word.

Failures back off exponentially, so that a site in trouble is left in peace and a mended one is found within a day.
"""

from datetime import datetime, timedelta

from aggregator.models import Health

EVERY = timedelta(hours=1)  # feeds of this field publish a few times a day at most
FIRST_RETRY = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)


def retry_at(failures: int, now: datetime) -> datetime:
    """Say when to try again after so many failures in a row (1 is the first)."""
    doublings = min(max(failures - 1, 0), 16)
    return now + min(FIRST_RETRY * 2**doublings, LONGEST_WAIT)


def is_due(health: Health, now: datetime) -> bool:
    """Say whether a scheduled fetch would read this source now."""
    if health.retired or _asked_to_wait(health, now) or (health.next_try and health.next_try > now):
        return False
    return health.last_success is None or bool(health.failures) or health.last_success + EVERY <= now


def may_ask(health: Health, now: datetime) -> bool:
    """Say whether a person who asks for everything now gets this source too: all but what a server has asked to leave alone."""
    return not health.retired and not _asked_to_wait(health, now)


def _asked_to_wait(health: Health, now: datetime) -> bool:
    return health.wait_until is not None and health.wait_until > now
