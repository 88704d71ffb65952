"""What every readable form says."""

from dataclasses import replace

import pytest

from aggregator.errors import CheckError
from aggregator.models import CitedEntry, Coverage, Digest, EntryId, Failure, Form, Section, Sentence, State, Tag, WriterName
from aggregator.render.page import PageSection, page, shown_tags
from tests.make import digest, told, utc


def cited(name: str, source: str = "Acme", **fields: object) -> CitedEntry:
    given = {"guid": name, "title": f"Title of {name}", "url": f"https://acme.example/{name}", "published": utc("2026-03-03")}
    return CitedEntry(id=EntryId(name), source=source, **{**given, **fields})  # type: ignore[arg-type]


def says(text: str, *names: str) -> Sentence:
    return Sentence(text, tuple(EntryId(name) for name in names))


def read(sources: int = 45, failures: int = 0, reason: str = "answered 404") -> Coverage:
    failed = tuple(Failure(f"Source {number}", reason) for number in range(1, failures + 1))
    return Coverage(sources=sources, read=sources - failures, unchanged=0, entries=970, failed=failed)


def only_section(made: Digest) -> PageSection:
    (section,) = page(made).sections
    return section


def test_citations_are_numbered_in_the_order_of_first_citation_overview_first():
    first = told(sentences=(says("One.", "a", "b"), says("Two.", "c")), entries=(cited("a"), cited("b"), cited("c")))
    shown = page(digest(first, overview=(says("Overview.", "c"),)))
    numbers = [[citation.number for citation in said.citations] for said in shown.sections[0].stories[0].sentences]
    assert (numbers, [citation.title for citation in shown.citations]) == (
        [[2, 3], [1]],
        ["Title of c", "Title of a", "Title of b"],
    )


def test_a_citation_without_its_entry_is_refused():
    with pytest.raises(CheckError, match="cites nowhere"):
        page(digest(told(sentences=(says("One.", "nowhere"),))))


def test_an_entry_without_an_address_is_cited_without_a_link():
    shown = page(digest(told(sentences=(says("One.", "a"),), entries=(cited("a", url=""),), url="")))
    assert shown.citations[0].link is None
    assert shown.sections[0].stories[0].link is None


@pytest.mark.parametrize(
    ("tags", "chosen", "shown"),
    [
        (["safety", "ux", "researcher"], ["researcher"], ["researcher", "safety"]),
        (["researcher", "business"], [], ["researcher"]),
        (["business"], [], ["business"]),
        (["business", "ux"], ["business"], ["ux"]),
        ([], ["ux"], []),
    ],
    ids=["own first, two at most", "business is for all", "business alone", "business beside another", "none"],
)
def test_tags(tags: list[str], chosen: list[str], shown: list[str]):
    assert [tag.name for tag in shown_tags([Tag(name, "why") for name in tags], chosen)] == shown


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (["Acme"], "Acme"),
        (["Acme", "Beta", "Acme"], "Beta, Acme"),
        (["A", "B", "C", "D"], "B, A, C, D"),
        (["A", "B", "C", "D", "E"], "B, A, C and 2 more"),
    ],
    ids=["one", "each once", "never and 1 more", "three names"],
)
def test_told_by_names_the_cited_first(sources: list[str], said: str):
    entries = tuple(cited(str(place), source) for place, source in enumerate(sources))
    story = told(sentences=(says("One.", str(min(1, len(sources) - 1))),), entries=entries)
    assert only_section(digest(story)).stories[0].told_by == said


def test_a_one_liner_is_its_sentence_and_without_one_its_title():
    with_sentence, without = told("Title", form=Form.LINE), told("Title", form=Form.LINE, sentences=())
    first, second = only_section(digest(with_sentence, without)).stories
    assert (first.headline, [said.text for said in first.sentences]) == ("", ["Anvil 2 is twice as fast as Anvil 1."])
    assert (second.headline, second.sentences) == ("Title", ())


def test_an_update_opens_with_the_word():
    assert [story.label for story in only_section(digest(told(update=True), told())).stories] == ["Update:", ""]


def test_one_line_says_what_was_read_and_for_whom():
    made = digest(coverage=read(165), archetypes=("data-pipeline", "researcher"))
    assert page(made).what_was_read == (
        "Read 165 of 165 sources, 970 entries; none failed. Two stories, six minutes, for data-pipeline and researcher."
    )


@pytest.mark.parametrize(
    ("failures", "said"),
    [
        (1, "one failed: Source 1 (answered 404)."),
        (4, "four failed: Source 1 (answered 404), Source 2 (answered 404), Source 3 (answered 404), Source 4 (answered 404)."),
        (9, "nine failed: Source 1 (answered 404), Source 2 (answered 404), Source 3 (answered 404) and 6 more."),
    ],
)
def test_what_failed_is_named_with_its_reason(failures: int, said: str):
    assert said in page(digest(coverage=read(failures=failures))).what_was_read


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Source 1."),
        ("timed out after 20 s. It is read again at 14:00.", "Source 1 (timed out after 20 s)."),
        ("there is nothing here (404 from beta.example)", "Source 1 (there is nothing here)."),
        ("no" + ", no" * 90, "Source 1 (no" + ", no" * 13 + "…)."),
    ],
    ids=["none", "what to do about it", "details", "long"],
)
def test_a_reason_is_given_in_short(reason: str, said: str):
    assert f"one failed: {said} Two stories" in page(digest(coverage=read(2, 1, reason))).what_was_read


def test_a_partial_digest_says_so_on_the_page_and_in_the_mailbox():
    shown = page(digest(state=State.PARTIAL, coverage=read(failures=20)))
    assert shown.warning == "This digest is partial: too few sources could be read, so news may be missing."
    assert shown.preheader.startswith(shown.warning)


@pytest.mark.parametrize(
    ("until", "said"), [("2026-03-09", "A quiet week: "), ("2026-03-03", "A quiet time: ")], ids=["a week", "a day"]
)
def test_a_quiet_digest_says_so(until: str, said: str):
    assert page(digest(state=State.QUIET, until=utc(until))).warning == (
        f"{said}nearly all was read, and two stories stood out."
    )


@pytest.mark.parametrize(
    ("name", "state", "failures", "said"),
    [
        ("Researcher", State.COMPLETE, 0, "A quiet week here: two stories."),
        ("Researcher", State.COMPLETE, 9, ""),
        ("Researcher", State.PARTIAL, 0, ""),
        ("Researcher", State.QUIET, 0, ""),
        ("Leads", State.COMPLETE, 0, ""),
        ("Papers", State.COMPLETE, 0, ""),
        ("Also this week", State.COMPLETE, 0, ""),
    ],
    ids=["said", "too much failed", "partial", "the digest says it", "leads", "papers", "lines"],
)
def test_a_short_section_is_called_quiet_only_where_that_is_true(name: str, state: State, failures: int, said: str):
    made = digest(state=state, coverage=read(failures=failures), archetypes=("researcher",))
    assert only_section(replace(made, sections=(Section(name, made.sections[0].stories),))).remark == said


def test_a_reader_of_everything_is_not_told_that_a_section_is_short():
    made = digest()
    assert only_section(replace(made, sections=(Section("Researcher", made.sections[0].stories),))).remark == ""


def test_a_sentence_that_repeats_the_headline_is_not_said_twice():
    cited = told().entries
    once = told("Acme opens its index", entries=cited, sentences=(Sentence("Acme opens its index", (cited[0].id,)),))
    (section,) = page(digest(once)).sections
    (story,) = section.stories
    assert (story.headline, story.sentences) == ("Acme opens its index", ())
    assert [citation.number for citation in story.title_citations] == [1]


def test_a_single_paper_is_called_the_only_one_of_its_week():
    made = digest(told())
    alone = replace(made, sections=(Section("Papers", made.sections[0].stories),))
    assert only_section(alone).remark == "One this week."
    assert only_section(replace(alone, until=utc("2026-03-03"))).remark == ""


def test_three_stories_are_no_quiet_week():
    made = digest(told(), told(), told())
    assert only_section(replace(made, sections=(Section("Researcher", made.sections[0].stories),))).remark == ""


def test_a_sample_is_labelled_and_cannot_be_verified():
    shown = page(digest(sample=True))
    assert shown.sample == "Sample week: invented makers and products. Nothing in it happened."
    assert shown.preheader.startswith(shown.sample)
    assert shown.command == ""
    assert page(digest()).sample == ""


def test_the_period_stands_above_a_title_that_does_not_name_it():
    assert page(digest()).kicker == ""
    assert page(digest(title="Anvil 2 and an open index")).kicker == "AI news, 2-8 March 2026"


@pytest.mark.parametrize(
    ("writers", "said"),
    [
        ([WriterName.BUILT_IN], "One story from one entry, built-in writer."),
        ([WriterName.LLM], "One story from one entry, written by a language model."),
        (
            [WriterName.LLM, WriterName.BUILT_IN],
            "Two stories from two entries, written by a language model and the built-in writer.",
        ),
    ],
)
def test_the_footer_says_who_wrote(writers: list[WriterName], said: str):
    assert page(digest(*(told(writer=writer) for writer in writers))).footer == said


def test_the_footer_says_how_to_check():
    assert page(digest()).command == "digest verify 2026-03-02-abcdef"


def test_a_date_has_its_year_only_where_it_is_another():
    entries = (cited("a"), cited("b", published=utc("2025-12-31")))
    shown = page(digest(told(sentences=(says("One.", "a", "b"),), entries=entries)))
    assert [citation.date for citation in shown.citations] == ["3 March", "31 December 2025"]
