"""The digest for a terminal: bold, dim and OSC 8 links where asked for, legible without.

Only codes written here reach the terminal: SGR 1, 2 and 0 (ECMA-48, 8.3.117) and OSC 8
(https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). Rich wraps, but doesn't print: it gives each link a
random id, and the same digest has to give the same bytes.
"""

from rich.console import Console
from rich.style import Style
from rich.text import Text

from aggregator.models import Digest
from aggregator.render.page import page
from aggregator.render.plain import NARROW, Frame, lay_out

LINE = 76  # columns: a longer line is hard to read, however wide the window is
BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
OPEN_LINK, CLOSE_LINK = "\x1b]8;;{url}\x1b\\", "\x1b]8;;\x1b\\"


def render(digest: Digest, *, width: int, colour: bool, links: bool) -> str:
    """Lay the page out for a terminal of `width` columns."""
    margin = 2 if width >= NARROW else 0
    frame = Frame(max(1, min(LINE, width - margin)), margin)
    return "".join(f"{printed(line, colour=colour, links=links)}\n" for line in lay_out(page(digest), frame))


def printed(line: Text, *, colour: bool, links: bool) -> str:
    """Give a line with its codes, each closed before the next opens."""
    return "".join(span(text, style, colour=colour, links=links) for text, style in spans(line)).rstrip(" ")


def spans(line: Text) -> list[tuple[str, Style]]:
    """Split a line where its style changes."""
    console = Console(color_system="standard", _environ={})
    return [(part.text, part.style or Style.null()) for part in line.render(console)]


def span(text: str, style: Style, *, colour: bool, links: bool) -> str:
    """Give one run of text between its codes."""
    codes = (BOLD if style.bold else "") + (DIM if style.dim else "") if colour else ""
    dressed = f"{codes}{text}{RESET}" if codes else text
    url = style.meta.get("url")
    return f"{OPEN_LINK.format(url=url)}{dressed}{CLOSE_LINK}" if links and url else dressed
