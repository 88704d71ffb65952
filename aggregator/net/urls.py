"""Addresses as they are opened and as they are shown. What is shown has no user, password, query or token in it."""

import re
from urllib.parse import urlencode

import httpx

from aggregator.errors import FetchError, RefusedAddressError

CHECK_IT = "Check its address with `digest sources check`."
PORTS = {"http": 80, "https": 443}
MAX_PORT = 0xFFFF
MAX_HOST = 253  # RFC 1035, 2.3.4, as text
TOKEN = re.compile(r"(?=[^/]*[0-9])(?=[^/]*[A-Za-z])[A-Za-z0-9_~.=-]{20,}|[A-Za-z0-9_=-]{40,}", re.ASCII)
SHOWN_CHARACTERS = 120  # enough to recognise it, and still one line


def parse(text: str) -> httpx.URL:
    """Read what a person, a feed or a redirect calls an address; spaces and letters outside ASCII are encoded.

    Raises RefusedAddressError for another scheme than http and https, FetchError for what is no address at all.
    """
    try:
        return proper(httpx.URL(text.strip()))
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError("what should be opened is not an address", todo=CHECK_IT) from error


def proper(url: httpx.URL) -> httpx.URL:
    """Check what every address needs, and leave off what never reaches a server. Raises as `parse` does."""
    scheme = url.scheme.lower()
    if scheme not in PORTS:
        named = scheme if re.fullmatch(r"[a-z][a-z0-9+.-]{0,20}", scheme) else "no scheme"
        raise RefusedAddressError(f"only http and https addresses are opened, not {named}", todo=CHECK_IT)
    if not 0 < len(url.raw_host) <= MAX_HOST or not (url.port is None or 0 < url.port <= MAX_PORT):
        raise FetchError("the address has no host or an impossible port", todo=CHECK_IT)
    port = None if url.port == PORTS[scheme] else url.port
    return url.copy_with(scheme=scheme, port=port, fragment=None)


def join(base: httpx.URL, location: str) -> httpx.URL:
    """Read a redirect's Location against the address that gave it, without any credentials it names. Raises as `parse` does."""
    try:
        return without_credentials(proper(base.join(location.strip())))
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(f"{shown(base)} redirects to what is not an address", todo=CHECK_IT) from error


def with_params(url: httpx.URL, params: dict[str, str | int]) -> httpx.URL:
    """Add to the query, and leave what stands there byte for byte: it may be signed."""
    if not params:
        return url
    query = b"&".join(part for part in (url.query, urlencode(params).encode("ascii")) if part)
    return url.copy_with(query=query)


def without_credentials(url: httpx.URL) -> httpx.URL:
    """Leave off the user and password."""
    return url.copy_with(userinfo=b"") if url.userinfo else url


def host_of(url: httpx.URL) -> str:
    """Give the host in ASCII, lower case, without brackets."""
    return url.raw_host.decode("ascii").lower()


def port_of(url: httpx.URL) -> int:
    """Give the port, stated or not."""
    return url.port or PORTS[url.scheme]


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Give what headers and credentials belong to (RFC 6454)."""
    return url.scheme, host_of(url), port_of(url)


def server(url: httpx.URL) -> str:
    """Name the server that is asked one thing at a time: its host, whether by http or https, or what runs on another port."""
    host = f"[{host_of(url)}]" if ":" in host_of(url) else host_of(url)
    return host if url.port is None else f"{host}:{url.port}"


def shown(url: httpx.URL) -> str:
    """Give host and path for a person to read: no user, no query, and no part of the path that looks like a token."""
    path = "/".join(
        "..." if TOKEN.fullmatch(part) else part for part in url.raw_path.partition(b"?")[0].decode("ascii").split("/")
    )
    told = server(url) + path.rstrip("/")
    return told if len(told) <= SHOWN_CHARACTERS else told[: SHOWN_CHARACTERS - 3] + "..."
