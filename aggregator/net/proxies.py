"""Which proxy stands between: the source's own, else the environment's HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from urllib.request import getproxies

import httpx

from aggregator.errors import FetchError
from aggregator.net import urls

SCHEMES = ("http", "https", "socks5", "socks5h")
MEND_IT = "Correct `proxy` of this source in sources.yaml, or HTTP_PROXY and HTTPS_PROXY in the environment."


@dataclass(frozen=True, slots=True)
class Proxies:
    """What the environment says, read once. `exempt` are the hosts, domains and networks of NO_PROXY."""

    by_scheme: Mapping[str, str]
    exempt: tuple[str, ...] = ()

    def of(self, url: httpx.URL) -> str | None:
        """Give the proxy for an address; this machine itself is never asked for through one."""
        proxy = self.by_scheme.get(url.scheme) or self.by_scheme.get("all")
        host = urls.host_of(url)
        if not proxy or is_this_machine(host) or any(exempts(rule, host, urls.port_of(url)) for rule in self.exempt):
            return None
        return proxy


def from_environment() -> Proxies:
    """Read the environment, or on a Mac what the system's settings say."""
    stated = getproxies()
    exempt = stated.get("no", "") or os.environ.get("no_proxy", "")
    by_scheme = {scheme: stated[scheme] for scheme in ("http", "https", "all") if stated.get(scheme)}
    return Proxies(by_scheme, tuple(rule.strip().lower() for rule in exempt.split(",") if rule.strip()))


def is_this_machine(host: str) -> bool:
    """Say whether a host is plainly this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def exempts(rule: str, host: str, port: int) -> bool:
    """Say whether a rule of NO_PROXY (`*`, a domain with or without a dot or a port, an address, a network) covers a host."""
    if rule == "*":
        return True
    try:
        return ip_address(host) in ip_network(rule.strip("[]"), strict=False)
    except ValueError:
        pass
    name, _, stated_port = rule.partition(":") if rule.count(":") == 1 else (rule, "", "")
    if stated_port and stated_port != str(port):
        return False
    domain = name.lstrip("*").lstrip(".")
    return host == domain or host.endswith("." + domain)


def read_proxy(text: str) -> httpx.URL:
    """Read a proxy's address; without a scheme it is http. Raises FetchError for one that can't be used here."""
    try:
        url = httpx.URL(text if "://" in text else f"http://{text}")
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError("its proxy is not an address", todo=MEND_IT) from error
    if url.scheme not in SCHEMES or not url.raw_host:
        raise FetchError("its proxy is none of http, https and socks5", todo=MEND_IT)
    if url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise FetchError("its proxy speaks SOCKS, and the package for that is missing", todo="Run `pip install socksio`.")
    return url
