"""`digest sources add | remove | import | export`: sources.yaml, changed for the person whose it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.flags import Flags, takes_flags
from aggregator.errors import AggregatorError, CatalogueError, ParseError, RefusedAddressError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aggregator.catalogue import Listed
    from aggregator.cli.house import Papers
    from aggregator.models import Entry
    from aggregator.pipeline import Probe

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
SHOWN = 3  # entries that tell whether this is the right feed
LONGEST_NAME = 60  # characters of a name that the feed gave itself


@takes_flags
def add(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="A feed, or a page that names one.")],
    *,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="What to call it.", show_default=False)] = None,
    weight: Annotated[float, typer.Option(metavar="N", help="How much it counts.", min=0.1, max=10)] = 1,
    archetype: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Whom it mostly serves; may be repeated.", show_default=False)
    ] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="It lies on a private network.")] = False,
    yes: Yes = False,
) -> None:
    """Try a source, show its newest entries, add it.

    It is written into your sources.yaml, whose comments and order stay. Where you have none, the list that ships with the
    program is copied into your configuration folder first.
    """
    from aggregator.cli.asking import confirm
    from aggregator.cli.house import configured, tried
    from aggregator.cli.now import check_archetype
    from aggregator.cli.printing import LONGEST, remark
    from aggregator.text.line import one_line

    flags = ctx.ensure_object(Flags)
    papers = configured(flags)
    for hint in archetype or ():
        check_archetype(hint, [known.name for known in papers.archetypes])
    listed = _listed(url if "://" in url else f"https://{url}", allow_private=allow_private)
    _refuse_known(papers, listed.source.address, name)
    remark(flags, f"Trying {one_line(listed.source.address, LONGEST)}")
    found = tried(papers, [listed])[0]
    if found.error is not None:
        raise _unreadable(found.error, listed.source.address) from found.error
    called = name or _free(_title(found), {one.source.name for one in papers.catalogue.sources})
    if not (yes and flags.quiet):
        _introduce(called, found)
    if not yes:
        confirm("Add it?", default=True)
    given = {
        "name": called,
        "weight": weight if weight != 1 else None,
        "archetypes": archetype or None,
        "allow_private": allow_private or None,
    }
    _add(papers, flags, [{"feed": listed.source.address} | {key: value for key, value in given.items() if value is not None}])


def _listed(address: str, *, allow_private: bool) -> "Listed":
    from pydantic import ValidationError

    from aggregator.catalogue import Listed, load_kind
    from aggregator.models import Source

    try:
        options = load_kind("aggregator.sources", "feed").Options.model_validate(address)
    except ValidationError as error:
        told = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageError(told, where="digest sources add", todo="Give an address such as https://example.org.") from error
    source = Source(name=address.strip(), kind="feed", address=address.strip(), allow_private=allow_private)
    return Listed(source, options, line=0)


def _refuse_known(papers: "Papers", address: str, name: str | None) -> None:
    """Raise UsageError where the address or the wanted name stands in the list already."""
    from aggregator.catalogue import same

    for one in papers.catalogue.sources:
        where = f"{papers.catalogue.path}:{one.line}"
        if same(one.source.address) == same(address):
            raise UsageError(f"this source stands in the list already, as '{one.source.name}'", where=where)
        if name is not None and one.source.name.casefold() == name.casefold():
            raise UsageError(f"the name '{name}' is taken by {one.source.address}", where=where, todo="Choose another --name.")


def _unreadable(error: AggregatorError, address: str) -> AggregatorError:
    """Say why nothing was added, and what can be done here rather than in sources.yaml."""
    match error:
        case RefusedAddressError():
            todo = "If it is your own server, add --allow-private."
        case ParseError():
            todo = error.todo
        case _:
            todo = "Nothing was added."
    return AggregatorError(error.what, where=address, todo=todo)


def _title(found: "Probe") -> str:
    """Name a source as it calls itself, else after its address."""
    from aggregator.catalogue import short_name
    from aggregator.text.line import one_line

    return one_line(found.title, LONGEST_NAME) or short_name("feed", found.listed.source.address)


def _free(name: str, taken: set[str]) -> str:
    """Give this name, numbered where it is taken."""
    used = {one.casefold() for one in taken}
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(free for free in (name, *numbered) if free.casefold() not in used)


def _introduce(called: str, found: "Probe") -> None:
    """Show on stderr what the source gives, so that a person sees whether it is the right one."""
    from aggregator.cli.printing import counted
    from aggregator.text.line import one_line

    count = counted(len(found.entries), "entry", "entries") if found.entries else "a feed without entries"
    typer.echo(f"{one_line(called)}: {count}.", err=True)
    for entry in found.entries[:SHOWN]:
        typer.echo(f"  {dated(entry)}  {one_line(entry.title, 66)}", err=True)


def dated(entry: "Entry") -> str:
    """Give the day of an entry, in ten columns."""
    return f"{entry.published:%Y-%m-%d}" if entry.published else "undated   "


def _add(papers: "Papers", flags: Flags, items: "Sequence[Mapping[str, object]]") -> None:
    from aggregator.catalogue import add_sources, text_of

    path = _own(papers)
    _rewrite(path, add_sources(text_of(papers.catalogue.path), items, path=path), papers, flags)
    told = f"'{items[0]['name']}'" if len(items) == 1 else f"{len(items)} sources"
    _told(flags, f"Added {told} to {path}.")


def _told(flags: Flags, text: str) -> None:
    from aggregator.cli.printing import remark
    from aggregator.text.line import one_line

    remark(flags, one_line(text, 1000))


def _own(papers: "Papers") -> Path:
    """Say where the person's sources.yaml is or will be. Raises UsageError where they have one that is not in force."""
    from aggregator.settings import config_folder

    if not papers.catalogue.shipped:
        return papers.catalogue.path
    own = config_folder() / "sources.yaml"
    if own.exists():
        raise UsageError(
            "the list that ships with the program is never changed, and you have one of your own",
            where=str(own),
            todo=f"Use it: --config {own}",
        )
    return own


def _rewrite(path: Path, text: str, papers: "Papers", flags: Flags) -> None:
    """Replace sources.yaml by what has been checked first; say so where it is a copy of the one that ships."""
    from aggregator.catalogue import read_text, write
    from aggregator.cli.house import local_timezone

    read_text(text, path, archetypes=papers.archetypes, timezone=local_timezone())
    write(path, text)
    if papers.catalogue.shipped:
        _told(flags, f"The list that ships with the program was copied to {path}: it is yours from here on.")


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

    flags = ctx.ensure_object(Flags)
    papers = configured(flags)
    path = _own(papers)
    try:
        text = remove_source(text_of(papers.catalogue.path), what, path=path)
    except CatalogueError as error:
        raise UsageError(error.what, where=error.where, todo=error.todo) from error
    _rewrite(path, text, papers, flags)
    _told(flags, f"Took '{what}' out of {path}. What it published stays stored: `digest forget` deletes it.")


@takes_flags
def import_opml(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file, as other feed readers export it.")],
) -> None:
    """Add the feeds of an OPML file to sources.yaml.

    They are not tried: see `digest sources check`.
    """
    from aggregator.catalogue import read_opml, same, short_name
    from aggregator.cli.house import configured
    from aggregator.cli.printing import reason, remark

    flags = ctx.ensure_object(Flags)
    papers = configured(flags)
    try:
        feeds = read_opml(file.expanduser().read_bytes())
    except OSError as error:
        raise UsageError(f"it cannot be read: {reason(error)}", where=str(file)) from error
    except UsageError as error:
        raise UsageError(error.what, where=str(file), todo=error.todo) from error
    names = {listed.source.name for listed in papers.catalogue.sources}
    addresses = {same(listed.source.address) for listed in papers.catalogue.sources}
    added: list[dict[str, object]] = []
    for feed in feeds:
        if same(feed.url) not in addresses:
            name = _free(feed.title or short_name("feed", feed.url), names)
            added.append({"feed": feed.url, "name": name})
            names.add(name)
            addresses.add(same(feed.url))
    if added:
        _add(papers, flags, added)
    if len(added) < len(feeds):
        remark(flags, f"{len(feeds) - len(added)} of the {len(feeds)} feeds stood there already.")


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
    from aggregator.cli.printing import save

    papers = configured(ctx.ensure_object(Flags))
    text = write_opml([listed.source for listed in papers.catalogue.sources], with_secrets=with_secrets)
    if output is None:
        typer.echo(text.rstrip("\n"))
    else:
        save(output, [text])
