"""`digest verify | export | forget`: the database is the person's."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.flags import Flags, takes_flags
from aggregator.errors import NothingReadError, UsageError
from aggregator.models import Digest

if TYPE_CHECKING:
    from aggregator.store import Store

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@takes_flags
def verify(
    ctx: typer.Context,
    what: Annotated[
        str | None, typer.Argument(metavar="ID|FILE", help="A stored digest (the latest), or one exported as JSON.")
    ] = None,
) -> None:
    """Check a digest against the entries that it cites.

    Every sentence, title, number and link has to stand in the stored entries; nothing is fetched. A file whose digest is
    stored here has to be that digest, to the last word. Without an id it is the latest. Exits with 1 where there is a fault.
    """
    from aggregator import pipeline
    from aggregator.cli.house import opened

    flags = ctx.ensure_object(Flags)
    with opened(flags) as house:
        digest = _digest(house.desk.store, what)
        stored = pipeline.verify(house.desk, digest)
    sentences = sum(len(story.sentences) for story in digest.stories) + len(digest.overview)
    if not flags.quiet:
        stood = f"all {sentences} sentences of {len(digest.stories)} stories stand in the entries that they cite"
        elsewhere = "" if stored else " It is not stored here, so nothing proves its order or what it says was read."
        typer.echo(f"{digest.id}: {stood}.{elsewhere}")


_WANTED = "Give a stored digest's id, or a file that `--format json` wrote."


def _digest(store: "Store", what: str | None) -> Digest:
    from aggregator import store as keeping
    from aggregator.cli.printing import reason
    from aggregator.render import from_json

    if what and (what.endswith(".json") or Path(what).is_file()):
        try:
            return from_json(Path(what).read_text("utf-8"), where=what)
        except OSError as error:
            raise UsageError(f"it cannot be read: {reason(error)}", where=what, todo=_WANTED) from error
        except UnicodeDecodeError as error:
            raise UsageError("it is not text", where=what, todo=_WANTED) from error
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
    from aggregator import store
    from aggregator.cli.house import opened
    from aggregator.cli.printing import json_text, save

    with opened(ctx.ensure_object(Flags)) as house, house.desk.store.reading() as session:
        lines = (json_text({"table": table, "row": row}, indent=None) + "\n" for table, row in store.export.everything(session))
        if output is None:
            sys.stdout.writelines(lines)
        else:
            save(output, lines)


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
    from aggregator.cli.asking import confirm
    from aggregator.cli.house import opened
    from aggregator.cli.printing import counted, remark
    from aggregator.text.line import one_line

    flags = ctx.ensure_object(Flags)
    with opened(flags) as house:
        with house.desk.store.reading() as session:
            stored = [health for health in store.sources.known(session) if health.source == what]
            entry = None if stored else store.entries.find(session, what)
        entries = sum(health.entries for health in stored)
        if stored:
            told = f"the source '{one_line(what)}' with its {counted(entries, 'entry', 'entries')}"
        elif entry:
            told = f"the entry {entry.id} of {entry.source}, '{one_line(entry.title)}'"
        else:
            raise UsageError(f"no source or entry is called '{what}'", where="digest forget", todo="See `digest sources`.")
        if not yes:
            confirm(f"Delete {told}?", default=False)
        with house.desk.store.transaction() as session:
            if stored:
                store.sources.forget(session, what)
            elif entry:
                store.entries.forget(session, entry.id)
        listed = stored and any(one.source.name == what for one in house.desk.catalogue.sources)
    remark(flags, f"Deleted {told}. Stored digests keep what they said.")
    if listed:
        remark(flags, f"sources.yaml still lists it, so the next fetch reads it again: `digest sources remove '{what}'`.")
