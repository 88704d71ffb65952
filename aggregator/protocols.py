"""The joints of the house, and what is handed to those who implement them.

A kind of source, a writer or a channel is one file with its `Options` and a `factory(options, secrets, tools)`, registered by
an entry point (groups aggregator.sources, aggregator.writers, aggregator.channels) under the word that sources.yaml uses.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from aggregator.models import Checkpoint, Choice, Digest, Draft, Entry, Notice, Reader, Receipt, Source

P = ParamSpec("P")
T = TypeVar("T")


class Response(Protocol):
    """An answer of 200 or 304, its body bounded and decoded from its transfer and content encodings."""

    @property
    def url(self) -> str:
        """The address that answered, after redirects."""
        ...

    @property
    def moved_to(self) -> str | None:
        """Where every redirect from the first on was permanent (301, 308): the last address of that run."""
        ...

    @property
    def not_modified(self) -> bool:
        """Whether the server answered 304 to the validators."""
        ...

    @property
    def content(self) -> bytes:
        """The body; empty when not modified."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The answer's headers, names in lower case."""
        ...


class Client(Protocol):
    """HTTP for whatever sources name: safe, polite, conditional, bound to one source's headers, proxy and allow_private."""

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        **params: str | int,
    ) -> Response:
        """Fetch `url` with `params` as its query.

        Raises RefusedAddressError for an address that must not be opened, GoneError for 410, FetchError for all else that
        is neither 200 nor an expected 304.
        """
        ...


class Pool(Protocol):
    """Processes beside the event loop, for parsing."""

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a plain, importable function elsewhere; what it raises is raised here."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What a fetcher may ask for: its bound client, and the pool."""

    client: Client
    pool: Pool


class Secrets(Protocol):
    """Passwords and tokens, by the name of their environment variable."""

    def get(self, name: str) -> str | None:
        """Give the secret, or None where it is not set."""
        ...


class Fetcher(Protocol):
    """Reads one source."""

    def fetch(self, source: Source, since: Checkpoint | None, now: datetime) -> AsyncIterator[Entry | Notice | Checkpoint]:
        """Yield what is new since the checkpoint, what is true of the source, and the checkpoint to go on from.

        Raises SourceError where the source cannot be read: a failure must never look like a quiet week.
        """
        ...


class Writer(Protocol):
    """Puts chosen stories into words."""

    def write(self, stories: Sequence[Choice], reader: Reader, deadline: datetime) -> Draft:
        """Give a summary for each story, every sentence citing entries of that story."""
        ...


class Channel(Protocol):
    """A way out."""

    def find(self, key: str) -> Receipt | None:
        """Say whether the delivery with this key has arrived; None where it has not, or the channel can't be asked."""
        ...

    def send(self, digest: Digest, key: str) -> Receipt:
        """Deliver; `key` makes a repeat harmless. Raises DeliveryError."""
        ...
