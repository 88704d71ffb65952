"""Every error that a person may meet: one sentence on what failed, where, and what to do.

    AggregatorError
    ├── UsageError          a command was called in a way that cannot work
    ├── CatalogueError      sources.yaml or archetypes.yaml is wrong
    ├── SettingsError       an environment variable or .env is wrong
    ├── StoreError          the database cannot be read or written
    │   └── NewerSchemaError    it was written by a newer version of this program
    ├── SourceError         one source could not be read
    │   ├── FetchError          the network or its answer
    │   │   └── GoneError           410: the publisher says that it will not come back
    │   ├── RefusedAddressError an address that this program must not open
    │   └── ParseError          the answer is not what the kind of source expects
    ├── NothingReadError    no source could be read and nothing is stored
    ├── NothingToSayError   the period holds no story worth telling
    ├── CheckError          a digest holds a sentence that its entries do not
    └── DeliveryError       a digest could not be handed over

Foreign exceptions become one of these at the edges (net, store, llm, a channel), always `from error`. A bug is none of them.
"""

from datetime import timedelta


class AggregatorError(Exception):
    """The root. `what` failed, `where` (a source, a file and line, a command), and what `todo` about it."""

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.todo = what, where, todo

    def __str__(self) -> str:
        """Give one line: `where: what. todo`."""
        told = f"{self.where}: {self.what}" if self.where else self.what
        return f"{told.rstrip('.')}. {self.todo}" if self.todo else told

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way home from a worker process with every part."""
        return _rebuild, (type(self), self.args, self.__dict__.copy())


def _rebuild(kind: type[AggregatorError], args: tuple[str], state: dict[str, object]) -> AggregatorError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class UsageError(AggregatorError):
    """A command was called in a way that cannot work."""


class CatalogueError(AggregatorError):
    """sources.yaml or archetypes.yaml is wrong; `where` is `file:line`."""


class SettingsError(AggregatorError):
    """An environment variable or a line of .env is wrong; `where` is its name."""


class StoreError(AggregatorError):
    """The database cannot be opened, read or written; `where` is its path."""


class NewerSchemaError(StoreError):
    """The database was written by a newer version of this program."""


class SourceError(AggregatorError):
    """One source could not be read; `where` is its name or its address."""


class FetchError(SourceError):
    """The network failed, or the server answered with an error.

    `status` is the HTTP status, if there was an answer; `retry_after` is what the server asked for, if it did.
    """

    def __init__(
        self, what: str, *, where: str = "", todo: str = "", status: int | None = None, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(what, where=where, todo=todo)
        self.status, self.retry_after = status, retry_after


class GoneError(FetchError):
    """410: the publisher says that the address will not come back (RFC 9110, 15.5.11)."""


class RefusedAddressError(SourceError):
    """An address that this program must not open: another scheme, or a private, loopback, link-local or metadata host."""


class ParseError(SourceError):
    """The answer is not what this kind of source gives."""


class NothingReadError(AggregatorError):
    """No source could be read and nothing is stored."""


class NothingToSayError(AggregatorError):
    """The period holds no story worth telling."""


class CheckError(AggregatorError):
    """A digest holds a sentence that the entries it cites do not hold."""


class DeliveryError(AggregatorError):
    """A digest could not be handed over to a channel."""
