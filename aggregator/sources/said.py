"""What a feed said of itself and its entries, in our words, before anything is decided: the same for XML and JSON."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, kw_only=True)
class SaidText:
    """A text and whether it is HTML."""

    value: str = ""
    html: bool = False


@dataclass(slots=True, kw_only=True)
class SaidEntry:
    """One entry as the feed has it. Links may be relative to `base`; texts are of any length."""

    guid: str = ""
    link: str = ""
    target: str = ""  # a page elsewhere that the entry is about, where the format has a field for it
    comments: str = ""  # the page of its discussion
    title: SaidText = field(default_factory=SaidText)
    author: str = ""
    texts: list[SaidText] = field(default_factory=list[SaidText])
    published: datetime | None = None
    updated: datetime | None = None
    base: str = ""


@dataclass(slots=True, kw_only=True)
class SaidFeed:
    """A whole feed. `left_out` entries were cut off before parsing, `unreadable` ones had no form at all."""

    title: SaidText = field(default_factory=SaidText)
    site: str = ""
    entries: list[SaidEntry] = field(default_factory=list[SaidEntry])
    left_out: int = 0
    unreadable: int = 0
