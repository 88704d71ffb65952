"""Links as pages and feeds write them, made absolute (RFC 3986, section 5, as lenient as browsers are)."""

import re
from urllib.parse import urljoin, urlsplit

MAX_LINK = 4096  # characters; what is longer carries data and not an address

_DROPPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ud800-\udfff]")  # browsers drop tabs and line breaks too
_HOST = re.compile(r"[^\s<>\"'`{}|\\^]+")
_UNSAFE = re.compile(r"[\s<>\"`{}|\\^]")


def resolve(base: str, link: str) -> str:
    """Give the absolute http(s) address that `link` means on a page at `base`; empty where there is none."""
    link = _DROPPED.sub("", link[: 2 * MAX_LINK]).strip()
    if not link:
        return ""
    if not base and link.startswith("//"):
        base = "https:"
    try:
        joined = urljoin(base, link)
        parts = urlsplit(joined)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not _HOST.fullmatch(parts.netloc):
            return ""
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        return ""
    address = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), joined)
    return address if len(address) <= MAX_LINK else ""


def host(address: str) -> str:
    """Give the address's host in lower case; empty where it has none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
