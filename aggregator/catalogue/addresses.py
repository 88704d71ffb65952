"""Addresses of sources: when two are the same, what to call one that has no name, and how to show one without its secrets."""

import hashlib
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

LONGEST = 60  # characters of a name made from an address

SECRET_WORDS = re.compile(
    r"(?:^|[_\-.])(?:key|apikey|auth|token|secret|pass|passwd|password|pwd|sig|signature|jwt|session|sid|credentials?)(?:$|[_\-.])"
)
SECRET_VALUE = re.compile(r"[0-9a-fA-F]{32,}|ey[\w-]{10,}\.[\w-]{10,}\.[\w-]*")  # a digest or a JWT, whatever it is called


def same(address: str) -> str:
    """Give the form in which two addresses of one source are equal: not what to open.

    Left out is what hardly ever tells feeds apart: http or https, case of the host, default port, slash at the end, fragment.
    """
    parts = _split(address)
    if parts is None or parts.scheme.lower() not in {"http", "https", "feed"}:
        return address.strip()
    host = parts.netloc.lower().removesuffix(":80").removesuffix(":443")
    return urlunsplit(("https", host, parts.path.rstrip("/"), parts.query, ""))


def short_name(kind: str, address: str) -> str:
    """Name a source after its address: host and path, and the query where it holds no secret.

    It depends on nothing but the two, because entries are kept under it; what is cut off lives on in six digits of a hash.
    """
    parts = _split(address)
    if parts is None or not parts.hostname:
        return _bounded(f"{kind} {address}", address)
    path = parts.path.rstrip("/")
    shown = parts.hostname.removeprefix("www.") + path + (f"?{parts.query}" if parts.query else "")
    open_address = without_secrets(address)
    if open_address != address:
        query = urlsplit(open_address).query
        return _bounded(parts.hostname.removeprefix("www.") + path + (f"?{query}" if query else ""), address, always=True)
    return _bounded(shown, address)


def without_secrets(address: str) -> str:
    """Give the address without user, password, and query values that look like keys."""
    parts = _split(address)
    if parts is None:
        return address
    kept = [piece for piece in parts.query.split("&") if not _is_secret(piece)] if parts.query else []
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="&".join(kept)))


def _is_secret(piece: str) -> bool:
    key, _, value = piece.partition("=")
    worded = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower()
    return bool(value) and bool(SECRET_WORDS.search(worded) or SECRET_VALUE.fullmatch(value))


def _bounded(shown: str, address: str, *, always: bool = False) -> str:
    line = "".join(char if char.isprintable() else "_" for char in shown)
    if len(line) <= LONGEST and not always:
        return line
    tail = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{line[: LONGEST - 8]}… {tail}" if len(line) > LONGEST - 7 else f"{line} {tail}"


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address.strip())
        _ = parts.hostname
    except ValueError:
        return None
    return parts
