"""A sources.yaml changed by ruamel.yaml's round trip, which keeps comments and order but lays the file out anew."""

from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq


def append(text: str, items: Sequence[Mapping[str, Any]]) -> str:
    """Put the items at the end of the sources."""
    return _changed(text, lambda sources: sources.extend(_styled(item) for item in items))


def remove(text: str, index: int) -> str:
    """Take an item out of the sources."""
    return _changed(text, lambda sources: sources.pop(index))


def dumped(item: Mapping[str, Any]) -> str:
    """Write a mapping as YAML."""
    out = StringIO()
    _yaml().dump(_styled(item), out)
    return out.getvalue()


def _changed(text: str, change: Callable[[Any], object]) -> str:
    yaml = _yaml()
    loaded: Any = yaml.load(text.removeprefix("\ufeff"))
    data: Any = CommentedMap() if loaded is None else loaded
    if not data.get("sources"):
        data["sources"] = CommentedSeq()
    change(data["sources"])
    out = StringIO()
    yaml.dump(data, out)
    return out.getvalue().replace("\n", "\r\n") if "\r\n" in text else out.getvalue()


def _styled(item: Mapping[str, Any]) -> Any:
    """Let lists stand in brackets, as a person would write `archetypes: [ux, artist]`."""
    styled = CommentedMap()
    for key, value in item.items():
        if isinstance(value, list | tuple):
            listed = CommentedSeq(cast("Sequence[Any]", value))
            cast("Any", listed).fa.set_flow_style()
            styled[key] = listed
        else:
            styled[key] = value
    return styled


def _yaml() -> Any:
    yaml = cast("Any", YAML(typ="rt"))
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.width = 10_000  # a long address stays on its line
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
