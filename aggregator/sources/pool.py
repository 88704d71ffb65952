"""Processes beside the event loop, so that parsing uses every core and a feed that upsets its parser upsets nothing else."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import FrameType, TracebackType
from typing import NoReturn, ParamSpec, Self, TypeVar

from aggregator.errors import ParseError

P = ParamSpec("P")
T = TypeVar("T")

MAX_SECONDS = 20.0  # for one body; the largest honest ones take two or three
MAX_WORKERS = 4  # a parser keeps up with far more downloads than a polite client makes


class ParsePool:
    """Runs plain, importable functions in worker processes.

    The first call starts it; a run in which nothing has changed never does. Workers are spawned and not forked: a fork of a
    process with threads can deadlock (the store's writer is one). Leaving the context ends them all.
    """

    def __init__(self, workers: int | None = None, seconds: float = MAX_SECONDS) -> None:
        """Take the number of processes (by default the cores, at most four) and the longest that one call may take."""
        self._workers = workers or max(1, min(MAX_WORKERS, _cores()))
        self._seconds = seconds
        self._executor: ProcessPoolExecutor | None = None

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the function in a worker; what it raises is raised here.

        Raises ParseError where it takes too long or its process dies of it. Those that only shared that process are run again.
        """
        task = partial(_within, self._seconds, partial(function, *args, **kwargs))
        executor = self._running()
        try:
            return await asyncio.get_running_loop().run_in_executor(executor, task)
        except BrokenProcessPool:
            self._retire(executor)
        alone = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_quietly)
        try:
            return await asyncio.get_running_loop().run_in_executor(alone, task)
        except BrokenProcessPool as error:
            raise ParseError("reading it took its process down", todo="Report it, with the source's address.") from error
        finally:
            alone.shutdown(wait=False)

    @property
    def started(self) -> bool:
        """Whether any process runs."""
        return self._executor is not None

    def close(self) -> None:
        """End every worker, and wait for that."""
        if self._executor:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End every worker."""
        self.close()

    def _running(self) -> ProcessPoolExecutor:
        if self._executor is None:
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_quietly)
        return self._executor

    def _retire(self, executor: ProcessPoolExecutor) -> None:
        if self._executor is executor:
            self._executor = None
        executor.shutdown(wait=False)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _quietly() -> None:
    """Leave Ctrl-C to the parent: it ends the workers, and one traceback less is printed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _within(seconds: float, function: Callable[[], T]) -> T:
    """Run the function in this process; raise ParseError from inside it where it takes longer."""

    def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise ParseError(f"reading it took more than {seconds:g} seconds", todo="It is tried again next time.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
