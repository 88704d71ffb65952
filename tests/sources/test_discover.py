"""Where a page's feeds may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.sources.discover import discover

PAGE = "https://acme.example/show/"


def found(html: str, url: str = PAGE) -> list[str]:
    return discover(html.encode(), url)


@pytest.mark.parametrize(
    "kind", ["application/rss+xml", "application/atom+xml", "application/feed+json", "APPLICATION/RSS+XML; x=y"]
)
def test_a_declared_feed_comes_first(kind: str):
    html = f"<a href='/rss'>RSS</a><link rel='alternate' type='{kind}' title=x href='/feeds/show'>"
    assert found(html)[:2] == ["https://acme.example/feeds/show", "https://acme.example/rss"]


def test_a_feed_of_comments_comes_after_the_feed():
    html = (
        '<link rel="alternate" type="application/rss+xml" title="Acme &raquo; Comments Feed" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" title="Acme &raquo; Feed" href="/feed/">'
    )
    assert found(html)[:2] == ["https://acme.example/feed/", "https://acme.example/comments/feed/"]


def test_links_that_look_like_feeds_follow_those_of_the_same_site_first():
    html = (
        "<a href='https://other.example/feed.xml'>x</a><a href='news.atom'>x</a><a href='/about'>x</a><a href='/feedback'>x</a>"
    )
    assert found(html)[:3] == [
        "https://acme.example/show/news.atom",
        "https://other.example/feed.xml",
        "https://acme.example/show/feed",
    ]


def test_a_page_that_names_none_is_asked_for_at_the_usual_places():
    assert found("<p>Hello</p>", "https://acme.example/") == [
        f"https://acme.example/{name}" for name in ("feed", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json")
    ]


def test_addresses_are_resolved_against_the_pages_base_and_unescaped():
    html = "<base href='/b/'><link rel=alternate type=application/rss+xml href='feed?a=1&amp;b=2'>"
    assert found(html)[0] == "https://acme.example/b/feed?a=1&b=2"


@pytest.mark.parametrize(
    "html",
    [
        "<!-- <link rel='alternate' type='application/rss+xml' href='/no'> -->",
        "<script>'<link rel=alternate type=application/rss+xml href=/no>'</script>",
        "<link rel='stylesheet' type='text/css' href='/no'>",
        "<link rel='alternate' hreflang='de' href='/no'>",
        "<link rel='alternate' type='application/rss+xml' href='javascript:no'>",
    ],
)
def test_what_is_no_feed_is_not_asked(html: str):
    assert not any(address.endswith("no") for address in found(html))


@pytest.mark.parametrize("piece", ["<a href='", '<a "<a " ', "<script>", "<!--", "<link rel=alternate ", "<base href=x>"])
def test_a_page_made_to_upset_parsers_takes_no_time(piece: str):
    assert isinstance(found(piece * 100_000), list)


@given(st.binary(max_size=300), st.sampled_from(["", PAGE, "https://acme.example", "no address"]))
def test_any_page_gives_web_addresses_each_once(html: bytes, url: str):
    addresses = discover(html, url)
    assert len(set(addresses)) == len(addresses)
    assert all(address.startswith(("http://", "https://")) for address in addresses)
