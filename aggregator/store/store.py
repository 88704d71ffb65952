"""The store: transactions and snapshots of one database."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlmodel import Session

from aggregator.store import sqlite


class Store:
    """One open database. Functions of this room take the sessions that it gives; `open_store` makes it."""

    def __init__(self, path: Path, patience: float = sqlite.PATIENCE) -> None:
        """Take a file whose schema is up to date, and the seconds to wait for other processes that write."""
        self.location = str(path)
        self._writing = sqlite.engine(path, writes=True, patience=patience)
        self._reading = sqlite.engine(path, writes=False, patience=patience)
        self._turn = threading.Lock()
        self._writer: int | None = None

    @contextmanager
    def transaction(self) -> Generator[Session]:
        """Give a session that holds the write lock: all of the block is kept, or, where it raises, nothing.

        One writer at a time: other threads and processes wait. Raises StoreError.
        """
        if self._writer == threading.get_ident():
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        with self._turn, sqlite.told(self.location), Session(self._writing) as session, session.begin():
            self._writer = threading.get_ident()
            try:
                session.connection()  # takes the lock
                yield session
            finally:
                self._writer = None

    @contextmanager
    def reading(self) -> Generator[Session]:
        """Give a session that sees the database as it is at this moment, whatever others write, and cannot write."""
        with sqlite.told(self.location), Session(self._reading) as session:
            session.connection()  # takes the snapshot
            yield session

    def faults(self) -> list[str]:
        """Say what is wrong inside the file, a line each; empty where it is sound. Reads all of it.

        Raises StoreError where it is too damaged to be read.
        """
        with self.reading() as session:
            return sqlite.unsound(session.connection())

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self._reading.dispose()
        self._writing.dispose()

    def __enter__(self) -> Self:
        """Give the store."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Close it."""
        self.close()
