"""A body to entries: what stands where, and what can't be trusted."""

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import ParseError
from aggregator.models import Entry
from aggregator.sources.entries import MAX_CONTENT
from aggregator.sources.parse import MAX_ENTRIES, parse
from aggregator.sources.parsed import ParsedFeed
from tests.make import utc
from tests.sources.feeds import atom, item, rss

DOCUMENT = "https://acme.example/feeds/news.xml"
BURNER = "xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'"
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def read(body: bytes, url: str = DOCUMENT, **more: str) -> ParsedFeed:
    return parse(body, source="acme", url=url, **more)  # type: ignore[arg-type]


def only(body: bytes, url: str = DOCUMENT) -> Entry:
    (entry,) = read(body, url).entries
    return entry


def json_feed(*items: object, version: str = "1.1", **more: object) -> bytes:
    feed = {"version": f"https://jsonfeed.org/version/{version}", "title": "Acme", "items": items, **more}
    return json.dumps(feed).encode()


# --- what stands where --------------------------------------------------------------------------------------------------


def test_an_rss_item_gives_every_field():
    entry = only(
        rss(
            item(
                title="Anvil 2",
                link="https://acme.example/anvil-2",
                guid="urn:anvil-2",
                date="Tue, 03 Mar 2026 09:00:00 GMT",
                text="<p>Twice as <b>fast</b>.</p>",
                more="<author>ann@acme.example (Ann Smith)</author>",
            )
        )
    )
    assert entry == Entry(
        source="acme",
        guid="urn:anvil-2",
        title="Anvil 2",
        url="https://acme.example/anvil-2",
        author="Ann Smith",
        content="<p>Twice as <b>fast</b>.</p>",
        text="Twice as fast.",
        published=utc("2026-03-03T09:00"),
    )


def test_an_atom_entry_gives_every_field():
    entry = only(
        atom(
            "<entry><id>urn:1</id><title>Anvil 2</title><link href='https://acme.example/2'/><author><name>Ann</name></author>"
            "<published>2026-03-03T09:00:00Z</published><updated>2026-03-04T09:00:00+01:00</updated>"
            "<content type='html'>&lt;p&gt;Fast.&lt;/p&gt;</content></entry>"
        )
    )
    assert (entry.guid, entry.title, entry.url, entry.author) == ("urn:1", "Anvil 2", "https://acme.example/2", "Ann")
    assert (entry.published, entry.updated) == (utc("2026-03-03T09:00"), utc("2026-03-04T08:00"))
    assert (entry.content, entry.text) == ("<p>Fast.</p>", "Fast.")


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_a_json_item_gives_every_field(version: str):
    author = {"author": {"name": "Ann"}} if version == "1" else {"authors": [{"name": "Ann"}, {"name": "Bob"}]}
    entry = only(
        json_feed(
            {
                "id": 7,
                "url": "/anvil-2",
                "title": "Anvil &  2",
                "content_html": "<p>Twice as <a href='/x'>fast</a>.</p>",
                "summary": "Fast.",
                "date_published": "2026-03-03T10:00:00+01:00",
                "date_modified": "2026-03-04T09:00:00Z",
                **author,
            },
            version=version,
        )
    )
    assert (entry.guid, entry.title, entry.url) == ("7", "Anvil & 2", "https://acme.example/anvil-2")
    assert entry.author == ("Ann" if version == "1" else "Ann, Bob")
    assert (entry.published, entry.updated) == (utc("2026-03-03T09:00"), utc("2026-03-04T09:00"))
    assert entry.content == "<p>Twice as <a href='https://acme.example/x'>fast</a>.</p>"
    assert entry.text == "Twice as fast."


def test_a_json_item_about_another_page_is_a_mention():
    entry = only(json_feed({"id": "1", "url": "https://acme.example/1", "external_url": "https://other.example/paper"}))
    assert (entry.url, entry.target) == ("https://acme.example/1", "https://other.example/paper")


def test_the_feed_tells_its_title_and_its_home_page():
    assert (read(rss(title="Acme & <b>Sons</b>")).title, read(rss()).site) == ("Acme & Sons", "https://acme.example/")
    assert read(json_feed(home_page_url="/home")).site == "https://acme.example/home"


def test_the_longest_of_content_and_summary_is_kept():
    more = f"<content:encoded {CONTENT}>&lt;p&gt;The whole long story.&lt;/p&gt;</content:encoded>"
    assert only(rss(item(title="t", text="Short.", more=more))).text == "The whole long story."


def test_plain_text_content_stays_what_it_says():
    entry = only(atom("<entry><title>t</title><content type='text'>if a &lt; b &amp;&amp; c:\n&lt;b&gt;</content></entry>"))
    assert entry.text == "if a < b && c:\n<b>"
    assert "<b>" not in entry.content


def test_a_videos_description_keeps_its_lines():
    media = "<m:description>Line one.\nTwo &amp; more</m:description>"
    entry = only(atom(f"<entry><title>t</title><m:group xmlns:m='http://search.yahoo.com/mrss/'>{media}</m:group></entry>"))
    assert entry.text == "Line one.\nTwo & more"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Anvil &amp; &lt;b&gt;Hammer&lt;/b&gt;", "Anvil & Hammer"),
        ("AT&amp;amp;T buys Acme", "AT&T buys Acme"),
        ("The &lt;blink&gt; tag", "The <blink> tag"),
        ("two\n   lines", "two lines"),
        ("gpj.\u202eexe \u200bhidden", "gpj.exe hidden"),
        ("<![CDATA[Ann &amp; Bob]]>", "Ann & Bob"),
    ],
)
def test_a_title_is_one_plain_line(title: str, expected: str):
    assert only(rss(f"<item><title>{title}</title></item>")).title == expected


def test_an_entry_without_a_title_is_called_by_its_first_words():
    text = "<p>Anvil 3 is out today and it bends.</p><p>More below.</p>"
    assert only(rss(item(link="https://acme.example/1", text=text))).title == "Anvil 3 is out today and it bends."


def test_an_entry_with_nothing_but_a_link_is_called_by_it():
    assert only(rss(item(link="https://acme.example/1"))).title == "https://acme.example/1"


@pytest.mark.parametrize(
    ("more", "author"),
    [
        ("<author>ann@acme.example (Ann Smith)</author>", "Ann Smith"),
        ("<author>Ann Smith &lt;ann@acme.online&gt;</author>", "Ann Smith"),
        ("<author>ann@acme.example</author>", "ann@acme.example"),
        ("<author>Ann Smith</author>", "Ann Smith"),
        ("<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Ann, Bob</dc:creator>", "Ann, Bob"),
    ],
)
def test_an_author_is_a_name_where_there_is_one(more: str, author: str):
    assert only(rss(item(title="t", more=more))).author == author


# --- links --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (atom("<entry><title>t</title><link href='post'/></entry>"), "https://acme.example/feeds/post"),
        (atom("<entry><title>t</title><link href='post'/></entry>", base="https://b.example/x/"), "https://b.example/x/post"),
        (atom("<entry xml:base='y/'><title>t</title><link href='post'/></entry>", base="/x/"), "https://acme.example/x/y/post"),
        (rss(item(title="t", link="post"), link="https://acme.example/blog/"), "https://acme.example/blog/post"),
        (rss(item(title="t", link="/post"), link=""), "https://acme.example/post"),
        (rss(item(title="t", link="//other.example/post")), "https://other.example/post"),
    ],
    ids=[
        "atom: its document",
        "atom: its base",
        "atom: bases in each other",
        "rss: its site",
        "rss: its document",
        "no scheme",
    ],
)
def test_a_relative_link_is_resolved_against_the_nearest_base(body: bytes, expected: str):
    assert only(body).url == expected


def test_a_feed_service_is_no_base_for_its_customers_links():
    body = atom("<entry><title>t</title><link href='/post'/></entry>")
    assert only(body, "https://feeds.service.example/acme").url == "https://acme.example/post"


def test_links_in_content_are_absolute_too():
    entry = only(rss(item(title="t", text="<a href='post'>p</a><img src=\"/i.png\">"), link="https://acme.example/blog/"))
    assert entry.content == "<a href='https://acme.example/blog/post'>p</a><img src=\"https://acme.example/i.png\">"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://acme.example/x"])
def test_a_link_to_anything_but_a_web_page_is_left_out(link: str):
    assert only(rss(item(title="t", link=link))).url == ""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("<guid>https://acme.example/1</guid>", "https://acme.example/1"),
        ("<guid isPermaLink='false'>https://acme.example/1</guid>", ""),
        ("<guid>a-number-17</guid>", ""),
        ("<enclosure url='https://acme.example/1.mp3' type='audio/mpeg'/>", "https://acme.example/1.mp3"),
        (
            f"<link>https://service.example/~r/1</link><f:origLink {BURNER}>https://acme.example/1</f:origLink>",
            "https://acme.example/1",
        ),
    ],
    ids=["permalink", "no permalink", "a guid that only claims to be one", "a file, at last", "what a feed service hides"],
)
def test_where_an_entry_has_its_page_from(more: str, expected: str):
    assert only(rss(item(title="t", more=more))).url == expected


# --- dates --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("<pubDate>Tue, 03 Mar 2026 09:00:00 EST</pubDate>", "2026-03-03T14:00"),
        ("<pubDate>2026-03-03</pubDate>", "2026-03-03"),
        ("<pubDate>March 3rd, 2026</pubDate>", "2026-03-03"),
        ("<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-03-03T09:00:00Z</dc:date>", "2026-03-03T09:00"),
    ],
)
def test_a_date_is_read_in_utc_from_whichever_field_has_it(fields: str, published: str):
    assert only(rss(item(title="t", more=fields))).published == utc(published)


@pytest.mark.parametrize("date", ["", "yesterday", "0000-00-00T00:00:00Z", "Tue, 99 Foo 99999 99:99:99"])
def test_no_date_is_no_error(date: str):
    assert only(rss(item(title="t", date=date))).published is None


# --- forums -------------------------------------------------------------------------------------------------------------

HN = "https://news.ycombinator.com/item?id=1"
REDDIT = "https://www.reddit.com/r/LocalLLaMA/comments/1/anvil/"


def hnrss(article: str) -> str:
    return (
        f'<p>Article URL: <a href="{article}">{article}</a></p>\n<p>Comments URL: <a href="{HN}">{HN}</a></p>\n'
        "<p>Points: 806</p>\n<p># Comments: 123</p>"
    )


def reddit(link: str, text: str = "") -> str:
    return (
        f'{text} &#32; submitted by &#32; <a href="https://www.reddit.com/user/ann"> /u/ann </a> <br/>'
        f'<span><a href="{link}">[link]</a></span> &#32; <span><a href="{REDDIT}">[comments]</a></span>'
    )


def test_a_hacker_news_link_is_a_mention_with_its_points():
    link = "https://acme.example/anvil"
    entry = only(rss(item(title="Anvil", link=link, text=hnrss(link), more=f"<comments>{HN}</comments>")))
    assert (entry.url, entry.target, entry.points, entry.text) == (HN, link, 806, "")


def test_hnrss_without_a_comments_field_is_known_by_its_lines():
    link = "https://acme.example/anvil"
    entry = only(rss(item(title="Anvil", link=link, text=hnrss(link))))
    assert (entry.url, entry.target, entry.points) == (HN, link, 806)


def test_a_hacker_news_question_has_no_target_and_keeps_its_text():
    text = f"<p>What do you use?</p><hr>{hnrss(HN)}"
    entry = only(rss(item(title="Ask HN", link=HN, text=text, more=f"<comments>{HN}</comments>")))
    assert (entry.url, entry.target, entry.points, entry.text) == (HN, None, 806, "What do you use?")


@pytest.mark.parametrize("page", [HN, "https://lobste.rs/s/abc/anvil"])
def test_a_forums_own_feed_gives_the_discussion_and_what_it_discusses(page: str):
    more = f"<comments>{page}</comments>"
    entry = only(rss(item(title="Anvil", link="https://acme.example/a", text=f'<a href="{page}">Comments</a>', more=more)))
    assert (entry.url, entry.target, entry.text) == (page, "https://acme.example/a", "")


def test_a_reddit_link_is_a_mention():
    link = "https://acme.example/a?x=1&amp;y=2"
    entry = only(rss(item(title="Anvil", link=REDDIT, text=reddit(link))))
    assert (entry.url, entry.target, entry.text) == (REDDIT, "https://acme.example/a?x=1&y=2", "")


def test_a_reddit_post_has_no_target_and_keeps_its_text():
    entry = only(rss(item(title="Anvil", link=REDDIT, text=reddit(REDDIT, "<div class='md'><p>I bent it.</p></div>"))))
    assert (entry.url, entry.target, entry.text) == (REDDIT, None, "I bent it.")


def test_points_are_read_where_they_stand_alone():
    entry = only(rss(item(title="t", link="https://acme.example/1", text="<p>It bends.</p><p>Points: 806</p>")))
    assert (entry.url, entry.points, entry.text) == ("https://acme.example/1", 806, "It bends.")
    assert only(rss(item(title="t", text="<p>Points: 806 for the home team</p>"))).points is None


def test_comments_of_a_blog_make_no_discussion_of_it():
    more = "<comments>https://acme.example/1#respond</comments>"
    entry = only(rss(item(title="t", link="https://acme.example/1", more=more)))
    assert (entry.url, entry.target) == ("https://acme.example/1", None)


# --- bad input ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "the answer is empty"),
        (b"  \n ", "the answer is empty"),
        (b"Not found", "it is not a feed: it begins with 'Not found'"),
        (b"<catalog><book/></catalog>", "it is not a feed"),
        (b"{", "it begins like JSON and is none"),
        (b'{"items": []}', "it is JSON and not a JSON feed"),
        (b"[" * 100_000, "it begins like JSON and is none"),
        (b"<opml version='2.0'><body/></opml>", "it is an OPML list of feeds"),
        (b"<!doctype html><html><body>rss</body></html>", "it is a web page and not a feed"),
        (b"<rss", "its XML breaks off before its first entry"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "it is not a feed"),
    ],
    ids=repr,
)
def test_what_is_no_feed_is_said_in_a_sentence(body: bytes, what: str):
    with pytest.raises(ParseError) as raised:
        read(body)
    assert what in raised.value.what
    assert raised.value.where == "acme"
    assert raised.value.todo


@pytest.mark.parametrize("body", [rss(), atom(), json_feed(), b"<rss/>"])
def test_a_feed_without_entries_is_a_feed(body: bytes):
    assert read(body).entries == ()


@pytest.mark.parametrize(
    "body",
    [
        rss(item(title="one"), item(title="two"))[: -len("</channel></rss>")],
        rss(item(title="one"), "<item><title>two</title><description>x</item>"),
        rss("<item><title>one</title><description>a & b <br> \x01 &nbsp; &bogus;</description></item>", item(title="two")),
        b"Warning: something on line 3\n" + rss(item(title="one"), item(title="two")),
        b"\n\n  " + rss(item(title="one"), item(title="two")),
    ],
    ids=["cut off", "not closed", "no XML inside", "an error message in front", "spaces in front"],
)
def test_a_broken_feed_gives_what_can_be_read(body: bytes):
    assert [entry.title for entry in read(body).entries][:2] == ["one", "two"]


def test_one_bad_item_never_loses_the_others():
    feed = read(json_feed({"id": "1", "title": "one"}, 7, {"title": {"a": 1}, "url": [], "authors": "x"}, {"title": "two"}))
    assert [entry.title for entry in feed.entries] == ["one", "", "two"]
    assert feed.unreadable == 1


def test_an_item_that_upsets_the_parser_never_loses_the_others():
    feed = read(rss(item(title="one"), "<item><title>half a &#55296;</title></item>", "<broken>", item(title="two")))
    assert [entry.title for entry in feed.entries] == ["one", "two"]
    assert feed.unreadable == 1


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<?xml version='1.0' encoding='utf-8'?>" + rss(item(title="café")), ""),
        (b"\xef\xbb\xbf" + rss(item(title="café")), "text/xml; charset=iso-8859-1"),
        (rss(item(title="café")), "text/xml; charset=us-ascii"),
        (rss(item(title="café")).replace("é".encode(), b"\xe9"), "application/xml; charset=iso-8859-1"),
        (b"<?xml version='1.0' encoding='windows-1252'?>" + rss(item(title="café")).replace("é".encode(), b"\xe9")[21:], ""),
        (b"<?xml version='1.0' encoding='utf-8'?>" + rss(item(title="café")).replace("é".encode(), b"\xe9")[21:], ""),
        (b"<?xml version='1.0' encoding='no-such'?>" + rss(item(title="café"))[21:], ""),
        (b"<?xml version='1.0' encoding='zlib'?>" + rss(item(title="café"))[21:], "text/xml; charset=rot13"),
        (rss(item(title="café")).decode().encode("utf-16"), ""),
        (rss(item(title="café")).decode().encode("utf-16-be"), ""),
        (json_feed({"title": "café"}).decode().encode("utf-8-sig"), ""),
    ],
)
def test_the_letters_are_right_whatever_the_feed_says_of_its_encoding(body: bytes, content_type: str):
    assert read(body, content_type=content_type).entries[0].title == "café"


def test_words_pasted_from_windows_into_utf_8_are_read_as_both():
    body = rss(item(title="café … quoted")).replace("…".encode(), b"\x85")
    assert only(body).title == "café … quoted"


def test_entities_that_explode_are_refused_or_never_expanded():
    one = b"<!DOCTYPE rss [<!ENTITY a '" + b"h" * 50_000 + b"'>]>" + rss(item(title="&a;" * 50_000))[21:]
    with pytest.raises(ParseError, match="entities would expand"):
        read(one.replace(b"&amp;a;", b"&a;"))
    nested = (
        b"<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]><rss><item><title>x</title></item></rss>"
    )
    assert only(nested).title == "x"


def test_an_entity_never_opens_a_file():
    body = b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><item><title>a&x;b</title></item></rss>"
    assert "root" not in only(body).title


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_a_feed_that_is_too_long_the_newest_entries_are_taken(newest_first: bool):
    days = range(1, 29) if not newest_first else range(28, 0, -1)
    items = [item(title=f"day {day}", date=f"{day:02} Feb 2026 08:00:00 GMT") for day in days]
    feed = parse(rss(*items), source="acme", limit=3)
    assert sorted(entry.title for entry in feed.entries) == ["day 26", "day 27", "day 28"]
    assert feed.left_out == 25
    assert feed.title == "Acme"


def test_of_a_json_feed_that_is_too_long_the_newest_entries_are_taken():
    items = [{"title": f"day {day}", "date_published": f"2026-02-{day:02}T08:00:00Z"} for day in range(1, 29)]
    feed = parse(json_feed(*items), source="acme", limit=3)
    assert ([entry.title for entry in feed.entries], feed.left_out) == (["day 26", "day 27", "day 28"], 25)


def test_a_hundred_thousand_entries_take_seconds():
    body = rss(*[item(title=f"entry {number}", link=f"https://acme.example/{number}") for number in range(100_000)])
    started = datetime.now().astimezone()
    feed = read(body)
    assert (len(feed.entries), feed.left_out) == (MAX_ENTRIES, 100_000 - MAX_ENTRIES)
    assert (datetime.now().astimezone() - started).total_seconds() < 20


def test_long_content_is_cut_outside_its_tags_and_long_titles_at_a_word():
    entry = only(rss(item(title="word " * 200, text="<p>x</p>" + "<a href='https://acme.example/'>y</a>" * 10_000)))
    assert len(entry.content) <= MAX_CONTENT
    assert entry.content.endswith(">") or entry.content.endswith("y")
    assert len(entry.title) <= 300
    assert entry.title.endswith("word…")


XML_PIECES = st.sampled_from(
    [
        *(
            b"<rss>",
            b"<feed xmlns='http://www.w3.org/2005/Atom'>",
            b"<channel>",
            b"<item>",
            b"</item>",
            b"<entry>",
            b"</entry>",
        ),
        *(
            b"<title type='xhtml'>",
            b"</title>",
            b"<link href='",
            b"'/>",
            b"<![CDATA[",
            b"]]>",
            b"&amp;",
            b"&#0;",
            b"&x;",
            b"<guid>",
        ),
        *(
            b"<pubDate>",
            b"</pubDate>",
            b"0000",
            b"<content type='",
            b"<svg>",
            b"</svg>",
            b"<!DOCTYPE",
            b"<!ENTITY a 'b'>",
            b"]>",
        ),
        *(
            b"\xff\xfe",
            b"\x00",
            b"<source>",
            b"</source>",
            b"<image>",
            b"<media:x>",
            b"xmlns:x='y'",
            b"<?xml encoding='",
            b"'?>",
        ),
    ]
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
JSON_ITEMS = st.dictionaries(
    st.sampled_from(
        ["id", "url", "external_url", "title", "content_html", "content_text", "date_published", "authors", "author"]
    ),
    JSON_VALUES,
)
BODIES = st.one_of(
    st.binary(max_size=300),
    st.lists(XML_PIECES, max_size=30).map(b"".join),
    st.lists(XML_PIECES, max_size=20).map(lambda pieces: b"<rss><channel><item>" + b"".join(pieces)),
    st.lists(JSON_ITEMS | JSON_VALUES, max_size=4).map(lambda items: json_feed(*items)),
)


@settings(max_examples=300)
@given(BODIES, st.sampled_from(["", DOCUMENT]), st.sampled_from(["", "text/xml", "text/xml; charset=utf-16"]))
def test_any_body_gives_entries_or_a_parse_error(body: bytes, url: str, content_type: str):
    try:
        feed = parse(body, source="acme", url=url, content_type=content_type)
    except ParseError:
        return
    for entry in feed.entries:
        assert "\n" not in entry.title
        assert not entry.url or entry.url.startswith(("http://", "https://"))
        assert entry.published is None or entry.published.tzinfo is not None
        f"{entry.guid}{entry.title}{entry.url}{entry.author}{entry.content}{entry.text}".encode()
