"""The bounded decoding of what servers send."""

import gzip
import os
import tracemalloc
import zlib
from contextlib import suppress

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from aggregator.net.inflate import MAX_MEMBERS, DamagedError, InflateError, TooBigError, inflate

MOST = 1_000_000
FEED = b"<?xml version='1.0'?><rss>" + b"<item>Anvil 2 is out.</item>" * 2000 + b"</rss>"


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": zstandard.ZstdCompressor().compress,
}
encodings = pytest.mark.parametrize("label", ENCODERS)


@given(st.binary(max_size=5000), st.lists(st.sampled_from(sorted(ENCODERS)), max_size=3))
def test_what_was_encoded_is_decoded_however_often(body: bytes, labels: list[str]):
    encoded = body if not body.startswith(b"\x1f\x8b") else b""
    expected = encoded
    for label in labels:
        encoded = ENCODERS[label](encoded)
    assert inflate(encoded, ", ".join(labels), MOST) == expected


@encodings
def test_large_bodies_come_out_whole(label: str):
    body = os.urandom(300_000) + FEED * 5
    assert inflate(ENCODERS[label](body), label.upper(), MOST) == body


def test_a_bare_deflate_stream_is_what_some_servers_mean_by_deflate():
    assert inflate(bare_deflate(FEED), "deflate", MOST) == FEED


@pytest.mark.parametrize("label", ["gzip", "zstd"])
def test_a_file_of_several_parts_is_one_body(label: str):
    parts = b"".join(ENCODERS[label](piece) for piece in (b"<rss>", b"", b"</rss>"))
    assert inflate(parts, label, MOST) == b"<rss></rss>"


@pytest.mark.parametrize("label", ["gzip", "deflate", "zstd"])
def test_padding_after_the_end_is_ignored(label: str):
    assert inflate(ENCODERS[label](FEED) + b"\0\0\0\0", label, MOST) == FEED


def test_a_skippable_frame_of_zstd_is_skipped():
    assert inflate(b"\x50\x2a\x4d\x18\x03\0\0\0abc" + ENCODERS["zstd"](FEED), "zstd", MOST) == FEED


@encodings
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_body_that_ends_in_the_middle_is_an_error_and_not_a_shorter_feed(label: str, share: float):
    encoded = ENCODERS[label](os.urandom(1000) + FEED)
    with pytest.raises(DamagedError, match=r"ends in the middle|is damaged"):
        inflate(encoded[: int(len(encoded) * share)], label, MOST)


@encodings
def test_a_flipped_bit_is_found_or_harmless_but_never_a_foreign_error(label: str):
    encoded = bytearray(ENCODERS[label](FEED))
    for position in range(0, len(encoded), 7):
        broken = bytearray(encoded)
        broken[position] ^= 0x10
        with suppress(InflateError):
            inflate(bytes(broken), label, MOST)


@encodings
def test_a_bomb_is_stopped_long_before_it_fills_the_memory(label: str):
    bomb = ENCODERS[label](bytes(100_000_000))
    tracemalloc.start()
    with pytest.raises(TooBigError, match="inflates to more than 1 MB"):
        inflate(bomb, label, MOST)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000


@pytest.mark.parametrize("labels", ["gzip, gzip", "br, gzip", "zstd, br", "deflate, gzip"])
def test_a_bomb_in_a_bomb_is_stopped_too(labels: str):
    bomb = bytes(50_000_000)
    for label in labels.split(", "):
        bomb = ENCODERS[label](bomb)
    assert len(bomb) < 5_000
    with pytest.raises(TooBigError):
        inflate(bomb, labels, MOST)


@pytest.mark.parametrize("label", ["gzip", "zstd"])
def test_very_many_empty_parts_are_refused(label: str):
    with pytest.raises(InflateError, match="more pieces"):
        inflate(ENCODERS[label](b"") * (MAX_MEMBERS + 2), label, MOST)


@encodings
@pytest.mark.parametrize(
    "body", [b"<?xml?><rss/>", b'\n {"version": "1"}', b"\xef\xbb\xbf<rss/>", b"\xff\xfe<\0r\0", "Grüße".encode()]
)
def test_text_under_a_false_label_is_taken_as_it_is(label: str, body: bytes):
    assert inflate(body, label, MOST) == body


def test_text_that_was_encoded_once_and_labelled_twice_is_still_read():
    assert inflate(gzip.compress(FEED), "gzip, gzip", MOST) == FEED


def test_gzip_that_nobody_labelled_is_inflated():
    assert inflate(gzip.compress(FEED), "", MOST) == FEED
    assert inflate(gzip.compress(gzip.compress(FEED)), "gzip", MOST) == FEED


@pytest.mark.parametrize("labels", ["", "identity", " , identity"])
def test_a_body_without_an_encoding_stays(labels: str):
    assert inflate(FEED, labels, MOST) == FEED


@encodings
def test_an_empty_body_stays_empty(label: str):
    assert inflate(b"", label, MOST) == b""


@pytest.mark.parametrize(
    ("labels", "told"), [("compress", "'compress'"), ("gzip,gzip,gzip,gzip", "4 times"), ("\x1b[2J" * 20, "x1b")]
)
def test_other_encodings_are_named(labels: str, told: str):
    with pytest.raises(InflateError, match=told):
        inflate(FEED, labels, MOST)


@given(st.sampled_from(sorted(ENCODERS)), st.binary(max_size=300))
def test_any_bytes_give_bytes_or_an_error_of_ours(label: str, body: bytes):
    with suppress(InflateError):
        inflate(body, label, MOST)
