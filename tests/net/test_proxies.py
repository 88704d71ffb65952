"""Through a proxy: the source's own, or the environment's."""

import base64
from pathlib import Path

import httpx
import pytest

from aggregator.errors import FetchError, RefusedAddressError
from aggregator.models import Source
from aggregator.net.proxies import Proxies, exempts, from_environment
from tests.net.world import PUBLIC, World
from tests.servers import Site, proxying, wired

FEED = b"<rss/>"


def through(proxy: str, **fields: object) -> Source:
    return Source(name="acme", proxy=proxy, **fields)  # type: ignore[arg-type]


def test_a_source_is_read_through_its_proxy_which_may_be_private(site: Site):
    site.at("/feed", FEED)
    port = site.url.rpartition(":")[2]
    with proxying() as (proxy, asked):
        response = World().get(f"http://acme.example:{port}/feed?x=1", through(proxy.url), etag='"1"')
    assert response.content == FEED
    assert asked == [f"GET http://acme.example:{port}/feed?x=1"]
    assert site.requests[-1].headers["host"] == f"acme.example:{port}"
    assert site.requests[-1].headers["if-none-match"] == '"1"'


def test_the_environments_proxy_is_used_but_not_for_this_machine(site: Site, monkeypatch: pytest.MonkeyPatch):
    site.at("/feed", FEED)
    port = site.url.rpartition(":")[2]
    with proxying() as (proxy, asked):
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "direct.example")

        async def work(network):
            away = await network.bind(Source(name="acme")).get(f"http://acme.example:{port}/feed")
            here = await network.bind(Source(name="own", allow_private=True)).get(f"{site.url}/feed")
            return away.content, here.content

        assert World().run(work, trust_env=True) == (FEED, FEED)
    assert asked == [f"GET http://acme.example:{port}/feed"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::ffff:10.0.0.1]",
        "0x7f.1",
        "127.1",
        "a.localhost",
        "printer",
        "169.254.169.254",
        "2130706433",
    ],
)
def test_a_proxy_is_never_asked_for_a_private_address(host: str):
    with proxying() as (proxy, asked):
        with pytest.raises(RefusedAddressError, match="acme: "):
            World().get(f"http://{host}:8080/", through(proxy.url))
        assert asked == []


def test_a_name_that_is_known_here_to_be_private_is_not_asked_of_a_proxy(site: Site):
    world = World()
    world.knows("inside.acme.example", [PUBLIC, "10.0.0.7"])
    with proxying() as (proxy, asked):
        with pytest.raises(RefusedAddressError, match=r"inside\.acme\.example leads to 10\.0\.0\.7, a private address"):
            world.get("http://inside.acme.example/", through(proxy.url))
        assert asked == []


def test_a_redirect_behind_a_proxy_is_checked_as_well(site: Site):
    site.at("/feed", status=302, Location="http://127.0.0.1:1/")
    with proxying() as (proxy, asked):
        with pytest.raises(RefusedAddressError, match="loopback"):
            World().get(f"http://acme.example:{site.url.rpartition(':')[2]}/feed", through(proxy.url))
        assert len(asked) == 1


def test_a_source_that_says_so_reaches_a_private_address_through_its_proxy(site: Site):
    site.at("/feed", FEED)
    with proxying() as (proxy, asked):
        assert World().get(f"{site.url}/feed", through(proxy.url, allow_private=True)).content == FEED
        assert len(asked) == 1


def test_the_proxys_user_and_password_go_to_the_proxy_alone(site: Site):
    site.at("/feed", FEED)
    wanted = base64.b64encode(b"me:p@ss").decode()
    address = f"http://acme.example:{site.url.rpartition(':')[2]}/feed"
    with proxying(wanted) as (proxy, _):
        known = proxy.url.replace("//", "//me:p%40ss@")
        assert World().get(address, through(known)).content == FEED
        with pytest.raises(FetchError, match="407") as caught:
            World().get(address, through(proxy.url))
    assert "acme" in str(caught.value)


def test_a_proxy_that_refuses_a_tunnel_is_told_in_words():
    with proxying("c2VjcmV0") as (proxy, asked):
        with pytest.raises(FetchError, match=r"acme: the proxy refuses to connect: 407 Proxy Authentication Required"):
            World().get("https://acme.example/feed", through(proxy.url))
        assert asked == ["CONNECT acme.example:443"]


def test_a_proxy_that_is_not_there_is_told_in_words():
    with wired(lambda connection: None) as gone:
        url = gone.url
    with pytest.raises(FetchError, match=r"acme: the proxy 127\.0\.0\.1:\d+ can't be reached\. Start it"):
        World().get("https://acme.example/feed", through(url))


@pytest.mark.parametrize("proxy", ["ftp://proxy.example", "http://", "http://[::1", "socks4://proxy.example"])
def test_a_proxy_that_can_not_be_one_is_told_in_words(proxy: str):
    with pytest.raises(FetchError, match="acme: its proxy is"):
        World().get("https://acme.example/feed", through(proxy))


def test_a_proxy_may_be_written_without_a_scheme(site: Site):
    site.at("/feed", FEED)
    with proxying() as (proxy, _):
        url = f"http://acme.example:{site.url.rpartition(':')[2]}/feed"
        assert World().get(url, through(proxy.url.removeprefix("http://"))).content == FEED


@pytest.mark.parametrize(
    ("rule", "host", "covered"),
    [
        ("*", "acme.example", True),
        ("acme.example", "acme.example", True),
        ("acme.example", "www.acme.example", True),
        (".acme.example", "www.acme.example", True),
        ("*.acme.example", "www.acme.example", True),
        ("acme.example", "notacme.example", False),
        ("acme.example:443", "acme.example", True),
        ("acme.example:8443", "acme.example", False),
        ("93.184.0.0/16", "93.184.215.14", True),
        ("93.184.215.14", "93.184.215.14", True),
        ("93.184.215.14", "93.184.215.15", False),
        ("[2606:4700::1111]", "2606:4700::1111", True),
        ("2606:4700::/32", "93.184.215.14", False),
        ("10.0.0.0/8", "acme.example", False),
    ],
)
def test_no_proxy_covers_domains_ports_addresses_and_networks(rule: str, host: str, covered: bool):
    assert exempts(rule, host, 443) is covered


def test_the_environment_is_read_in_either_case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("all_proxy", "other.example:3128")
    monkeypatch.setenv("NO_PROXY", " acme.example , .local")
    read = from_environment()
    assert read == Proxies({"https": "http://proxy.example:3128", "all": "other.example:3128"}, ("acme.example", ".local"))
    assert read.of(httpx.URL("https://feeds.example/")) == "http://proxy.example:3128"
    assert read.of(httpx.URL("http://feeds.example/")) == "other.example:3128"
    assert read.of(httpx.URL("https://www.acme.example/")) is None
    assert read.of(httpx.URL("https://[::1]/")) is None
