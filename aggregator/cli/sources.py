"""`digest sources`: what is read and how it does; add, remove, check, import and export."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.exits import ExitCode
from aggregator.cli.flags import Flags, takes_flags
from aggregator.errors import AggregatorError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aggregator.catalogue import Listed
    from aggregator.cli.house import Papers
    from aggregator.models import Entry, Health
    from aggregator.pipeline import Probe

app = typer.Typer(
    help="List sources with their health; add, remove, check.",
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
SHOWN = 3  # entries that tell whether this is the right feed


@app.callback()
@takes_flags
def overview(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """List the sources with their health: last success, last error, next try, entries."""
    if ctx.invoked_subcommand:
        return
    from aggregator import store
    from aggregator.cli.house import opened
    from aggregator.cli.printing import print_json

    with opened(ctx.ensure_object(Flags)) as house:
        with house.desk.store.transaction() as session:
            store.sources.sync(session, [listed.source for listed in house.desk.catalogue.sources], house.desk.now)
        with house.desk.store.reading() as session:
            healths = store.sources.health(session)
        now = house.desk.now
    if as_json:
        print_json([asdict(health) for health in healths])
    else:
        _print_health(healths, now)


def _print_health(healths: "Sequence[Health]", now: "datetime") -> None:
    from rich.table import Table
    from rich.text import Text

    from aggregator.cli.printing import console

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("source", overflow="fold")
    for heading in ("entries", "read", "next try"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("state", overflow="fold")
    for health in sorted(healths, key=lambda health: (not health.failures, health.source)):
        read, later = _ago(health.last_success, now), _in(health.next_try, now) if health.failures else ""
        table.add_row(Text(health.source), f"{health.entries:,}", read, later, Text(state(health)))
    console().print(table)


def state(health: "Health") -> str:
    """Say in a few words how a source does."""
    if health.retired:
        return f"retired: {health.error}"
    if health.failures:
        times = "once" if health.failures == 1 else f"{health.failures} times"
        return f"failed {times}: {health.error}"
    if health.last_success is None:
        return "not read yet"
    return f"ok, moved to {health.moved_to}" if health.moved_to else "ok"


def _ago(moment: "datetime | None", now: "datetime") -> str:
    return f"{_span((now - moment).total_seconds())} ago" if moment else "never"


def _in(moment: "datetime | None", now: "datetime") -> str:
    return f"in {_span((moment - now).total_seconds())}" if moment and moment > now else "now"


def _span(seconds: float) -> str:
    for length, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= length:
            return f"{seconds // length:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"


@app.command()
@takes_flags
def add(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(help="A feed, or a page that names one.")],
    *,
    name: Annotated[str | None, typer.Option(help="What to call it.", show_default=False)] = None,
    weight: Annotated[float, typer.Option(help="How much it counts.", min=0.1, max=10)] = 1,
    archetype: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Whom it mostly serves; may be repeated.", show_default=False)
    ] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="It lies on a private network.")] = False,
    yes: Yes = False,
) -> None:
    """Try a source, show its newest entries, add it.

    It is written into your sources.yaml, whose comments and order stay.
    """
    from aggregator.catalogue import add_source, text_of
    from aggregator.cli.house import clock, configured
    from aggregator.cli.now import check_archetype
    from aggregator.cli.printing import remark
    from aggregator.pipeline import probe
    from aggregator.settings import EnvironmentSecrets

    flags = ctx.ensure_object(Flags)
    papers = configured(flags)
    for hint in archetype or ():
        check_archetype(hint, [known.name for known in papers.archetypes])
    address = url if "://" in url else f"https://{url}"
    listed = _listed(address, allow_private=allow_private)
    found = probe([listed], EnvironmentSecrets(), clock())[0]
    if found.error is not None:
        raise UsageError(found.error.what, where=address, todo=found.error.todo or "Nothing was added.") from found.error
    called = name or found.title or listed.source.name
    typer.echo(f"{called}: {len(found.entries)} entries. The newest:", err=True)
    for entry in found.entries[:SHOWN]:
        typer.echo(f"  {_dated(entry)}  {entry.title}", err=True)
    if not yes:
        typer.confirm("Add it?", default=True, abort=True, err=True)
    common = {
        "name": called,
        **({"weight": weight} if weight != 1 else {}),
        **({"archetypes": archetype} if archetype else {}),
        **({"allow_private": True} if allow_private else {}),
    }
    path = _own(papers)
    _rewrite(path, add_source(text_of(path), "feed", address, **common), papers)
    remark(flags, f"Added to {path}.")


def _listed(address: str, *, allow_private: bool) -> "Listed":
    from pydantic import ValidationError

    from aggregator.catalogue import Listed, load_kind
    from aggregator.models import Source

    try:
        options = load_kind("aggregator.sources", "feed").Options.model_validate(address)
    except ValidationError as error:
        raise UsageError(
            error.errors()[0]["msg"], where=address, todo="Give an address such as https://example.org."
        ) from error
    source = Source(name=address, kind="feed", address=address, allow_private=allow_private)
    return Listed(source, options, line=0)


def _dated(entry: "Entry") -> str:
    return f"{entry.published:%Y-%m-%d}" if entry.published else "undated   "


def _own(papers: "Papers") -> Path:
    """Give the person's own sources.yaml; where the shipped one is in force, a copy of it in their configuration folder."""
    from aggregator.settings import config_folder

    if not papers.catalogue.shipped:
        return papers.catalogue.path
    own = config_folder() / "sources.yaml"
    try:
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_bytes(papers.catalogue.path.read_bytes())
    except OSError as error:
        raise AggregatorError(error.strerror or "it cannot be written", where=str(own)) from error
    return own


def _rewrite(path: Path, text: str, papers: "Papers") -> None:
    """Replace sources.yaml by what has been checked first."""
    from aggregator.catalogue import read_text, write
    from aggregator.cli.house import local_timezone

    read_text(text, path, archetypes=papers.archetypes, timezone=local_timezone())
    write(path, text)


@app.command()
@takes_flags
def remove(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="NAME|URL", help="Its name or address in sources.yaml.")],
) -> None:
    """Take a source out of sources.yaml.

    What it has published stays in the database: see `digest forget`.
    """
    from aggregator.catalogue import remove_source, text_of
    from aggregator.cli.house import configured
    from aggregator.cli.printing import remark

    flags = ctx.ensure_object(Flags)
    papers = configured(flags)
    path = _own(papers)
    _rewrite(path, remove_source(text_of(path), what), papers)
    remark(flags, f"Took {what} out of {path}.")


@app.command()
@takes_flags
def check(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Try the sources and say what each gives.

    Each is asked as for the first time, and nothing is stored. Exits with 1 where one fails.
    """
    from aggregator.cli.house import clock, configured
    from aggregator.cli.printing import print_json
    from aggregator.pipeline import probe
    from aggregator.settings import EnvironmentSecrets

    papers = configured(ctx.ensure_object(Flags))
    wanted = [one for one in papers.catalogue.sources if not names or one.source.name in names]
    missing = sorted(set(names or ()) - {one.source.name for one in wanted})
    if missing:
        raise UsageError(f"no source is called '{missing[0]}'", where="digest sources check", todo="See `digest sources`.")
    found = probe(wanted, EnvironmentSecrets(), clock(), lambda one: None if as_json else typer.echo(_line(one)))
    if as_json:
        print_json([_as_json(one) for one in found])
    if any(one.error is not None for one in found):
        raise typer.Exit(ExitCode.FAILED)


def _line(found: "Probe") -> str:
    name = found.listed.source.name
    if found.error is not None:
        return f"failed  {name}: {found.error.what} {found.error.todo}".rstrip()
    newest = f", the newest of {_dated(found.entries[0])}" if found.entries else ""
    return f"ok      {name}: {len(found.entries)} entries{newest}"


def _as_json(found: "Probe") -> dict[str, object]:
    newest = found.entries[0].published if found.entries else None
    error = found.error.what if found.error else None
    return {"source": found.listed.source.name, "entries": len(found.entries), "newest": newest, "error": error}


@app.command("import")
@takes_flags
def import_opml(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(help="An OPML file, as other feed readers export it.")]
) -> None:
    """Add the feeds of an OPML file to sources.yaml."""
    from aggregator.catalogue import add_sources, read_opml, same, short_name, text_of
    from aggregator.cli.house import configured
    from aggregator.cli.printing import remark

    flags = ctx.ensure_object(Flags)
    papers = configured(flags)
    try:
        feeds = read_opml(file.read_bytes())
    except OSError as error:
        raise UsageError(error.strerror or "it cannot be read", where=str(file)) from error
    names = {listed.source.name for listed in papers.catalogue.sources}
    addresses = {same(listed.source.address) for listed in papers.catalogue.sources}
    added: list[dict[str, object]] = []
    for feed in feeds:
        if same(feed.url) not in addresses:
            name = _free(feed.title or short_name("feed", feed.url), names)
            added.append({"feed": feed.url, "name": name})
            names.add(name)
            addresses.add(same(feed.url))
    path = _own(papers)
    if added:
        _rewrite(path, add_sources(text_of(path), added), papers)
    remark(flags, f"Added {len(added)} of {len(feeds)} feeds to {path}; {len(feeds) - len(added)} stood there already.")


def _free(name: str, taken: set[str]) -> str:
    """Give this name, numbered where it is taken."""
    return next(free for free in (name, *(f"{name} {number}" for number in range(2, len(taken) + 3))) if free not in taken)


@app.command("export")
@takes_flags
def export_opml(
    ctx: typer.Context,
    *,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to this file.", show_default=False)] = None,
    with_secrets: Annotated[bool, typer.Option("--with-secrets", help="Keep passwords and tokens of addresses.")] = False,
) -> None:
    """Print the feeds as OPML for other feed readers."""
    from aggregator.catalogue import write_opml
    from aggregator.cli.house import configured

    papers = configured(ctx.ensure_object(Flags))
    text = write_opml([listed.source for listed in papers.catalogue.sources], with_secrets=with_secrets)
    if output is None:
        typer.echo(text.rstrip("\n"))
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AggregatorError(error.strerror or "it cannot be written", where=str(output)) from error
