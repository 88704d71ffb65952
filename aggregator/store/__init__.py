"""The database: every query, grouped by noun.

Functions take a `Session` first, values in and values out, and never commit: the pipeline holds `with store.transaction() as
session:` around one source, one story, one delivery. Names are loaded when first used, since SQLModel takes half a second.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aggregator.store import deliveries, digests, entries, export, fetches, readers, sources, stories
    from aggregator.store.opening import open_store
    from aggregator.store.store import Store

__all__ = [
    "Store",
    "deliveries",
    "digests",
    "entries",
    "export",
    "fetches",
    "open_store",
    "readers",
    "sources",
    "stories",
]

_HOMES = {"Store": "aggregator.store.store", "open_store": "aggregator.store.opening"}


def __getattr__(name: str) -> Any:
    """Load what `__all__` names (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name) if name in _HOMES else import_module(f"{__name__}.{name}")
