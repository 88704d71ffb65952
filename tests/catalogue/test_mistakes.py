"""What a person is told about a sources.yaml that is wrong: file, line, what was found, what was expected."""

import pytest

from tests.catalogue.conftest import Refuses

FEED = "feed: https://a.example/"
ONE = f"sources: [{{{FEED}}}]\n"


def source(line: str) -> str:
    return f"sources:\n  - {FEED}\n    {line}\n"


def digest(line: str) -> str:
    return f"{ONE}readers:\n  - digest:\n      {line}\n"


MISTAKES = {
    # the kind
    "sources:\n  - fead: https://a.example/\n": "2: unknown source kind 'fead', did you mean 'feed'?",
    "sources:\n  - zebra: https://a.example/\n": "2: unknown source kind 'zebra', expected feed",
    "sources:\n  - bluesky: me.example\n": "2: the source kind 'bluesky' is not in this version. "
    "Put a # before its lines until it is.",
    "sources:\n  - name: Acme\n": "2: expected the kind of source, such as `- feed: https://example.org/feed.xml`, "
    "found only name",
    "sources:\n  - naem: Acme\n": "2: unknown key 'naem', did you mean 'name'?",
    f"sources:\n  - {FEED}\n    reddit: LocalLLaMA\n": "2: expected one kind of source, found feed and reddit. "
    "Make each a source of its own.",
    "sources:\n  - https://me:secret@a.example/\n": "2: expected the kind of source before the address "
    "'https://a.example/'. Write `feed: ` before it.",
    "sources:\n  - 7\n": "2: expected a source such as `- feed: https://example.org/feed.xml`, found the number 7",
    "sources:\n  - {}\n": "2: expected a source such as `- feed: https://example.org/feed.xml`, found a mapping",
    "sources:\n  - feed:\n": "2: feed: expected a value, found nothing",
    # the keys of a source
    source("wieght: 2"): "3: unknown key 'wieght', did you mean 'weight'?",
    source("zzz: 2"): "3: unknown key 'zzz', expected allow_private, archetypes, headers, llm, name, proxy or weight",
    source("weight: 30"): "3: weight: expected a number above 0 and at most 10, found the number 30",
    source("weight: 0"): "3: weight: expected a number above 0 and at most 10, found the number 0",
    source("weight: heavy"): "3: weight: expected a number above 0 and at most 10, found the text 'heavy'",
    source("weight: true"): "3: weight: expected a number above 0 and at most 10, found true",
    source("weight: .inf"): "3: weight: expected a number above 0 and at most 10, found the text '.inf'",
    source("weight:"): "3: weight: expected a number above 0 and at most 10, found nothing",
    source("archetypes: [reseacher]"): "3: unknown archetype 'reseacher', did you mean 'researcher'?",
    source("archetypes: [ux, 7]"): "3: archetypes: expected a text, found the number 7. Put it in quotes.",
    source("archetypes:"): "3: archetypes: expected a list of data-pipeline, researcher or ux, found nothing",
    source("archetypes:\n      - ux\n      - sloth"): "5: unknown archetype 'sloth', expected data-pipeline, researcher or ux",
    source("allow_private: maybe"): "3: allow_private: expected true or false, found the text 'maybe'",
    source("headers: X-Key"): "3: headers: expected a mapping such as `headers: {X-Name: value}`, found the text 'X-Key'",
    source('headers: {"X Key": a}'): "3: headers: expected a header's name, found 'X Key'",
    source('headers: {X: "a\\r\\nHost: b"}'): "3: X: expected one line, found 'a\ufffd\ufffdHost: b'",
    source("headers: {X: 1}"): "3: X: expected a text, found the number 1. Put it in quotes.",
    source("proxy: socks5://me:secret@p.example"): "3: proxy: expected an address such as "
    "http://proxy.example:3128, found something else",
    source("llm: sometimes"): "3: llm: expected yes, local-only or never, found the text 'sometimes'",
    source("name: 404"): "3: name: expected a text, found the number 404. Put it in quotes.",
    source('name: "a\\e[31m"'): "3: name: expected one line of at most 100 characters, found the text 'a\ufffd[31m'",
    source("name: [a]"): "3: name: expected a text, found a list",
    # twins
    f"sources:\n  - {FEED}\n  - feed: http://A.example\n    name: B\n": "3: the address 'http://A.example' stands "
    "twice, here and on line 2. Keep one.",
    f"sources:\n  - {FEED}\n    name: Acme\n  - feed: https://b.example/\n    name: Acme\n": "4: the name 'Acme' "
    "stands twice, here and on line 2. Give one of them another `name`.",
    # the file as a whole
    "": "1: the file is empty, expected `sources:` and a list. Add one: digest sources add URL",
    "# only a comment\n": "1: the file is empty, expected `sources:` and a list. Add one: digest sources add URL",
    f"- {FEED}\n": "1: expected a mapping such as `sources: [{feed: https://example.org/feed.xml}]`, found a list",
    "hello": "1: expected a mapping such as `sources: [{feed: https://example.org/feed.xml}]`, found the text 'hello'",
    "sources:\n": "1: sources: expected a list such as `- feed: https://example.org/feed.xml`, found nothing",
    "sources: []\n": "1: sources: expected at least one such as `- feed: https://example.org/feed.xml`, found an empty list",
    "readers: [{name: me}]\n": "1: expected the key `sources` with a list, found none. "
    "Write `sources:` and under it `- feed: https://example.org/feed.xml`.",
    f"{ONE}reeders: []\n": "2: unknown key 'reeders', did you mean 'readers'?",
    # readers
    f"{ONE}readers: me\n": "2: readers: expected a list such as `- {name: me, archetypes: [ux], "
    "digest: {day: monday, at: \"08:00\"}, deliver: [files: ~/digests]}`, found the text 'me'",
    f"{ONE}readers: []\n": "2: readers: expected at least one such as `- {name: me, archetypes: [ux], "
    'digest: {day: monday, at: "08:00"}, deliver: [files: ~/digests]}`, found an empty list',
    f"{ONE}readers:\n  - nam: me\n": "3: unknown key 'nam', did you mean 'name'?",
    f"{ONE}readers:\n  - name: me\n  - name: me\n": "4: the reader 'me' stands twice, here and on line 3. Give each a `name`.",
    digest("day: mon"): "4: unknown day 'mon', did you mean 'monday'?",
    digest("day: fryday"): "4: unknown day 'fryday', did you mean 'friday'?",
    digest("day: daily"): "4: unknown day 'daily', expected monday, tuesday, wednesday, thursday, friday, saturday or sunday",
    digest("at: 480"): '4: at: expected a time of day such as "08:00", found the number 480',
    digest("at: 8am"): "4: at: expected a time of day such as \"08:00\", found the text '8am'",
    digest("at: 24:00"): "4: at: expected a time of day such as \"08:00\", found the text '24:00'",
    digest("timezone: Europe/Berlni"): "4: unknown time zone 'Europe/Berlni', did you mean 'Europe/Berlin'?",
    digest("timezone: berlin"): "4: unknown time zone 'berlin', did you mean 'Europe/Berlin'?",
    digest("timezone: new york"): "4: unknown time zone 'new york', did you mean 'America/New_York'?",
    digest("timezone: Europe"): None,
    digest("timezone: ../etc/passwd"): None,
    digest("timezone: Qqqqqqq"): "4: unknown time zone 'Qqqqqqq', expected an IANA name such as 'Europe/Berlin'",
    digest("minutes: 500"): "4: minutes: expected a number above 0 and at most 120, found the number 500",
    digest("hours: 1"): "4: unknown key 'hours', expected at, day, minutes or timezone",
    f"{ONE}readers:\n  - deliver:\n      - email: me@a.example\n": "4: the channel 'email' is not in this version. "
    "Put a # before its lines until it is.",
    f"{ONE}readers:\n  - deliver: [file: /tmp]\n": "3: unknown channel 'file', did you mean 'files'?",
    f"{ONE}readers:\n  - deliver: files\n": "3: deliver: expected a list such as `deliver: [files: ~/digests]`, "
    "found the text 'files'",
    f"{ONE}readers:\n  - deliver: [files]\n": "3: files: expected a value, found nothing",
    f"{ONE}readers:\n  - deliver: [{{files: /a, email: b}}]\n": "3: deliver: expected one kind of channel for each "
    "item, found 2. Make each an item of its own.",
}


@pytest.mark.parametrize(("text", "told"), MISTAKES.items(), ids=lambda value: repr(value)[:60])
def test_a_mistake_is_told_with_its_line_and_what_was_expected(refuses: Refuses, text: str, told: str | None):
    said = refuses(text)
    assert "secret" not in said
    assert said.startswith("sources.yaml:")
    assert told is None or said == f"sources.yaml:{told}"


def test_all_mistakes_are_told_in_the_order_of_their_lines(refuses: Refuses):
    assert refuses("""\
        sources:
          - feed: https://a.example/
            weight: 30
            archetypes: [uxx]
          - fead: https://b.example/
        """).splitlines() == [
        "sources.yaml:3: weight: expected a number above 0 and at most 10, found the number 30",
        "sources.yaml:4: unknown archetype 'uxx', did you mean 'ux'?",
        "sources.yaml:5: unknown source kind 'fead', did you mean 'feed'?",
    ]


def test_five_mistakes_are_told_and_the_rest_are_counted(refuses: Refuses):
    told = refuses("sources:\n" + "".join(f"  - kind{n}: x\n" for n in range(9))).splitlines()
    assert len(told) == 6
    assert told[-1] == "sources.yaml: and 4 more"


def test_one_mistake_made_often_is_told_once(refuses: Refuses):
    told = refuses("sources:\n" + "  - reddit: a\n" * 3)
    assert told == (
        "sources.yaml:2: the source kind 'reddit' is not in this version (also on lines 3, 4). "
        "Put a # before its lines until it is."
    )


def test_a_wrong_address_is_told_by_the_kind_of_source(refuses: Refuses):
    assert refuses("sources:\n  - feed: gopher://a.example/\n").startswith("sources.yaml:2: feed: address: ")


def test_a_mistake_inside_of_a_kinds_mapping_has_its_own_line(refuses: Refuses):
    told = refuses("sources:\n  - feed:\n      address: https://a.example/\n      adress: x\n")
    assert told == "sources.yaml:4: feed: unknown key 'adress', did you mean 'address'?"
