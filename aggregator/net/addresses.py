"""Which hosts may be opened: the public internet, and what is private only for a source that says so.

The table follows the IANA special-purpose address registries (RFC 6890 and its updates). It stands here in full because what
`ipaddress` calls global differs between Python versions.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aggregator.errors import RefusedAddressError

SAY_SO = "If it is your own server, set `allow_private: true` for this source in sources.yaml."
NEVER = "No source can be there; check its address in sources.yaml."
WRITE_IT_PLAINLY = "Write the host in its usual form."


@dataclass(frozen=True, slots=True)
class Block:
    """A block of addresses outside the public internet; `own` where a person's own server can be in it."""

    network: IPv4Network | IPv6Network
    name: str
    own: bool


def _blocks(name: str, *networks: str, own: bool = False) -> list[Block]:
    return [Block(ip_network(network), name, own) for network in networks]


# The first block that holds an address names it: the narrow ones come first.
BLOCKS = (
    *_blocks("a cloud's metadata address", "169.254.169.254", "169.254.170.2", "168.63.129.16", "100.100.100.200"),
    *_blocks("a cloud's metadata address", "192.0.0.192", "fd00:ec2::254"),
    *_blocks("a loopback address", "127.0.0.0/8", "::1", own=True),
    *_blocks("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", own=True),
    *_blocks("a link-local address", "169.254.0.0/16", "fe80::/10", "fec0::/10", own=True),
    *_blocks("a test network's address", "198.18.0.0/15", own=True),
    *_blocks("an unspecified address", "0.0.0.0/8", "::"),
    *_blocks("a multicast address", "224.0.0.0/4", "ff00::/8"),
    *_blocks("a documentation address", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    *_blocks("a reserved address", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4", "2001::/23"),
)
GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA has given out; the rest of IPv6 is reserved

# IPv6 addresses that stand for an IPv4 address, and how many bits stand to the right of it.
EMBEDDING: tuple[tuple[IPv6Network, int], ...] = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped, RFC 4291
    (IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated, RFC 7915
    (IPv6Network("::/96"), 0),  # IPv4-compatible, RFC 4291
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052: how a network without IPv4 reaches it
    (IPv6Network("64:ff9b:1::/48"), 0),  # NAT64 of a local network, RFC 8215
    (IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)
NAT64 = IPv6Network("64:ff9b::/96")  # the only one that leads to public addresses today
RETIRED = Block(IPv6Network("::/0"), "an address of a retired transition technique", own=False)
RESERVED = Block(IPv6Network("::/0"), "a reserved address", own=False)

OWN_NAMES = re.compile(
    r"(?:.*\.)?(?:localhost|localdomain|local|internal|home\.arpa)"
)  # RFC 6761, 6762, 8375; ICANN on .internal
NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)  # then resolvers read the host as IPv4 (WHATWG URL, 3.5)


def check_host(host: str, *, allow_private: bool) -> None:
    """Refuse a host, as it stands in an address, that needs no look-up to be refused. Raises RefusedAddressError."""
    literal = read_literal(host)
    if literal:
        check_address(literal, host, allow_private=allow_private)
    elif not allow_private and ("." not in host or OWN_NAMES.fullmatch(host)):
        raise RefusedAddressError(f"{host} is a name of this machine or of a local network", todo=SAY_SO)


def check_address(address: IPv4Address | IPv6Address, host: str, *, allow_private: bool) -> None:
    """Refuse an address that `host` leads to, unless it is public or may be the person's own. Raises RefusedAddressError."""
    block = block_of(address)
    if not block or (block.own and allow_private):
        return
    led = f"{host} is" if host == str(address) else f"{host} leads to {address},"
    raise RefusedAddressError(f"{led} {block.name}, which is not opened", todo=SAY_SO if block.own else NEVER)


def block_of(address: IPv4Address | IPv6Address) -> Block | None:
    """Give the block outside the public internet that holds the address, or the IPv4 address in it; None for a public one."""
    named = next((block for block in BLOCKS if address.version == block.network.version and address in block.network), None)
    if named or isinstance(address, IPv4Address):
        return named
    inner = embedded(address)
    if inner:
        return block_of(inner) or (None if address in NAT64 else RETIRED)
    return None if address in GLOBAL_UNICAST else RESERVED


def embedded(address: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address that an IPv6 address stands for."""
    shift = next((shift for network, shift in EMBEDDING if address in network), None)
    return None if shift is None else IPv4Address(int(address) >> shift & 0xFFFFFFFF)


def read_literal(host: str) -> IPv4Address | IPv6Address | None:
    """Read a host as an IP address; None for a name. Raises RefusedAddressError for a spelling that only a trick needs.

    Resolvers take `127.1`, `0x7f.1`, `017700000001` and `2130706433` for 127.0.0.1; a zone or a final dot hides a name from
    who compares it.
    """
    if ":" in host:
        return _read_ipv6(host)
    if host.endswith(".") or "%" in host:
        raise RefusedAddressError(f"the host is written in an odd way ({host})", todo=WRITE_IT_PLAINLY)
    if not NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        return None
    try:
        return IPv4Address(host)
    except AddressValueError as error:
        raise RefusedAddressError(f"the host is an IP address in an odd spelling ({host})", todo=WRITE_IT_PLAINLY) from error


def _read_ipv6(host: str) -> IPv6Address:
    try:
        address = IPv6Address(host)
    except AddressValueError as error:
        raise RefusedAddressError(f"the host is an IP address in an odd spelling ({host})", todo=WRITE_IT_PLAINLY) from error
    if address.scope_id:
        raise RefusedAddressError(f"the host is an IP address with a zone ({host})", todo=WRITE_IT_PLAINLY)
    return address


def read_resolved(text: str) -> IPv4Address | IPv6Address:
    """Read an address as a resolver gives it, which may name the interface it is reached by."""
    return ip_address(text.partition("%")[0])
