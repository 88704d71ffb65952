"""Addresses that a reader may follow: http and https, with a host, in characters that no terminal, mail or page misreads."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
PATH = "/%:@!$&'*+,;=~-._"  # RFC 3986's path characters, less the parentheses, which end a Markdown link
MOST = 2000  # what mail programs and browsers agree to open


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the host by which it is called."""

    url: str
    host: str


def link(url: str) -> Link | None:
    """Give the address in ASCII and percent-encoded, or None where it must not be a link.

    An address with a user before its host (`https://bank.example@evil.example`) is none: it only looks like another.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not HOST.fullmatch(host):
        return None
    try:
        path, query, fragment = (quote(parts.path, PATH), quote(parts.query, PATH + "?"), quote(parts.fragment, PATH + "?"))
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    whole = urlunsplit((parts.scheme, f"{host}:{port}" if port else host, path, query, fragment))
    return Link(whole, host.removeprefix("www.")) if len(whole) <= MOST else None


def _ascii(host: str) -> str:
    """Give the host as DNS knows it, so that letters of another alphabet are seen to be others."""
    if host.isascii():
        return f"[{host}]" if ":" in host else host
    return host.encode("idna").decode("ascii")
