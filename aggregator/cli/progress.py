"""What a person sees while sources are read: a bar in a terminal, plain lines in a pipe, then one line that sums up."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from aggregator.cli.flags import Flags
from aggregator.cli.printing import LONGEST, counted, remark
from aggregator.models import Fetched, NoticeKind, Outcome
from aggregator.pipeline import Patience, collect
from aggregator.text.line import one_line

if TYPE_CHECKING:
    from aggregator.cli.house import House

WIDE = 60  # columns in which a name has room beside the bar
FEW = 3  # sources that are named while they are waited for
SHOWN_FAILURES = 12  # more stand in `digest sources`
SHOWN_OF_NOTHING = 3  # where nothing could be read: the reason is mostly the same


def collected(house: "House", patience: Patience, flags: Flags) -> list[Fetched]:
    """Collect, show how it goes, and sum it up on stderr."""
    with shown([listed.source.name for listed in house.desk.catalogue.sources], flags) as told:
        fetched = collect(house.desk, house.secrets, patience, told)
    remark(flags, summary(fetched))
    for line in failures(fetched) if has_bar(flags) else ():  # plain lines have said it already
        remark(flags, line)
    return fetched


@contextmanager
def shown(sources: Sequence[str], flags: Flags) -> Generator[Callable[[Fetched], None]]:
    """Give the function that hears of each source as it ends."""
    if flags.quiet:
        yield lambda _: None
    elif has_bar(flags):
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
        from rich.table import Column

        console, left = Console(stderr=True), list(sources)
        doing = TextColumn("{task.fields[doing]}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
        counts = (TextColumn("Reading"), BarColumn(bar_width=16), MofNCompleteColumn(), TimeElapsedColumn())
        columns = (*counts, doing) if console.width >= WIDE else counts
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("", total=len(left), doing="")

            def told(fetched: Fetched) -> None:
                left.remove(fetched.source)
                progress.update(task, advance=1, doing=awaited(left) or one_line(fetched.source))

            yield told
    else:
        failed: list[Fetched] = []

        def line(fetched: Fetched) -> None:
            if fetched.outcome is Outcome.FAILED:
                failed.append(fetched)
            if flags.verbose or fetched.outcome is not Outcome.FAILED or len(failed) <= SHOWN_FAILURES:
                typer.echo(plain(fetched), err=True)

        yield line
        if len(failed) > SHOWN_FAILURES and not flags.verbose:
            typer.echo(f"{'failed':<9}  {len(failed) - SHOWN_FAILURES} more: see `digest sources`", err=True)


def has_bar(flags: Flags) -> bool:
    """Say whether stderr is a window for a bar, which the lines of --verbose would tear."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not flags.verbose


def awaited(left: Sequence[str]) -> str:
    """Say who keeps the rest waiting, where it is few."""
    return f"waiting for {one_line(', '.join(left))}" if 0 < len(left) <= FEW else ""


def plain(fetched: Fetched) -> str:
    """Give one source's line."""
    return f"{fetched.outcome:<9}  {one_line(fetched.source + _came_to(fetched), LONGEST)}"


def _came_to(fetched: Fetched) -> str:
    match fetched.outcome:
        case Outcome.READ:
            updated = f", {fetched.updated:,} updated" if fetched.updated else ""
            return f": {fetched.new:,} new{updated}{_left_out(fetched)}"
        case Outcome.FAILED | Outcome.RETIRED:
            return f": {fetched.reason}"
        case Outcome.UNCHANGED | Outcome.NOT_DUE:
            return ""


def _left_out(fetched: Fetched) -> str:
    told = [notice.detail for notice in fetched.notices if notice.kind is NoticeKind.LEFT_OUT]
    return f" ({'; '.join(told)})" if told else ""


def summary(fetched: Sequence[Fetched]) -> str:
    """Sum a collect up in one line."""
    count = Counter(line.outcome for line in fetched)
    if fetched and count[Outcome.NOT_DUE] + count[Outcome.RETIRED] == len(fetched):
        return f"None of {len(fetched)} sources is due. `digest fetch --force` reads them all the same."
    read = count[Outcome.READ] + count[Outcome.UNCHANGED]
    new, updated = sum(line.new for line in fetched), sum(line.updated for line in fetched)
    if read and read == count[Outcome.UNCHANGED]:
        news = "all unchanged, nothing parsed anew"
    else:
        news = f"{count[Outcome.UNCHANGED]} unchanged, {new} new entries" + (f", {updated} updated" if updated else "")
    rest = [
        f"{count[outcome]} {word}"
        for outcome, word in ((Outcome.FAILED, "failed"), (Outcome.NOT_DUE, "not due"), (Outcome.RETIRED, "retired"))
        if count[outcome]
    ]
    return f"Read {read} of {counted(len(fetched), 'source', 'sources')}: {news}{''.join(f'; {part}' for part in rest)}."


def failures(fetched: Sequence[Fetched]) -> list[str]:
    """Give a line for each source that failed, as many as are read."""
    failed = [line for line in fetched if line.outcome is Outcome.FAILED]
    most = SHOWN_OF_NOTHING if len(failed) == len(fetched) else SHOWN_FAILURES
    lines = [f"  {one_line(f'{line.source}: {line.reason}', LONGEST)}" for line in failed[:most]]
    more = len(failed) - len(lines)
    return [*lines, f"  and {more} more: see `digest sources`"] if more else lines
