"""The walk: collect, understand, write, deliver. Each stage reads from the store, calls its room, and writes to the store.

Nothing else is shared between the stages, so each can be run alone, again after a crash, or by another process. No stage asks
which kind of source, writer or channel it has.
"""

from aggregator.pipeline.collect import Patience, collect
from aggregator.pipeline.deliver import deliver
from aggregator.pipeline.desk import Desk
from aggregator.pipeline.probe import Probe, probe
from aggregator.pipeline.understand import understand
from aggregator.pipeline.write import Edition, Period, verify, write

__all__ = ["Desk", "Edition", "Patience", "Period", "Probe", "collect", "deliver", "probe", "understand", "verify", "write"]
