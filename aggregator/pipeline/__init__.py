"""The walk: collect, understand, write, deliver. Each stage reads from the store, calls its room, and writes to the store.

Nothing else is shared between the stages, so each can be run alone, again after a crash, or by another process. No stage asks
which kind of source, writer or channel it has. Stages are loaded when first used: to show a digest takes no HTTP client.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aggregator.pipeline.collecting import Patience, collect
    from aggregator.pipeline.delivering import deliver
    from aggregator.pipeline.desk import Desk
    from aggregator.pipeline.probing import Probe, probe
    from aggregator.pipeline.understanding import understand
    from aggregator.pipeline.writing import Edition, Period, verify, write

__all__ = ["Desk", "Edition", "Patience", "Period", "Probe", "collect", "deliver", "probe", "understand", "verify", "write"]

_HOMES = {
    "Desk": "desk",
    "Edition": "writing",
    "Patience": "collecting",
    "Period": "writing",
    "Probe": "probing",
    "collect": "collecting",
    "deliver": "delivering",
    "probe": "probing",
    "understand": "understanding",
    "verify": "writing",
    "write": "writing",
}


def __getattr__(name: str) -> Any:
    """Load what `__all__` names (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
