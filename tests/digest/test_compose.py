"""One edition from what was chosen and written."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.digest import compose
from aggregator.digest.compose import title
from aggregator.errors import NothingToSayError
from aggregator.models import (
    Choice,
    Coverage,
    Digest,
    Draft,
    Failure,
    Form,
    Reader,
    Sentence,
    State,
    StoryId,
    Summary,
    Tag,
)
from aggregator.text.sentences import word_count
from tests.make import WEEK, stored, story, utc

COVERAGE = Coverage(sources=3, read=3, unchanged=1, entries=12)
READER = Reader(archetypes=("ux",))


def one(number: int, *, form: Form = Form.FULL, section: str = "Leads", words: int = 12, score: float = 1.0) -> Choice:
    """Give a story of which two sentences, of so many words together, can be told."""
    said = [f"word{number}x{n}" for n in range(words)]
    text = f"{' '.join(said[: words // 2])}.\n{' '.join(said[words // 2 :])}."
    entry = stored(f"Acme launches anvil number {number}", id=f"e{number}", text=text)
    return Choice(story=story(entry, id=StoryId(f"s{number}"), score=score), form=form, section=section, fresh=(entry,))


def drafted(*choices: Choice) -> Draft:
    return Draft(
        summaries={
            choice.story.id: Summary(
                title=choice.fresh[0].title,
                sentences=tuple(Sentence(text, (choice.fresh[0].id,)) for text in choice.fresh[0].text.splitlines()),
            )
            for choice in choices
        }
    )


def composed(*choices: Choice, draft: Draft | None = None, **fields: object) -> Digest:
    given: dict[str, object] = {
        "reader": READER,
        "archetypes": (),
        "coverage": COVERAGE,
        "weight_read": 1.0,
        "since": WEEK[0],
        "until": WEEK[1],
        "fingerprint": "abc",
    }
    return compose(choices, draft or drafted(*choices), **{**given, **fields})  # type: ignore[arg-type]


def counted(digest: Digest) -> int:
    told = [text for s in digest.stories for text in (s.title, *(sentence.text for sentence in s.sentences))]
    return sum(word_count(text) for text in [*told, *(sentence.text for sentence in digest.overview)])


@pytest.mark.parametrize(
    ("since", "until", "named"),
    [
        ("2026-03-02", "2026-03-09", "AI news, 2-8 March 2026"),
        ("2026-03-02", "2026-03-03", "AI news, 2 March 2026"),
        ("2026-03-02T08:00", "2026-03-09T08:00", "AI news, 2-9 March 2026"),
        ("2026-02-25", "2026-03-04", "AI news, 25 February - 3 March 2026"),
        ("2025-12-29", "2026-01-05", "AI news, 29 December 2025 - 4 January 2026"),
        ("2026-03-02", "2026-03-02", "AI news, 2 March 2026"),
    ],
)
def test_the_title_names_the_days(since: str, until: str, named: str):
    assert title(utc(since), utc(until)) == named


def test_days_are_the_readers():
    berlin = replace(READER, timezone="Europe/Berlin")
    digest = composed(one(1), reader=berlin, since=utc("2026-03-01T23:00"), until=utc("2026-03-08T23:00"))
    assert digest.title == "AI news, 2-8 March 2026"
    assert digest.id.startswith("2026-03-02-")


def test_stories_stand_in_the_order_of_their_sections():
    choices = [one(1), one(2, section="UX"), one(3, section="Papers"), one(4, section="Also this week", form=Form.LINE)]
    digest = composed(*choices)
    assert [(section.name, section.stories) for section in digest.sections] == [
        ("Leads", ("s1",)),
        ("UX", ("s2",)),
        ("Papers", ("s3",)),
        ("Also this week", ("s4",)),
    ]
    assert [told.id for told in digest.stories] == ["s1", "s2", "s3", "s4"]


def test_words_are_those_of_titles_and_sentences():
    digest = composed(one(1, words=20), one(2, section="UX"))
    assert digest.words == counted(digest) == 5 + 20 + 5 + 12


def test_a_line_tells_one_sentence():
    choice = one(1, form=Form.LINE, section="Also this week")
    two = Summary(title="A", sentences=(Sentence("One.", ("e1",)), Sentence("Two.", ("e1",))))  # type: ignore[arg-type]  # an id
    assert len(composed(choice, draft=Draft(summaries={choice.story.id: two})).stories[0].sentences) == 1


def test_what_has_no_room_becomes_a_line_and_the_last_lines_go():
    choices = [one(n, section=("Leads", "UX", "Researcher")[n % 3], words=60, score=100 - n) for n in range(18)]
    choices += [one(n, section="Also this week", form=Form.LINE, words=30) for n in range(18, 27)]
    digest = composed(*sorted(choices, key=lambda c: ["Leads", "UX", "Researcher", "Also this week"].index(c.section)))
    assert 1000 <= digest.words <= 1100
    assert digest.words == counted(digest)
    assert sum(told.form is Form.FULL for told in digest.stories) >= 15
    assert len(digest.sections[0].stories) == 6


@given(
    st.lists(st.tuples(st.sampled_from(["Leads", "UX", "Papers"]), st.integers(5, 60)), min_size=1, max_size=40),
    st.floats(0.5, 12),
)
def test_any_draft_fits_the_time_and_no_story_is_cut(told: list[tuple[str, int]], minutes: float):
    choices = [one(n, section=section, words=words) for n, (section, words) in enumerate(told)]
    digest = composed(*choices, reader=Reader(minutes=minutes))
    assert digest.words <= max(100, 1100 * minutes / 6 + 1) or len(digest.stories) == 1
    assert digest.words == counted(digest)
    assert sorted(s for section in digest.sections for s in section.stories) == sorted(s.id for s in digest.stories)
    said = {f"s{n}": choice.fresh[0].text.splitlines() for n, choice in enumerate(choices)}
    assert all(
        [s.text for s in story.sentences] == said[story.id][: 1 if story.form is Form.LINE else 2] for story in digest.stories
    )


def test_no_story_stands_twice():
    choice = one(1)
    assert len(composed(choice, choice, replace(choice, section="UX")).stories) == 1


@pytest.mark.parametrize(
    ("weight", "stories", "state"),
    [
        (1.0, 25, State.COMPLETE),
        (0.8, 25, State.COMPLETE),
        (0.79, 25, State.PARTIAL),
        (0.96, 3, State.QUIET),
        (0.9, 3, State.COMPLETE),
        (0.5, 3, State.PARTIAL),
    ],
)
def test_the_state_is_what_was_read(weight: float, stories: int, state: State):
    assert composed(*(one(n) for n in range(stories)), weight_read=weight).state is state


def test_nothing_to_say_says_how_much_was_read():
    with pytest.raises(NothingToSayError, match="2 of 3 sources were read, 12 entries"):
        composed(coverage=Coverage(sources=3, read=2, unchanged=0, entries=12))


def test_the_id_tells_the_week_and_what_it_was_made_from():
    digest = composed(one(1))
    assert digest.id == composed(one(1)).id
    assert len(digest.id) == len("2026-03-02-abcdef")
    others = [
        composed(one(1), fingerprint="other"),
        composed(one(1), weight_read=0.1),
        composed(one(1), coverage=replace(COVERAGE, read=2, failed=(Failure("acme", "404"),))),
    ]
    assert len({digest.id, *(other.id for other in others)}) == 4


def test_the_same_input_gives_the_same_digest():
    assert composed(one(1), one(2)) == composed(one(1), one(2))


def test_the_readers_tags_come_first_and_business_last():
    tags = (
        Tag("business", "price", 1.0),
        Tag("safety", "law", 0.9),
        Tag("researcher", "weights", 0.5),
        Tag("ux", "voice", 0.3),
    )
    [told] = composed(replace(one(1), story=replace(one(1).story, tags=tags))).stories
    assert [tag.name for tag in told.archetypes] == ["ux", "safety", "researcher", "business"]


def test_the_link_is_the_leads_page_and_what_it_points_at_comes_first():
    post = stored("A post", id="post", target="https://acme.example/anvil")
    lead = stored("Lead", id="lead", url="https://lead.example/")

    def link(lead_id: str) -> str:
        choice = Choice(story=story(post, lead, lead=lead_id), form=Form.FULL, section="Leads", fresh=(post, lead))
        return composed(choice).stories[0].url

    assert (link("lead"), link("post")) == ("https://lead.example/", "https://acme.example/anvil")


@pytest.mark.parametrize("draft", [Draft(summaries={}), Draft(summaries={StoryId("s1"): Summary(title="", sentences=())})])
def test_a_story_that_a_writer_left_out_is_told_by_the_built_in_one(draft: Draft):
    assert composed(one(1), draft=draft).stories[0].sentences


def test_an_overview_counts():
    draft = replace(drafted(one(1)), overview=(Sentence("Acme did it.", (one(1).fresh[0].id,)),))
    digest = composed(one(1), draft=draft)
    assert (digest.words, digest.overview) == (counted(digest), draft.overview)


def test_a_sample_is_labelled():
    assert composed(one(1), sample=True).sample
