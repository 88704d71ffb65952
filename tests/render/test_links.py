"""What may be a link, and how it is written."""

import pytest
from hypothesis import given

from aggregator.render.links import Link, link
from tests.render.hostile import URLS


@pytest.mark.parametrize(
    ("url", "safe", "host"),
    [
        ("https://www.example.org/a?b=c#d", "https://www.example.org/a?b=c#d", "example.org"),
        ("https://example.org:8443/", "https://example.org:8443/", "example.org"),
        ("https://EXAMPLE.org/A%20b", "https://example.org/A%20b", "example.org"),
        ("https://example.org/a(b)c", "https://example.org/a%28b%29c", "example.org"),
        ('https://example.org/"<>', "https://example.org/%22%3C%3E", "example.org"),
        ("https://xn--r8jz45g.jp/", "https://xn--r8jz45g.jp/", "xn--r8jz45g.jp"),
        ("https://例え.jp/道", "https://xn--r8jz45g.jp/%E9%81%93", "xn--r8jz45g.jp"),
        ("http://[::1]:80/a", "http://[::1]:80/a", "[::1]"),
    ],
)
def test_a_link_is_plain_ascii_and_named_by_its_host(url: str, safe: str, host: str):
    assert link(url) == Link(safe, host)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.org/",
            "//example.org/",
            "/path",
            "https://",
            "https:///a",
        ),
        *("https://bank.example@evil.example/", "https://exa mple.org/", "https://example.org:99999/", "https://[::1"),
        *("https://a\\b/", "https://example.org/" + "x" * 2000, f"https://{'é' * 80}.example/", "https://example.org/\ud800"),
    ],
    ids=ascii,
)
def test_what_could_mislead_is_no_link(url: str):
    assert link(url) is None


@given(URLS)
def test_a_link_has_only_printable_ascii_and_a_second_look_changes_nothing(url: str):
    found = link(url)
    if found:
        assert found.url.isascii()
        assert found.url.isprintable()
        assert not set(found.url) & set(' <>"`()\\{}|^')
        assert link(found.url) == found
