"""What a person is told of a collect."""

from aggregator.cli.progress import SHOWN_FAILURES, failures, plain, summary
from aggregator.models import Fetched, Notice, NoticeKind, Outcome


def fetched(outcome: Outcome, **fields: object) -> Fetched:
    return Fetched(**{"source": "Acme", "outcome": outcome, **fields})  # type: ignore[arg-type]


def test_a_run_in_which_nothing_changed_says_that_nothing_was_parsed():
    assert summary([fetched(Outcome.UNCHANGED)] * 2) == "Read 2 of 2 sources: all unchanged, nothing parsed anew."


def test_a_mixed_run_counts_every_outcome():
    lines = [
        fetched(Outcome.READ, new=3, updated=1),
        fetched(Outcome.UNCHANGED),
        fetched(Outcome.FAILED),
        fetched(Outcome.NOT_DUE),
        fetched(Outcome.RETIRED),
    ]
    assert summary(lines) == "Read 2 of 5 sources: 1 unchanged, 3 new entries, 1 updated; 1 failed; 1 not due; 1 retired."


def test_a_run_that_read_nothing_does_not_look_like_a_quiet_one():
    assert summary([fetched(Outcome.FAILED)]) == "Read 0 of 1 source: 0 unchanged, 0 new entries; 1 failed."


def test_a_run_in_which_nothing_was_due_says_how_to_read_all_the_same():
    told = "None of 2 sources is due. `digest fetch --force` reads them all the same."
    assert summary([fetched(Outcome.NOT_DUE), fetched(Outcome.RETIRED)]) == told


def test_failures_are_named_with_their_reason_and_the_rest_counted():
    lines = failures([*[fetched(Outcome.FAILED, reason="answered 404")] * (SHOWN_FAILURES + 2), fetched(Outcome.READ)])
    assert lines[0] == "  Acme: answered 404"
    assert lines[-1] == "  and 2 more: see `digest sources`"


def test_what_was_left_out_is_said_on_the_sources_line():
    notice = Notice(NoticeKind.LEFT_OUT, "98,000 older entries")
    assert plain(fetched(Outcome.READ, new=2000, notices=(notice,))) == "read       Acme: 2,000 new (98,000 older entries)"


def test_where_nothing_could_be_read_three_reasons_are_enough():
    lines = failures([fetched(Outcome.FAILED, reason="there is no host")] * 20)
    assert lines == [*["  Acme: there is no host"] * 3, "  and 17 more: see `digest sources`"]
