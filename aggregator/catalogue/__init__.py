"""The catalogue: sources.yaml and archetypes.yaml as values, with the file and line of every mistake.

`find` says which sources.yaml counts, `read` reads it, `read_archetypes` reads who the stories can be for. `add_sources` and
`remove_source` change its text, which `read_text` then checks and `write` writes. Subscriptions of other programs come and go
by `read_opml` and `write_opml`; `load_kind` gives what a plug-in brings.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aggregator.catalogue.addresses import same, short_name, without_secrets
from aggregator.catalogue.finding import find, shipped
from aggregator.catalogue.kinds import kinds, load_kind
from aggregator.catalogue.values import Catalogue, Listed

if TYPE_CHECKING:
    from aggregator.catalogue.archetypes import read_archetypes
    from aggregator.catalogue.document import text_of
    from aggregator.catalogue.edit import add_source, add_sources, remove_source, write
    from aggregator.catalogue.opml import OutlineFeed, read_opml, write_opml
    from aggregator.catalogue.reading import read, read_text

__all__ = [
    "Catalogue",
    "Listed",
    "OutlineFeed",
    "add_source",
    "add_sources",
    "find",
    "kinds",
    "load_kind",
    "read",
    "read_archetypes",
    "read_opml",
    "read_text",
    "remove_source",
    "same",
    "shipped",
    "short_name",
    "text_of",
    "without_secrets",
    "write",
    "write_opml",
]

# pydantic and ruamel.yaml cost 150 ms: they are loaded with the first of these names, not with `digest --help`.
_LOADED_WHEN_USED = {
    "OutlineFeed": "opml",
    "add_source": "edit",
    "add_sources": "edit",
    "read": "reading",
    "read_archetypes": "archetypes",
    "read_opml": "opml",
    "read_text": "reading",
    "remove_source": "edit",
    "text_of": "document",
    "write": "edit",
    "write_opml": "opml",
}


def __getattr__(name: str) -> Any:
    """Give a name of another module of this room (PEP 562)."""
    if name not in _LOADED_WHEN_USED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LOADED_WHEN_USED[name]}"), name)
