"""The addresses that a digest shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.digest.links import link, own_page, untracked
from tests.make import stored


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.infoq.com/news/a/?utm_campaign=x&utm_source=infoq", "https://www.infoq.com/news/a/"),
        ("https://simonwillison.net/2026/Mar/4/qwen/#atom-everything", "https://simonwillison.net/2026/Mar/4/qwen/"),
        ("http://example.org/?p=12&utm_medium=rss", "http://example.org/?p=12"),
        ("https://www.youtube.com/watch?v=abc123def45&t=10", "https://www.youtube.com/watch?v=abc123def45&t=10"),
        ("https://arxiv.org/pdf/2603.01234v2", "https://arxiv.org/pdf/2603.01234v2"),
        ("https://example.org/#!/route/1", "https://example.org/#!/route/1"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("", ""),
    ],
)
def test_only_what_tracks_goes(url: str, shown: str):
    assert untracked(url) == shown


def test_a_storys_link_is_what_its_first_entry_points_at():
    post, page = (
        stored("Post", id="1", url="", target=None),
        stored("Page", id="2", target="https://a.example/", url="https://b.example/"),
    )
    assert link([post, page]) == "https://a.example/"
    assert own_page(page) == "https://b.example/"
    assert link([post]) == ""


@given(st.text(max_size=80))
def test_any_address_is_borne(text: str):
    assert untracked(untracked(f"https://{text}")) == untracked(f"https://{text}")
    untracked(text)


def test_the_article_of_the_headline_is_the_link_where_no_maker_speaks():
    blog = stored("On anvils", id="blog", url="https://blog.example/anvils")
    article = stored("Acme bans anvils", id="article", url="https://paper.example/ban")
    maker = stored("Anvil policy", id="maker", url="https://openai.com/index/anvils")
    post = stored("Acme bans anvils!", id="post", source="@acme", url="https://x.com/acme/status/1")
    assert link([blog, article], article) == article.url
    assert link([maker, article], article) == maker.url
    assert link([blog, post], post) == blog.url
