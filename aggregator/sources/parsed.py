"""What a body turned out to be, in values that travel between processes."""

from dataclasses import dataclass

from aggregator.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a feed holds: its own title, its home page, its entries; how many were left out, and how many had no form."""

    title: str = ""
    site: str = ""
    entries: tuple[Entry, ...] = ()
    left_out: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A web page instead of a feed, and where its feeds may be, the likeliest first."""

    feeds: tuple[str, ...] = ()
