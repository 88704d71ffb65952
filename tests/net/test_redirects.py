"""Redirects: followed by us, hop by hop, each under the same rules as the first address."""

import pytest

from aggregator.errors import FetchError, RefusedAddressError
from aggregator.models import Source
from aggregator.net import Limits
from tests.net.world import OTHER_PUBLIC, PUBLIC, World, get, own
from tests.servers import Reply, Site, serving

FEED = b"<rss/>"


def chain(site: Site, *statuses: int) -> str:
    """Let /0 redirect to /1 and so on, the last being a feed, and give the first."""
    for number, status in enumerate(statuses):
        site.at(f"/{number}", b"<html>moved</html>", status, Location=f"/{number + 1}")
    site.at(f"/{len(statuses)}", FEED)
    return f"{site.url}/0"


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ([301], 1),
        ([308], 1),
        ([301, 308, 301], 3),
        ([301, 302, 301], 1),
        ([302], None),
        ([303], None),
        ([307, 301], None),
    ],
)
def test_a_source_has_moved_as_far_as_every_redirect_was_permanent(site: Site, statuses: list[int], moved_to: int | None):
    response = get(chain(site, *statuses))
    assert response.url == f"{site.url}/{len(statuses)}"
    assert response.moved_to == (None if moved_to is None else f"{site.url}/{moved_to}")
    assert response.content == FEED


def test_a_move_is_told_for_an_unchanged_feed_too(site: Site):
    site.at("/old", status=301, Location="/new")
    site.at("/new", status=304)
    response = get(f"{site.url}/old", etag='"1"')
    assert response.not_modified
    assert response.moved_to == f"{site.url}/new"


@pytest.mark.parametrize(
    "location",
    [
        "feed",
        "/a/feed",
        "?/../a/feed",
        "//HOST/a/feed",
        "http://HOST/a/feed",
        " /a/feed ",
        "/a/b/../feed#top",
        "http://u:p@HOST/a/feed",
    ],
)
def test_every_form_of_a_location_is_read(site: Site, location: str):
    site.at("/a/start", status=302, Location=location.replace("HOST", site.url.removeprefix("http://")))
    site.does("/a/feed", lambda request: Reply(FEED))
    site.scripts["/a/start"] = (
        site.scripts["/a/start"] if not location.startswith("?") else Reply(status=302, headers={"Location": "/a/feed" + "?x"})
    )
    response = get(f"{site.url}/a/start")
    assert response.content == FEED
    assert "@" not in response.url
    assert "#" not in response.url
    assert "authorization" not in site.requests[-1].headers


@pytest.mark.parametrize("location", ["/ü", "/a b"])
def test_a_location_with_letters_outside_ascii_is_encoded(site: Site, location: str):
    site.at("/start", status=302, Location=location.encode().decode("latin-1"))
    site.answers(FEED)
    assert get(f"{site.url}/start").content == FEED


@pytest.mark.parametrize(
    "location", ["http://[::1", "http://\x80\x80/", "http://x:y/", "http://" + "a" * 300 + "/", "http://a:70000/"]
)
def test_a_location_that_is_no_address_is_told_in_words(site: Site, location: str):
    site.at("/start", status=302, Location=location)
    with pytest.raises(FetchError, match=r"acme: .*(not an address|impossible port)"):
        get(f"{site.url}/start")


def test_a_redirect_that_leads_nowhere_is_told_in_words(site: Site):
    with pytest.raises(FetchError, match=r"redirects \(302\) without saying where to"):
        get(site.at("/start", status=302))


def test_a_circle_is_left(site: Site):
    site.at("/a", status=301, Location="/b")
    site.at("/b", status=302, Location="/a#again")
    with pytest.raises(FetchError, match=r"/a redirects in a circle"):
        get(f"{site.url}/a")
    assert len(site.requests) == 2


def test_a_chain_without_end_is_left(site: Site):
    site.does("*", lambda request: Reply(status=302, headers={"Location": request.path + "x"}))
    with pytest.raises(FetchError, match="more than 3 redirects"):
        World().get(f"{site.url}/", own(), limits=Limits(max_redirects=3))
    assert len(site.requests) == 4


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://acme.example/", "gopher://127.0.0.1:25/_", "data:,x", "javascript:1"]
)
def test_no_redirect_leads_to_another_scheme(site: Site, location: str):
    site.at("/start", status=302, Location=location)
    with pytest.raises(RefusedAddressError, match="only http and https"):
        get(f"{site.url}/start")


# --- where a public source must not lead --------------------------------------------------------------------------------

SPELLINGS = [
    *("127.0.0.1", "127.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.01", "127.0.0.1.", "localhost", "LOCALHOST."),
    *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]"),
    *("[2002:7f00:1::]", "[fe80::1%25lo]", "[fd00:ec2::254]", "169.254.169.254", "metadata.google.internal", "10.0.0.1"),
    *(
        "0",
        "a.localhost",
        "user:pass@127.0.0.1",
        "acme.example@127.0.0.1",
        "acme.example%00@127.0.0.1",
        "127。0。0。1",
    ),
    *("%31%32%37.0.0.1", "①②⑦.0.0.1", "[::]", "224.0.0.1", "inside.acme.example", "mixed.acme.example", "100.100.100.200"),
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_a_private_address_is_followed_to(site: Site, host: str):
    with serving(Site()) as inside:
        inside.answers(b"secret")
        port = inside.url.rpartition(":")[2]
        world = World()
        start = world.site("acme.example", site.url)
        world.knows("inside.acme.example", ["127.0.0.1"])
        world.knows("mixed.acme.example", [PUBLIC, "10.0.0.7"])
        location = f"http://{host}:{port}/"
        site.at("/feed", status=302, Location=location.encode().decode("latin-1"))
        with pytest.raises((RefusedAddressError, FetchError), match="acme: "):
            world.get(f"{start}/feed")
        assert inside.requests == []
        assert world.dialled == [PUBLIC]


def test_a_name_that_answers_differently_the_second_time_gains_nothing(site: Site):
    """DNS rebinding: the name is public when it is checked, and would be private if it were looked up once more."""
    with serving(Site()) as inside:
        inside.answers(b"secret")
        world = World()
        world.knows("acme.example", [PUBLIC], ["127.0.0.1"])
        world.puts(PUBLIC, site.url)
        site.at("/feed", FEED)
        assert world.get(f"http://acme.example:{inside.url.rpartition(':')[2]}/feed").content == FEED
        assert world.looked_up == ["acme.example"]
        assert world.dialled == [PUBLIC]
        assert inside.requests == []


def test_a_name_that_turns_private_between_two_hops_is_refused_at_the_second(site: Site):
    world = World()
    world.knows("acme.example", [PUBLIC], ["127.0.0.1"])
    world.puts(PUBLIC, site.url)
    site.at("/feed", status=302, Location="http://acme.example:8080/feed")
    with pytest.raises(RefusedAddressError, match=r"acme\.example leads to 127\.0\.0\.1, a loopback address"):
        world.get("http://acme.example/feed")


def test_a_connection_that_one_source_may_use_is_not_lent_to_another_that_may_not(site: Site):
    world = World()
    world.knows("acme.example", ["127.0.0.1"])
    site.at("/feed", FEED)
    address = f"http://acme.example:{site.url.rpartition(':')[2]}/feed"

    async def both(network):
        assert (await network.bind(own()).get(address)).content == FEED
        with pytest.raises(RefusedAddressError):
            await network.bind(Source(name="other")).get(address)

    world.run(both)
    assert len(site.requests) == 1


def test_a_source_of_ones_own_may_lead_to_another_place_of_ones_own(site: Site):
    site.at("/start", status=302, Location=site.url.replace("127.0.0.1", "localhost") + "/feed")
    site.at("/feed", FEED)
    world = World()
    world.knows("localhost", ["127.0.0.1"])
    assert world.get(f"{site.url}/start", own()).content == FEED


# --- what a redirect must not carry along -------------------------------------------------------------------------------


def test_headers_and_credentials_stay_with_the_origin_they_were_given_for(site: Site):
    with serving(Site()) as elsewhere:
        world = World()
        start = world.site("acme.example", site.url)
        away = world.site("elsewhere.example", elsewhere.url, OTHER_PUBLIC)
        site.at("/feed", status=302, Location="/there")
        site.at("/there", status=302, Location=f"{away}/out")
        elsewhere.at("/out", status=302, Location=f"{away}/further")
        elsewhere.at("/further", status=302, Location=f"{start}/home")
        site.at("/home", FEED, Set_Cookie="id=1")
        source = Source(name="acme", headers={"X-Key": "t0ps3cret", "Cookie": "id=7", "User-Agent": "mine"})
        assert world.get(f"{start.replace('//', '//me:p%40ss@')}/feed", source, etag='"1"').content == FEED
    at_home = [request.headers for request in site.requests]
    assert [sent.get("x-key") for sent in at_home] == ["t0ps3cret"] * 3
    assert [sent.get("authorization") for sent in at_home] == ["Basic bWU6cEBzcw=="] * 3
    for request in elsewhere.requests:
        assert not {"x-key", "cookie", "authorization", "referer"} & request.headers.keys()
        assert "mine" not in request.headers["user-agent"]


def test_a_source_whose_password_stayed_behind_at_a_redirect_is_told_so(site: Site):
    with serving(Site()) as elsewhere:
        elsewhere.at("/feed", status=401)
        site.at("/feed", status=301, Location=f"{elsewhere.url}/feed")
        with pytest.raises(
            FetchError, match=r"acme: it wants a user and password .* stay with 127\.0\.0\.1:\d+: name 127\.0\.0\.1:\d+/feed"
        ):
            get(f"{site.url}/feed", own(headers={"Authorization": "Bearer x"}))


def test_another_port_is_another_origin(site: Site):
    with serving(Site()) as elsewhere:
        elsewhere.at("/feed", FEED)
        get(site.at("/feed", status=301, Location=f"{elsewhere.url}/feed"), own(headers={"Authorization": "Bearer x"}))
        assert "authorization" not in elsewhere.requests[-1].headers


def test_no_cookie_is_kept_from_one_request_for_the_next(site: Site):
    site.at("/feed", FEED, Set_Cookie="id=1; Path=/")

    async def twice(network):
        for name in ("one", "other"):
            await network.bind(own(name)).get(f"{site.url}/feed")

    World().run(twice)
    assert all("cookie" not in request.headers for request in site.requests)


def test_headers_that_belong_to_the_connection_are_not_a_sources_to_set(site: Site):
    evil = {
        "Host": "evil.example",
        "Content-Length": "5",
        "Transfer-Encoding": "chunked",
        "If-None-Match": "x",
    }
    assert get(site.at("/feed", FEED), own(headers=evil)).content == FEED
    sent = site.requests[-1].headers
    assert sent["host"] == site.url.removeprefix("http://")
    assert not {"content-length", "transfer-encoding", "if-none-match"} & sent.keys()


@pytest.mark.parametrize(
    ("name", "value"), [("X-Key", "1\r\nX-Evil: 2"), ("X-Key", "\0"), ("bad name", "1"), ("ü", "1"), ("", "1")]
)
def test_a_header_that_can_not_be_sent_is_told_in_words(site: Site, name: str, value: str):
    with pytest.raises(FetchError, match=r"acme: its header .* can't be sent. Correct `headers` of this source"):
        get(site.at("/feed", FEED), own(headers={name: value}))
    assert site.requests == []
