"""Addresses as they are opened and as they are shown."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import AggregatorError
from aggregator.net.urls import SHOWN_CHARACTERS, join, origin, parse, shown, with_params

words = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=24, max_size=40).filter(
    lambda w: not w.isalpha() and not w.isdigit()
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" HTTPS://Acme.Example:443/Feed?q=A#top ", "https://acme.example/Feed?q=A"),
        ("http://acme.example:80", "http://acme.example"),
        ("http://acme.example:8080/a b", "http://acme.example:8080/a%20b"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://acme.example/%7Eme/%E4", "https://acme.example/%7Eme/%E4"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_addresses_are_read_as_they_are_opened(text: str, expected: str):
    assert str(parse(text)) == expected


def test_params_are_added_to_a_query_that_stays_byte_for_byte():
    url = parse("https://acme.example/?sig=a%2Bb+c")
    assert with_params(url, {}) is url
    assert str(with_params(url, {"q": "ä&b", "n": 1})) == "https://acme.example/?sig=a%2Bb+c&q=%C3%A4%26b&n=1"
    assert str(with_params(parse("https://acme.example/"), {"q": "x"})) == "https://acme.example/?q=x"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://me:secret@acme.example/feed?token=1", "acme.example/feed"),
        ("https://acme.example/", "acme.example"),
        ("http://acme.example:8080/a/", "acme.example:8080/a"),
        ("http://[::1]:8080/a", "[::1]:8080/a"),
        ("https://acme.example/feed/private/0a1b2c3d4e5f6a7b8c9d", "acme.example/feed/private/..."),
        ("https://acme.example/" + "ab-" * 100, "acme.example/..."),
        ("https://acme.example/" + "ab/" * 100, "acme.example/" + ("ab/" * 100)[: SHOWN_CHARACTERS - 16] + "..."),
        ("https://acme.example/a%0Ab%1B[2J", "acme.example/a%0Ab%1B[2J"),
    ],
)
def test_what_is_shown_has_host_and_path_and_no_secret(url: str, expected: str):
    assert shown(httpx.URL(url)) == expected


@given(words, words, words, words)
def test_no_token_of_any_place_is_shown(user: str, password: str, token: str, value: str):
    told = shown(parse(f"https://{user}:{password}@acme.example/feed/{token}/rss?key={value}"))
    assert not any(secret in told for secret in (user, password, token, value))
    assert told == "acme.example/feed/.../rss"


@given(st.text(max_size=60).map("http://".__add__) | st.text(max_size=60))
def test_any_text_is_an_address_or_an_error_of_ours(text: str):
    try:
        url = parse(text)
    except AggregatorError:
        return
    assert url.scheme in {"http", "https"}
    assert shown(url).isascii()
    assert shown(url).isprintable()
    assert origin(url)[2]


@given(st.text(max_size=60))
def test_any_location_is_an_address_or_an_error_of_ours(location: str):
    try:
        url = join(parse("https://acme.example/a/b"), location)
    except AggregatorError:
        return
    assert not url.userinfo
    assert not url.fragment
