"""`digest demo`: the sample week that ships with the program, through exactly the path that real news takes."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.flags import Flags, takes_flags
from aggregator.cli.forms import Format, form_of


@takes_flags
def demo(
    ctx: typer.Context,
    *,
    form: Annotated[Format | None, typer.Option("--format", help="How it is printed (text).", show_default=False)] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to a file instead.", show_default=False)] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Show a digest of an invented sample week.

    Makers and products are made up; the path is the real one: fetched over HTTP on this machine, parsed, stored in a database
    that is thrown away. It needs no network, and nothing is kept or delivered.
    """
    import tempfile

    from aggregator import sample
    from aggregator.catalogue import read, read_archetypes
    from aggregator.cli.house import House, start_logging
    from aggregator.cli.now import built_in_writer, open_in_browser
    from aggregator.cli.printing import print_digest, remark
    from aggregator.cli.progress import collected
    from aggregator.pipeline import Desk, Patience, Period, write
    from aggregator.settings import EnvironmentSecrets, Settings
    from aggregator.store import open_store

    flags = ctx.ensure_object(Flags)
    start_logging(flags)
    form_of(form, output)
    remark(flags, "This is a sample week: invented makers and products, served on this machine. Nothing of it is kept.")
    now = sample.SAMPLE_UNTIL
    with tempfile.TemporaryDirectory(prefix="digest-demo-") as folder, sample.serve() as base:
        home, archetypes = Path(folder), read_archetypes(None)
        listing = home / "sources.yaml"
        listing.write_text(sample.catalogue_text(base), encoding="utf-8")
        catalogue = read(listing, archetypes=archetypes, timezone="UTC")
        settings = Settings.model_validate({"DIGEST_HOME": home})
        with open_store(f"sqlite:///{home / 'digest.db'}", backups=settings.backups, now=now) as store:
            desk = Desk(store=store, catalogue=catalogue, archetypes=archetypes, now=now)
            house = House(settings, EnvironmentSecrets({}), desk)
            fetched = collected(house, Patience.FORCE, flags)
            period = Period(catalogue.readers[0], sample.SAMPLE_SINCE, now, fetched)
            digest = write(desk, built_in_writer(house), period, sample=True).digest
    print_digest(digest, form=form, output=output)
    if open_page:
        open_in_browser(digest, None)
