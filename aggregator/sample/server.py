"""A small HTTP server on loopback for the sample's feeds, which answers 304 to the validators of a polite reader (RFC 9110)."""

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import ClassVar
from urllib.parse import urlsplit

from aggregator.sample.feeds import pages
from aggregator.sample.week import SAMPLE_SINCE, Feed, read_week

PORT = 46217  # unassigned; the address of the dead feed stands in the digest, which should be the same every time


@dataclass(frozen=True, slots=True)
class Resource:
    """What one path answers."""

    content_type: str
    body: bytes
    etag: str
    modified: datetime

    def is_known(self, etag: str | None, since: str | None) -> bool:
        """Say whether a request with these validators has this body already; an ETag outweighs a date."""
        if etag is not None:
            return self.etag in [known.strip().removeprefix("W/") for known in etag.split(",")]
        try:
            return since is not None and parsedate_to_datetime(since) >= self.modified
        except ValueError:
            return False


@contextmanager
def serve() -> Generator[str]:
    """Serve the sample week for as long as the block lasts, and give its base address, without a slash at its end."""
    resources = {path: resource for feed in read_week() for path, resource in _resources(feed)}
    try:
        server = SampleServer(resources, PORT)
    except OSError:  # it is taken, perhaps by another demo: then any
        server = SampleServer(resources, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True, name="sample week")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _resources(feed: Feed) -> Iterator[tuple[str, Resource]]:
    newest = max((item.published for item in feed.items if item.published), default=SAMPLE_SINCE)
    for path, (content_type, body) in pages(feed).items():
        yield path, Resource(content_type, body, f'"{sha256(body).hexdigest()[:16]}"', newest.replace(microsecond=0))


class SampleServer(ThreadingHTTPServer):
    """Loopback only; port 0 lets the system choose."""

    daemon_threads = True
    request_queue_size = 32

    def __init__(self, resources: dict[str, Resource], port: int) -> None:
        self.resources = resources
        super().__init__(("127.0.0.1", port), Handler)

    def server_bind(self) -> None:
        """Bind without asking the name service for our own name, which takes seconds on a machine without a network."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


class Handler(BaseHTTPRequestHandler):
    """Answers GET with 200, 304 or 404."""

    protocol_version = "HTTP/1.1"
    server: SampleServer  # pyright: ignore[reportIncompatibleVariableOverride]  # the one that this handler is made for
    timeout: ClassVar[float | None] = 30  # seconds; so that a connection left open ends its thread

    def do_GET(self) -> None:
        """Answer one request."""
        resource = self.server.resources.get(urlsplit(self.path).path)
        if resource is None:
            self._answer(HTTPStatus.NOT_FOUND, b"This page is not part of the sample week.\n", "text/plain")
            return
        known = resource.is_known(self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
        status, body = (HTTPStatus.NOT_MODIFIED, b"") if known else (HTTPStatus.OK, resource.body)
        self._answer(status, body, resource.content_type, ETag=resource.etag, Last_Modified=_http_date(resource.modified))

    def _answer(self, status: HTTPStatus, body: bytes, content_type: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name in the base class
        """Say nothing: the person who runs the sample reads the digest."""


def _http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)
