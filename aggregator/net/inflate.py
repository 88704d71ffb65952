"""The decoding of Content-Encoding, bounded: a body of a few kilobytes can be made to inflate to gigabytes.

gzip after RFC 1952, deflate after RFC 1950 and 1951 (RFC 9110, 8.4.1), brotli after RFC 7932, zstd after RFC 8878 with the
window of RFC 9659. What is labelled but plainly not encoded is taken as it is, and gzip that nobody labelled is inflated: both
are common mistakes of servers and of what stands between.
"""

import codecs
import zlib
from collections.abc import Callable, Generator, Iterator
from typing import Protocol, cast

import brotli  # pyright: ignore[reportMissingTypeStubs]  # it has none
import zstandard

PIECE = 64 * 1024  # fed and drawn at a time, and so what a step may overshoot the bound by
ZSTD_PIECE = 256  # its decoder gives all that it can: four bytes may hold 128 KiB, so a step overshoots by 8 MiB at the most
ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: no sender may ask for more
MAX_LAYERS = 3  # one is usual, two is a proxy's mistake
MAX_MEMBERS = 10_000  # of a gzip or zstd file; block-wise writers make one for each 64 KiB
GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe")
CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\f\r")


class InflateError(Exception):
    """The body can't be decoded. The text is a clause that follows `the body`."""


class DamagedError(InflateError):
    """The body is not, or not all of, what its label says."""


class TooBigError(InflateError):
    """The body inflates to more than is allowed."""


def inflate(body: bytes, labels: str, max_bytes: int) -> bytes:
    """Undo the encodings that a Content-Encoding header lists, the last one first. Raises InflateError."""
    layers = [label for label in (part.strip().lower() for part in labels.split(",")) if label not in {"", "identity"}]
    if len(layers) > MAX_LAYERS:
        raise InflateError(f"is encoded {len(layers)} times over")
    for label in reversed(layers):
        body = peel(body, label, max_bytes)
    for _ in range(MAX_LAYERS - len(layers)):
        if not body.startswith(GZIP_MAGIC):
            break
        body = peel(body, "gzip", max_bytes)
    return body


def peel(body: bytes, label: str, max_bytes: int) -> bytes:
    """Undo one encoding; what is text already stays. Raises InflateError."""
    decoder = DECODERS.get(label)
    if decoder is None:
        raise InflateError(f"is encoded as {label[:20]!r}, which was not asked for")
    try:
        return gather(decoder(body), max_bytes) if body else body
    except DamagedError:
        if is_text(body):
            return body
        raise


def gather(pieces: Iterator[bytes], max_bytes: int) -> bytes:
    """Join the pieces, and stop as soon as they are too many."""
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > max_bytes:
            raise TooBigError(f"inflates to more than {max_bytes / 1_000_000:g} MB")
        kept.append(piece)
    return b"".join(kept)


def is_text(body: bytes) -> bool:
    """Say whether a body begins as text does: encoded ones have control codes or no UTF-8 among their first bytes."""
    if body.startswith(BYTE_ORDER_MARKS):
        return True
    head = body[:64]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a letter cut in two at the end is no fault
    except UnicodeDecodeError:
        return False
    return not CONTROLS.intersection(head)


def gunzip(body: bytes) -> Iterator[bytes]:
    """Inflate each member of a gzip file; what follows the last one is padding."""
    end = yield from _inflate_zlib(body, 0, zlib.MAX_WBITS | 16)
    for _ in range(MAX_MEMBERS):
        if body[end : end + len(GZIP_MAGIC)] != GZIP_MAGIC:
            return
        end = yield from _inflate_zlib(body, end, zlib.MAX_WBITS | 16)
    raise InflateError("is in more pieces than an honest one has")


def undeflate(body: bytes) -> Iterator[bytes]:
    """Inflate a zlib stream or, as some servers misread the name, a bare deflate stream."""
    has_zlib_header = body[0] & 0x0F == zlib.DEFLATED and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _inflate_zlib(body, 0, zlib.MAX_WBITS if has_zlib_header else -zlib.MAX_WBITS)


def _inflate_zlib(body: bytes, start: int, window: int) -> Generator[bytes, None, int]:
    """Inflate the stream that begins at `start`, in pieces, and give where it ends."""
    decoder = zlib.decompressobj(window)
    fed = start
    while not decoder.eof:
        piece = decoder.unconsumed_tail
        if not piece:
            piece = body[fed : fed + PIECE]
            fed += len(piece)
        try:
            inflated = decoder.decompress(piece, PIECE)
        except zlib.error as error:
            raise DamagedError("is damaged") from error
        if inflated:
            yield inflated
        elif not piece:
            raise DamagedError("ends in the middle")
    return fed - len(decoder.unused_data)


class _BrotliDecoder(Protocol):
    """What is used of brotli's decoder, whose package has no types."""

    def process(self, data: bytes, output_buffer_limit: int) -> bytes: ...
    def can_accept_more_data(self) -> bool: ...
    def is_finished(self) -> bool: ...


def unbrotli(body: bytes) -> Iterator[bytes]:
    """Inflate a brotli stream."""
    decoder = cast("_BrotliDecoder", brotli.Decompressor())  # pyright: ignore[reportUnknownMemberType]  # no stubs
    broken = cast("type[Exception]", brotli.error)  # pyright: ignore[reportUnknownMemberType]  # no stubs
    fed = 0
    while not decoder.is_finished():
        piece = body[fed : fed + PIECE] if decoder.can_accept_more_data() else b""
        fed += len(piece)
        try:
            inflated = decoder.process(piece, output_buffer_limit=PIECE)
        except broken as error:
            raise DamagedError("is damaged") from error
        if inflated:
            yield inflated
        elif not piece and decoder.can_accept_more_data() and not decoder.is_finished():
            raise DamagedError("ends in the middle")


def unzstd(body: bytes) -> Iterator[bytes]:
    """Inflate each frame of a zstd file; what follows the last one is padding."""
    end = yield from _inflate_zstd(body, 0)
    for _ in range(MAX_MEMBERS):
        if not is_zstd(body[end : end + len(ZSTD_MAGIC)]):
            return
        end = yield from _inflate_zstd(body, end)
    raise InflateError("is in more pieces than an honest one has")


def is_zstd(head: bytes) -> bool:
    """Say whether a frame or a skippable frame begins here (RFC 8878, 3.1)."""
    return head == ZSTD_MAGIC or (head[1:] == b"\x2a\x4d\x18" and head[0] & 0xF0 == ord("P"))


def _inflate_zstd(body: bytes, start: int) -> Generator[bytes, None, int]:
    """Inflate the frame that begins at `start`, in pieces, and give where it ends."""
    decoder = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()
    fed = start
    while not decoder.eof:
        piece = body[fed : fed + ZSTD_PIECE]
        fed += len(piece)
        if not piece:
            raise DamagedError("ends in the middle")
        try:
            inflated = decoder.decompress(piece)
        except zstandard.ZstdError as error:
            raise DamagedError("is damaged") from error
        if inflated:
            yield inflated
    return fed - len(decoder.unused_data)


DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": undeflate,
    "br": unbrotli,
    "zstd": unzstd,
}
ACCEPT_ENCODING = "gzip, deflate, br, zstd"
