"""Real servers with a script: a fake is never a patched module."""

import json
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """Say nothing when a client hangs up in the middle: tests make it do so."""

        self.server = Server((host, 0), Handler)
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


class Wire:
    """A server that speaks bytes: each connection is handed to `script`, which may break every rule. It counts them."""

    def __init__(self, script: Callable[[socket.socket], None], host: str = "127.0.0.1", tls: ssl.SSLContext | None = None):
        self.script, self.tls = script, tls
        self.connections = 0
        self.listener = socket.create_server((host, 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://{host}:{self.port}"

    def accept(self) -> None:
        """Serve until the listener is closed, each connection in a thread of its own."""
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(20)
        with suppress(OSError):  # the client hung up, which tests make it do
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                self.script(connection)


@contextmanager
def wired(
    script: Callable[[socket.socket], None], host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Wire]:
    """Run a `Wire` for as long as the block lasts."""
    wire = Wire(script, host, tls)
    thread = threading.Thread(target=wire.accept, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        with suppress(OSError):
            wire.listener.shutdown(socket.SHUT_RDWR)
        wire.listener.close()
        thread.join(5)


def read_head(connection: socket.socket) -> bytes:
    """Read a request up to the empty line; empty where the client hung up."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65536)
        if not piece:
            return b""
        head += piece
    return head


def says(*pieces: bytes, pause: float = 0) -> Callable[[socket.socket], None]:
    """Give a script that reads a request, sends these bytes with a pause before each, and hangs up."""

    def script(connection: socket.socket) -> None:
        read_head(connection)
        for piece in pieces:
            time.sleep(pause)
            connection.sendall(piece)

    return script


@contextmanager
def proxying(credentials: str = "") -> Iterator[tuple[Wire, list[str]]]:
    """Run an HTTP proxy on loopback, and tell what it was asked for. Every name leads it to 127.0.0.1."""
    asked: list[str] = []

    def script(client: socket.socket) -> None:
        head = read_head(client)
        line, _, rest = head.partition(b"\r\n")
        method, target, _ = line.decode().split(" ")
        asked.append(f"{method} {target}")
        if credentials and f"Basic {credentials}".encode() not in head:
            client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        split = urlsplit(target if method != "CONNECT" else f"//{target}")
        with socket.create_connection(("127.0.0.1", split.port or 80), timeout=20) as server:
            if method == "CONNECT":
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = split.path + (f"?{split.query}" if split.query else "")
                server.sendall(f"{method} {path} HTTP/1.1\r\n".encode() + rest)
            relay(client, server)

    with wired(script) as wire:
        yield wire, asked


def relay(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until either side hangs up."""
    while True:
        readable, _, _ = select.select([one, other], [], [], 20)
        if not readable:
            return
        for side in readable:
            piece = side.recv(65536)
            if not piece:
                return
            (other if side is one else one).sendall(piece)
