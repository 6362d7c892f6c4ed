"""
Values of the same format that are nobody's, for programs that read what was scrubbed.

    e-mail  k3f9x2m7pq48@redacted.invalid      RFC 6761: no name below `invalid` is ever given out
    host    k3f9x2m7pq48.invalid
    IPv4    240.17.3.9                         RFC 1112: 240.0.0.0/4 is reserved, no host has one
    IPv6    100::1a2b:3c4d:5e6f:7a8b           RFC 6666: 100::/64 is where traffic is thrown away
    MAC     00:00:00:4f:8a:1c                  a block of the makers of Ethernet, long out of use

Scrubbing twice must change nothing, so these forms are protected from detection. Of the addresses
the whole range is, for it names nobody whoever wrote it: a router of a cloud that uses 240.0.0.0/4
inside, a simulator that counts 00:00:00:00:00:01. What stands before `.invalid` may be a name, so
there the form is ours only if its last two characters are computed from the ten before: 1 in 1,024
of what others write in just this form is taken for ours.

No number of telephones, cards or accounts is nobody's and long enough to tell people apart: those
get a pseudonym. Neither is there a user name that no one can have.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final

import regex

from scrubber.redact.crockford import ALPHABET, encode
from scrubber.redact.normal_forms import address_of

if TYPE_CHECKING:
    from collections.abc import Callable

_OCTET: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_GROUP: Final = r"[1-9a-f][0-9a-f]{3}"
_AT: Final = r"(?:@|%40)"
# Nothing is asked of what stands around it: the check is enough, and a name may be glued to others.
_NAME: Final = regex.compile(
    rf"(?P<name>[{ALPHABET}]{{12}})(?:{_AT}redacted)?\.invalid", regex.VERSION0
)


@cache
def _alone(head: str, rest: str) -> regex.Pattern[str]:
    """Compile what is no part of something longer; before it, an escape may end in a letter.

    What is before is looked at behind the head: what begins with a literal is found quickly.
    """
    before = (r"(?<![\w.:-]", r"(?<=\\[nrt]", r"(?<=%[0-9A-F]{2}")
    looks = "|".join(f"{look}{head})" for look in before)
    return regex.compile(rf"{head}(?:{looks}){rest}", regex.VERSION0)


# These have no check. Each with a text that stands in all of its kind: compiling them takes longer
# than all that happens to most texts.
_ADDRESSES: Final = (
    ("100::", "100::", rf"{_GROUP}(?::{_GROUP}){{3}}(?![\w:])"),
    ("00:00:00:", "00:00:00:", r"[0-9a-f]{2}(?::[0-9a-f]{2}){2}(?![\w:])"),
    ("24", r"24[0-9]\.", rf"{_OCTET}(?:\.{_OCTET}){{2}}(?!\w|[.-]\w)"),
    ("25", r"25[0-5]\.", rf"{_OCTET}(?:\.{_OCTET}){{2}}(?!\w|[.-]\w)"),
)
_AROUND: Final = 3
"""How far the grammar looks around an address, in code points."""
_FIRST_OF_240: Final = 240 << 24
_OF_240: Final = (1 << 28) - 2
"""Addresses of 240.0.0.0/4 without its first, and without 255.255.255.255, which is all hosts."""


def surrogate(entity: str, value: str, digest: bytes) -> str:
    """Give a value of the same format that is nobody's.

    Args:
        entity: what the value is.
        value: the text as it was found.
        digest: 32 bytes that stand for it.

    Returns:
        The surrogate, or "" for what has no format, or not the format of its entity.

    >>> surrogate("HOSTNAME", "db7.example.com", bytes(32))
    '0000000000es.invalid'
    """
    make = _MAKERS.get(entity)
    return make(value, digest) if make else ""


def surrogate_ranges(text: str) -> list[tuple[int, int]]:
    """Give the ranges of all surrogates in a text: half-open, code points, sorted, disjoint."""
    found: list[tuple[int, int]] = []
    for literal, head, rest in _ADDRESSES:
        if literal in text:
            found += [match.span() for match in _alone(head, rest).finditer(text)]
    if ".invalid" in text:
        found += [match.span() for match in _NAME.finditer(text) if _is_checked(match["name"])]
    return sorted(found)


def stands_alone(text: str, start: int, end: int, value: str) -> bool:
    """Tell whether a surrogate will be known for one where it is put.

    Args:
        text: the text around its place.
        start: where its place begins, in code points.
        end: one past the end of its place.
        value: the surrogate.

    Returns:
        Whether what is before and behind lets it be told from part of something longer.
    """
    before = text[max(0, start - _AROUND) : start]
    around = f"{before}{value}{text[end : end + _AROUND]}"
    return (len(before), len(before) + len(value)) in surrogate_ranges(around)


def _is_checked(name: str) -> bool:
    return name == _checked(name[:-2])


def _checked(name: str) -> str:
    """Put two characters behind ten that are computed from them."""
    bits = int.from_bytes(hashlib.sha256(f"crashscrub {name}".encode()).digest()[:2], "big")
    return name + ALPHABET[bits >> 5 & 31] + ALPHABET[bits & 31]


def _email(value: str, digest: bytes) -> str:
    # In a query the sign stays escaped, as it was.
    at = "%40" if "%40" in value and "@" not in value else "@"
    return f"{_checked(encode(digest))}{at}redacted.invalid"


def _host(_value: str, digest: bytes) -> str:
    return f"{_checked(encode(digest))}.invalid"


def _address(value: str, digest: bytes) -> str:
    address = address_of(value)
    if address is None:
        return ""
    number = int.from_bytes(digest[:8], "big")
    if address.version == 4:  # noqa: PLR2004  # of the protocol
        number = _FIRST_OF_240 + 1 + number % _OF_240
        return ".".join(str(octet) for octet in number.to_bytes(4, "big"))
    # No group begins with a zero: an address without one is written in one way only.
    groups = [int.from_bytes(digest[at : at + 4], "big") % 0xF000 + 0x1000 for at in (0, 4, 8, 12)]
    return "100::" + ":".join(f"{group:x}" for group in groups)


def _hardware(_value: str, digest: bytes) -> str:
    number = int.from_bytes(digest[:8], "big") % 0xFFFFFF + 1
    return "00:00:00:" + number.to_bytes(3, "big").hex(":")


_MAKERS: Final[dict[str, Callable[[str, bytes], str]]] = {
    "EMAIL_ADDRESS": _email,
    "HOSTNAME": _host,
    "IP_ADDRESS": _address,
    "MAC_ADDRESS": _hardware,
}
