"""Which hosts may be opened."""

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aggregator.errors import RefusedAddressError
from aggregator.net.addresses import block_of, check_host, read_literal

PUBLIC = [
    "93.184.215.14",
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "192.167.1.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
]
OWN = ["127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "169.254.1.1"]
OWN6 = ["::1", "fc00::1", "fd12:3456::1", "fe80::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::10.0.0.1", "2002:7f00:1::"]
NEVER = ["0.0.0.0", "0.1.2.3", "169.254.169.254", "100.100.100.200", "168.63.129.16", "224.0.0.1", "239.255.255.250"]  # noqa: S104  # an address to refuse
NEVER6 = ["::", "ff02::1", "2001:db8::1", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "4000::1", "2001::1"]
RESERVED = ["240.0.0.1", "255.255.255.255", "192.0.2.1", "198.51.100.7", "203.0.113.9", "192.0.0.192", "2002:0808:0808::1"]

ODD = [
    *("127.1", "127.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1", "127.0.0.01", "0x7f.1"),
    *("10.0.0.256", "1.2.3.4.5", "0", "0x", "127.0.0.1.", "example.org.", "localhost.", "127.0.0.0x1", "%31%32%37.0.0.1"),
    *("fe80::1%eth0", "fe80::1%25eth0", "::1%lo", "1:2:3", ":::", "::ffff:127.1", "::ffff:0x7f.0.0.1"),
]


@pytest.mark.parametrize("host", PUBLIC)
def test_public_addresses_are_opened(host: str):
    check_host(host, allow_private=False)


@pytest.mark.parametrize("host", OWN + OWN6)
def test_what_can_be_a_persons_own_is_opened_only_for_a_source_that_says_so(host: str):
    with pytest.raises(RefusedAddressError, match="allow_private: true"):
        check_host(host, allow_private=False)
    check_host(host, allow_private=True)


@pytest.mark.parametrize("allow_private", [False, True])
@pytest.mark.parametrize("host", NEVER + NEVER6 + RESERVED)
def test_where_no_source_can_be_is_never_opened(host: str, allow_private: bool):
    with pytest.raises(RefusedAddressError, match="which is not opened"):
        check_host(host, allow_private=allow_private)


@pytest.mark.parametrize("allow_private", [False, True])
@pytest.mark.parametrize("host", ODD)
def test_odd_spellings_are_never_opened(host: str, allow_private: bool):
    with pytest.raises(RefusedAddressError, match=r"odd|zone"):
        check_host(host, allow_private=allow_private)


@pytest.mark.parametrize(
    "host", ["localhost", "a.localhost", "printer", "nas.local", "metadata.google.internal", "router.home.arpa"]
)
def test_names_of_this_machine_and_the_local_network_are_private_even_before_they_are_looked_up(host: str):
    with pytest.raises(RefusedAddressError, match="local network"):
        check_host(host, allow_private=False)
    check_host(host, allow_private=True)


@pytest.mark.parametrize(
    "host", ["example.org", "local.example.org", "localhost.example.org", "0x7f.example", "1.2.3.example", "3com.com"]
)
def test_names_that_only_look_private_are_opened(host: str):
    check_host(host, allow_private=False)
    assert read_literal(host) is None


@given(st.ip_addresses())
@example(IPv4Address("192.88.99.1"))
@example(IPv6Address("2001:0:4136:e378:8000:63bf:3fff:fdd2"))
def test_nothing_is_public_that_python_knows_to_be_private(address: IPv4Address | IPv6Address):
    if block_of(address) is None:
        embedded = IPv4Address(int(address) & 0xFFFFFFFF) if str(address).startswith("64:ff9b::") else address
        assert embedded.is_global
        assert not embedded.is_multicast


@given(st.ip_addresses(v=4))
@example(IPv4Address("127.0.0.1"))
@example(IPv4Address("169.254.169.254"))
def test_no_way_to_write_an_ipv4_address_in_ipv6_opens_what_is_private(inner: IPv4Address):
    number = int(inner)
    wrappings = [0xFFFF << 32 | number, number, 0xFFFF << 48 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80]
    for wrapped in map(IPv6Address, wrappings):
        if block_of(inner):
            assert block_of(wrapped)


@given(st.text(max_size=40))
def test_any_text_is_a_literal_a_name_or_refused(host: str):
    with suppress(RefusedAddressError):
        read_literal(host)
