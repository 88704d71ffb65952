"""What went wrong, in a sentence for a person: what happened and what to do. The client puts the source's name before it."""

import ssl
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from itertools import chain

import h2.exceptions
import httpcore

from aggregator.errors import FetchError, GoneError
from aggregator.net.limits import Limits
from aggregator.net.retry_after import retry_after
from aggregator.net.urls import CHECK_IT

BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpcore.ProxyError, h2.exceptions.H2Error)
"""What httpcore raises; from h2 it lets some through as they are."""

DENIED = frozenset({401, 403})  # what a request without its credentials meets

LATER = "Nothing is lost; it is tried again later."
WRONG_ANSWER = "If it stays so, tell the site's owner that the feed can't be read."
ASK_OWNER = "Ask the site's owner to let feed readers in, or look for another address of the feed."

# How shields against robots give themselves away when they answer instead of the site: header, what is in it, the shield.
CHALLENGES = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("x-datadome", "", "DataDome"),
    ("x-vercel-mitigated", "", "Vercel"),
    ("x-sucuri-block", "", "Sucuri"),
)
SHIELDED = frozenset({202, 401, 403, 405, 429, 503})  # what they answer with
REFUSING_SERVERS = (("cloudflare", "Cloudflare"), ("akamaighost", "Akamai"), ("ddos-guard", "DDoS-Guard"))  # with 403

STATUSES: Mapping[int, tuple[str, str]] = {
    202: ("the answer is not ready", LATER),
    204: ("the answer is empty", WRONG_ANSWER),
    304: ("the server says that nothing has changed, which it was not asked", WRONG_ANSWER),
    401: ("it wants a user and password", "Put them into the source's address or `headers` in sources.yaml."),
    402: ("it wants to be paid", "Use the private address of your subscription."),
    403: ("the site refuses robots, or this one", ASK_OWNER),
    404: ("there is nothing at this address", CHECK_IT),
    406: ("the site has no form of it that this program reads", CHECK_IT),
    408: ("the server gave up waiting", LATER),
    429: ("it was asked too often", "It is left alone until it wants to be asked again."),
    451: ("it is withheld for legal reasons", "Look for another address of the feed, or remove the source."),
    500: ("the server is broken", LATER),
    502: ("the server behind it does not answer", LATER),
    503: ("the server is overloaded or being repaired", LATER),
    504: ("the server behind it does not answer in time", LATER),
    521: ("the server behind it is down", LATER),
    522: ("the server behind it does not answer in time", LATER),
    523: ("the server behind it can't be found", LATER),
    525: ("the server behind it has no valid certificate", LATER),
    530: ("the server behind it can't be found", LATER),
}


def of_status(status: int, headers: Mapping[str, str], place: str, now: datetime) -> FetchError:
    """Put an answer that is neither 200 nor an expected 304 into words. `place` is the address as it may be shown."""
    if status == HTTPStatus.GONE:
        what, todo = "the publisher says that it is gone for good", "Look for its successor, or remove the source."
        return GoneError(f"{what} ({status} from {place})", todo=todo, status=status)
    shield = shield_of(status, headers)
    if shield:
        what, todo = f"a shield against robots ({shield}) stands before it", ASK_OWNER
    else:
        what, todo = STATUSES.get(status, _of_class(status))
    return FetchError(
        f"{what} ({status} from {place})", todo=todo, status=status, retry_after=retry_after(headers.get("retry-after"), now)
    )


def shield_of(status: int, headers: Mapping[str, str]) -> str | None:
    """Name the shield that answered instead of the site; None where it was the site."""
    server = headers.get("server", "").lower() if status == HTTPStatus.FORBIDDEN else ""
    challengers = (name for header, sign, name in CHALLENGES if header in headers and sign in headers[header].lower())
    refusers = (name for sign, name in REFUSING_SERVERS if sign in server)
    return next(chain(challengers, refusers), None) if status in SHIELDED else None


def _of_class(status: int) -> tuple[str, str]:
    """Say what the first digit of a status says (RFC 9110, 15)."""
    match status // 100:
        case 2 | 3:
            return "the answer is none that a feed gives", WRONG_ANSWER
        case 4:
            return "the server does not want to answer this", CHECK_IT
        case 5:
            return "the server is broken", LATER
        case _:
            return "the answer is not HTTP", WRONG_ANSWER


def of_exception(error: Exception, place: str, limits: Limits) -> FetchError:
    """Put what the network did into words."""
    cause = error.args[0] if error.args else None
    what, todo = _in_words(error, cause, limits)
    return FetchError(f"{what} ({place})", todo=todo)


def _in_words(error: Exception, cause: object, limits: Limits) -> tuple[str, str]:  # noqa: C901, PLR0911  # one line a case
    match error:
        case TimeoutError():
            return f"it took longer than {limits.deadline.total_seconds():g} seconds", LATER
        case httpcore.ConnectTimeout():
            return f"no connection within {limits.connect_timeout.total_seconds():g} seconds", LATER
        case httpcore.TimeoutException():
            return f"the server said nothing for {limits.read_timeout.total_seconds():g} seconds", LATER
        case httpcore.ProxyError():
            return f"the proxy refuses to connect: {_plain(cause)}", "Correct its user and password, or what it lets through."
        case httpcore.ConnectError() if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                f"its certificate is not valid: {_plain(cause.verify_message)}",
                "Check this machine's date; else the site must mend it.",
            )
        case httpcore.ConnectError() if isinstance(cause, ssl.SSLError):
            return f"no secure connection came about: {_plain(cause.reason)}", WRONG_ANSWER
        case httpcore.ConnectError():
            refused = isinstance(cause, OSError) and isinstance(cause.__cause__, ConnectionRefusedError)
            return "the server refuses the connection" if refused else "there is no way to the server", LATER
        case httpcore.RemoteProtocolError() if "complete message body" in str(error):
            return "the answer ended in the middle", LATER
        case httpcore.RemoteProtocolError() if "disconnected" in str(error):
            return "the server hung up without an answer", LATER
        case httpcore.NetworkError():
            return "the connection broke", LATER
        case _:
            return "the answer breaks the rules of HTTP", WRONG_ANSWER


def _plain(detail: object) -> str:
    """Give a foreign detail in one short line."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(detail)).split())[:100]
