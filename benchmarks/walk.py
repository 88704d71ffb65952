"""How long the walk takes for many feeds: fetched, fetched again, and told, against a server on loopback.

    python -m benchmarks.walk [FEEDS] [ENTRIES]

The feeds are the sample week's, told again under other names, so that the words are those of news.
"""

import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from aggregator.sample.feeds import atom
from aggregator.sample.week import SAMPLE_SINCE, SAMPLE_UNTIL, Feed, Format, Item, read_week
from benchmarks.timing import row, seconds
from tests.servers import Site, serving

PERIOD = ("--since", f"{SAMPLE_SINCE:%Y-%m-%d}", "--until", f"{SAMPLE_UNTIL:%Y-%m-%d}")


def feeds(count: int, entries: int) -> Iterator[Feed]:
    """Give `count` feeds of `entries` items each."""
    items = cycle(item for feed in read_week() for item in feed.items if item.published and item.published >= SAMPLE_SINCE)
    for number in range(count):
        home = f"https://feed{number}.example"
        own = tuple(_retold(item, f"{home}/{place}", number) for place, item in enumerate(islice(items, entries)))
        yield Feed(name=f"feed{number}", title=f"Feed {number}", home=home, format=Format.ATOM, weight=1, items=own)


def _retold(item: Item, url: str, number: int) -> Item:
    told = {"url": url, "title": f"{item.title} ({number % 7})", "text": f"{item.text} Told by feed {number}."}
    return item.model_copy(update=told)


def main(count: int = 150, entries: int = 60) -> None:
    """Measure and print."""
    print(f"The walk: {count} feeds of {entries} entries")
    with tempfile.TemporaryDirectory() as folder, serving(Site()) as site:
        home = Path(folder)
        lines = ["sources:"]
        for feed in feeds(count, entries):
            address = site.at(feed.path, atom(feed)[1], ETag=f'"{feed.name}"')
            lines += [f"  - feed: {address}", f"    name: {feed.title}", "    allow_private: true"]
        (home / "sources.yaml").write_text("\n".join(lines), encoding="utf-8")
        first = seconds("fetch", "--force", "--quiet", home=home)
        row("digest fetch --force", first, f"{first / (count * entries) * 1e6:.0f} us an entry")
        again = seconds("fetch", "--force", "--quiet", home=home)
        row("the same again: nothing has changed", again, f"{again / first:.2f} of the first")
        told = seconds("--now", "--no-fetch", *PERIOD, "--quiet", home=home)
        row("digest --now --no-fetch", told, f"{told / (count * entries) * 1e6:.0f} us an entry")
        same = seconds("--now", "--no-fetch", *PERIOD, "--quiet", home=home)
        row("the same again: it is stored", same, f"{same / told:.2f} of the first")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
