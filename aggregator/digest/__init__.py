"""Write: choose, summarise with citations, compose, check.

stories -> select -> choices -> a writer -> draft -> compose -> digest -> faults
"""

from aggregator.digest.check import Fault, differences, faults, unprovable
from aggregator.digest.compose import compose
from aggregator.digest.coverage import coverage
from aggregator.digest.fingerprints import fingerprint
from aggregator.digest.select import select
from aggregator.digest.summaries import bare, summarise

__all__ = [
    "Fault",
    "bare",
    "compose",
    "coverage",
    "differences",
    "faults",
    "fingerprint",
    "select",
    "summarise",
    "unprovable",
]
