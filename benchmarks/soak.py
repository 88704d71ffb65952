"""Does it hold out? The sample week, walked many times in one process, watched for what grows.

python -m benchmarks.soak [ROUNDS]
"""

import gc
import os
import sys
import threading
from pathlib import Path

from typer.testing import CliRunner

from aggregator.cli.app import app

ALLOWED = 1.10  # growth of memory in the second half


def resident_mb() -> float:
    """Give this process's memory; 0 where the system does not say (macOS)."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if status.exists() else 0.0


def open_files() -> int:
    """Give how many files and sockets are open."""
    return len(os.listdir("/dev/fd"))  # noqa: PTH208  # a name may be gone before Path could be asked about it


def main(rounds: int = 30) -> None:
    """Walk and watch; exit with 1 where memory, files or threads grow."""
    runner, seen, digests = CliRunner(), [], set()
    for number in range(1, rounds + 1):
        ran = runner.invoke(app, ["demo", "--format", "json", "--quiet"])
        if ran.exit_code:
            sys.exit(f"round {number} ended with {ran.exit_code}:\n{ran.output}")
        digests.add(ran.stdout)
        gc.collect()
        seen.append((resident_mb(), open_files(), threading.active_count()))
        print(f"round {number:>3}: {seen[-1][0]:6.1f} MB, {seen[-1][1]} open files, {seen[-1][2]} threads")
    (before, files, threads), (after, files_after, threads_after) = seen[rounds // 2], seen[-1]
    print(f"second half: memory x{after / before if before else 1:.3f}; {len(digests)} different digests")
    if (before and after / before > ALLOWED) or files_after > files or threads_after > threads or len(digests) > 1:
        sys.exit("Something grows, or differs.")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
