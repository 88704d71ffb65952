"""TLS and HTTP/2: the name stays what certificate, SNI and Host speak of, wherever the connection goes."""

import gzip
from pathlib import Path

import pytest

from aggregator.errors import FetchError
from aggregator.models import Source
from aggregator.net import Limits
from tests.net.secure import Authority, http2
from tests.net.world import World
from tests.servers import proxying, read_head, says, wired

FEED = b"<rss/>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n" + FEED


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    trusted = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.file))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return trusted


def fetch(world: World, *urls: str, source: Source | None = None, limits: Limits | None = None) -> list[bytes]:
    async def work(network):
        client = network.bind(source or Source(name="acme"))
        return [(await client.get(url)).content for url in urls]

    return world.run(work, trust_env=True, **({"limits": limits} if limits else {}))


def test_the_certificate_is_checked_against_the_name_and_not_the_address(authority: Authority):
    named: list[str | None] = []
    heads: list[bytes] = []
    tls = authority.server("acme.example")
    tls.sni_callback = lambda connection, name, context: named.append(name)

    def script(connection) -> None:
        heads.append(read_head(connection))
        connection.sendall(ANSWER)

    with wired(script, tls=tls) as wire:
        world = World()
        assert fetch(world, world.site("acme.example", wire.url) + "/feed") == [FEED]
    assert named == ["acme.example"]
    assert b"\r\nHost: acme.example\r\n" in heads[0]


@pytest.mark.parametrize(
    ("host", "days", "told"),
    [("other.example", 30, "acme.example"), ("acme.example", -1, "expired")],
    ids=["another name", "expired"],
)
def test_a_certificate_that_does_not_hold_is_told_in_words(authority: Authority, host: str, days: int, told: str):
    with wired(says(ANSWER), tls=authority.server(host, days=days)) as wire:
        world = World()
        with pytest.raises(FetchError, match=f"acme: its certificate is not valid: .*{told}.* \\(acme.example/feed\\)"):
            fetch(world, world.site("acme.example", wire.url) + "/feed")


def test_a_certificate_of_an_unknown_authority_is_refused(authority: Authority, tmp_path: Path):
    (tmp_path / "other").mkdir()
    with wired(says(ANSWER), tls=Authority(tmp_path / "other").server("acme.example")) as wire:
        world = World()
        with pytest.raises(FetchError, match="its certificate is not valid"):
            fetch(world, world.site("acme.example", wire.url) + "/feed")


def test_a_server_without_tls_is_told_in_words(authority: Authority):
    with wired(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as wire:
        world = World()
        world.site("acme.example", wire.url)
        with pytest.raises(FetchError, match="no secure connection came about: "):
            fetch(world, "https://acme.example/feed")


def test_https_goes_through_a_proxys_tunnel_with_the_certificate_checked_at_its_end(authority: Authority):
    with proxying() as (proxy, asked), wired(says(ANSWER), tls=authority.server("acme.example")) as wire:
        source = Source(name="acme", proxy=proxy.url)
        assert fetch(World(), f"https://acme.example:{wire.port}/feed", source=source) == [FEED]
        assert asked == [f"CONNECT acme.example:{wire.port}"]


# --- HTTP/2 -------------------------------------------------------------------------------------------------------------


def ok(body: bytes, *headers: tuple[str, str], status: str = "200"):
    return [(":status", status), *headers], body


def test_http_2_is_spoken_where_it_is_offered_and_its_connection_used_again(authority: Authority):
    asked: list[dict[str, str]] = []

    def answer(headers: dict[str, str]):
        asked.append(headers)
        return ok(gzip.compress(FEED), ("content-encoding", "gzip"), ("etag", '"1"'))

    with wired(http2(answer), tls=authority.server("acme.example", protocols=("h2",))) as wire:
        world = World()
        start = world.site("acme.example", wire.url)
        assert fetch(world, f"{start}/a", f"{start}/b", f"{start}/c") == [FEED] * 3
        assert wire.connections == 1
    assert [headers[":path"] for headers in asked] == ["/a", "/b", "/c"]
    assert {headers[":authority"] for headers in asked} == {"acme.example"}
    assert world.dialled == ["93.184.215.14"]


def test_a_body_that_is_given_up_does_not_starve_the_next_answer_on_http_2(authority: Authority):
    """What a server went on sending would use up the window of the whole connection."""

    def answer(headers: dict[str, str]):
        return ok(b"a" * 60_000) if headers[":path"] == "/large" else ok(FEED)

    with wired(http2(answer), tls=authority.server("acme.example", protocols=("h2",))) as wire:
        world = World()
        start = world.site("acme.example", wire.url)

        async def work(network):
            client = network.bind(Source(name="acme"))
            with pytest.raises(FetchError, match="the body is larger than"):
                await client.get(f"{start}/large")
            return (await client.get(f"{start}/small")).content

        assert world.run(work, trust_env=True, limits=Limits(max_body_bytes=50_000)) == FEED
        assert wire.connections == 2


@pytest.mark.parametrize(
    "headers",
    [
        [(":status", "two hundred")],
        [(":status", "")],
        [(":status", "200"), ("x-large", "a" * 70_000)],
        [(":status", "200"), *((f"x-{n}", "a" * 400) for n in range(200))],
    ],
    ids=["no number", "empty", "one long header", "many headers"],
)
def test_an_http_2_answer_that_breaks_the_rules_is_told_in_words(authority: Authority, headers: list[tuple[str, str]]):
    with wired(http2(lambda _: (headers, FEED)), tls=authority.server("acme.example", protocols=("h2",))) as wire:
        world = World()
        with pytest.raises(FetchError, match="acme: the answer"):
            fetch(world, world.site("acme.example", wire.url) + "/feed")


@pytest.mark.parametrize("garbage", [b"\0" * 5000, b"\xff" * 5000, b"HTTP/1.1 200 OK\r\n\r\n"])
def test_http_2_that_is_none_is_told_in_words(authority: Authority, garbage: bytes):
    def script(connection) -> None:
        connection.recv(65536)
        connection.sendall(garbage)
        connection.recv(65536)

    with wired(script, tls=authority.server("acme.example", protocols=("h2",))) as wire:
        world = World()
        with pytest.raises(FetchError, match="acme: "):
            fetch(world, world.site("acme.example", wire.url) + "/feed")
