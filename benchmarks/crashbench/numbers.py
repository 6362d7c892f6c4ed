"""
Numbers that name people and machines: cards, accounts, telephones, addresses.

Promise: cards and IBANs pass their checks; telephones are of the 555-01xx range, addresses of the
documentation ranges and of the private 10/8 and 192.168/16.
"""

from __future__ import annotations

import ipaddress
import itertools
from typing import TYPE_CHECKING, Final

from .chance import DIGITS, HEX, UPPER

if TYPE_CHECKING:
    from .chance import Chance

DOUBLED_MAX: Final = 9


def luhn_digit(digits: str) -> str:
    """Return the check digit that makes a number pass Luhn's formula (ISO/IEC 7812-1)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > DOUBLED_MAX else digit
    return str(-total % 10)


def card(chance: Chance) -> str:
    """Make a card number, with or without its groups."""
    prefix, length = chance.pick((("4", 16), ("52", 16), ("34", 15), ("6011", 16), ("3528", 16)))
    body = prefix + chance.text(DIGITS, length - len(prefix) - 1)
    number = body + luhn_digit(body)
    cuts = (0, 4, 10, 15) if length % 2 else (0, 4, 8, 12, 16)
    groups = [number[a:b] for a, b in itertools.pairwise(cuts)]
    return chance.pick(("", " ", "-")).join(groups)


# The country, and its number: d a digit, u a capital.
IBANS: Final = {
    "DE": "d" * 18,
    "GB": "uuuu" + "d" * 14,
    "FR": "d" * 23,
    "ES": "d" * 20,
    "NL": "uuuu" + "d" * 10,
    "PL": "d" * 24,
    "SE": "d" * 20,
    "NO": "d" * 11,
    "AT": "d" * 16,
    "BE": "d" * 12,
}


def iban(chance: Chance) -> str:
    """Make an IBAN (ISO 13616), with or without its groups."""
    country = chance.pick(tuple(IBANS))
    body = "".join(chance.text(DIGITS if kind == "d" else UPPER, 1) for kind in IBANS[country])
    spelled = "".join(str(int(char, 36)) for char in f"{body}{country}00")
    number = f"{country}{98 - int(spelled) % 97:02d}{body}"
    if chance.happens(0.5):
        return number
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def phone(chance: Chance) -> tuple[str, str]:
    """Make a telephone number, and its last seven digits as they are written in it."""
    area = f"{chance.between(2, 9)}0{chance.between(2, 9)}"
    line = f"01{chance.text(DIGITS, 2)}"
    form = chance.pick(
        (
            "({area}) {last}",
            "{area}-{last}",
            "+1 {area} {last}",
            "+1-{area}-{last}",
            "+1 ({area}) {last}",
            "{area}.{dotted}",
            "+1{area}{joined}",
            "001 {area} {last}",
        )
    )
    lasts = {"last": f"555-{line}", "dotted": f"555.{line}", "joined": f"555{line}"}
    last = next(text for name, text in lasts.items() if f"{{{name}}}" in form)
    return form.format(area=area, **lasts), last


def ipv4(chance: Chance) -> str:
    """Make an address of a documentation or a private range."""
    last = chance.between(2, 250)
    middle, third = chance.below(256), chance.below(256)
    return chance.pick(
        (
            f"192.0.2.{last}",
            f"198.51.100.{last}",
            f"203.0.113.{last}",
            f"203.0.113.{last}",
            f"10.{middle}.{third}.{last}",
            f"192.168.{third}.{last}",
        )
    )


def ipv6(chance: Chance) -> str:
    """Make an address of 2001:db8::/32, long, short, in capitals, or an IPv4 one in it."""
    groups = ["2001", "db8", *(chance.text(HEX, 4).lstrip("0") or "0" for _ in range(6))]
    form = chance.below(4)
    if form == 0:
        return ":".join(groups)
    if form == 1:
        return f"2001:db8:{groups[2]}::{groups[7]}"
    if form == 2:
        return ipaddress.IPv6Address(":".join(groups)).exploded.upper()
    return f"2001:db8::{groups[4]}:{groups[7]}"


def mac(chance: Chance, style: str) -> str:
    """Make the address of a card of nobody's: the bit for locally administered ones is set."""
    octets = [f"{0x02 | chance.below(64) << 2:02x}", *(chance.text(HEX, 2) for _ in range(5))]
    if style == "dash":
        return "-".join(octets).upper()
    if style == "dot":
        joined = "".join(octets)
        return ".".join(joined[at : at + 4] for at in (0, 4, 8))
    return ":".join(octets)
