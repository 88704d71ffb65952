"""sources.yaml as values: what each key means, and what stands in for those that are left out."""

from datetime import time
from pathlib import Path

import pytest

from aggregator.catalogue import Listed
from aggregator.models import LlmUse, Reader, Source
from tests.catalogue.conftest import Reads


def only(listed: tuple[Listed, ...]) -> Source:
    (one,) = listed
    return one.source


def test_one_line_is_enough_for_a_source(reads: Reads):
    catalogue = reads("sources:\n  - feed: https://acme.example/blog/feed.xml\n")
    assert only(catalogue.sources) == Source(
        name="acme.example/blog/feed.xml", kind="feed", address="https://acme.example/blog/feed.xml"
    )


def test_every_key_of_a_source_arrives(reads: Reads):
    catalogue = reads("""\
        sources:
          - feed: https://acme.example/feed.xml
            name: Acme
            weight: 2.5
            archetypes: [ux, researcher, ux]
            allow_private: true
            headers: {X-Key: abc}
            proxy: http://proxy.example:3128
            llm: local-only
        """)
    assert only(catalogue.sources) == Source(
        name="Acme",
        kind="feed",
        address="https://acme.example/feed.xml",
        weight=2.5,
        archetypes=("ux", "researcher"),
        allow_private=True,
        headers={"X-Key": "abc"},
        proxy="http://proxy.example:3128",
        llm=LlmUse.LOCAL_ONLY,
    )


def test_sources_keep_their_order_their_line_and_their_options(reads: Reads):
    catalogue = reads("""\
        # two of them

        sources:
          - name: Beta
            feed: https://beta.example/
          - feed: https://acme.example/
        """)
    assert [(one.source.address, one.options.address, one.line) for one in catalogue.sources] == [
        ("https://beta.example/", "https://beta.example/", 4),
        ("https://acme.example/", "https://acme.example/", 6),
    ]


def test_without_readers_there_is_one_with_the_zone_that_was_handed_in(reads: Reads):
    assert reads("sources: [{feed: https://a.example/}]").readers == (
        Reader(name="me", archetypes=(), minutes=6, timezone="Europe/Berlin", day="monday", at=time(8)),
    )


def test_every_key_of_a_reader_arrives(reads: Reads, tmp_path: Path):
    (reader,) = reads(f"""\
        sources: [{{feed: https://a.example/}}]
        readers:
          - name: Ada
            archetypes: ux
            digest: {{day: Friday, at: "17:30", timezone: America/New_York, minutes: 10}}
            deliver: [files: {tmp_path}]
        """).readers
    ((kind, options),) = reader.channels
    assert (kind, options.folder) == ("files", tmp_path)
    assert reader == Reader(
        name="Ada",
        archetypes=("ux",),
        minutes=10,
        timezone="America/New_York",
        day="friday",
        at=time(17, 30),
        channels=reader.channels,
    )


@pytest.mark.parametrize(
    ("written", "read"), [("8:00", time(8)), ('"08:00"', time(8)), ("23:59", time(23, 59)), ("0:00", time(0))]
)
def test_a_time_needs_no_quotes(reads: Reads, written: str, read: time):
    (reader,) = reads(f"sources: [{{feed: https://a.example/}}]\nreaders: [{{digest: {{at: {written}}}}}]").readers
    assert reader.at == read


def test_a_time_is_one_even_where_the_file_asks_for_the_older_yaml(reads: Reads):
    (reader,) = reads("%YAML 1.1\n---\nsources: [{feed: https://a.example/}]\nreaders: [{digest: {at: 8:00}}]").readers
    assert reader.at == time(8)


@pytest.mark.parametrize(
    ("written", "read"), [("true", True), ("yes", True), ("'on'", True), ("false", False), ("no", False), ("Off", False)]
)
def test_yes_and_no_may_stand_for_true_and_false(reads: Reads, written: str, read: bool):
    assert only(reads(f"sources: [{{feed: https://a.example/, allow_private: {written}}}]").sources).allow_private is read


@pytest.mark.parametrize(
    ("written", "read"),
    [("yes", LlmUse.YES), ("true", LlmUse.YES), ("never", LlmUse.NEVER), ("no", LlmUse.NEVER), ("false", LlmUse.NEVER)],
)
def test_who_may_read_a_source_can_be_said_with_yes_and_no(reads: Reads, written: str, read: LlmUse):
    assert only(reads(f"sources: [{{feed: https://a.example/, llm: {written}}}]").sources).llm is read


def test_an_anchor_saves_writing(reads: Reads):
    catalogue = reads("""\
        sources:
          - {feed: https://a.example/, archetypes: &both [ux, researcher]}
          - {feed: https://b.example/, archetypes: *both}
        """)
    assert [one.source.archetypes for one in catalogue.sources] == [("ux", "researcher")] * 2


def test_a_byte_order_mark_and_the_line_ends_of_windows_do_not_matter(reads: Reads):
    catalogue = reads("\ufeffsources:\r\n  - feed: https://a.example/\r\n    name: A\r\n")
    assert (only(catalogue.sources).name, catalogue.sources[0].line) == ("A", 2)


def test_same_path_of_two_hosts_is_no_twin(reads: Reads):
    assert len(reads("sources: [{feed: https://a.example/x}, {feed: https://b.example/x}]").sources) == 2


def test_a_file_of_json_is_read_with_its_escapes(reads: Reads):
    catalogue = reads('{"sources": [{"feed": "https://a.example/", "name": "Hugging \\ud83e\\udd17 Face"}]}')
    assert only(catalogue.sources).name == "Hugging \N{HUGGING FACE} Face"
