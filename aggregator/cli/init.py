"""`digest init`: a few questions, then sources.yaml and .env."""

import re
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
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
MOST_MINUTES = 60


@dataclass(frozen=True)
class Answers:
    """What the questions came to. No archetype means all of them."""

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
    force: Annotated[bool, typer.Option("--force", help="Write a new sources.yaml; the old one is kept beside it.")] = False,
) -> None:
    """Ask a few questions and write sources.yaml and .env.

    sources.yaml gets the sources that ship with the program, for you to change. A .env that is there stays as it is.
    """
    from aggregator.catalogue import read_archetypes, read_text, shipped, write
    from aggregator.cli.house import local_timezone
    from aggregator.cli.printing import remark
    from aggregator.settings import config_folder

    flags, target = ctx.ensure_object(Flags), (folder or config_folder()).expanduser()
    sources, env = target / "sources.yaml", target / ".env"
    if sources.exists() and not force:
        raise UsageError("it is there already", where=str(sources), todo="Change it as you like, or add --force for a new one.")
    archetypes = read_archetypes(None)
    defaults = Answers((), 6, local_timezone(), "monday", "08:00")
    answers = defaults if yes else asked(archetypes, defaults)
    text = shipped().read_text("utf-8").rstrip() + "\n\n" + readers_block(answers)
    catalogue = read_text(text, sources, archetypes=archetypes, timezone=answers.timezone)
    _set_aside(sources)
    write(sources, text)
    added = _write_env(env)
    remark(flags, f"Wrote {sources} with {len(catalogue.sources)} sources{f', and {env}' if added else ''}.")
    elsewhere = target.resolve() not in {config_folder().resolve(), Path.cwd()}  # whose .env is read only there
    remark(flags, f"Next: {f'cd {target} && ' if elsewhere else ''}digest --now")


def _set_aside(sources: Path) -> None:
    """Keep the old file beside the new one. Raises AggregatorError."""
    from aggregator.cli.printing import reason

    try:
        if sources.exists():
            sources.replace(sources.with_suffix(".yaml.old"))
    except OSError as error:
        raise AggregatorError(f"the old file cannot be kept: {reason(error)}", where=str(sources)) from error


def _write_env(env: Path) -> bool:
    """Write .env for the person's eyes only, unless there is one: it may hold keys. Raises AggregatorError."""
    from aggregator.cli.printing import reason
    from aggregator.settings import load_settings

    try:
        if env.exists():
            env.chmod(0o600)
            return False
        env.touch(mode=0o600)
        env.write_text(ENV.format(home=load_settings().home), encoding="utf-8")
    except OSError as error:
        raise AggregatorError(f"it cannot be written: {reason(error)}", where=str(env)) from error
    return True


def asked(archetypes: "Sequence[Archetype]", defaults: Answers) -> Answers:
    """Ask what kind of engineer, how long, and when."""
    import shutil
    import textwrap

    from aggregator.cli.asking import ask

    typer.echo("Which kinds of news are for you?", err=True)
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    for number, archetype in enumerate(archetypes, 1):
        told = f"{archetype.name}: {archetype.description}"
        typer.echo(textwrap.fill(told, width, initial_indent=f"  {number}. ", subsequent_indent="     "), err=True)
    return Answers(
        ask("Numbers or names, separated by commas; nothing for all", lambda said: chosen(said, archetypes)),
        ask("Minutes to read it", minutes, str(defaults.minutes)),
        ask("Time zone", timezone, defaults.timezone),
        ask("Day of the week", day, defaults.day),
        ask("At what time", clock_time, defaults.at),
    )


def chosen(said: str, archetypes: "Sequence[Archetype]") -> tuple[str, ...]:
    """Read which archetypes are meant, by number or name. Raises ValueError with the first that is none."""
    names = [archetype.name for archetype in archetypes]
    numbered = {str(number): name for number, name in enumerate(names, 1)}
    words = [part.strip().lower() for part in said.split(",") if part.strip()]
    for word in words:
        if word not in numbered and word not in names:
            raise ValueError(f"'{word}' is not in the list. Give 1 to {len(names)}, or names.")
    return tuple(dict.fromkeys(numbered.get(word, word) for word in words))


def minutes(said: str) -> int:
    """Read a number of minutes. Raises ValueError."""
    if not said.isdecimal() or not 1 <= int(said) <= MOST_MINUTES:
        raise ValueError(f"Please give a number from 1 to {MOST_MINUTES}.")
    return int(said)


def timezone(said: str) -> str:
    """Read a time zone's name. Raises ValueError."""
    from zoneinfo import available_timezones

    known = {name.lower(): name for name in available_timezones()}
    if said.lower() not in known:
        raise ValueError(f"There is no time zone '{said}'; one is called Europe/Berlin.")
    return known[said.lower()]


def day(said: str) -> str:
    """Read a day of the week; its first letters do. Raises ValueError."""
    meant = [name for name in DAYS if name.startswith(said.lower())]
    if len(meant) != 1:
        raise ValueError(f"Please give one of {', '.join(DAYS)}.")
    return meant[0]


def clock_time(said: str) -> str:
    """Read a time of day. Raises ValueError."""
    if not CLOCK.fullmatch(said):
        raise ValueError("Please give a time such as 08:00.")
    return said.zfill(5)


def readers_block(answers: Answers) -> str:
    """Give the part of sources.yaml that says who reads."""
    chosen = f"    archetypes: [{', '.join(answers.archetypes)}]\n" if answers.archetypes else ""
    when = f'{{day: {answers.day}, at: "{answers.at}", timezone: {answers.timezone}, minutes: {answers.minutes}}}'
    return f"readers:\n  - name: me\n{chosen}    digest: {when}\n"
