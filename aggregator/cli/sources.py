"""`digest sources`: what is read and how it does; each can be tried."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli import listing
from aggregator.cli.exits import ExitCode
from aggregator.cli.flags import Flags, takes_flags
from aggregator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aggregator.models import Health
    from aggregator.pipeline import Probe

app = typer.Typer(
    help="List sources with their health; add, remove, check.",
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
NAME_COLUMNS = 34  # a longer name would push the rest out of a window of 80
NAMED = 5  # of the sources that are no longer listed


@app.callback()
@takes_flags
def overview(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """List the sources with their health: entries, last success, last error, next try.

    Those that failed come first.
    """
    if ctx.invoked_subcommand and as_json:
        todo = f"Write `digest sources {ctx.invoked_subcommand} --json`."
        raise UsageError("--json stands before the command", where="digest sources", todo=todo)
    if not ctx.invoked_subcommand:
        _overview(ctx, as_json=as_json)


@app.command("list")
@takes_flags
def list_sources(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """List the sources with their health, as `digest sources` alone does."""
    _overview(ctx, as_json=as_json)


def _overview(ctx: typer.Context, *, as_json: bool) -> None:
    from aggregator import store
    from aggregator.cli.house import opened
    from aggregator.cli.printing import print_json, remark

    flags = ctx.ensure_object(Flags)
    with opened(flags) as house:
        with house.desk.store.transaction() as session:
            store.sources.sync(session, [listed.source for listed in house.desk.catalogue.sources], house.desk.now)
        with house.desk.store.reading() as session:
            healths, known = store.sources.health(session), store.sources.known(session)
        now = house.desk.now
    if as_json:
        print_json([asdict(health) for health in healths])
        return
    _print_health(healths, now)
    left = [health for health in known if health not in healths and health.entries]
    if left:
        remark(flags, _no_longer_listed(left))


def _no_longer_listed(left: "Sequence[Health]") -> str:
    from aggregator.cli.printing import LONGEST, counted
    from aggregator.text.line import one_line

    names = ", ".join(health.source for health in left[:NAMED]) + (" and others" if len(left) > NAMED else "")
    entries = counted(sum(health.entries for health in left), "entry", "entries")
    return one_line(f"Stored, but no longer in sources.yaml: {names} ({entries}). `digest forget NAME` deletes them.", LONGEST)


def _print_health(healths: "Sequence[Health]", now: "datetime") -> None:
    from aggregator.cli.printing import DIM, hung, paint, window
    from aggregator.text.line import one_line

    names = [one_line(health.source, NAME_COLUMNS if window() else 300) for health in healths]
    widest = max([len("source"), *map(_columns, names)])
    typer.echo(paint(f"{'source':<{widest}}  entries         read  state", DIM))
    for health, name in sorted(zip(healths, names, strict=True), key=lambda pair: _place(pair[0])):
        row = f"{name}{' ' * (widest - _columns(name))}  {health.entries:>7,}  {_ago(health.last_success, now):>11}  "
        told, why = state(health, now), health.error if health.failures or health.retired else ""
        if window() and why:
            hung(row, told)
            hung("    ", why, style=DIM)
        else:
            hung(row, f"{told}: {why}" if why else told)


def _place(health: "Health") -> tuple[bool, str, str]:
    """Put those that failed first, and the rest as a person looks names up."""
    return not (health.failures or health.retired), health.source.casefold(), health.source


def _columns(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def state(health: "Health", now: "datetime") -> str:
    """Say in a few words how a source does."""
    if health.retired:
        return "retired"
    if health.failures:
        times = "once" if health.failures == 1 else f"{health.failures} times"
        return f"failed {times}, next try {_in(health.next_try, now)}"
    if health.last_success is None:
        return "not read yet"
    return f"ok, moved to {health.moved_to}" if health.moved_to else "ok"


def _ago(moment: "datetime | None", now: "datetime") -> str:
    return f"{_span((now - moment).total_seconds())} ago" if moment else "never"


def _in(moment: "datetime | None", now: "datetime") -> str:
    return f"in {_span((moment - now).total_seconds())}" if moment and moment > now else "at once"


def _span(seconds: float) -> str:
    for length, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= length:
            return f"{seconds // length:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"


@app.command()
@takes_flags
def check(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Only these.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Try the sources and say what each gives.

    Each is asked as for the first time, and nothing is stored. Exits with 1 where one fails.
    """
    from difflib import get_close_matches

    from aggregator.cli.house import configured, tried
    from aggregator.cli.printing import print_json

    papers = configured(ctx.ensure_object(Flags))
    listed = [one.source.name for one in papers.catalogue.sources]
    missing = sorted(set(names or ()) - set(listed))
    if missing:
        near = get_close_matches(missing[0], listed, 1)
        todo = f"Did you mean '{near[0]}'?" if near else "See `digest sources`."
        raise UsageError(f"no source is called '{missing[0]}'", where="digest sources check", todo=todo)
    wanted = [one for one in papers.catalogue.sources if not names or one.source.name in names]
    found = tried(papers, wanted, lambda one: None if as_json else _print_probe(one))
    if as_json:
        print_json([_as_json(one) for one in found])
    if any(one.error is not None for one in found):
        raise typer.Exit(ExitCode.FAILED)


def _print_probe(found: "Probe") -> None:
    from aggregator.cli.printing import counted, hung

    name = found.listed.source.name
    if found.error is not None:
        hung("failed  ", f"{name}: {found.error.what}")
        return
    newest = f", the newest of {listing.dated(found.entries[0])}" if found.entries else ""
    hung("ok      ", f"{name}: {counted(len(found.entries), 'entry', 'entries')}{newest}")


def _as_json(found: "Probe") -> dict[str, object]:
    newest = found.entries[0].published if found.entries else None
    error = found.error.what if found.error else None
    return {"source": found.listed.source.name, "entries": len(found.entries), "newest": newest, "error": error}


for command in (listing.add, listing.remove):
    app.command()(command)
app.command("import")(listing.import_opml)
app.command("export")(listing.export_opml)
