"""Which stories a digest tells, and under which heading."""

from itertools import count

import pytest

from aggregator.digest import select
from aggregator.models import Archetype, Choice, Digest, Form, Reader, StoredEntry, Story, StoryId, Tag
from tests.make import WEEK, digest, stored, story, told, utc

ARCHETYPES = [
    Archetype(name=name, title=title, description="")
    for name, title in (
        ("data-pipeline", "Data pipeline"),
        ("ux", "UX"),
        ("researcher", "Researcher"),
        ("business", "Business"),
    )
]
NUMBERS = count(1)


def word(number: int) -> str:
    """Give a word of its own for each number."""
    return "".join("bdfgklmn"[int(digit)] + "aeiouaei"[int(digit)] for digit in f"{number:o}") + "x"


def news(*tags: str, score: float = 3.0, publishers: int = 1, title: str = "", url: str = "", **fields: object) -> Story:
    """Give a story of its own words, told by so many publishers."""
    number = next(NUMBERS)
    one, two, three = (word(prime * number) for prime in (17, 53, 1009))
    named = title or f"{one.title()} launches AI {two} {three}"
    entries = [
        stored(
            named,
            id=f"{number}-{n}",
            guid=f"{number}-{n}",
            **{
                "source": f"s{number}-{n}",
                "url": url or f"https://site{number}-{n}.example/x",
                "text": f"{one} {two} {three}.",
                **fields,
            },
        )
        for n in range(publishers)
    ]
    given = tuple(Tag(name, "because", 0.9) for name in tags or ("researcher",))
    return story(*entries, id=StoryId(f"s{number}"), tags=given, score=score, publishers=publishers)


def chosen(*stories: Story, reader: Reader | None = None, earlier: tuple[Digest, ...] = ()) -> list[Choice]:
    return select(stories, reader=reader or Reader(), archetypes=ARCHETYPES, since=WEEK[0], until=WEEK[1], earlier=earlier)


def sections(choices: list[Choice]) -> dict[str, list[str]]:
    return {
        section: [c.story.id for c in choices if c.section == section] for section in dict.fromkeys(c.section for c in choices)
    }


def test_what_many_publishers_told_leads():
    small, big = news("ux"), news("researcher", publishers=4, score=6)
    assert sections(chosen(small, big)) == {"Leads": [big.id], "UX": [small.id]}


@pytest.mark.parametrize("title", ["How do I cancel my Anvil AI account?", "Forge: How to delete an Anvil AI account"])
def test_a_question_that_only_a_forum_shows_stands_below_news(title: str):
    talk = news("ux", title=title, source="Hacker News", score=3.2)
    event = news("ux", score=3.0)
    assert sections(chosen(talk, event))["UX"] == [event.id, talk.id]


def test_many_publishers_of_a_teaser_make_no_lead():
    teaser = news("ux", publishers=4, score=6, title="How to write a better prompt for your agents")
    assert "Leads" not in sections(chosen(teaser))


def test_sections_come_in_the_readers_order_and_papers_and_lines_last():
    paper = news("researcher", title="A new retrieval method for long documents", url="https://arxiv.org/abs/2603.01")
    stories = [news("researcher"), news("data-pipeline"), paper, *(news("ux", score=5) for _ in range(9))]
    names = list(sections(chosen(*stories, reader=Reader(archetypes=("ux", "researcher", "data-pipeline")))))
    assert names == ["UX", "Researcher", "Data pipeline", "Papers", "Also this week"]


def test_a_section_holds_at_most_five_and_the_digest_at_most_twenty_and_nine():
    choices = chosen(
        *(news(name, score=2 + n / 50) for n in range(40) for name in ("ux", "researcher", "data-pipeline", "business"))
    )
    held = sections(choices)
    assert max(len(held[name]) for name in ("UX", "Researcher", "Data pipeline", "Business")) <= 5
    assert sum(choice.form is Form.FULL for choice in choices) <= 20
    assert len(held["Also this week"]) == 9


def test_each_archetype_of_the_reader_gets_two_even_if_others_stand_higher():
    stories = [*(news("researcher", score=9) for _ in range(30)), *(news("data-pipeline", score=1.6) for _ in range(3))]
    assert len(sections(chosen(*stories))["Data pipeline"]) >= 2


def test_other_archetypes_have_no_section_but_may_have_a_line():
    choices = chosen(news("ux", score=4), news("researcher"), reader=Reader(archetypes=("researcher",)))
    assert [(c.section, c.form) for c in choices] == [("Researcher", Form.FULL), ("Also this week", Form.LINE)]


def test_less_time_is_fewer_stories():
    stories = [news("ux", "researcher", score=2 + n / 50, publishers=1 + n % 4) for n in range(60)]
    three, six, twelve = (len(chosen(*stories, reader=Reader(minutes=minutes))) for minutes in (3, 6, 12))
    assert three < six < twelve
    assert three in range(11, 17)


@pytest.mark.parametrize("minutes", [0, 0.1, 1])
def test_very_little_time_still_tells_something(minutes: float):
    assert chosen(*(news() for _ in range(9)), reader=Reader(minutes=minutes))


def test_noise_is_not_told_though_there_is_room():
    not_ai = story(stored("Acme bakes bread for the town"), tags=(), score=0.03)
    faint = news("ux", score=0.4)
    wordless = news("ux", title="acme/anvil", text="")
    assert chosen(not_ai, faint, wordless) == []


def test_what_serves_no_archetype_but_stands_high_gets_a_line():
    untagged = story(*news(score=4.0).entries, tags=(), score=4.0)
    assert [(c.section, c.form) for c in chosen(untagged)] == [("Also this week", Form.LINE)]


def test_a_forum_is_not_the_house_of_what_it_points_at():
    pointing = [news("ux", score=9, source="Hacker News", target=f"https://blog{n}.example/") for n in range(12)]
    assert len(chosen(*pointing, *(news("ux", score=2) for _ in range(30)))) > 12
    assert sum(c.fresh[0].source == "Hacker News" for c in chosen(*pointing)) == 12


def test_talk_of_a_forum_stands_behind_events():
    talk = news("ux", score=3.5, title="My feelings about agents after a year", url="https://www.reddit.com/r/x/comments/1/a")
    event = news("ux", score=3)
    assert [c.story.id for c in chosen(talk, event)] == [event.id, talk.id]


def test_only_entries_of_the_period_count():
    dates = [utc("2026-03-01T23:59"), None, WEEK[1], WEEK[0]]
    entries = [stored(f"Acme launches anvil {n}", id=str(n), date=date) for n, date in enumerate(dates)]
    [choice] = chosen(story(*entries, score=3.0))
    assert [entry.id for entry in choice.fresh] == ["3"]
    assert chosen(story(*entries[:3], score=3.0)) == []


def test_one_house_cannot_fill_the_digest():
    theirs = [news("ux", score=9, url=f"https://loud.example/{n}") for n in range(30)]
    others = [news("ux", score=2) for _ in range(30)]
    loud = [c for c in chosen(*theirs, *others) if c.fresh[0].url.startswith("https://loud.example")]
    assert len(loud) == 6


def test_who_reads_one_house_gets_what_it_says():
    theirs = [news(("ux", "researcher")[n % 2], score=3, url=f"https://only.example/{n}") for n in range(30)]
    assert len(chosen(*theirs)) > 15


def test_one_event_in_two_stories_is_told_once():
    one = news(
        "ux", score=5, title="OpenAI VP Max Schwarzer joins Anthropic", text="Max Schwarzer leaves OpenAI for Anthropic."
    )
    two = news(
        "ux", score=4, title="Max Schwarzer of OpenAI defects to Anthropic", text="Schwarzer, VP at OpenAI, joins Anthropic."
    )
    assert [c.story.id for c in chosen(one, two, *(news() for _ in range(5)))].count(two.id) == 0
    page = "https://acme.example/anvil?utm_source=x"
    twins = [news("ux", url=page), news("ux", url="https://acme.example/anvil")]
    assert len(chosen(*twins)) == 1


def test_a_rare_name_in_both_titles_makes_one_event_of_fewer_common_words():
    one = news(
        "safety", score=5, publishers=3, title="Anthropic finds 22 bugs in Quokka", text="Claude searched the browser Quokka."
    )
    two = news("safety", score=4, title="Hardening Quokka with the Red Team", text="Claude helps the browser to fewer bugs.")
    week = [news("safety", title=f"Anthropic {word(n)} {word(n + 99)}", text=f"Claude {word(n + 7)}.") for n in range(12)]
    told_of = [c.story.id for c in chosen(one, two, *week)]
    assert (one.id in told_of, two.id in told_of) == (True, False)


def test_the_order_of_the_stories_does_not_matter():
    stories = [news(("ux", "researcher", "business")[n % 3], score=2 + n % 5, publishers=1 + n % 4) for n in range(40)]
    assert chosen(*stories) == chosen(*stories[::-1])


def earlier(of: Story, **fields: object) -> Digest:
    """Give last week's digest, in which this story was told."""
    entry = of.entries[0]
    cited = told(entry.title, id=of.id, url=entry.url, **fields)
    return digest(cited, since=utc("2026-02-23"), until=WEEK[0])


def test_what_an_earlier_digest_told_is_not_told_again():
    old = news("ux")
    assert chosen(old, earlier=(earlier(old),)) == []


def test_by_its_page_a_story_is_known_under_another_name():
    old, again = news("ux", url="https://acme.example/anvil"), news("ux", url="https://acme.example/anvil?utm_medium=rss")
    assert chosen(again, earlier=(earlier(old),)) == []


@pytest.mark.parametrize(
    "fields", [{"reader": "somebody else"}, {"until": utc("2026-03-03")}], ids=["another reader", "not earlier"]
)
def test_only_earlier_digests_of_this_reader_count(fields: dict[str, object]):
    old = news("ux")
    last = digest(told(old.entries[0].title, id=old.id), **{"since": utc("2026-02-23"), "until": WEEK[0], **fields})
    assert len(chosen(old, earlier=(last,))) == 1


def grown(old: Story, fresh: StoredEntry) -> Story:
    return story(*old.entries, fresh, id=old.id, tags=old.tags, score=5.0)


def test_a_told_story_returns_with_its_news_only():
    old = news("ux", title="Acme launches Anvil", date=utc("2026-02-24"))
    fresh = stored(
        "Court in Oslo orders Acme to recall 4,000 anvils", id="fresh", source="press", url="https://press.example/1"
    )
    [choice] = chosen(grown(old, fresh), earlier=(earlier(old),))
    assert (choice.update, choice.form, choice.fresh) == (True, Form.LINE, (fresh,))


def test_a_told_story_that_is_only_told_again_does_not_return():
    old = news("ux", title="Acme launches Anvil", date=utc("2026-02-24"))
    again = stored("Acme has launched Anvil", id="again", source="press", url="https://press.example/1")
    assert chosen(grown(old, again), earlier=(earlier(old),)) == []


def test_nothing_gives_nothing():
    assert chosen() == []


@pytest.mark.parametrize(
    "title",
    ["Acme cuts the price of Anvil 2 by half to 1.50 dollars", "Anvil 2 weights leak with a backdoor in the tokenizer"],
    ids=["a number", "an event"],
)
def test_a_price_cut_or_a_leak_is_news_of_a_told_story(title: str):
    old = news("researcher", title="Acme releases Anvil 2, an AI model", url="https://acme.example/anvil")
    fresh = stored(
        title, id="fresh", guid="fresh", url="https://press.example/anvil", text="", published=utc("2026-03-05T09:00")
    )
    (choice,) = chosen(grown(old, fresh), earlier=(earlier(old),))
    assert choice.update
    assert choice.fresh == (fresh,)


def test_in_a_rich_week_the_next_events_are_told_in_full_where_sections_leave_room():
    week = [*(news("ux") for _ in range(8)), *(news("researcher") for _ in range(8)), *(news("business") for _ in range(60))]
    told_in_full = [c for c in chosen(*week, reader=Reader(archetypes=("ux", "researcher"))) if c.form is Form.FULL]
    assert {name: len(ids) for name, ids in sections(told_in_full).items()} == {"Leads": 9, "UX": 5, "Researcher": 5}


def test_one_product_that_ends_in_two_titles_is_one_event():
    one = news("artist", score=5, title="OpenAI shuts down Quokka while Meta waits", text="The video app goes in May.")
    two = news(
        "artist", score=4, title="Disney leaves its deal after the end: why Quokka was killed", text="Shares fell on Monday."
    )
    other = news("artist", score=4, title="Quokka draws hands at last", text="Fingers number five on average.")
    told_of = [choice.story.id for choice in chosen(one, two, other, *(news() for _ in range(9)))]
    assert (one.id in told_of, two.id in told_of, other.id in told_of) == (True, False, True)
