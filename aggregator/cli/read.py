"""`digest stories | show | search`: reading what is stored."""

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.flags import Flags, takes_flags
from aggregator.cli.forms import Format
from aggregator.errors import NothingReadError, NothingToSayError, UsageError

if TYPE_CHECKING:
    from aggregator.models import StoredEntry, Story

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@takes_flags
def stories(
    ctx: typer.Context,
    *,
    days: Annotated[float, typer.Option(metavar="N", help="How many days back.", min=0.01, max=366)] = 7,
    archetype: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only those that serve this archetype.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", help="How many at most.", min=1)] = 30,
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
    else:
        for story in found:
            _print_story(story)
    if not found:
        raise NothingToSayError("no story of these days is stored", where="digest stories", todo="Run `digest fetch`.")


@takes_flags
def show(
    ctx: typer.Context,
    what: Annotated[str | None, typer.Argument(metavar="ID", help="A digest, story or entry; its first letters do.")] = None,
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
    elif form and (story or entry):
        raise UsageError(
            f"'{what}' is no digest, and only a digest has forms", where="--format", todo="Leave it out, or --json."
        )
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
    words: Annotated[list[str], typer.Argument(metavar="WORD", help='All of them count; "several words" are a phrase.')],
    *,
    limit: Annotated[int, typer.Option(metavar="N", help="How many at most.", min=1)] = 20,
    as_json: AsJson = False,
) -> None:
    """Search the titles and texts of stored entries.

    The best match comes first.
    """
    from aggregator import store
    from aggregator.cli.house import opened
    from aggregator.cli.printing import DIM, hung, print_json, remark

    flags, asked = ctx.ensure_object(Flags), " ".join(words)
    if not any(character.isalnum() for character in asked):
        raise UsageError(f"there is no word in '{asked}'", where="digest search")
    with opened(flags) as house, house.desk.store.reading() as session:
        found = store.entries.search(session, asked, limit)
    if as_json:
        print_json([_entry_json(entry) for entry in found])
        return
    for entry in found:
        hung(f"{entry.id}  {_day(entry)}  ", f"{entry.source}: {entry.title}")
        hung(" " * len(entry.id) + "  ", entry.url, style=DIM)
    if not found:
        remark(flags, "Nothing found.")


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
    from aggregator.cli.printing import BOLD, DIM, hung

    lead = next(entry for entry in story.entries if entry.id == story.lead)
    hung("", lead.title, style=BOLD)
    tags = "; ".join(f"{tag.name} because: {tag.reason}" for tag in story.tags)
    hung("  ", f"{story.id}  {story.score:.2f}  {tags}", style=DIM)
    for entry in story.entries:
        hung(f"  {_day(entry)}  ", f"{entry.source}: {entry.title}")
    hung("  ", lead.url)
    typer.echo()


def _print_entry(entry: "StoredEntry") -> None:
    from aggregator.cli.printing import BOLD, DIM, hung
    from aggregator.text.line import shown

    hung("", entry.title, style=BOLD)
    points = f", {entry.points} points" if entry.points else ""
    hung("", f"{entry.id}  {_day(entry).strip()}  {entry.source}{points}", style=DIM)
    hung("", entry.url)
    if entry.target:
        hung("about ", entry.target)
    for paragraph in shown(entry.text).splitlines():
        typer.echo()
        hung("", paragraph, limit=len(paragraph))
