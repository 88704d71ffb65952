"""Digests whose every text is out to break something."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st

from aggregator.models import (
    CitedEntry,
    Coverage,
    Digest,
    DigestId,
    EntryId,
    Failure,
    Form,
    Section,
    Sentence,
    State,
    StoryId,
    Tag,
    ToldStory,
    WriterName,
)
from tests.make import WEEK

A_FEW = settings(max_examples=50, deadline=None)  # a whole digest takes long to make, and a busy machine longer

ATTACKS = [
    "",
    " ",
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><a href="javascript:alert(1)">click</a>',
    "{{ 7 * 7 }} {% raw %}",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "[1]: http://evil.example",
    "<http://evil.example> http://evil.example www.evil.example me@evil.example",
    "# Heading *strong* _emphasis_ `code` ~~gone~~ | table |",
    "- item",
    "1. item",
    "---",
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
    "\x9b2J\x07\x08\x7f",
    "two\r\nlines\u2028three\u0085four",
    "\u202egnp.exe\u202c \u2066isolate\u2069 \u200fmark",
    "zero\u200bwidth \U000e0041\U000e0042 tags",
    "漢字とかな" * 12,
    "한국어 👩‍👩‍👧‍👦 🇩🇪 e\u0301",
    "long" * 80,
    "a" * 3000,
    "&amp; &lt;b&gt; &#x3c;",
    "]]> <!-- --> <![CDATA[",
    "\\",
    "ends with a backslash\\",
    "a `` b ` c",
    "\x00nul\ufffe\uffff",
]
TEXTS = st.one_of(
    st.sampled_from(ATTACKS), st.text(max_size=60), st.text(alphabet="<>&\"'`*_[]()#\\|~-+.!:/@ a1\x1b\u202e", max_size=40)
)
URLS = st.one_of(
    st.sampled_from([
        "",
        "https://example.org/a",
        "http://example.org/a(b)c?d=<e>&f=\"g\"'#h",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://bank.example@evil.example/",
        "https://exa mple.org/",
        "https://例え.jp/道?質=問",
        "https://example.org/" + "x" * 500,
        "https://example.org:99999/",
        "https://[::1]/",
        "//example.org/",
        "\x1b]8;;https://evil.example\x07",
    ]),
    TEXTS,
)  # fmt: skip
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
TAGS = st.builds(Tag, st.one_of(st.sampled_from(["researcher", "ux", "business"]), TEXTS), TEXTS, st.floats(0, 1))


@st.composite
def stories(draw: st.DrawFn, number: int) -> ToldStory:
    """Give a story whose ids are its own."""
    entries = tuple(
        CitedEntry(
            id=EntryId(f"e{number}.{place}"),
            guid=draw(TEXTS),
            title=draw(TEXTS),
            url=draw(URLS),
            source=draw(TEXTS),
            published=draw(TIMES),
        )
        for place in range(draw(st.integers(1, 4)))
    )
    cited = st.lists(st.sampled_from([entry.id for entry in entries]), min_size=1, max_size=4).map(tuple)
    return ToldStory(
        id=StoryId(f"s{number}"),
        form=draw(st.sampled_from(Form)),
        update=draw(st.booleans()),
        title=draw(TEXTS),
        url=draw(URLS),
        archetypes=tuple(draw(st.lists(TAGS, max_size=3))),
        sentences=tuple(draw(st.lists(st.builds(Sentence, TEXTS, cited), max_size=3))),
        writer=draw(st.sampled_from(WriterName)),
        entries=entries,
    )


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    """Give a whole digest, its stories dealt to a few sections."""
    told = tuple(draw(stories(number)) for number in range(draw(st.integers(0, 4))))
    names = draw(st.lists(st.one_of(st.sampled_from(["Leads", "Papers"]), TEXTS), min_size=1, max_size=3))
    sections = tuple(Section(name, tuple(story.id for story in told[place :: len(names)])) for place, name in enumerate(names))
    overview = tuple(replace(sentence, text=draw(TEXTS)) for story in told for sentence in story.sentences[:1])
    return Digest(
        id=DigestId(draw(TEXTS)),
        state=draw(st.sampled_from(State)),
        title=draw(TEXTS),
        since=WEEK[0],
        until=WEEK[1],
        reader=draw(TEXTS),
        minutes=draw(st.floats(0.5, 60)),
        words=draw(st.integers(0, 2000)),
        overview=overview,
        sections=sections,
        stories=told,
        coverage=Coverage(
            sources=9,
            read=draw(st.integers(0, 9)),
            unchanged=0,
            entries=draw(st.integers(0, 2000)),
            failed=tuple(draw(st.lists(st.builds(Failure, TEXTS, TEXTS), max_size=6))),
        ),
        archetypes=tuple(draw(st.lists(TEXTS, max_size=2))),
        sample=draw(st.booleans()),
    )
