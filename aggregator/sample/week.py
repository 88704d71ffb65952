"""The sample week as values: its feeds and their items, read from week.yaml beside this file."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel
from ruamel.yaml import YAML

SAMPLE_SINCE = datetime(2026, 6, 1, tzinfo=UTC)  # a Monday
SAMPLE_UNTIL = datetime(2026, 6, 8, tzinfo=UTC)  # half-open, as every period
SAMPLE_NOW = SAMPLE_UNTIL + timedelta(hours=8)  # when its digest is read: the sample must not depend on today

WEEK = Path(__file__).with_name("week.yaml")


class Format(StrEnum):
    """How a feed is served."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    FORUM = "forum"  # RSS whose items link to other pages and say their points in the text
    PAGE = "page"  # an HTML page that names its Atom feed
    MISSING = "missing"  # 404: so that the sample shows how a digest tells of a source that it could not read


class Item(BaseModel, extra="forbid"):
    """One thing that a feed publishes. `text` has paragraphs and [words](address) for links."""

    source: str
    title: str
    url: str
    text: str
    published: AwareDatetime | None = None
    target: str | None = None
    points: int | None = None
    comments: int = 0


class Feed(BaseModel, extra="forbid"):
    """One source of the week, with its items, newest first as feeds have them."""

    name: str
    title: str
    home: str
    format: Format
    weight: float
    archetypes: tuple[str, ...] = ()
    footer: str = ""  # what its publishing system adds to each item; {title} is filled in
    items: tuple[Item, ...] = ()

    @property
    def path(self) -> str:
        """Where the address in sources.yaml points, below the server's base."""
        match self.format:
            case Format.RSS | Format.FORUM:
                return f"/{self.name}/rss.xml"
            case Format.ATOM | Format.MISSING:
                return f"/{self.name}/atom.xml"
            case Format.JSON:
                return f"/{self.name}/feed.json"
            case Format.PAGE:
                return f"/{self.name}/"


@cache
def read_week() -> tuple[Feed, ...]:
    """Give the feeds of the sample week with their items, in the order of the file."""
    yaml: Any = YAML(typ="safe", pure=True)
    week = _Week.model_validate(yaml.load(WEEK.read_text(encoding="utf-8")))
    return tuple(Feed(name=name, items=_of(name, week.items), **about) for name, about in week.feeds.items())


class _Week(BaseModel, extra="forbid"):
    feeds: dict[str, dict[str, Any]]
    items: list[Item]


def _of(name: str, items: list[Item]) -> tuple[Item, ...]:
    own = [item for item in items if item.source == name]
    return tuple(sorted(own, key=lambda item: (item.published or SAMPLE_SINCE, item.url), reverse=True))
