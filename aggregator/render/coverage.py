"""What was read, said in one line, so that a failure never looks like a quiet week."""

import re
from datetime import timedelta

from aggregator.models import Coverage, Digest, Failure, State
from aggregator.render.words import capitalised, counted, first_of, number
from aggregator.text.line import one_line, shorten

SHOWN_FAILURES = 3
LONGEST_REASON = 60  # characters: the whole reason stands in the JSON form
NEARLY_ALL = 0.95  # of the sources: from here on a short section may be called quiet
PARTIAL = "This digest is partial: too few sources could be read, so news may be missing."
SECOND_THOUGHT = re.compile(r"\.\s| \(")
A_WEEK = timedelta(days=6), timedelta(days=8)


def what_was_read(coverage: Coverage) -> str:
    """Say how many sources were read of how many, how many entries, and which failed and why."""
    read = f"Read {coverage.read} of {counted_sources(coverage.sources)}, {counted_entries(coverage.entries)}"
    if not coverage.failed:
        return f"{read}; none failed."
    named = first_of([because(failure) for failure in coverage.failed], SHOWN_FAILURES)
    return f"{read}; {number(len(coverage.failed))} failed: {named}."


def because(failure: Failure) -> str:
    """Name a source and why it failed, in short: without what follows in parentheses or in a second sentence."""
    reason = SECOND_THOUGHT.split(one_line(failure.reason), maxsplit=1)[0].rstrip(".")
    short = shorten(reason, LONGEST_REASON)
    return f"{one_line(failure.source)} ({short})" if short else one_line(failure.source)


def counted_sources(count: int) -> str:
    """Write the number of sources in figures, beside the other figure that it is compared with."""
    return f"{count} source" if count == 1 else f"{count} sources"


def counted_entries(count: int) -> str:
    """Write the number of entries in figures."""
    return f"{count} entry" if count == 1 else f"{count} entries"


def warning(digest: Digest) -> str:
    """Give the one sentence that opens a partial or a quiet digest; empty for a complete one."""
    if digest.state is State.PARTIAL:
        return PARTIAL
    if digest.state is State.QUIET:
        stood_out = counted(len(digest.stories), "story", "stories")
        return f"{capitalised(quiet(digest))}: nearly all was read, and {stood_out} stood out."
    return ""


def quiet(digest: Digest) -> str:
    """Name the period that was quiet."""
    return "a quiet week" if is_a_week(digest) else "a quiet time"


def is_a_week(digest: Digest) -> bool:
    """Whether the digest's period may be called a week."""
    shortest, longest = A_WEEK
    return shortest <= digest.until - digest.since <= longest


def nearly_all_was_read(coverage: Coverage) -> bool:
    """Whether so few sources are missing that little news means a quiet week."""
    return coverage.read >= NEARLY_ALL * coverage.sources
