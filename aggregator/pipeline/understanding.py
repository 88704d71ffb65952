"""Understand: entries -> stories."""

import logging
from datetime import datetime, timedelta
from time import perf_counter

from aggregator import store as keeping
from aggregator import stories as understanding
from aggregator.models import Story
from aggregator.pipeline.desk import Desk

LOOKBACK = timedelta(days=7)  # a story may have begun in the week before: its older entries tell what is new

log = logging.getLogger(__name__)


def understand(desk: Desk, since: datetime, until: datetime) -> list[Story]:
    """Put together the entries of the period (and of the week before it) that tell the same story; tag and rank them."""
    started = perf_counter()
    with desk.store.reading() as session:
        entries = keeping.entries.between(session, since - LOOKBACK, until)
        known = keeping.stories.known(session, [entry.id for entry in entries])
    by_name = {listed.source.name: listed.source for listed in desk.catalogue.sources}
    moment = min(desk.now, until)
    stories = understanding.understand(entries, sources=by_name, archetypes=desk.archetypes, known=known, now=moment)
    with desk.store.transaction() as session:
        keeping.stories.replace(session, stories)
    log.info("understood entries=%d stories=%d ms=%d", len(entries), len(stories), (perf_counter() - started) * 1000)
    return stories
