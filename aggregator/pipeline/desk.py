"""What every stage works with."""

from dataclasses import dataclass
from datetime import datetime

from aggregator.catalogue import Catalogue
from aggregator.models import Archetype
from aggregator.net import USER_AGENT
from aggregator.store import Store


@dataclass(frozen=True)
class Desk:
    """A store, what is read and for whom, the archetypes there are, and the moment that counts as now.

    `user_agent` is how the sites that are read know this program.
    """

    store: Store
    catalogue: Catalogue
    archetypes: tuple[Archetype, ...]
    now: datetime
    user_agent: str = USER_AGENT
