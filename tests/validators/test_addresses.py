"""Checks of addresses: IPv4, IPv6, hardware addresses and e-mail."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.validators.email import email_address
from scrubber.validators.ipv4 import ipv4, ipv4_dashed, ipv4_special, ipv4_version_like, octets
from scrubber.validators.ipv6 import groups, ipv6, ipv6_special
from scrubber.validators.mac import mac_address

QUADS = st.lists(st.integers(0, 999).map(str) | st.sampled_from(["", "01", "a"]), max_size=6).map(
    ".".join
)
GROUPS = st.lists(
    st.text("0123456789abcdefABCDEF", max_size=5) | st.sampled_from(["", "", "192.0.2.1", "1.2.3"]),
    max_size=10,
).map(":".join)


@given(text=QUADS | st.ip_addresses(v=4).map(str))
def test_octets_agree_with_the_standard_library(text: str) -> None:
    """The reader of dotted quads is the standard library's, at a tenth of its price."""
    try:
        expected = tuple(ipaddress.IPv4Address(text).packed)
    except ValueError:
        expected = None
    assert octets(text) == expected


@given(text=GROUPS | st.ip_addresses(v=6).map(str))
def test_groups_agree_with_the_standard_library(text: str) -> None:
    """The reader of IPv6 addresses is the standard library's, at a tenth of its price."""
    try:
        packed = ipaddress.IPv6Address(text).packed
    except ValueError:
        assert groups(text) is None
    else:
        pairs = zip(packed[::2], packed[1::2], strict=True)
        assert groups(text) == tuple(high << 8 | low for high, low in pairs)


@given(address=st.ip_addresses(v=4).map(str))
def test_an_ipv4_address_is_of_one_kind(address: str) -> None:
    """No address satisfies two of the three checks."""
    assert sum([ipv4(address), ipv4_version_like(address), ipv4_special(address)]) <= 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("192.0.2.1", "host"),
        ("10.0.0.1", "host"),
        ("100.1.2.3", "host"),
        ("5.188.10.180", "host"),
        ("255.255.255.0", "none"),
        ("0.1.2.3", "none"),
        ("2.1.0.1", "version"),
        ("8.9.2.26", "version"),
        ("12.1.3.1", "version"),
        ("1.4.99.1", "version"),
        ("10.4.99.1", "host"),
        ("127.0.0.1", "special"),
        ("0.0.0.0", "special"),  # noqa: S104  # a text, not an address to bind
        ("255.255.255.255", "special"),
        ("224.0.0.251", "special"),
        ("1.2.3", "none"),
        ("1.2.3.4.5", "none"),
        ("1.2.3.256", "none"),
        ("1.2.3.04", "none"),
        ("1.2.3.٤", "none"),
        ("1.2.3.4000", "none"),
    ],
)
def test_ipv4_kinds(text: str, kind: str) -> None:
    """Hosts, likely versions and addresses of nobody are told apart."""
    found = [
        name
        for name, check in (
            ("host", ipv4),
            ("version", ipv4_version_like),
            ("special", ipv4_special),
        )
        if check(text)
    ]
    assert found == ([] if kind == "none" else [kind])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192-0-2-1", True),
        ("2-1-0-1", True),
        ("127-0-0-1", False),
        ("31-12-2025-1", False),
        ("1-2-3", False),
    ],
)
def test_dashed_addresses(text: str, *, expected: bool) -> None:
    """In a host name any address of a host counts, however small its numbers."""
    assert ipv4_dashed(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "2001:db8::1",
        "2001:DB8:85A3::8A2E:370:7334",
        "fe80::1%eth0",
        "fd00::",
        "ff02::1:ff00:1",
        "::ffff:192.0.2.1",
        "::FFFF:c000:201",
        "64:ff9b::192.0.2.33",
        "::ffff:0:192.0.2.1",
        "::192.0.2.1",
        "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ],
)
def test_ipv6_addresses_in_use(text: str) -> None:
    """Addresses of the prefixes in use are accepted in every legal form."""
    assert ipv6(text)
    assert not ipv6_special(text)


@pytest.mark.parametrize(
    "text",
    [
        "1::2",
        "::1.2.3.4",
        "::",
        "::1",
        "ad::add",
        "dead::beef",
        "4000::1",
        "ffff:ffff:ffff:ffff::",
        "2001:db8::1::2",
        "2001:db8",
        "2001:db8:::1",
        "1:2:3:4:5:6:7:8:9",
        "2001:db8::1%",
        "2001:db8::12345",
        "2001:192.0.2.1::1",
        "2001:db8::192.0.2",
        ":1",
        "2001:0:0:0:0:0:0::0:0",
    ],
)
def test_what_is_no_ipv6_address_in_use(text: str) -> None:
    """Slices, names of C++, unassigned prefixes and malformed texts are refused."""
    assert not ipv6(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::", True),
        ("::1", True),
        ("0:0:0:0:0:0:0:1", True),
        ("0000:0000:0000:0000:0000:0000:0000:0000", True),
        ("::2", False),
        ("1::", False),
        ("::1:1", False),
        ("x", False),
    ],
)
def test_ipv6_addresses_of_nobody(text: str, *, expected: bool) -> None:
    """Loopback and unspecified, in short and in full."""
    assert ipv6_special(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:0:5e:0:53:1", True),
        ("0:0:0:0:0:0", False),
        ("00:00:5e:00:53:01", True),
        ("00-00-5E-00-53-01", True),
        ("0000.5e00.5301", True),
        ("00005e005301", True),
        ("00:00:00:00:00:00", False),
        ("FF-FF-FF-FF-FF-FF", False),
        ("26-01-31-23-59-59", False),
        ("26-13-31-23-59-59", True),
        ("00:00:5e:00:53", False),
    ],
)
def test_hardware_addresses(text: str, *, expected: bool) -> None:
    """Every notation counts; nobody's addresses and dates do not."""
    assert mac_address(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jane@example.com", True),
        ("jane@who.int", True),
        ("jane.doe+x@mail.eu.example.org", True),
        ("jörg@müller.example", True),
        ("用户@例子.测试", True),
        ('"jane@work"@example.com', True),
        ("jane@[192.0.2.1]", True),
        ("jane@163.example.com", True),
        ("x@example.to", True),
        ("ab@cde.to", True),
        ("jane@db.corp.service", True),
        ("getty@tty1.service", False),
        ("docker@abc.SOCKET", False),
        ("sr@latin.po", False),
        ("git@github.com", False),
        ("icon@2x.png", False),
        ("x@self.weight", False),
        ("q@k.transpose", False),
        ("a@b.to", False),
        ("pkg@1.2.beta", False),
        ("@example.com", False),
        ("jane@", False),
        ("jane", False),
    ],
)
def test_email_addresses(text: str, *, expected: bool) -> None:
    """Mailboxes are told from files, versions, products of matrices and shared accounts."""
    assert email_address(text) is expected
