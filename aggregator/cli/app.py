"""The command itself: its name, its groups, and the one place where an error becomes a sentence and a number.

Nothing heavy is imported here: `digest --help` answers in a quarter of a second.
"""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from aggregator.cli import demo, doctor, fetch, init, keep, now, read, sources
from aggregator.cli.exits import ExitCode, exit_code
from aggregator.cli.flags import Flags, Quiet, Verbose
from aggregator.cli.forms import Format
from aggregator.errors import AggregatorError, UsageError


class EndedError(Exception):
    """A command was ended from outside: by Ctrl-C, or by a system that takes no more output; its cause says which."""


class Command(TyperGroup):
    """The command; how it is ended from outside is told by `run`, since typer would tell it otherwise."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command. Raises EndedError."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, OSError) as error:
            raise EndedError from error


app = typer.Typer(
    name="digest",
    cls=Command,
    help="A personal news desk for AI engineers: feeds in, one short digest out, every sentence with its source.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
for command in (fetch.fetch, read.show, read.stories, read.search, keep.verify):
    app.command()(command)
app.add_typer(sources.app, name="sources")
for command in (demo.demo, init.init, doctor.doctor, keep.export, keep.forget):
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"digest {version('aggregator')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    *,
    make_now: Annotated[bool, typer.Option("--now", help="Fetch, and make a digest at once.")] = False,
    days: Annotated[
        float | None, typer.Option(metavar="N", help="How many days back the digest reaches (7).", show_default=False)
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="The first day, or moment, that counts.", show_default=False)
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The first day, or moment, that no longer counts.", show_default=False)
    ] = None,
    archetype: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="For this kind of engineer; may be repeated.", show_default=False)
    ] = None,
    minutes: Annotated[float | None, typer.Option(metavar="N", help="Reading time (6).", show_default=False)] = None,
    reader: Annotated[
        str | None, typer.Option(metavar="NAME", help="For this reader of sources.yaml.", show_default=False)
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", help="How it is printed (text).", show_default=False)] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to a file instead.", show_default=False)] = None,
    no_fetch: Annotated[bool, typer.Option("--no-fetch", help="Make it from what is stored.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print it, but neither store nor write it.")] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 5 where the digest is partial.")] = False,
    config: Annotated[Path | None, typer.Option(metavar="FILE", help="Read this sources.yaml.", show_default=False)] = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")] = False,
) -> None:
    """Make a digest (`digest --now`), or run one of the commands."""
    del version
    flags = ctx.ensure_object(Flags)
    flags.add(config=config, verbose=verbose, quiet=quiet)
    wish = now.Wish(
        days=days,
        since=since,
        until=until,
        archetypes=tuple(archetype or ()),
        minutes=minutes,
        reader=reader,
        form=form,
        output=output,
        fetch=not no_fetch,
        keep=not dry_run,
        open=open_page,
        strict=strict,
    )
    if make_now:
        if ctx.invoked_subcommand:
            raise UsageError(
                f"--now makes a digest and takes no command, but '{ctx.invoked_subcommand}' was given",
                where="digest",
                todo="Leave one of the two out.",
            )
        now.make(flags, wish)
    elif wish != now.Wish():
        raise UsageError("these options belong to --now", where="digest", todo="Add --now, or see `digest --help`.")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def run(arguments: list[str] | None = None) -> None:
    """Run the command and exit. What is wrong is said in one sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # half a character, or a window that knows only ASCII, is no reason to fail
    try:
        app(arguments, prog_name="digest")
    except AggregatorError as error:
        told = _harmless(str(error))
        _say(told if told.startswith("digest ") else f"digest: {told}")  # where it is a command, it has the name already
        sys.exit(exit_code(error))
    except (EndedError, KeyboardInterrupt) as error:
        sys.exit(_ended(error.__cause__ or error))
    except Exception as error:  # the last line of the house: a person never sees a traceback
        if "--verbose" in sys.argv or "-v" in sys.argv:
            raise
        told = _harmless(f"{type(error).__name__}: {error}")
        _say(f"digest: a fault in this program: {told}. Run it again with --verbose and report what it says.")
        sys.exit(ExitCode.FAILED)


def _ended(cause: BaseException) -> ExitCode:
    """Say why the command was ended from outside, and give its number."""
    match cause:
        case KeyboardInterrupt():
            _say("\ndigest: interrupted. What was stored until here is kept.")
            return ExitCode.INTERRUPTED
        case BrokenPipeError():  # the reader of our output has gone, as `digest show | head` does
            _let_go_of_stdout()
            return ExitCode.DONE
        case OSError():
            where = f"{cause.filename}: " if cause.filename else ""
            what = cause.strerror or type(cause).__name__
            _let_go_of_stdout()
            _say(f"digest: {where}{'' if where else 'the output could not be written: '}{what[:1].lower()}{what[1:]}.")
            return ExitCode.FAILED
        case _:
            return ExitCode.FAILED


def _let_go_of_stdout() -> None:
    """Let what is still to be written go nowhere, so that Python does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _say(text: str) -> None:
    with suppress(OSError):
        typer.echo(text, err=True)


def _harmless(text: str) -> str:
    """Give an error, which may hold what a source or a file said, without control codes; its lines stay."""
    from aggregator.text.line import shown

    return shown(text)
