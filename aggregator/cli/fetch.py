"""`digest fetch`: read what is due."""

from typing import Annotated

import typer

from aggregator.cli.exits import ExitCode
from aggregator.cli.flags import Flags, takes_flags
from aggregator.errors import NothingReadError


@takes_flags
def fetch(
    ctx: typer.Context,
    *,
    force: Annotated[bool, typer.Option("--force", help="Read all sources, due or not.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object a source.")] = False,
) -> None:
    """Read the sources that are due into the database.

    With --force all of them are read, also those whose server asked to be left alone for a while.
    """
    from aggregator.cli.house import opened
    from aggregator.cli.now import none_read
    from aggregator.cli.printing import print_json
    from aggregator.cli.progress import collected
    from aggregator.models import Outcome
    from aggregator.pipeline import Patience

    flags = ctx.ensure_object(Flags)
    with opened(flags) as house:
        fetched = collected(house, Patience.FORCE if force else Patience.DUE, flags)
    if as_json:
        keys = ("source", "outcome", "new", "updated", "seconds", "reason")
        print_json([{key: getattr(line, key) for key in keys} for line in fetched])
    tried = [line for line in fetched if line.outcome not in {Outcome.NOT_DUE, Outcome.RETIRED}]
    if tried and all(line.outcome is Outcome.FAILED for line in tried):
        raise NothingReadError(none_read(len(tried)), where="digest fetch", todo="See `digest doctor`.")
    raise typer.Exit(ExitCode.DONE)
