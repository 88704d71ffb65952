"""A source's client over a real HTTP server on loopback."""

import inspect
from datetime import timedelta

import pytest

import aggregator.net
from aggregator.errors import AggregatorError, FetchError, GoneError, RefusedAddressError
from aggregator.models import Source
from aggregator.net import USER_AGENT, Limits, Network
from aggregator.protocols import Client, Response
from tests.net.world import World, get, own
from tests.servers import Reply, Request, Site, wired

FEED = b"<rss/>"


def test_the_exported_names_are_there_and_no_others():
    for name in aggregator.net.__all__:
        assert getattr(aggregator.net, name)
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = aggregator.net.nothing_of_the_kind


def test_the_client_is_what_the_joint_says():
    client: Client = Network().bind(own())
    assert inspect.signature(client.get) == inspect.signature(Client.get.__get__(client)).replace(
        return_annotation=inspect.signature(client.get).return_annotation
    )


def test_an_answer_has_its_address_body_and_headers_in_lower_case(site: Site):
    response: Response = get(site.at("/feed", FEED, Content_Type="application/rss+xml", ETag='"1"'))
    assert response.url == f"{site.url}/feed"
    assert response.content == FEED
    assert response.headers["content-type"] == "application/rss+xml"
    assert response.headers["etag"] == '"1"'
    assert not response.not_modified
    assert response.moved_to is None


def test_it_says_who_it_is_and_where_to_complain(site: Site):
    get(site.at("/feed", FEED), accept="application/feed+json")
    sent = site.requests[-1].headers
    assert sent["user-agent"] == USER_AGENT
    assert "(+https://" in USER_AGENT
    assert sent["accept"] == "application/feed+json"
    assert sent["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "cookie" not in sent


def test_another_user_agent_can_be_given_to_all_or_to_one_source(site: Site):
    address = site.at("/feed", FEED)
    World().run(lambda network: network.bind(own()).get(address), user_agent="us/1 (+mailto:me@acme.example)")
    assert site.requests[-1].headers["user-agent"] == "us/1 (+mailto:me@acme.example)"
    get(address, own(headers={"User-Agent": "mine"}))
    assert site.requests[-1].headers["user-agent"] == "mine"


def test_params_join_the_query_and_leave_it_as_it_is(site: Site):
    get(site.at("/search", FEED) + "?sig=a%2Fb&q=%7E", tags="story & more", page=2)
    assert site.requests[-1].query == {"sig": ["a/b"], "q": ["~"], "tags": ["story & more"], "page": ["2"]}


@pytest.mark.parametrize("path", ["/a b", "/ä/ö?ü=ß", "/x?q=<>|", " /feed ", "/a%20b#fragment", "/a\\b"])
def test_spaces_and_odd_characters_in_an_address_are_encoded(site: Site, path: str):
    site.answers(FEED)
    assert get(f"{site.url}{path.strip()}" if path.startswith("/") else f" {site.url}/feed ").content == FEED


def test_hosts_outside_ascii_are_asked_by_their_ascii_name(site: Site):
    world = World()
    world.site("xn--bcher-kva.example", site.at("/feed", FEED))
    assert world.get("http://Bücher.example/feed").url == "http://xn--bcher-kva.example/feed"
    assert site.requests[-1].headers["host"] == "xn--bcher-kva.example"


# --- asking only for what is new ----------------------------------------------------------------------------------------


def unless_matching(request: Request) -> Reply:
    asked = {"if-none-match", "if-modified-since"} & request.headers.keys()
    return Reply(status=304) if asked else Reply(FEED, headers={"ETag": 'W/"grün"', "Last-Modified": "yesterday"})


def test_unchanged_is_not_sent_again(site: Site):
    address = site.does("/feed", unless_matching)
    first = get(address)
    again = get(address, etag=first.headers["etag"], last_modified=first.headers["last-modified"])
    assert again.not_modified
    assert again.content == b""
    assert site.requests[-1].headers["if-none-match"] == first.headers["etag"]
    assert site.requests[-1].headers["if-modified-since"] == "yesterday"


@pytest.mark.parametrize("raw", [b'"gr\xfcn"', '"grün"'.encode(), '"\U0001f511"'.encode(), b'"a", "b"'])
def test_an_etag_goes_back_byte_for_byte(site: Site, raw: bytes):
    site.does("/feed", lambda request: Reply(FEED, headers={"ETag": raw.decode("latin-1")}))
    first = get(f"{site.url}/feed")
    get(f"{site.url}/feed", etag=first.headers["etag"])
    assert site.requests[-1].headers["if-none-match"].encode("latin-1") == raw


@pytest.mark.parametrize("etag", ["a\r\nX-Evil: 1", "\x00", "x" * 5000, "\x1b[2J", "   "])
def test_an_etag_that_no_header_can_hold_is_not_sent(site: Site, etag: str):
    assert get(site.at("/feed", FEED), etag=etag).content == FEED
    assert "if-none-match" not in site.requests[-1].headers
    assert "x-evil" not in site.requests[-1].headers


def test_an_etag_from_elsewhere_that_latin_1_cannot_hold_crashes_nothing(site: Site):
    assert get(site.at("/feed", FEED), etag='"ключ"').content == FEED


def test_304_to_a_question_that_was_not_asked_is_an_error(site: Site):
    with pytest.raises(FetchError, match="nothing has changed, which it was not asked"):
        get(site.at("/feed", status=304))


# --- answers that are none ----------------------------------------------------------------------------------------------


def test_gone_is_an_error_of_its_own(site: Site):
    with pytest.raises(GoneError, match=r"acme: the publisher says that it is gone for good \(410 from .*/feed\)"):
        get(site.at("/feed", status=410))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "Put them into the source's address"),
        (403, "refuses robots"),
        (404, "nothing at this address .* Check its address with `digest sources check`"),
        (418, "does not want to answer"),
        (429, "asked too often"),
        (500, "the server is broken"),
        (503, "overloaded"),
        (522, "behind it"),
        (599, "the server is broken"),
        (202, "not ready"),
        (204, "empty"),
        (206, "none that a feed gives"),
        (300, "none that a feed gives"),
        (600, "not HTTP"),
    ],
)
def test_each_status_is_told_in_words(site: Site, status: int, told: str):
    with pytest.raises(FetchError, match=rf"acme: .*{told}") as caught:
        get(site.at("/feed", b"<html>sorry</html>" if status >= 300 else b"", status))
    assert caught.value.status == status
    assert f"({status} from 127.0.0.1" in str(caught.value)


@pytest.mark.parametrize("status", [413, 429, 503])
def test_a_server_says_when_it_wants_to_be_asked_again(site: Site, status: int):
    with pytest.raises(FetchError) as caught:
        get(site.at("/feed", status=status, Retry_After="Mon, 02 Mar 2026 10:00:00 GMT"))
    assert caught.value.retry_after == timedelta(hours=2)


@pytest.mark.parametrize(
    ("status", "header", "shield"),
    [
        (403, {"cf_mitigated": "challenge", "Server": "cloudflare"}, "Cloudflare"),
        (403, {"X_Forwarded_Server": "cloudflare"}, None),
        (503, {"cf_mitigated": "challenge"}, "Cloudflare"),
        (202, {"x_amzn_waf_action": "challenge"}, "AWS WAF"),
        (403, {"x_datadome": "protected"}, "DataDome"),
        (404, {"x_datadome": "protected"}, None),
    ],
)
def test_a_shield_against_robots_is_told_apart_from_a_broken_feed(site: Site, status: int, header: dict[str, str], shield: str):
    with pytest.raises(FetchError) as caught:
        get(site.at("/feed", status=status, **header))
    assert (f"a shield against robots ({shield})" in str(caught.value)) == bool(shield)


@pytest.mark.parametrize(
    ("url", "kind", "told"),
    [
        ("ftp://acme.example/feed", RefusedAddressError, "only http and https addresses are opened, not ftp"),
        ("file:///etc/passwd", RefusedAddressError, "not file"),
        ("acme.example/feed", RefusedAddressError, "no scheme"),
        ("javascript:alert(1)", RefusedAddressError, "not javascript"),
        ("http://", FetchError, "no host"),
        ("http:///feed", FetchError, "no host"),
        ("http://[::1", FetchError, "not an address"),
        ("http://acme.example:99999/", FetchError, "impossible port"),
        ("http://acme.example:0/", FetchError, "impossible port"),
        ("http://acme.example/\x00", FetchError, "not an address"),
        ("http://\udc80.example/", FetchError, "not an address"),
        (f"http://{'a' * 300}.example/", FetchError, "no host"),
        (f"http://{'a' * 70}.example/", FetchError, "there is no host"),
        ("", RefusedAddressError, "no scheme"),
        ("x" * 100_000, FetchError, "not an address"),
    ],
)
def test_what_is_not_an_address_is_told_in_words(url: str, kind: type[AggregatorError], told: str):
    with pytest.raises(kind, match=f"acme: .*{told}"):
        World().get(url)


def test_a_name_that_leads_nowhere_is_told_in_words():
    with pytest.raises(FetchError, match=r"acme: there is no host acme\.example\. Check its address"):
        World().get("https://acme.example/feed")


def test_a_name_server_that_says_nothing_is_told_in_words():
    async def never(host: str, port: int) -> list[str]:
        import asyncio  # noqa: PLC0415

        await asyncio.sleep(60)
        return []

    world = World()
    world.resolve = never  # type: ignore[method-assign]
    with pytest.raises(FetchError, match=r"no name server said in time where acme\.example is"):
        world.get("https://acme.example/", limits=Limits(connect_timeout=timedelta(seconds=0.05)))


def test_a_refused_connection_is_told_in_words():
    with wired(lambda connection: None) as gone:
        address = f"{gone.url}/feed"
    with pytest.raises(FetchError, match="the server refuses the connection"):
        get(address)


def test_no_secret_of_an_address_is_ever_told(site: Site):
    site.at("/feed/4f9a8b7c6d5e4f3a2b1c0d9e/private", status=404)
    secret = site.url.replace("http://", "http://me:hunter2@") + "/feed/4f9a8b7c6d5e4f3a2b1c0d9e/private?token=t0ps3cret#frag"
    with pytest.raises(FetchError) as caught:
        get(secret)
    told = str(caught.value)
    assert "/feed/.../private" in told
    assert not any(word in told for word in ("me@", "hunter2", "4f9a8b7c", "token", "t0ps3cret"))


def test_a_source_without_leave_does_not_reach_this_machine(site: Site):
    with pytest.raises(RefusedAddressError, match=r"acme: 127\.0\.0\.1 is a loopback address"):
        get(site.at("/feed", FEED), Source(name="acme"))
    assert site.requests == []
