"""Which sources.yaml counts: the one that was named, the one at hand, the person's own, else the one that ships."""

from importlib.resources import files
from pathlib import Path

from aggregator.errors import CatalogueError

NAME = "sources.yaml"


def find(explicit: Path | None, *, working: Path, config_folder: Path) -> Path:
    """Give the file to read. Raises CatalogueError if the one that was asked for by name is not there.

    In a checkout the file at hand is the one that ships: there too the person's own comes before it.
    """
    if explicit is not None:
        named = explicit.expanduser()
        if not named.exists():
            raise CatalogueError("there is no such file", where=str(named), todo="Correct --config or DIGEST_CONFIG.")
        return named
    own = (path for path in (working / NAME, config_folder / NAME) if path.exists() and not is_shipped(path))
    return next(own, None) or shipped()


def shipped() -> Path:
    """Give the file that comes with the program: in the package when it is installed, beside it in a checkout."""
    package = Path(str(files("aggregator")))
    for path in (package / NAME, package.parent / NAME):
        if path.is_file():
            return path
    raise CatalogueError("the file that comes with the program is missing", where=NAME, todo="Install the program again.")


def is_shipped(path: Path) -> bool:
    """Say whether this is the file that comes with the program."""
    package = Path(str(files("aggregator")))
    return path.resolve() in {(package / NAME).resolve(), (package.parent / NAME).resolve()}
