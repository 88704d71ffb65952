"""The sample week that ships with the program: invented news of 1 to 7 June 2026, served as real feeds on loopback.

`digest demo` reads it by the same path as real news. Nothing in it exists: makers, products, people and sites are made up.
"""

from aggregator.sample.feeds import catalogue_text
from aggregator.sample.server import serve
from aggregator.sample.week import SAMPLE_NOW, SAMPLE_SINCE, SAMPLE_UNTIL

__all__ = ["SAMPLE_NOW", "SAMPLE_SINCE", "SAMPLE_UNTIL", "catalogue_text", "serve"]
