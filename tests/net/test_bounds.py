"""What a hostile or broken server can cost: never more than the limits, and always a sentence."""

import gzip
import re
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import brotli
import pytest
import zstandard

from aggregator.errors import FetchError
from aggregator.net import Limits
from tests.net.world import World, own
from tests.servers import Site, read_head, relay, says, wired

SMALL = Limits(max_body_bytes=100_000, max_inflated_bytes=1_000_000)
HASTY = replace(SMALL, read_timeout=timedelta(seconds=0.8), deadline=timedelta(seconds=0.9))
IMPATIENT = replace(SMALL, read_timeout=timedelta(seconds=0.3))
OK = b"HTTP/1.1 200 OK\r\n"
Script = Callable[[socket.socket], None]


def failure(script: Script, limits: Limits = SMALL) -> str:
    """Give what a person is told about a server that does this, and make sure that it is told long before the usual limits."""
    with wired(script) as wire:
        began = time.monotonic()
        with pytest.raises(FetchError) as caught:
            World().get(f"{wire.url}/feed", own(), limits=limits)
        assert time.monotonic() - began < 10
        return str(caught.value)


def endless(head: bytes, piece: bytes, pause: float = 0) -> Script:
    def script(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(head)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            connection.sendall(piece)
            time.sleep(pause)

    return script


def test_a_server_that_never_answers_is_left():
    assert "the server said nothing for 0.3 seconds" in failure(lambda connection: time.sleep(3), IMPATIENT)


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (OK + b"Content-Length: 5000\r\n\r\n", b"a"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (OK + b"\r\n", b"a"),
    ],
    ids=["status line", "header", "hints", "body with a length", "chunks", "body without a length"],
)
def test_a_server_that_drips_is_left_at_the_deadline_of_the_whole(head: bytes, piece: bytes):
    assert "it took longer than 0.9 seconds" in failure(endless(head, piece, pause=0.1), HASTY)


def test_redirects_share_one_deadline(site: Site):
    count = iter(range(100))

    def slow(connection: socket.socket) -> None:
        says(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /%d\r\n\r\n" % next(count), pause=0.3)(connection)

    assert "it took longer than 0.9 seconds" in failure(slow, HASTY)


@pytest.mark.parametrize(
    "head",
    [
        OK + b"\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n",
        OK + b"Content-Encoding: gzip\r\n\r\n",
    ],
)
def test_an_endless_body_is_cut(head: bytes):
    piece = b"2710\r\n" + b"a" * 10_000 + b"\r\n" if b"chunked" in head else b"a" * 10_000
    assert "the body is larger than 0.1 MB" in failure(endless(head, piece))


@pytest.mark.parametrize("length", ["100001", "9" * 20])
def test_a_body_that_announces_itself_as_too_large_is_not_read(length: str):
    assert "the body is larger than 0.1 MB" in failure(says(OK + f"Content-Length: {length}\r\n\r\n".encode()))


def test_a_body_as_large_as_allowed_is_read(site: Site):
    address = site.at("/feed", b"a" * 100_000)
    assert len(World().get(address, own(), limits=SMALL).content) == 100_000


@pytest.mark.parametrize("status", [404, 500, 302, 410])
@pytest.mark.parametrize("pause", [0, 0.05])
def test_of_an_error_or_a_redirect_next_to_nothing_is_read(status: int, pause: float):
    head = f"HTTP/1.1 {status} No\r\nLocation: /feed#\r\n\r\n".encode()
    assert "longer than" not in failure(endless(head, b"a" * 1000, pause), replace(SMALL, deadline=timedelta(seconds=2)))


def test_an_error_whose_body_is_broken_is_still_that_error():
    assert "nothing at this address" in failure(says(b"HTTP/1.1 404 No\r\nContent-Length: 10\r\n\r\nshort"))


@pytest.mark.parametrize(
    ("label", "bomb"),
    [
        ("gzip", gzip.compress(bytes(30_000_000))),
        ("br", brotli.compress(bytes(30_000_000), quality=1)),
        ("zstd", zstandard.ZstdCompressor().compress(bytes(30_000_000))),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(30_000_000)))),
        ("", gzip.compress(bytes(30_000_000))),
    ],
)
def test_bombs_do_not_go_off(site: Site, label: str, bomb: bytes):
    address = site.at("/feed", bomb, Content_Encoding=label)
    with pytest.raises(FetchError, match="the body inflates to more than 1 MB"):
        World().get(address, own(), limits=SMALL)


@pytest.mark.parametrize("label", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_is_not_encoded_as_it_says_is_read_as_it_is(site: Site, label: str):
    assert World().get(site.at("/feed", b"<rss/>", Content_Encoding=label), own()).content == b"<rss/>"


def test_an_encoding_that_nobody_knows_is_told_in_words(site: Site):
    with pytest.raises(FetchError, match="the body is encoded as 'aes', which was not asked for"):
        World().get(site.at("/feed", b"<rss/>", Content_Encoding="aes"), own())


def test_a_large_body_is_inflated_beside_the_event_loop(site: Site):
    body = bytes(range(256)) * 2000
    address = site.at("/feed", gzip.compress(body, 0), Content_Encoding="gzip")
    assert World().get(address, own()).content == body


HEADERS = b"".join(b"X-%d: %s\r\n" % (number, b"a" * 500) for number in range(150))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"", "hung up without an answer"),
        (b"HTTP/1.1 200", "the answer breaks the rules of HTTP|hung up"),
        (b"220 smtp.acme.example ESMTP\r\n\r\n", "breaks the rules of HTTP"),
        (b"<html>HTTP/0.9</html>", "breaks the rules of HTTP|hung up"),
        (b"\x00\xff" * 500 + b"\r\n\r\n", "breaks the rules of HTTP"),
        (OK + b"Content-Length: 10\r\n\r\nshort", "the answer ended in the middle"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "the answer ended in the middle"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n", "breaks the rules of HTTP"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 30 + b"\r\n", "breaks the rules of HTTP"),
        (OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "breaks the rules of HTTP"),
        (OK + b"Content-Length: -1\r\n\r\nhello", "breaks the rules of HTTP"),
        (OK + b"Content-Length: 5\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00\x00", "the body ends in the middle"),
        (OK + HEADERS[:80_000] + b"\r\n", "the answer's headers are too long"),
        (OK + HEADERS * 10 + b"\r\n", "breaks the rules of HTTP|headers are too long"),
        (OK + b"X: a\x00b\r\n\r\n", "breaks the rules of HTTP"),
        (OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n", "breaks the rules of HTTP"),
        (b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", "is not HTTP"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", "101|HTTP"),
    ],
)
def test_an_answer_that_breaks_the_rules_is_told_in_words(answer: bytes, told: str):
    assert re.search(told, failure(says(answer)))


def test_bytes_after_the_announced_body_are_no_part_of_it():
    with wired(says(OK + b"Content-Length: 6\r\n\r\n<rss/>HTTP/1.1 200 OK\r\n\r\nevil")) as wire:
        assert World().get(wire.url, own()).content == b"<rss/>"


def test_a_connection_that_the_server_closed_meanwhile_is_opened_again():
    answer = OK + b"Content-Length: 6\r\n\r\n<rss/>"

    def one_answer_then_none(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(answer)
        read_head(connection)  # the second request is read, and the connection closed without an answer

    with wired(one_answer_then_none) as wire:

        async def twice(network):
            client = network.bind(own())
            return [(await client.get(wire.url)).content for _ in range(2)]

        assert World().run(twice) == [b"<rss/>", b"<rss/>"]
        assert wire.connections == 2


def test_connections_are_used_again(site: Site):
    address = site.at("/feed", b"<rss/>")
    unchanged = site.at("/same", status=304)
    moved = site.at("/old", b"<html>moved</html>", 301, Location="/feed")
    with wired(relay_to(site)) as wire:

        async def often(network):
            client = network.bind(own())
            for _ in range(3):
                await client.get(address.replace(site.url, wire.url))
                await client.get(unchanged.replace(site.url, wire.url), etag='"1"')
                await client.get(moved.replace(site.url, wire.url))

        World().run(often)
        assert wire.connections == 1


def relay_to(site: Site) -> Script:
    def script(connection: socket.socket) -> None:
        host, port = site.server.server_address[:2]
        with socket.create_connection((str(host), int(port))) as server:
            relay(connection, server)

    return script
