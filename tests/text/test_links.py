"""Links as pages write them, and what they mean (RFC 3986, 5.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.links import host, resolve

BASE = "http://a/b/c/d;p?q"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        *(("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g")),
        *(("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s")),
        *((";x", "http://a/b/c/;x"), (".", "http://a/b/c/"), ("..", "http://a/b/"), ("../g", "http://a/b/g")),
        *(("../..", "http://a/"), ("../../../g", "http://a/g"), ("g;x=1/../y", "http://a/b/c/y")),
    ],
)
def test_a_relative_link_is_resolved_as_the_standard_says(link: str, expected: str):
    assert resolve(BASE, link) == expected


@pytest.mark.parametrize(
    "link",
    [
        "",
        "   ",
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "mailto:a@b.c",
        "ftp://a/b",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_page_on_the_web_is_empty(link: str):
    assert resolve("https://example.org/", link) == ""


@pytest.mark.parametrize(
    "link", ["http://", "http://[::1", "http://a:port/", "https:///path", "http://a b/c", "http://a/" + "x" * 5000]
)
def test_a_broken_address_is_empty_and_not_an_error(link: str):
    assert resolve("", link) == ""


def test_without_a_base_only_an_absolute_link_means_something():
    assert resolve("", "page.html") == ""
    assert resolve("", "//example.org/x") == "https://example.org/x"


def test_line_breaks_spaces_and_angle_brackets_never_survive():
    assert resolve("", " https://example.org/a\n b<c> ") == "https://example.org/a%20b%3Cc%3E"


def test_the_host_of_anything_can_be_asked():
    assert host("https://Example.ORG:8080/x") == "example.org"
    assert host("http://[::1") == ""


@given(st.text(st.characters(codec=None), max_size=100), st.text(st.characters(codec=None), max_size=100))
def test_any_two_texts_give_an_http_address_or_nothing(base: str, link: str):
    found = resolve(base, link)
    assert not found or (found.startswith(("http://", "https://")) and not set(found) & set(' \n\t<>"'))
