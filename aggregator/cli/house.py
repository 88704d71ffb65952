"""What a command works with, made once from the flags and the environment: settings, catalogue, archetypes, database, clock."""

import logging
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.catalogue import Catalogue, Listed, find, read, read_archetypes
from aggregator.cli.flags import Flags
from aggregator.models import Archetype
from aggregator.net import user_agent
from aggregator.pipeline import Desk
from aggregator.settings import EnvironmentSecrets, Settings, config_folder, load_settings
from aggregator.store import open_store

if TYPE_CHECKING:
    from aggregator.pipeline import Probe


def clock() -> datetime:
    """Read the clock, in whole seconds: the one place where a command does."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class House:
    """An open house: everything that the stages need."""

    settings: Settings
    secrets: EnvironmentSecrets
    desk: Desk


@dataclass(frozen=True)
class Papers:
    """What is read before any database is opened."""

    settings: Settings
    archetypes: tuple[Archetype, ...]
    catalogue: Catalogue


def local_timezone() -> str:
    """Name this machine's time zone; UTC where it has none."""
    import tzlocal

    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (LookupError, OSError, ValueError):
        return "UTC"


def configured(flags: Flags) -> Papers:
    """Read settings, archetypes and catalogue. Raises SettingsError or CatalogueError."""
    start_logging(flags)
    settings = load_settings()
    own = config_folder() / "archetypes.yaml"
    archetypes = read_archetypes(own if own.exists() else None)
    path = find(flags.config or settings.config, working=Path.cwd(), config_folder=config_folder())
    return Papers(settings, archetypes, read(path, archetypes=archetypes, timezone=local_timezone()))


@contextmanager
def opened(flags: Flags, now: Callable[[], datetime] = clock) -> Generator[House]:
    """Open the house for one command and close it after."""
    papers, moment = configured(flags), now()
    with open_store(papers.settings.database, backups=papers.settings.backups, now=moment) as store:
        desk = Desk(
            store=store,
            catalogue=papers.catalogue,
            archetypes=papers.archetypes,
            now=moment,
            user_agent=user_agent(papers.settings.contact),
        )
        yield House(papers.settings, EnvironmentSecrets(), desk)


def tried(papers: Papers, sources: Sequence[Listed], told: "Callable[[Probe], None]" = lambda _: None) -> "list[Probe]":
    """Ask sources as for the first time, keeping nothing."""
    from aggregator.pipeline import probe

    return probe(sources, EnvironmentSecrets(), clock(), told, user_agent=user_agent(papers.settings.contact))


def start_logging(flags: Flags) -> None:
    """Let the house's own log reach stderr: with --verbose what is done, else only what is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    log = logging.getLogger("aggregator")
    log.handlers = [handler]
    log.propagate = False
    log.setLevel(logging.INFO if flags.verbose else logging.CRITICAL)
