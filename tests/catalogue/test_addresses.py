"""Addresses: when two are one source, what it is called, and what of it may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.catalogue.addresses import LONGEST, same, short_name, without_secrets


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/feed", "http://a.example/feed"),
        ("https://a.example/feed", "https://A.EXAMPLE/feed/"),
        ("https://a.example/", "https://a.example"),
        ("https://a.example:443/feed#top", "feed://a.example/feed"),
        ("LocalLLaMA", " LocalLLaMA "),
    ],
)
def test_addresses_of_one_source_are_the_same(one: str, other: str):
    assert same(one) == same(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/feed", "https://a.example/Feed"),
        ("https://a.example/feed?tag=ai", "https://a.example/feed?tag=ml"),
        ("https://a.example/feed", "https://a.example:8443/feed"),
        ("https://ada@a.example/feed", "https://bob@a.example/feed"),
    ],
)
def test_addresses_of_two_sources_are_not_the_same(one: str, other: str):
    assert same(one) != same(other)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.acme.example/blog/feed.xml", "acme.example/blog/feed.xml"),
        ("https://acme.example/", "acme.example"),
        ("https://acme.example/feed?tag=ai", "acme.example/feed?tag=ai"),
        ("LocalLLaMA", "reddit LocalLLaMA"),
    ],
)
def test_a_source_without_a_name_is_called_after_its_address(address: str, name: str):
    assert short_name("reddit", address) == name


def test_long_addresses_that_begin_alike_get_different_names():
    names = {short_name("feed", f"https://acme.example/{'x' * 80}/{n}") for n in range(3)}
    assert len(names) == 3
    assert all(len(name) <= LONGEST for name in names)


def test_a_name_holds_no_secret_and_still_tells_two_apart():
    names = [short_name("feed", f"https://me:pw@a.example/feed?tag=ai&token={token}") for token in ("s3cret", "0ther")]
    assert names[0] != names[1]
    assert all(name.startswith("a.example/feed?tag=ai ") for name in names)
    assert not any(secret in name for name in names for secret in ("pw", "s3cret", "0ther"))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:pw@a.example/feed", "https://a.example/feed"),
        ("https://a.example/feed?token=x&tag=ai", "https://a.example/feed?tag=ai"),
        ("https://a.example/feed?apiKey=x", "https://a.example/feed"),
        ("https://a.example/feed?access_token=x&X-Sig=y", "https://a.example/feed"),
        ("https://a.example/feed?u=0123456789abcdef0123456789abcdef", "https://a.example/feed"),
        (
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCLKPca3kwwd-B59HNr-_lvA",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCLKPca3kwwd-B59HNr-_lvA",
        ),
        ("https://a.example/feed?keyword=ai&author=ada", "https://a.example/feed?keyword=ai&author=ada"),
    ],
)
def test_secrets_are_left_out(address: str, shown: str):
    assert without_secrets(address) == shown


@given(st.text(max_size=80) | st.text(max_size=80).map(lambda rest: f"https://{rest}"))
def test_any_text_can_be_named_and_compared(address: str):
    name = short_name("feed", address)
    assert name.isprintable()
    assert 0 < len(name) <= LONGEST
    assert isinstance(same(address), str)
    assert isinstance(without_secrets(address), str)
