"""How long the command takes to say anything: `digest --help` has 250 ms."""

import tempfile
from pathlib import Path
from statistics import median

from benchmarks.timing import row, seconds

PROMISED = 0.25  # seconds


def main() -> None:
    """Measure and print."""
    print("Start")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        seconds("--help", home=home)  # writes the byte code of a fresh checkout
        times = [seconds("--help", home=home) for _ in range(9)]
        row("digest --help, median of nine", median(times), f"{median(times) / PROMISED:.2f} of what is promised")
        row("digest --version", median(seconds("--version", home=home) for _ in range(5)))
        row("digest demo", seconds("demo", "--quiet", home=home), "the whole walk, 15 sources")


if __name__ == "__main__":
    main()
