"""HTML from anyone: safe where it is shown, plain everywhere else."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.html import absolute, sanitise, to_text

PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<a href='",
            "'>",
            "<b>",
            "<script>",
            "</script>",
            "<style>",
            "<svg onload=x>",
            "<img src=x onerror=y>",
        ),
        *("<!--", "-->", "<![CDATA[", "&lt;", "&#x3c;", "&amp", "javascript:", "\x00", "<table><tr><td>", "<pre>\n x", "text "),
        *(
            "<iframe src=//e>",
            "<math><mi xlink:href=x>",
            "<template>",
            "<noscript>",
            "<a href=data:x>",
            "\ud800",
            "<plaintext>",
        ),
    ]
)
ANY_HTML = st.one_of(st.text(st.characters(codec=None), max_size=300), st.lists(PIECES, max_size=25).map("".join))


class Seen(HTMLParser):
    """What another parser than ours sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "cite"}]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>first<li>second</ul>after", "first\nsecond\nafter"),
        ("<h2>Head</h2>body <b>bo</b>ld", "Head\nbody bold"),
        ("a  b\n c\u00a0d", "a b c d"),
        ("<p>wrapped\n   text</p>", "wrapped text"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>def f():\n  return 1</pre>", "def f():\nreturn 1"),
        ("AT&amp;T &lt;b&gt; &#8230; &eacute;&nbsp;x", "AT&T <b> … é x"),
        ("seen<script>var x = '<p>no</p>'</script><style>p{}</style><noscript>no</noscript>", "seen"),
        ("seen<span style='display:none'>no</span><div hidden>no</div><p style='Display: None'>no</p>", "seen"),
        ("<head><title>no</title></head><body>seen</body>", "seen"),
        ("a<!-- no -->b", "ab"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("plain words", "plain words"),
        ("", ""),
    ],
)
def test_the_text_is_what_a_person_would_read(html: str, text: str):
    assert to_text(html) == text


def test_text_is_bounded():
    assert len(to_text("<p>word</p>" * 1000, 100)) <= 100


def test_what_is_nested_without_end_gives_its_words_and_takes_no_time():
    assert to_text("<div>word" * 30_000, 30).startswith("word word")
    assert "<div" not in sanitise("<div>word" * 30_000)


def test_links_are_resolved_and_carry_no_referrer():
    shown = sanitise("<a href='/x' onclick='y' style='z' class='c'>a</a>", "https://example.org/blog/")
    assert shown == '<a href="https://example.org/x" rel="noopener noreferrer nofollow">a</a>'


def test_a_relative_link_without_a_base_is_dropped_and_its_words_stay():
    assert "href" not in sanitise("<a href='/x'>words</a>")
    assert "words" in sanitise("<a href='/x'>words</a>")


def test_images_stay_out_unless_asked_for():
    picture = "<p>a<img src='https://example.org/x.png' alt='chart' width=1 onerror=x></p>"
    assert "img" not in sanitise(picture)
    assert '<img src="https://example.org/x.png" alt="chart">' in sanitise(picture, images=True)


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", " java\nscript:alert(1)", "jav&#x09;ascript:alert(1)", "JAVASCRIPT:alert(1)", "vbscript:x"),
        *("data:text/html;base64,x", "file:///etc/passwd", "\x01javascript:alert(1)", "blob:x", "ftp://example.org/x"),
    ],
)
def test_a_link_that_could_run_or_read_something_is_dropped(link: str):
    assert Seen(sanitise(f"<a href='{link}'>words</a>", "https://example.org/")).addresses == []


def test_only_relative_links_are_made_absolute_and_nothing_else_changes():
    html = "<p class=x><a href='/a'>a</a> <img src=\"b.png\"> <a href='https://o.example/'>o</a> <a href='#n'>n</a>"
    expected = html.replace("'/a'", "'https://e.example/a'").replace('"b.png"', '"https://e.example/blog/b.png"')
    assert absolute(html, "https://e.example/blog/") == expected


@given(ANY_HTML)
def test_any_input_is_safe_when_shown(html: str):
    seen = Seen(sanitise(html, "https://example.org/", images=True))
    assert not seen.tags & {"script", "style", "iframe", "svg", "math", "template", "object", "form", "noscript", "plaintext"}
    assert seen.attributes <= {"href", "src", "alt", "title", "cite", "rel", "start", "colspan", "rowspan"}
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in seen.addresses)


@given(ANY_HTML)
def test_any_input_has_a_text_of_tidy_lines(html: str):
    text = to_text(html)
    text.encode()
    assert all(line == line.strip() and line for line in text.split("\n")) or not text
    assert "\x00" not in text


@given(ANY_HTML, st.sampled_from(["", "https://example.org/", "not an address"]))
def test_making_links_absolute_takes_anything(html: str, base: str):
    assert isinstance(absolute(html, base), str)
