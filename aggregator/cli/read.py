"""`digest stories | show | search`: reading what is stored."""

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.flags import Flags, takes_flags
from aggregator.cli.now import Format
from aggregator.errors import NothingReadError, NothingToSayError, UsageError

if TYPE_CHECKING:
    from aggregator.models import StoredEntry, Story

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@takes_flags
def stories(
    ctx: typer.Context,
    *,
    days: Annotated[float, typer.Option(help="How many days back.", min=0.01, max=366)] = 7,
    archetype: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only those that serve this archetype.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(help="How many at most.", min=1)] = 30,
    as_json: AsJson = False,
) -> None:
    """List the stories of the last days, weightiest first.

    They are put together from what is stored; nothing is fetched.
    """
    from aggregator.cli.house import opened
    from aggregator.cli.now import check_archetype
    from aggregator.cli.printing import print_json
    from aggregator.pipeline import understand

    with opened(ctx.ensure_object(Flags)) as house:
        if archetype:
            check_archetype(archetype, [known.name for known in house.desk.archetypes])
        now = house.desk.now
        found = [
            story
            for story in sorted(understand(house.desk, now - timedelta(days=days), now), key=lambda s: (-s.score, s.id))
            if story.tags
            and any(entry.date and entry.date >= now - timedelta(days=days) for entry in story.entries)
            and (archetype is None or any(tag.name == archetype for tag in story.tags))
        ][:limit]
    if as_json:
        print_json([_story_json(story) for story in found])
    elif not found:
        raise NothingToSayError("no story of these days is stored", where="digest stories", todo="Run `digest fetch`.")
    else:
        for story in found:
            _print_story(story)


@takes_flags
def show(
    ctx: typer.Context,
    what: Annotated[str | None, typer.Argument(metavar="[ID]", help="A digest, story or entry; its first letters do.")] = None,
    *,
    form: Annotated[Format | None, typer.Option("--format", help="How a digest is printed (text).", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Show a stored digest, a story or an entry.

    Without an id it is the latest digest.
    """
    from aggregator import store
    from aggregator.cli.house import opened
    from aggregator.cli.printing import print_digest, print_json

    with opened(ctx.ensure_object(Flags)) as house, house.desk.store.reading() as session:
        digest = store.digests.get(session, what) if what else store.digests.latest(session)
        story = store.stories.find(session, what) if what and not digest else None
        entry = store.entries.find(session, what) if what and not digest and not story else None
    if digest:
        print_digest(digest, form=Format.JSON if as_json else form)
    elif story and as_json:
        print_json(_story_json(story))
    elif story:
        _print_story(story)
    elif entry and as_json:
        print_json(asdict(entry))
    elif entry:
        _print_entry(entry)
    elif what:
        raise UsageError(f"no digest, story or entry has an id that begins with '{what}'", where="digest show", todo=_HELP)
    else:
        raise NothingReadError("no digest is stored yet", where="digest show", todo="Make one with `digest --now`.")


_HELP = "`digest search` and `digest stories` print ids."


@takes_flags
def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(help="What to look for, in titles and texts.")],
    *,
    limit: Annotated[int, typer.Option(help="How many at most.", min=1)] = 20,
    as_json: AsJson = False,
) -> None:
    """Search the titles and texts of stored entries.

    The best match comes first.
    """
    from aggregator import store
    from aggregator.cli.house import opened
    from aggregator.cli.printing import print_json

    with opened(ctx.ensure_object(Flags)) as house, house.desk.store.reading() as session:
        found = store.entries.search(session, " ".join(words), limit)
    if as_json:
        print_json([_entry_json(entry) for entry in found])
        return
    for entry in found:
        typer.echo(f"{entry.id}  {_day(entry)}  {entry.source}: {entry.title}")
        typer.echo(f"{' ' * len(entry.id)}  {entry.url}")
    if not found:
        typer.echo("Nothing found.", err=True)


def _day(entry: "StoredEntry") -> str:
    return f"{entry.date:%Y-%m-%d}" if entry.date else "undated   "


def _entry_json(entry: "StoredEntry") -> dict[str, Any]:
    keys = ("id", "source", "title", "url", "date", "points", "text")
    return {key: getattr(entry, key) for key in keys}


def _story_json(story: "Story") -> dict[str, Any]:
    lead = next(entry for entry in story.entries if entry.id == story.lead)
    return {
        "id": story.id,
        "title": lead.title,
        "url": lead.url,
        "score": round(story.score, 3),
        "publishers": story.publishers,
        "archetypes": [{"name": tag.name, "reason": tag.reason} for tag in story.tags],
        "entries": [_entry_json(entry) for entry in story.entries],
    }


def _print_story(story: "Story") -> None:
    from rich.markup import escape

    from aggregator.cli.printing import console

    lead = next(entry for entry in story.entries if entry.id == story.lead)
    out = console()
    out.print(f"[bold]{escape(lead.title)}[/bold]", highlight=False)
    tags = "; ".join(f"{tag.name} because: {tag.reason}" for tag in story.tags)
    out.print(f"  [dim]{escape(f'{story.id}  {story.score:.2f}  {tags}')}[/dim]", highlight=False)
    for entry in story.entries:
        out.print(f"  [dim]{_day(entry)}[/dim]  {escape(entry.source)}: {escape(entry.title)}", highlight=False)
    out.print(f"  {escape(lead.url)}\n", highlight=False, soft_wrap=True)


def _print_entry(entry: "StoredEntry") -> None:
    typer.echo(f"{entry.title}\n\n{entry.source}, {_day(entry)}" + (f", {entry.points} points" if entry.points else ""))
    typer.echo(entry.url + (f"\nabout {entry.target}" if entry.target else "") + "\n")
    typer.echo(entry.text)
