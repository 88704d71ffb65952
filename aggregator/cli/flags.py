"""The options that every command takes, before and after its name."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Read this sources.yaml.", show_default=False)]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say on stderr what is being done.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but errors.")]


@dataclass
class Flags:
    """What was said before and after the command's name."""

    config: Path | None = None
    verbose: bool = False
    quiet: bool = False

    def add(self, *, config: Path | None, verbose: bool, quiet: bool) -> None:
        """Join what was said in another place; the later --config counts."""
        self.config = config or self.config
        self.verbose, self.quiet = self.verbose or verbose, self.quiet or quiet


def takes_flags(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command whose first argument is its typer.Context take the shared options too."""

    @wraps(command)
    def with_flags(ctx: typer.Context, *, config: Path | None, verbose: bool, quiet: bool, **own: Any) -> None:
        ctx.ensure_object(Flags).add(config=config, verbose=verbose, quiet=quiet)
        command(ctx, **own)

    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, annotation, default in (("config", Config, None), ("verbose", Verbose, False), ("quiet", Quiet, False))
    ]
    signature = inspect.signature(command)
    with_flags.__signature__ = signature.replace(parameters=[*signature.parameters.values(), *shared])  # type: ignore[attr-defined]
    return with_flags
