"""The kinds of sources and channels that are installed: entry points, loaded only when a file mentions them.

Each is a module (or object) with `Options`, a pydantic model that checks what stands under the kind's word in sources.yaml, and
`factory(options, secrets, tools)`, which builds it.
"""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Protocol, cast

from aggregator.errors import CatalogueError

if TYPE_CHECKING:
    from pydantic import BaseModel

SOURCES = "aggregator.sources"
CHANNELS = "aggregator.channels"

LATER = {
    SOURCES: ("bluesky", "github", "hackernews", "mailbox", "page", "papers", "podcast", "reddit", "x", "youtube"),
    CHANNELS: ("bluesky", "discord", "email", "mastodon", "matrix", "slack", "teams", "telegram", "webhook"),
}


class Kind(Protocol):
    """What an entry point of these groups gives."""

    @property
    def Options(self) -> "type[BaseModel]":  # noqa: N802  # a class, named as one
        """What the kind takes in sources.yaml."""
        ...

    def factory(self, options: Any, secrets: Any, tools: Any) -> Any:
        """Build it."""
        ...


def kinds(group: str) -> tuple[str, ...]:
    """Give the words of the kinds that are installed, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=group)}))


@cache  # a collect asks for each of its sources, and looking through the installed packages takes 10 ms
def load_kind(group: str, word: str) -> Kind:
    """Load the kind behind a word. Raises CatalogueError, naming the plug-in, where that cannot be done."""
    points = sorted({(point.value, point.name, point.group) for point in entry_points(group=group, name=word)})
    if not points:
        raise CatalogueError(f"no installed plug-in offers the kind '{word}'")
    if len(points) > 1:
        offers = " and ".join(value for value, _, _ in points)
        raise CatalogueError(f"two plug-ins offer the kind '{word}': {offers}", todo="Uninstall one of them.")
    value, name, _ = points[0]
    try:
        loaded = EntryPoint(name, value, group).load()
    except (
        ImportError,
        AttributeError,
        NameError,
        SyntaxError,
        TypeError,
        ValueError,
        LookupError,
        OSError,
        RuntimeError,
    ) as error:
        reason = f"{type(error).__name__}: {error}"
        raise CatalogueError(_broken(word, value, reason), todo="Install it again, or take it out of the file.") from error
    if not callable(getattr(getattr(loaded, "Options", None), "model_validate", None)):
        raise CatalogueError(_broken(word, value, "it has no pydantic model `Options`"), todo="Report it to its author.")
    return cast("Kind", loaded)


def _broken(word: str, value: str, reason: str) -> str:
    return f"the plug-in '{value}' behind the kind '{word}' cannot be loaded: {reason}"
