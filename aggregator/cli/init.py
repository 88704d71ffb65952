"""`digest init`: a few questions, then sources.yaml and .env."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.flags import Flags, takes_flags
from aggregator.errors import AggregatorError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.models import Archetype

ENV = """\
# Settings of `digest`; the environment is stronger than this file. All of them: docs/settings.md

# Where the database and the digests lie:
#DIGEST_HOME={home}
# Another sources.yaml:
#DIGEST_CONFIG=
"""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Answers:
    """What the questions came to."""

    archetypes: tuple[str, ...]
    minutes: int
    timezone: str
    day: str
    at: str


@takes_flags
def init(
    ctx: typer.Context,
    *,
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the files go (your configuration folder).", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take every default, ask nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> None:
    """Ask a few questions and write sources.yaml and .env."""
    from aggregator.catalogue import read, read_archetypes, shipped
    from aggregator.cli.house import local_timezone
    from aggregator.cli.printing import remark
    from aggregator.settings import config_folder, load_settings

    flags, target = ctx.ensure_object(Flags), folder or config_folder()
    sources, env = target / "sources.yaml", target / ".env"
    present = [str(file) for file in (sources, env) if file.exists()]
    if present and not force:
        raise UsageError(f"{' and '.join(present)} is there already", where="digest init", todo="Add --force to replace it.")
    archetypes = read_archetypes(None)
    defaults = Answers((), 6, local_timezone(), "monday", "08:00")
    answers = defaults if yes else ask(archetypes, defaults)
    text = shipped().read_text("utf-8").rstrip() + "\n\n" + readers_block(answers)
    try:
        target.mkdir(parents=True, exist_ok=True)
        sources.write_text(text, encoding="utf-8")
        env.touch(mode=0o600)
        env.write_text(ENV.format(home=load_settings().home), encoding="utf-8")
    except OSError as error:
        raise AggregatorError(
            error.strerror or "it cannot be written", where=str(target), todo="Choose another --folder."
        ) from error
    catalogue = read(sources, archetypes=archetypes, timezone=answers.timezone)
    remark(flags, f"Wrote {sources} ({len(catalogue.sources)} sources) and {env}. Next: digest --now")


def ask(archetypes: "Sequence[Archetype]", defaults: Answers) -> Answers:
    """Ask what kind of engineer, how long, and when."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    typer.echo("Which kinds of news are for you?", err=True)
    for number, archetype in enumerate(archetypes, 1):
        typer.echo(f"  {number}. {archetype.name}: {archetype.description}", err=True)
    while True:
        said = typer.prompt("Numbers or names, separated by commas; nothing for all", default="", show_default=False, err=True)
        chosen = [choice(part.strip(), archetypes) for part in said.split(",") if part.strip()]
        if all(chosen):
            break
        typer.echo("One of these is not in the list.", err=True)
    minutes = typer.prompt("Minutes to read it", default=defaults.minutes, type=int, err=True)
    while True:
        timezone = typer.prompt("Time zone", default=defaults.timezone, err=True)
        try:
            ZoneInfo(timezone)
            break
        except (ZoneInfoNotFoundError, ValueError):
            typer.echo("No such time zone; one is called Europe/Berlin.", err=True)
    day = typer.prompt("Day of the week", default=defaults.day, err=True).strip().lower()
    day = day if day in DAYS else defaults.day
    return Answers(tuple(name for name in chosen if name), minutes, timezone, day, defaults.at)


def choice(said: str, archetypes: "Sequence[Archetype]") -> str | None:
    """Give the archetype that a number or a name means."""
    if said.isdecimal():
        number = int(said)
        return archetypes[number - 1].name if 1 <= number <= len(archetypes) else None
    return next((archetype.name for archetype in archetypes if archetype.name == said.lower()), None)


def readers_block(answers: Answers) -> str:
    """Give the part of sources.yaml that says who reads."""
    chosen = f"    archetypes: [{', '.join(answers.archetypes)}]\n" if answers.archetypes else ""
    when = f'{{day: {answers.day}, at: "{answers.at}", timezone: {answers.timezone}, minutes: {answers.minutes}}}'
    return f"readers:\n  - name: me\n{chosen}    digest: {when}\n"
