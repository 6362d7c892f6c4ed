"""Values that are valid, nobody's, and known for what they are."""

from __future__ import annotations

import ipaddress
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact.surrogates import stands_alone, surrogate, surrogate_ranges

DIGESTS = st.binary(min_size=32, max_size=32)
EDGES = [bytes(32), b"\xff" * 32]
HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z]+)+")
ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}")

MAIL = surrogate("EMAIL_ADDRESS", "jane@example.com", bytes(32))
HOSTNAME = surrogate("HOSTNAME", "lab-gpu01", bytes(32))
VALUES = [
    MAIL,
    surrogate("EMAIL_ADDRESS", "jane%40example.com", bytes(32)),
    HOSTNAME,
    surrogate("IP_ADDRESS", "192.0.2.1", bytes(32)),
    surrogate("IP_ADDRESS", "2001:db8::1", bytes(32)),
    surrogate("MAC_ADDRESS", "00:00:5e:00:53:01", bytes(32)),
]


def made(entity: str, value: str, digest: bytes) -> str:
    """Return a surrogate that must be known for one."""
    new = surrogate(entity, value, digest)
    assert surrogate_ranges(f"a {new} b") == [(2, 2 + len(new))]
    return new


@given(DIGESTS)
def test_addresses_of_version_4_are_reserved(digest: bytes) -> None:
    """240.0.0.0/4, and never the address of all hosts."""
    last = (2**28 - 2).to_bytes(8, "big") + bytes(24)
    for one in (digest, *EDGES, last):
        address = ipaddress.ip_address(made("IP_ADDRESS", "192.0.2.1", one))
        assert address.version == 4
        assert address.is_reserved
        assert address in ipaddress.ip_network("240.0.0.0/4")
        assert str(address) not in {"240.0.0.0", "255.255.255.255"}


@given(DIGESTS)
def test_addresses_of_version_6_are_thrown_away(digest: bytes) -> None:
    """100::/64, in the one way in which it is written shortest."""
    for one in (digest, *EDGES):
        text = made("IP_ADDRESS", "[2001:DB8::1]", one)
        address = ipaddress.ip_address(text)
        assert address in ipaddress.ip_network("100::/64")
        assert str(address) == text


@given(DIGESTS)
def test_hardware_addresses_have_six_bytes(digest: bytes) -> None:
    """And are never all zeros, which is none."""
    for one in (digest, *EDGES):
        pairs = made("MAC_ADDRESS", "00-00-5E-00-53-01", one).split(":")
        assert len(bytes.fromhex("".join(pairs))) == len(pairs) == 6
        assert pairs[:3] == ["00"] * 3
        assert pairs[3:] != ["00"] * 3


@given(DIGESTS)
def test_hosts_and_mailboxes_fit_their_standards(digest: bytes) -> None:
    """RFC 1123 and RFC 5321; below `invalid`, where nothing ever is."""
    host = made("HOSTNAME", "lab-gpu01", digest)
    assert HOST.fullmatch(host)
    local, _, domain = made("EMAIL_ADDRESS", "jane@example.com", digest).partition("@")
    assert ATOM.fullmatch(local)
    assert domain == "redacted.invalid"
    assert host == f"{local}.invalid"


def test_an_escaped_sign_stays_escaped() -> None:
    """A mailbox in a query."""
    assert made("EMAIL_ADDRESS", "jane%40example.com", bytes(32)) == MAIL.replace("@", "%40")


@pytest.mark.parametrize(
    ("entity", "value"),
    [
        ("IP_ADDRESS", "192.0.2.0/24"),
        ("IP_ADDRESS", "no address"),
        ("USERNAME", "jane"),
        ("PHONE_NUMBER", "+1 202 555 0123"),
        ("SECRET", "192.0.2.1"),
        ("BADGE_ID", "jane@example.com"),
    ],
)
def test_what_has_no_format_has_no_surrogate(entity: str, value: str) -> None:
    """Its operator then writes a pseudonym."""
    assert surrogate(entity, value, bytes(32)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "jane@redacted.invalid",
        "janesmith000@redacted.invalid",
        "janesmith.invalid",
        "db7.lab.invalid",
        MAIL.replace("0", "1", 1),
        MAIL.upper(),
        MAIL.replace("redacted", "example"),
        HOSTNAME.replace(".invalid", ".local"),
        "192.0.2.1",
        "239.1.2.3",
        "256.1.2.3",
        "240.1.2",
        "240.1.2.3.4",
        "1240.1.2.3",
        "240.1.2.3000",
        "x240.1.2.3",
        "240.01.2.3",
        "2001:db8::1",
        "100::1",
        "100::1a2b:3c4d:5e6f:7a8b:1a2b",
        "2100::1a2b:3c4d:5e6f:7a8b",
        "100::0a2b:3c4d:5e6f:7a8b",
        "100::1A2B:3c4d:5e6f:7a8b",
        "00:00:5e:00:53:01",
        "00:00:00:12:34",
        "00:00:00:12:34:56:78",
        "ab:00:00:00:12:34:56",
    ],
)
def test_what_others_wrote_is_not_ours(text: str) -> None:
    """A form without its check, or a part of something longer."""
    assert surrogate_ranges(text) == []
    assert surrogate_ranges(f"a {text}, b") == []


def test_few_names_pass_the_check_by_chance() -> None:
    """About 1 in 1,024."""
    names = (f"{number:012}" for number in range(20_000))
    passed = sum(bool(surrogate_ranges(f"{name}.invalid")) for name in names)
    assert passed < 60


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    ("before", "behind"),
    [("", ""), ('"', '"'), ("//", "/x"), ("\\n", "\\n"), ("%2F", "%2F"), ("=", "."), ("\\/", ",")],
)
def test_a_surrogate_stands_alone_between_marks(value: str, before: str, behind: str) -> None:
    """In JSON, in a URL, at the end of a sentence."""
    text = f"{before}jane{behind}"
    assert stands_alone(text, len(before), len(before) + 4, value)
    whole = f"{before}{value}{behind}"
    assert surrogate_ranges(whole) == [(len(before), len(before) + len(value))]


@pytest.mark.parametrize(("before", "behind"), [("x", ""), ("", "x"), ("1", "2"), ("a.", ".b")])
def test_a_surrogate_glued_to_others_is_known_by_its_check_only(before: str, behind: str) -> None:
    """Where it would not be, its operator writes a pseudonym."""
    text = f"{before}jane{behind}"
    alone = [stands_alone(text, len(before), len(before) + 4, value) for value in VALUES]
    assert alone[:3] == [True] * 3
    assert alone[3] is False


@pytest.mark.parametrize(("number", "group"), [(0, "1000"), (0xEFFF, "ffff"), (0xF000, "1000")])
def test_each_group_of_an_address_has_four_digits(number: int, group: str) -> None:
    """The lowest and the highest there are."""
    digest = number.to_bytes(4, "big") * 8
    assert surrogate("IP_ADDRESS", "2001:db8::1", digest) == "100::" + ":".join([group] * 4)
