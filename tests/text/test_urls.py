"""Addresses: what is the same page, who publishes it, and what may be shown."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aggregator.text.urls import canonical, display, is_web, links, site

SAME = {
    "tracking": [
        "https://example.org/a",
        "http://www.example.org:80/a/?utm_source=x&fbclid=1#top",
        "HTTPS://EXAMPLE.org:443/a?ref=hn",
    ],
    "order of parameters": ["https://example.org/?b=2&a=1", "https://example.org?a=1&b=2"],
    "amp": ["https://example.org/a", "https://amp.example.org/a/amp/", "https://www.google.com/amp/s/example.org/a"],
    "mobile": ["https://en.wikipedia.org/wiki/HNSW", "https://en.m.wikipedia.org/wiki/HNSW"],
    "letters beyond ASCII": ["https://example.org/%c3%a9", "https://example.org/é"],
    "arxiv": [
        "https://arxiv.org/abs/2401.12345",
        "http://arxiv.org/abs/2401.12345v2",
        "https://www.arxiv.org/pdf/2401.12345v3.pdf",
        "https://arxiv.org/pdf/2401.12345",
        "https://arxiv.org/html/2401.12345v1",
        "https://huggingface.co/papers/2401.12345",
        "https://www.alphaxiv.org/abs/2401.12345",
        "https://www.alphaxiv.org/overview/2401.12345v2",
        "https://doi.org/10.48550/arXiv.2401.12345",
    ],
    "old arxiv": ["https://arxiv.org/abs/cs/0112017", "https://arxiv.org/pdf/cs/0112017v1"],
    "youtube": [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=abc&t=30",
        "https://m.youtube.com/watch?t=3&v=dQw4w9WgXcQ&list=PL1",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com/live/dQw4w9WgXcQ?feature=share",
    ],
    "hacker news": ["https://news.ycombinator.com/item?id=123", "http://news.ycombinator.com/item?id=123&p=2#456"],
    "reddit": [
        "https://www.reddit.com/r/LocalLLaMA/comments/1abcde/some_title/",
        "https://old.reddit.com/r/LocalLLaMA/comments/1abcde/some_title/?context=3",
        "https://redd.it/1abcde",
        "https://reddit.com/comments/1abcde",
        "https://www.reddit.com/r/LocalLLaMA/comments/1abcde/some_title/kxyz/",
    ],
    "x": [
        "https://x.com/simonw/status/2035879637595947026#m",
        "https://twitter.com/simonw/status/2035879637595947026?s=20",
        "https://mobile.twitter.com/simonw/status/2035879637595947026",
        "https://nitter.net/simonw/status/2035879637595947026#m",
        "https://x.com/i/web/status/2035879637595947026",
    ],
    "github": [
        "https://github.com/Acme/Anvil",
        "http://www.github.com/acme/anvil/",
        "https://github.com/acme/anvil.git",
        "https://github.com/acme/anvil/tree/main",
        "https://github.com/acme/anvil/blob/master/README.md",
        "https://github.com/acme/anvil?tab=readme-ov-file#install",
    ],
    "hugging face": ["https://huggingface.co/acme/anvil-2", "https://hf.co/acme/anvil-2/tree/main"],
    "substack": ["https://desk.substack.com/p/news", "https://open.substack.com/pub/desk/p/news?r=1&utm_campaign=post"],
    "redirect": ["https://example.org/a?id=2", "https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa%3Fid%3D2&sa=D"],
    "archive": ["https://example.org/a", "https://web.archive.org/web/20260302000000/https://example.org/a"],
}
DIFFERENT = [
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/a", "https://example.org/A"),
    ("https://example.org/a", "https://example.org:8443/a"),
    ("https://example.org/#/one", "https://example.org/#/two"),
    ("https://news.ycombinator.com/item?id=1", "https://news.ycombinator.com/item?id=2"),
    ("https://github.com/acme/anvil", "https://github.com/acme/anvil/issues/1"),
    ("https://github.com/acme/anvil/issues?ref=dev", "https://github.com/acme/anvil/issues?ref=main"),
    ("https://arxiv.org/abs/2401.12345", "https://arxiv.org/abs/2401.12346"),
    ("https://youtube.com/watch?v=dQw4w9WgXcQ", "https://youtube.com/watch?v=dQw4w9WgXcX"),
    ("https://www.com", "https://m.com"),
]


@pytest.mark.parametrize("variants", SAME.values(), ids=SAME.keys())
def test_all_ways_to_write_a_page_are_one(variants: list[str]):
    assert {canonical(variant) for variant in variants} == {canonical(variants[0])}


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=lambda url: url[8:40])
def test_two_pages_stay_two(one: str, other: str):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "text", ["", "  not a url ", "mailto:a@example.org", "https://", "http://[::1", "https://a:b:c/", "urn:x"], ids=repr
)
def test_what_is_no_web_address_comes_back_trimmed(text: str):
    assert canonical(text) == text.strip()
    assert not is_web(text)
    assert site(text) == display(text) == ""


def test_a_password_is_neither_compared_nor_shown():
    url = "https://me:secret@example.org/feed?key=hidden"
    assert "secret" not in canonical(url)
    assert display(url) == "example.org/feed"


def test_what_is_shown_is_short_and_on_one_line():
    assert display("https://example.org/" + "a" * 100, width=20) == "example.org/aaaaaaa…"
    assert display("https://example.org/\u202ea\u0085b") == "example.org/ab"


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://news.example.co.uk/a", "example.co.uk"),
        ("https://desk.substack.com/p/news", "desk.substack.com"),
        ("https://me.github.io/blog", "me.github.io"),
        ("https://medium.com/@Me/a-post-123", "medium.com/@me"),
        ("https://github.com/Acme/anvil", "github.com/acme"),
        ("https://twitter.com/Me/status/1", "x.com/me"),
        ("https://nitter.net/Me/status/1", "x.com/me"),
        ("https://bsky.app/profile/me.example.org/post/3k", "bsky.app/me.example.org"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "youtube.com"),
        ("https://old.reddit.com/r/LocalLLaMA/comments/1abcde/x/", "reddit.com"),
        ("https://deepmind.google/blog/x", "google.com"),
        ("https://blog.google/x", "google.com"),
        ("https://news.ycombinator.com/item?id=1", "news.ycombinator.com"),
        ("https://news.google.com/rss/articles/1", "news.google.com"),
        ("https://192.168.1.10/feed", "192.168.1.10"),
    ],
)
def test_a_page_belongs_to_its_publisher(url: str, publisher: str):
    assert site(url) == publisher


def test_links_are_found_in_text_without_its_punctuation():
    text = "See https://example.org/a. Or (https://example.org/b_(c)), https://example.org/a, and https:// alone."
    assert links(text) == ("https://example.org/a", "https://example.org/b_(c)")


HOSTS = """example.org www.m.example.org arxiv.org github.com x.com youtu.be youtube.com reddit.com redd.it huggingface.co
    google.com web.archive.org open.substack.com münchen.example a.cdn.ampproject.org l.facebook.com nitter.x doi.org"""
web = st.builds(
    "{}://{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(HOSTS.split()),
    st.text(alphabet="/?&=#%.:@[]ab1vpqu-_amp rs\u0130é", max_size=40),
)


@given(
    st.one_of(
        st.text(),
        web,
        web.map(lambda url: f"https://google.com/url?q={url}"),
        web.map(lambda url: f"https://web.archive.org/web/1/{url}"),
    )
)
@example("https://www.www.example.org/amp/amp/index.html")
@example("https://web.archive.org/web/2/https:/web.archive.org/web/1/http:/x.org")
@example("https://example.org/%%341\ud800")
@example("https://example.org/a b\tc?d e=f")
def test_no_text_breaks_it_and_a_canonical_address_stays_as_it_is(text: str):
    once = canonical(text)
    assert canonical(once) == once
    assert isinstance(site(text), str)
    assert len(display(text)) <= 60
    assert isinstance(links(text), tuple)
