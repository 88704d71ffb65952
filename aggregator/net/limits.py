"""How much one answer may cost, whatever its server does."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of every request. One request at a time per host is not among them: it always holds."""

    connections: int = 32  # at work at the same time: beyond this a home connection is the brake, not the servers
    connect_timeout: timedelta = timedelta(seconds=10)  # the name, the connection and TLS each: two lost packets are forgiven
    read_timeout: timedelta = timedelta(seconds=15)  # between two pieces: a server that makes a feed on demand thinks this long
    deadline: timedelta = timedelta(seconds=30)  # the whole request, redirects included, waiting for its turn not
    max_body_bytes: int = 10_000_000  # as received: the largest honest feeds have a few million
    max_inflated_bytes: int = 50_000_000  # text shrinks to a fifth; what grows further is a bomb
    max_header_bytes: int = 64 * 1024  # what HTTP/2 is told to send at most; HTTP/1.1 servers mostly stop at 16 KiB
    max_redirects: int = 10  # browsers allow 20; a feed with more than two or three is lost
    name_lookups: int = 16  # threads that ask the system's resolver, which has no asynchronous form


RETRY_AT_LEAST = timedelta(minutes=1)  # sooner than this nobody asks again anyway
RETRY_AT_MOST = timedelta(weeks=1)  # a digest is weekly: a server that says "never" is asked once a week
