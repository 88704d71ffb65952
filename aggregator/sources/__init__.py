"""Collect: one file per kind of source, the pool that parses, and when a source is asked again."""

from aggregator.sources.pool import ParsePool
from aggregator.sources.rhythm import is_due, may_ask, retry_at

__all__ = ["ParsePool", "is_due", "may_ask", "retry_at"]
