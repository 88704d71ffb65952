"""Take the pictures of a digest that the docs show: `python docs/pictures.py DIGEST.json FOLDER`.

Four of the HTML in Chromium (375 and 1200 pixels wide, light and dark) as PNG, and one of what a terminal shows as SVG. An
.html file in the place of the JSON gives the four alone. Chromium is driven by its DevTools protocol through a pipe
(https://chromedevtools.github.io/devtools-protocol/), which emulates a phone truly, and needs no library.
"""

import argparse
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (  # no window, no sandbox of its own in a container, and nothing asked of the network
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
    *("--hide-scrollbars", "--force-color-profile=srgb"),
)
PHONE, DESK = 375, 1200  # CSS pixels
HEIGHT = {PHONE: 1100, DESK: 1500}


class BrowserError(Exception):
    """Chromium ended or answered with an error."""


class Tab:
    """One page in a headless Chromium."""

    def __init__(self, sent: Any, received: Any) -> None:
        self._sent, self._received, self._number, self._rest = sent, received, 0, b""
        self.events: list[dict[str, Any]] = []
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Call a method of the protocol and give its result; what happens in the meantime goes to `events`."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._sent.write(json.dumps(message).encode() + b"\0")
        self._sent.flush()
        while (answer := self._next()).get("id") != self._number:
            self.events.append(answer)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = self._received.read1(1 << 16)
            if not more:
                raise BrowserError("the browser has ended")
            self._rest += more
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def open(self, file: Path, width: int, *, dark: bool = False) -> None:
        """Show a file as a window of that width does, and wait until it is loaded."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        size = {"width": width, "height": HEIGHT.get(width, 1000), "deviceScaleFactor": 2, "mobile": width < DESK // 2}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.events.clear()
        self.call("Page.navigate", url=file.resolve().as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, expression: str) -> Any:
        """Give what a JavaScript expression is on the page."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def picture(self, *, whole: bool = False) -> bytes:
        """Give a PNG of the window, or of the whole page."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"])


def browser() -> str | None:
    """Find Chromium, if it is installed."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def tab(program: str) -> Iterator[Tab]:
    """Start Chromium with an empty profile, for as long as the block lasts."""
    to_browser, from_us = os.pipe()
    from_browser, to_us = os.pipe()

    def as_three_and_four() -> None:
        """Put the pipe's ends where --remote-debugging-pipe looks for them."""
        read, write = os.dup(to_browser), os.dup(to_us)
        os.dup2(read, 3)
        os.dup2(write, 4)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, *QUIET, f"--user-data-dir={profile}", "--remote-debugging-pipe"]
        process = subprocess.Popen(  # noqa: S603  # a browser that we have looked up
            command,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=as_three_and_four,  # noqa: PLW1509  # it takes no lock: four system calls
        )
        os.close(to_browser)
        os.close(to_us)
        with os.fdopen(from_us, "wb") as sent, os.fdopen(from_browser, "rb") as received:
            try:
                yield Tab(sent, received)
            finally:
                with suppress(OSError):
                    sent.close()
                try:
                    process.wait(timeout=5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def photograph(page: Path, folder: Path, *, whole: bool) -> None:
    """Write the four pictures of a page."""
    program = browser()
    if not program:
        raise BrowserError("Chromium is not installed: apt-get install chromium")
    with tab(program) as shown:
        for width in (PHONE, DESK):
            for dark in (False, True):
                shown.open(page, width, dark=dark)
                (folder / f"digest-{width}-{'dark' if dark else 'light'}.png").write_bytes(shown.picture(whole=whole))


def print_terminal(text: str, file: Path, rows: int) -> None:
    """Write the first rows of what a terminal shows as an SVG."""
    from rich.console import Console  # noqa: PLC0415  # the HTML pictures need only Python
    from rich.text import Text  # noqa: PLC0415

    console = Console(record=True, width=80, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(text.splitlines()[:rows])), soft_wrap=True)
    drawn = console.export_svg(title="digest --now")
    file.write_text(re.sub(r"@font-face \{.*?\}\n", "", drawn, flags=re.DOTALL), "utf-8")  # fonts that it would load


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description="Take pictures of a digest, given as JSON or as HTML.")
    parser.add_argument("digest", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--whole", action="store_true", help="the whole page, not the first window")
    parser.add_argument("--rows", type=int, default=44, help="of the terminal")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.digest.suffix == ".html":
        photograph(given.digest, given.folder, whole=given.whole)
        return
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from aggregator.render import as_html, as_terminal, from_json  # noqa: PLC0415  # from this checkout

    digest = from_json(given.digest.read_text("utf-8"), where=str(given.digest))
    with tempfile.TemporaryDirectory() as kept:
        page = Path(kept) / "digest.html"
        page.write_text(as_html(digest), "utf-8")
        photograph(page, given.folder, whole=given.whole)
    print_terminal(as_terminal(digest, width=80, colour=True, links=False), given.folder / "digest-terminal.svg", given.rows)


if __name__ == "__main__":
    main()
