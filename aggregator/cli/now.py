"""`digest --now`: fetch, write, keep, print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from aggregator.cli.exits import ExitCode
from aggregator.cli.flags import Flags
from aggregator.cli.forms import Format, form_of
from aggregator.errors import DeliveryError, NothingReadError, NothingToSayError, UsageError
from aggregator.models import Digest, Fetched, Outcome, Reader, State

if TYPE_CHECKING:
    from aggregator.cli.house import House
    from aggregator.protocols import Writer

DAYS = 7  # a weekly digest
FIRST_YEAR, LAST_YEAR = 1990, 2200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GRID = timedelta(minutes=10)  # a job that starts some seconds earlier than a week ago must not overlap with that week's digest


@dataclass(frozen=True)
class Wish:
    """What was asked of `digest --now`."""

    days: float | None = None
    since: str | None = None
    until: str | None = None
    archetypes: tuple[str, ...] = ()
    minutes: float | None = None
    reader: str | None = None
    form: Format | None = None
    output: Path | None = None
    fetch: bool = True
    keep: bool = True
    open: bool = False
    strict: bool = False


def make(flags: Flags, wish: Wish) -> None:
    """Make the digest that was wished for; exits with 3, 4 or 5 where there is a reason to."""
    from aggregator.cli.house import opened
    from aggregator.cli.printing import print_digest, remark
    from aggregator.cli.progress import collected
    from aggregator.pipeline import Patience, Period, write

    form_of(wish.form, wish.output)  # a mistake is said before minutes go into fetching
    with opened(flags) as house:
        reader = reader_of(house.desk.catalogue.readers, wish, [archetype.name for archetype in house.desk.archetypes])
        since, until = period(wish, ZoneInfo(reader.timezone), house.desk.now)
        fetched = collected(house, Patience.NOW, flags) if wish.fetch else []
        _must_have_something(house, fetched, since, until)
        writer = built_in_writer(house)
        edition = write(house.desk, writer, Period(reader, since, until, fetched), keep=wish.keep)
        if edition.stored_before:
            remark(flags, f"The same entries as before: this is the stored digest {edition.digest.id}.")
        page, failure = _kept(house, edition.digest) if wish.keep else (None, None)
        print_digest(edition.digest, form=wish.form, output=wish.output)
        if failure:  # the digest is stored and was shown all the same
            raise failure
        if page:
            remark(flags, f"Beside it as a page, plain text, Markdown and JSON: {page}")
        if wish.open:
            open_in_browser(edition.digest, page)
    if wish.strict and edition.digest.state is State.PARTIAL:
        raise typer.Exit(ExitCode.PARTIAL)


def _kept(house: "House", digest: Digest) -> tuple[Path | None, DeliveryError | None]:
    """Write the digest's files and give its page, or why there is none."""
    try:
        return keep_files(house, digest) / f"{digest.id}.html", None
    except DeliveryError as error:
        return None, error


def reader_of(readers: Sequence[Reader], wish: Wish, archetypes: Sequence[str]) -> Reader:
    """Give the reader whom the digest is for, changed by what was wished. Raises UsageError with the nearest name."""
    named = {reader.name: reader for reader in readers}
    if wish.reader is not None and wish.reader not in named:
        todo = f"Known are {', '.join(named)}."
        raise UsageError(f"unknown reader '{wish.reader}'{_nearest(wish.reader, list(named))}", where="--reader", todo=todo)
    reader = named[wish.reader] if wish.reader else readers[0]
    for name in wish.archetypes:
        check_archetype(name, archetypes)
    if wish.minutes is not None and not 1 <= wish.minutes <= 60:  # noqa: PLR2004  # said in the message
        raise UsageError(f"found {wish.minutes:g}, expected 1 to 60", where="--minutes")
    return replace(
        reader,
        archetypes=tuple(dict.fromkeys(wish.archetypes)) or reader.archetypes,
        minutes=wish.minutes or reader.minutes,
    )


def check_archetype(name: str, known: Sequence[str]) -> None:
    """Raise UsageError, with the nearest name, where there is no such archetype."""
    if name not in known:
        todo = f"Known are {', '.join(known)}."
        raise UsageError(f"unknown archetype '{name}'{_nearest(name, known)}", where="--archetype", todo=todo)


def period(wish: Wish, zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    """Give the half-open period [since, until) in UTC; a date means its first moment in the reader's zone.

    Raises UsageError.
    """
    if wish.days is not None and (wish.since or wish.until):
        raise UsageError("--days and --since/--until were both given", where="digest --now", todo="Leave one of them out.")
    if wish.days is not None and not 0 < wish.days <= 366:  # noqa: PLR2004  # said in the message
        raise UsageError(f"found {wish.days:g}, expected more than 0 and at most 366", where="--days")
    until = moment(wish.until, zone, "--until") if wish.until else now - (now - EPOCH) % GRID
    since = moment(wish.since, zone, "--since") if wish.since else until - timedelta(days=wish.days or DAYS)
    if since >= until:
        raise UsageError(
            f"the period is empty: it begins at {since.isoformat()} and ends at {until.isoformat()}",
            where="digest --now",
            todo="--until is the first day that no longer counts.",
        )
    return since, until


def moment(text: str, zone: ZoneInfo, option: str) -> datetime:
    """Read a date or a time in the reader's zone as UTC. Raises UsageError."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"found '{text}', expected a date such as 2026-03-02", where=option) from error
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise UsageError(f"found '{text}', expected a year from {FIRST_YEAR} to {LAST_YEAR}", where=option)
    local = read if read.tzinfo else datetime.combine(read.date(), read.time() or time(), tzinfo=zone)
    return local.astimezone(ZoneInfo("UTC"))


def _nearest(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, 1)
    return f", did you mean '{near[0]}'?" if near else ""


def _must_have_something(house: "House", fetched: Sequence[Fetched], since: datetime, until: datetime) -> None:
    """Raise NothingReadError where no source could be read and the period has nothing stored."""
    from aggregator import store

    with house.desk.store.reading() as session:
        if store.entries.any_between(session, since, until):
            return
        total = store.entries.count(session)
    failed = [line for line in fetched if line.outcome is Outcome.FAILED]
    tried = [line for line in fetched if line.outcome not in {Outcome.NOT_DUE, Outcome.RETIRED}]
    if fetched and len(failed) == len(tried):
        first = f" {failed[0].source}: {failed[0].reason.partition('. ')[0].rstrip('.')}." if failed else ""
        raise NothingReadError(
            f"{none_read(len(tried))}, and nothing of the period is stored.{first}",
            where="digest --now",
            todo="Check the network with `digest doctor`, or see `digest demo`.",
        )
    if not fetched and total == 0:
        raise NothingReadError("nothing is stored yet", where="digest --now", todo="Leave out --no-fetch.")
    if not fetched:
        raise NothingToSayError("nothing of this period is stored", where="digest --now", todo="Leave out --no-fetch.")


def none_read(tried: int) -> str:
    """Say that of the sources that were tried none could be read."""
    return "the only source could not be read" if tried == 1 else f"none of {tried} sources could be read"


def built_in_writer(house: "House") -> "Writer":
    """Give the writer that needs no key."""
    from aggregator.catalogue import load_kind

    kind = load_kind("aggregator.writers", "built-in")
    return kind.factory(kind.Options(), house.secrets, None)


def keep_files(house: "House", digest: Digest) -> Path:
    """Write the digest in every form into the data folder; gives that folder. Raises DeliveryError."""
    from aggregator.catalogue import load_kind
    from aggregator.pipeline import deliver

    folder = house.settings.digests
    kind = load_kind("aggregator.channels", "files")
    channel = kind.factory(kind.Options(folder=folder), house.secrets, None)
    deliver(house.desk, digest, {"files": channel})
    return folder


def open_in_browser(digest: Digest, page: Path | None) -> None:
    """Show the page in the person's browser; where it was not kept, from a temporary file."""
    import tempfile
    import webbrowser

    if page is None:
        from aggregator.render import as_html

        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".html", delete=False) as file:
            file.write(as_html(digest))
        page = Path(file.name)
    if not webbrowser.open(page.as_uri()):
        typer.echo(f"No browser was found; the page is {page}", err=True)
