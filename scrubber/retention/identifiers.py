"""
What one person is known by, read from a file that the operator wrote.

    jane.doe@example.com
    user: jdoe
    192.0.2.17
    Jane Doe
    +49 30 123456
    # a comment

One a line. What a line is, it tells by itself; a word before a colon says it where it does not.

Promise: no identifier is in a `repr`, an error or a warning; those name the line of the file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

from scrubber.errors import InputError
from scrubber.identity.tiers import tier

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: Final = ("email", "ip", "name", "phone", "user")
"""What an identifier may be."""

LONGEST: Final = 320
"""Characters of the longest identifier, an e-mail address (RFC 5321, section 4.5.3.1)."""

_MOST: Final = 200
_SHORTEST: Final = 2
_FEWEST_DIGITS: Final = 6
_LABELLED: Final = re.compile(rf"({'|'.join(KINDS)})\s*:\s*(.+)", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+")
_PHONE: Final = re.compile(r"(?:tel:)?\+?[0-9(][0-9\s().\-/\u2010-\u2015]*[0-9)]")
_PREFIXES: Final = ("mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Identifier:
    """One thing a person is known by.

    Attributes:
        kind: one of `KINDS`.
        value: what it is, accents composed.
        line: where it stands in its file, from 1.
    """

    kind: str
    value: str = field(repr=False)
    line: int = 0

    @property
    def common(self) -> bool:
        """It is short or a word, so that other text may be written the same."""
        return self.kind in ("user", "name") and tier(self.value) != "bare"

    @property
    def shared(self) -> bool:
        """It is an address that many machines have."""
        if self.kind != "ip":
            return False
        address = ip_address(self.value)
        # Not `is_private`, which documentation ranges are, too.
        local = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")
        return address.is_loopback or address.is_unspecified or _within(address, local)


def read_identifiers(text: str) -> list[Identifier]:
    """Read the identifiers of one person.

    Args:
        text: one a line; empty lines and lines that begin with `#` are passed over.

    Returns:
        The identifiers, each once, in order.

    Raises:
        InputError: there is none, or a line is none; it names the line.
    """
    found: dict[tuple[str, str], Identifier] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        plain = unicodedata.normalize("NFC", line).strip()
        if not plain or plain.startswith("#"):
            continue
        one = _identifier(plain, number)
        found.setdefault((one.kind, one.value), one)
    if not found:
        raise InputError("holds no identifier; write one a line")
    if len(found) > _MOST:
        raise InputError(f"holds more than {_MOST} identifiers; they are of one person")
    return list(found.values())


def warnings_of(identifiers: list[Identifier]) -> Iterator[str]:
    """Say what may find more than one person, by its line."""
    for one in identifiers:
        if one.common:
            yield (
                f"line {one.line}: a {one.kind} that is short or a common word; it is matched as a"
                " whole word only, and other text may be written the same: look at the places first"
            )
        if one.shared:
            yield f"line {one.line}: an address that many machines have, not one person's"


def _identifier(plain: str, number: int) -> Identifier:
    match = _LABELLED.fullmatch(plain)
    # `user:` is a label; `2001:db8::1` and `c:` are none.
    kind, value = (match[1].lower(), match[2].strip()) if match else ("", plain)
    for prefix in _PREFIXES:
        if value.lower().startswith(prefix):
            value = value[len(prefix) :].strip()
    if not _SHORTEST <= len(value) <= LONGEST or not value.isprintable():
        raise InputError(f"line {number} is no identifier: 2 to {LONGEST} printable characters")
    kind = kind or _kind_of(value)
    if kind == "ip":
        return Identifier(kind, _address(value, number), number)
    if kind == "email" and not _EMAIL.fullmatch(value):
        raise InputError(f"line {number} is no e-mail address")
    if kind == "phone" and sum(char.isdecimal() for char in value) < _FEWEST_DIGITS:
        raise InputError(f"line {number} is no phone number: it has too few digits")
    if not any(char.isalnum() for char in value):
        raise InputError(f"line {number} is no identifier: it has no letter and no digit")
    return Identifier(kind, value, number)


def _kind_of(value: str) -> str:
    if _EMAIL.fullmatch(value):
        return "email"
    if _parsed(value) is not None:
        return "ip"
    digits = sum(char.isdecimal() for char in value)
    if _PHONE.fullmatch(value) and digits >= _FEWEST_DIGITS:
        return "phone"
    return "name" if any(char.isspace() for char in value) else "user"


def _address(value: str, number: int) -> str:
    found = _parsed(value)
    if found is None:
        raise InputError(f"line {number} is no IP address")
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found)


def _parsed(value: str) -> IPv4Address | IPv6Address | None:
    try:
        # A zone (`%eth0`) is the machine's that wrote it.
        return ip_address(value.strip("[]").partition("%")[0])
    except ValueError:
        return None


def _within(address: IPv4Address | IPv6Address, networks: tuple[str, ...]) -> bool:
    from ipaddress import ip_network

    return any(
        address in network
        for network in map(ip_network, networks)
        if network.version == address.version
    )
