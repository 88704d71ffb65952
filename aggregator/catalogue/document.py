"""A YAML file as values that know their line.

Read as YAML 1.2 (https://yaml.org/spec/1.2.2/, its core schema): `yes` and `8:00` are texts, `010` is ten. The composer of
ruamel.yaml gives the nodes; they become values here and not in its constructor, so that no tag can name a Python object, a key
that stands twice is seen, and aliases cannot grow without a limit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, cast

from ruamel.yaml import YAML
from ruamel.yaml.composer import MaxDepthExceededError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from aggregator.errors import CatalogueError

MOST_BYTES = 500_000  # some five thousand sources, which take two seconds
MOST_VALUES = 100_000  # what aliases may grow to
MOST_LEVELS = 20

Value: TypeAlias = "str | int | float | bool | list[Found] | dict[str, Found] | None"

NULL = re.compile(r"~|null|Null|NULL|")
TRUE = re.compile(r"true|True|TRUE")
FALSE = re.compile(r"false|False|FALSE")
INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str", "seq", "map", "timestamp", "merge", "value")
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value, the line on which it (or its key) stands, and the key above it."""

    value: Value
    line: int
    key: str = ""


def load(path: Path) -> Found:
    """Read a file. Raises CatalogueError with file and line where it is not there, not text or not YAML."""
    return parse(text_of(path), path)


def text_of(path: Path) -> str:
    """Give the file's text with its line ends as they are. Raises CatalogueError where there is none."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except IsADirectoryError as error:
        raise CatalogueError("expected a file, found a folder", where=str(path)) from error
    except FileNotFoundError as error:
        raise CatalogueError("there is no such file", where=str(path)) from error
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise CatalogueError(f"it cannot be read: {reason}", where=str(path), todo="Look at its permissions.") from error
    if len(content) > MOST_BYTES:
        raise CatalogueError(f"expected at most {MOST_BYTES:,} bytes, found more", where=str(path))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogueError(
            f"expected UTF-8, found the byte 0x{content[error.start]:02x}", where=f"{path}:{line}", todo="Save it as UTF-8."
        ) from error


def parse(text: str, path: Path) -> Found:
    """Read a text as one YAML document; an empty one gives None. Raises CatalogueError with file and line."""
    node = compose(text, path)
    if node is None:
        return Found(None, 1)
    return _Reading(path).value(node, node.start_mark.line + 1)


def compose(text: str, path: Path) -> Any:
    """Give the document's node in ruamel.yaml's form, None where it is empty. Raises CatalogueError with file and line."""
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = MOST_LEVELS
    cast("Any", yaml).composer.warn_double_anchors = False  # a warning would reach the person as a traceback does
    try:
        return cast("Any", yaml).compose(text.removeprefix("\ufeff"))
    except MarkedYAMLError as error:
        line = _marked_line(error)
        raise CatalogueError(_explained(text, line, error), where=f"{path}:{line}", todo=_help(text, line)) from error
    except ReaderError as error:
        raise _misplaced(error, text, path) from error
    except (YAMLError, ValueError, LookupError, ArithmeticError) as error:
        raise CatalogueError("not YAML", where=str(path)) from error


def plain(found: Found) -> Any:
    """Give the value without its lines."""
    match found.value:
        case list(items):
            return [plain(item) for item in items]
        case dict(items):
            return {key: plain(item) for key, item in items.items()}
        case value:
            return value


def _marked_line(error: Any) -> int:
    mark = error.problem_mark or error.context_mark
    return int(mark.line) + 1 if mark else 1


def _misplaced(error: Any, text: str, path: Path) -> CatalogueError:
    line = text.count("\n", 0, error.position) + 1
    found = chr(error.character) if isinstance(error.character, int) else str(error.character)
    return CatalogueError(f"not YAML: the character {found!r} may not stand in it", where=f"{path}:{line}")


def _explained(text: str, line: int, error: Any) -> str:
    if isinstance(error, MaxDepthExceededError):
        return f"nested more than {MOST_LEVELS} deep"
    if _has_tab(text, line):
        return "not YAML: a tab stands where a line is indented"
    parts: tuple[object, ...] = (error.context, error.problem)
    return "not YAML: " + " ".join(str(part).strip() for part in parts if part)


def _help(text: str, line: int) -> str:
    if _has_tab(text, line):
        return "Indent with spaces."
    return "Look at this line and the one above it: indentation, quotes, a colon or a bracket."


def _has_tab(text: str, line: int) -> bool:
    """Say whether the line or the one above it is indented with a tab: the scanner may notice only on the next."""
    lines = text.splitlines()[max(line - 2, 0) : line]
    return any("\t" in one[: len(one) - len(one.lstrip())] for one in lines)


class _Reading:
    """One pass over the nodes of a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left = MOST_VALUES

    def value(self, node: Any, line: int, key: str = "", level: int = 0) -> Found:
        self.left -= 1
        if level > MOST_LEVELS:
            raise self.error(f"nested more than {MOST_LEVELS} deep", line, "Does an alias stand inside of what it stands for?")
        if self.left < 0:
            raise self.error(f"expected at most {MOST_VALUES:,} values, found more", line, "An alias counts each time.")
        if str(node.tag) not in PLAIN_TAGS:
            raise self.error(f"expected a plain value, found the tag {str(node.tag)[:60]!r}", line, "Leave the tag out.")
        match node.id:
            case "mapping":
                return Found(dict(self.pairs(node, level)), line, key)
            case "sequence":
                items = [self.value(item, item.start_mark.line + 1, key, level + 1) for item in node.value]
                return Found(items, line, key)
            case _:
                return Found(_scalar(node), line, key)

    def pairs(self, node: Any, level: int) -> Iterator[tuple[str, Found]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if key_node.id != "scalar":
                raise self.error("expected a word as key, found a list or a mapping", line, "Write `key: value`.")
            key = str(key_node.value)
            if key in first:
                raise self.error(f"the key {key[:60]!r} stands twice, here and on line {first[key]}", line, "Keep one of them.")
            first[key] = line
            yield key, self.value(value_node, line, key, level + 1)

    def error(self, what: str, line: int, todo: str) -> CatalogueError:
        return CatalogueError(what, where=f"{self.path}:{line}", todo=todo)


def _whole(text: str) -> str:
    """Join the halves of characters that JSON escapes as two (RFC 8259, 7): JSON is YAML too. A lone half becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _scalar(node: Any) -> str | int | float | bool | None:
    text = _whole(str(node.value))
    if node.style is not None or str(node.tag) == "tag:yaml.org,2002:str":
        return text
    if NULL.fullmatch(text):
        return None
    if TRUE.fullmatch(text) or FALSE.fullmatch(text):
        return bool(TRUE.fullmatch(text))
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if FLOAT.fullmatch(text) else text
