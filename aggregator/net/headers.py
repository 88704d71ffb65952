"""The headers of a request and of an answer, as bytes that go there and back unchanged.

Header values are bytes (RFC 9110, 5.5). They are read as Latin-1, so that an ETag outside ASCII comes back as it was sent.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

import httpx

from aggregator.errors import FetchError
from aggregator.net.inflate import ACCEPT_ENCODING

CONNECTION = {"host", "connection", "keep-alive", "content-length", "transfer-encoding", "te", "trailer", "upgrade"}
PROXY = {"proxy-authorization", "proxy-connection"}
CONDITIONS = frozenset({"if-none-match", "if-modified-since"})
OURS = CONDITIONS | CONNECTION | PROXY | {"accept-encoding", "range"}  # what no source's headers may say
VALIDATOR = re.compile(r"[^\x00-\x1f\x7f]{1,4096}")  # longer ones or control codes would get the request refused
VALUE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")  # RFC 9110, 5.5
NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)  # RFC 9110, 5.6.2


def of_request(user_agent: str, accept: str | None, etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Give what every request says. A validator that can't stand in a header is left out: then all is sent again."""
    stated = {"user-agent": user_agent, "accept": accept or "*/*", "accept-encoding": ACCEPT_ENCODING}
    for name, validator in (("if-none-match", etag), ("if-modified-since", last_modified)):
        if validator and VALIDATOR.fullmatch(validator.strip()):
            stated[name] = validator.strip()
    return stated


def of_source(url: httpx.URL, headers: Mapping[str, str]) -> dict[str, str]:
    """Give what only the source's own origin may see: its headers, and the user and password of its address (RFC 7617).

    Raises FetchError for a header that can't be sent.
    """
    for name, value in headers.items():
        if not NAME.fullmatch(name) or not VALUE.fullmatch(value):
            raise FetchError(
                f"its header {name[:40]!r} can't be sent", todo="Correct `headers` of this source in sources.yaml."
            )
    own = {name.lower(): value.strip() for name, value in headers.items() if name.lower() not in OURS}
    if url.userinfo:
        user, _, password = url.userinfo.decode("ascii").partition(":")
        credentials = f"{unquote(user)}:{unquote(password)}".encode()
        own.setdefault("authorization", "Basic " + base64.b64encode(credentials).decode("ascii"))
    return own


def to_bytes(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Encode as they were decoded; what Latin-1 can't hold is UTF-8."""
    return [(name.encode("ascii"), _value(value)) for name, value in headers.items()]


def _value(value: str) -> bytes:
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace")


def of_answer(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Decode, names in lower case; a header that came more than once is one list (RFC 9110, 5.3)."""
    read: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1").strip()
        read[key] = f"{read[key]}, {text}" if key in read else text
    return read


def size(raw: Iterable[tuple[bytes, bytes]]) -> int:
    """Give the bytes of all names and values."""
    return sum(len(name) + len(value) for name, value in raw)


def location(raw: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Give the first Location. It should be ASCII; what is not is UTF-8 in practice, else Latin-1."""
    value = next((value for name, value in raw if name.lower() == b"location"), None)
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
