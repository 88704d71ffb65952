"""Real servers with a script: a fake is never a patched module."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Reply:
    """What one path answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Request:
    """What was asked: path without query, query, headers in lower case."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]


Script = Reply | Callable[[Request], Reply]


class Site:
    """An HTTP server on loopback whose paths answer what a test says; it remembers what it was asked."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.scripts: dict[str, Script] = {}
        self.requests: list[Request] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                split = urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(split.path, parse_qs(split.query), headers)
                site.requests.append(request)
                script = site.scripts.get(split.path, site.scripts.get("*", Reply(b"not here", 404)))
                reply = script(request) if callable(script) else script
                self.send_response(reply.status)
                sent = {"Content-Length": str(len(reply.body)), **reply.headers}
                for name, value in sent.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                """Say nothing: the tests read `requests`."""

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://{host}:{self.server.server_address[1]}"

    def at(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        """Let `path` answer this (header names with _ for -) and give its address."""
        content = body.encode() if isinstance(body, str) else body
        self.scripts[path] = Reply(content, status, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.url + path

    def does(self, path: str, script: Callable[[Request], Reply]) -> str:
        """Let `path` answer what `script` makes of each request and give its address."""
        self.scripts[path] = script
        return self.url + path

    def answers(self, body: object) -> None:
        """Let every other path answer this body: text and bytes as they are, all else as JSON."""
        content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.scripts["*"] = Reply(content)

    def asked(self, parameter: str) -> str | None:
        """Give a query parameter of the last request."""
        return self.requests[-1].query.get(parameter, [None])[0]


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Run the site in a thread for as long as the block lasts."""
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()
