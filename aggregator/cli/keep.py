"""`digest verify | export | forget`: the database is the person's."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.flags import Flags, takes_flags
from aggregator.errors import AggregatorError, NothingReadError, UsageError
from aggregator.models import Digest

if TYPE_CHECKING:
    from aggregator.store import Store

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@takes_flags
def verify(
    ctx: typer.Context,
    what: Annotated[
        str | None, typer.Argument(metavar="[ID|FILE]", help="A stored digest (the latest), or one exported as JSON.")
    ] = None,
) -> None:
    """Check a digest against the entries that it cites.

    Every sentence, title, number and link has to stand in the stored entries; nothing is fetched. Without an id it is the
    latest digest. Exits with 1 where there is a fault.
    """
    from aggregator import pipeline
    from aggregator.cli.house import opened
    from aggregator.cli.printing import remark

    flags = ctx.ensure_object(Flags)
    with opened(flags) as house:
        digest = _digest(house.desk.store, what)
        pipeline.verify(house.desk, digest)
    sentences = sum(len(story.sentences) for story in digest.stories) + len(digest.overview)
    remark(
        flags, f"{digest.id}: all {sentences} sentences of {len(digest.stories)} stories stand in the entries that they cite."
    )


def _digest(store: "Store", what: str | None) -> Digest:
    from aggregator import store as keeping
    from aggregator.render import from_json

    if what and (what.endswith(".json") or Path(what).is_file()):
        try:
            return from_json(Path(what).read_text("utf-8"), where=what)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                "it cannot be read as text", where=what, todo="Give a digest written with --format json."
            ) from error
    with store.reading() as session:
        digest = keeping.digests.get(session, what) if what else keeping.digests.latest(session)
    if digest:
        return digest
    if what:
        raise UsageError(f"no stored digest has an id that begins with '{what}'", where="digest verify")
    raise NothingReadError("no digest is stored yet", where="digest verify", todo="Make one with `digest --now`.")


@takes_flags
def export(
    ctx: typer.Context,
    *,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to this file.", show_default=False)] = None,
) -> None:
    """Print all of your data as lines of JSON.

    Each line is an object: {"table": ..., "row": {...}}. docs/database.md says what the tables hold.
    """
    import json

    from aggregator import store
    from aggregator.cli.house import opened

    with opened(ctx.ensure_object(Flags)) as house, house.desk.store.reading() as session:
        lines = (
            json.dumps({"table": table, "row": row}, ensure_ascii=False) for table, row in store.export.everything(session)
        )
        if output is None:
            for line in lines:
                typer.echo(line)
            return
        try:
            with output.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            raise AggregatorError(error.strerror or "it cannot be written", where=str(output)) from error


@takes_flags
def forget(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="SOURCE|ENTRY", help="A source's name, or an entry's id.")],
    *,
    yes: Yes = False,
) -> None:
    """Delete a source or an entry from the database.

    A source goes with all its entries. sources.yaml stays as it is: see `digest sources remove`.
    """
    from aggregator import store
    from aggregator.cli.house import opened
    from aggregator.cli.printing import remark

    flags = ctx.ensure_object(Flags)
    with opened(flags) as house:
        with house.desk.store.reading() as session:
            source = next((health for health in store.sources.known(session) if health.source == what), None)
            entry = None if source else store.entries.find(session, what)
        if source:
            told = f"the source {source.source} with its {source.entries} entries"
        elif entry:
            told = f"the entry {entry.id}: {entry.title}"
        else:
            raise UsageError(f"no source or entry is called '{what}'", where="digest forget", todo="See `digest sources`.")
        if not yes:
            typer.confirm(f"Delete {told}?", abort=True, err=True)
        with house.desk.store.transaction() as session:
            if source:
                store.sources.forget(session, source.source)
            elif entry:
                store.entries.forget(session, entry.id)
    remark(flags, f"Deleted {told}. Stored digests keep what they said.")
