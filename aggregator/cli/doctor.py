"""`digest doctor`: what works, what does not, what to do."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.exits import ExitCode
from aggregator.cli.flags import Flags, takes_flags
from aggregator.errors import AggregatorError

if TYPE_CHECKING:
    from aggregator.cli.house import Papers

LITTLE_SPACE = 200 * 1024 * 1024  # bytes; a year of a hundred feeds needs about as much
TRIED = 5  # sources that are asked to see whether the network works


class Verdict(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's list."""

    part: str
    verdict: Verdict
    told: str
    todo: str = ""


@takes_flags
def doctor(ctx: typer.Context, *, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Check configuration, database and network.

    Each line says what works, what does not, and what to do. Exits with 1 where there is a fault.
    """
    from dataclasses import asdict

    from aggregator.cli.printing import hung, print_json

    findings: list[Finding] = []
    for finding in examine(ctx.ensure_object(Flags)):
        findings.append(finding)
        if not as_json:
            todo = f" {finding.todo}" if finding.todo else ""
            hung(f"{finding.verdict:<8} ", f"{finding.part}: {finding.told.rstrip('.')}.{todo}")
    if as_json:
        print_json([asdict(finding) for finding in findings])
    if any(finding.verdict is Verdict.FAULT for finding in findings):
        raise typer.Exit(ExitCode.FAILED)


def examine(flags: Flags) -> Iterator[Finding]:
    """Look at every part, also when one before it is at fault."""
    from importlib.metadata import version

    from aggregator.cli.house import configured
    from aggregator.cli.printing import counted

    yield Finding("program", Verdict.OK, f"digest {version('aggregator')} on Python {sys.version.split()[0]}")
    try:
        papers = configured(flags)
    except AggregatorError as error:
        yield Finding("configuration", Verdict.FAULT, str(error))
        return
    where = "the list that ships with the program" if papers.catalogue.shipped else str(papers.catalogue.path)
    sources = counted(len(papers.catalogue.sources), "source", "sources")
    readers = counted(len(papers.catalogue.readers), "reader", "readers")
    told = f"{sources} and {readers}, from {where}"
    yield Finding("configuration", Verdict.OK, told)
    yield from _folder(papers)
    yield from _database(papers)
    yield from _network(papers)


def _folder(papers: "Papers") -> Iterator[Finding]:
    from aggregator.cli.printing import reason

    home = papers.settings.home.expanduser()
    try:
        home.mkdir(parents=True, exist_ok=True)
        trial = home / ".doctor"
        trial.write_text("writable", encoding="utf-8")
        trial.unlink()
    except OSError as error:
        told = f"{home} cannot be written: {reason(error)}"
        yield Finding("data folder", Verdict.FAULT, told, "Set DIGEST_HOME to a folder of yours.")
        return
    free = shutil.disk_usage(home).free
    space = f"{home}, {free // 1024**2:,} MB free"
    if free < LITTLE_SPACE:
        yield Finding("data folder", Verdict.WARNING, f"{space}.", "Make room soon.")
    else:
        yield Finding("data folder", Verdict.OK, space)


def _database(papers: "Papers") -> Iterator[Finding]:
    from aggregator import store as keeping
    from aggregator.cli.house import clock

    try:
        with keeping.open_store(papers.settings.database, backups=papers.settings.backups, now=clock()) as store:
            with store.reading() as session:
                entries, healths = keeping.entries.count(session), keeping.sources.health(session)
            for fault in store.faults():
                yield Finding("database", Verdict.FAULT, fault, f"Restore a copy from {papers.settings.backups}.")
                return
    except AggregatorError as error:
        yield Finding("database", Verdict.FAULT, str(error))
        return
    failing = [health for health in healths if health.failures]
    yield Finding("database", Verdict.OK, f"{entries:,} entries of {len(healths)} sources, sound")
    if failing:
        names = ", ".join(health.source for health in failing[:5]) + (" and others" if len(failing) > 5 else "")  # noqa: PLR2004
        yield Finding("sources", Verdict.WARNING, f"{len(failing)} failed last time: {names}.", "See `digest sources`.")


def _network(papers: "Papers") -> Iterator[Finding]:
    from aggregator.cli.house import tried
    from aggregator.cli.now import none_read

    heaviest = sorted(papers.catalogue.sources, key=lambda listed: (-listed.source.weight, listed.source.name))[:TRIED]
    probes = tried(papers, heaviest)
    good = [found for found in probes if found.error is None]
    for found in probes:
        if found.error is not None and good:
            told = f"{found.listed.source.name}: {found.error.what}"
            yield Finding("network", Verdict.WARNING, told, "See `digest sources check`.")
    if good:
        yield Finding("network", Verdict.OK, f"{len(good)} of {len(probes)} tried sources answered")
    elif probes:
        first = probes[0]
        told = f"{none_read(len(probes))}; {first.listed.source.name}: {first.error.what if first.error else ''}"
        yield Finding("network", Verdict.FAULT, told, "Check the connection, and HTTPS_PROXY where you need one.")
    else:
        yield Finding("network", Verdict.WARNING, "there is no source to try.", "Add one with `digest sources add URL`.")
