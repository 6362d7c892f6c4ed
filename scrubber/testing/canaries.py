"""
Values made to be looked for: nobody's, and like nothing else in a test.

Addresses and numbers are of the ranges reserved for examples (RFC 2606, 3849, 5737, 7042 and the
555-01xx of telephony), so that a leak of one harms nobody.

Promise: the same seed gives the same values in the same order.
"""

from __future__ import annotations

import string
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from scrubber.testing.planting import Planted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

_SYLLABLES: Final = ("tav", "rin", "vex", "kol", "dre", "mux", "bal", "zor", "wil", "fen", "gat")
_GIVEN: Final = ("Anna", "Jane", "John", "Laura", "Maria", "Peter", "Robert", "Susan")
_NETWORKS: Final = ("192.0.2", "198.51.100", "203.0.113")
_AREAS: Final = ("202", "212", "303", "415", "617", "713")


def _word(rng: Random) -> str:
    return "".join(rng.sample(_SYLLABLES, 3))


def _account(rng: Random) -> str:
    return f"{_word(rng)}{rng.randrange(2, 10)}{rng.choice('kqwz')}"


def _email(rng: Random) -> Planted:
    family = _account(rng)
    local = f"{_word(rng)}.{family}"
    return Planted("EMAIL_ADDRESS", f"{local}@example.com", (local, family))


def _host(rng: Random) -> Planted:
    name = f"{_account(rng)}-node{rng.randrange(10, 100)}"
    return Planted("HOSTNAME", f"{name}.example.com", (name,))


def _ip(rng: Random) -> Planted:
    network = rng.choice(_NETWORKS)
    return Planted("IP_ADDRESS", f"{network}.{rng.randrange(10, 250)}", (network,))


def _mac(rng: Random) -> Planted:
    return Planted("MAC_ADDRESS", f"00:00:5e:00:53:{rng.randrange(16, 256):02x}")


def _person(rng: Random) -> Planted:
    surname = f"{_word(rng)}sky".capitalize()
    return Planted("PERSON", f"{rng.choice(_GIVEN)} {surname}", (surname,))


def _phone(rng: Random) -> Planted:
    number = f"{rng.choice(_AREAS)} 555 01{rng.randrange(100):02}"
    return Planted("PHONE_NUMBER", f"+1 {number}", (number, number.partition(" ")[2]))


def _secret(rng: Random) -> Planted:
    key = "".join(rng.choices(string.ascii_letters + string.digits, k=32))
    return Planted("SECRET", key, (key[:16], key[16:]))


def _user(rng: Random) -> Planted:
    return Planted("USERNAME", _account(rng))


MAKERS: Final[Mapping[str, Callable[[Random], Planted]]] = MappingProxyType(
    {
        "EMAIL_ADDRESS": _email,
        "HOSTNAME": _host,
        "IP_ADDRESS": _ip,
        "MAC_ADDRESS": _mac,
        "PERSON": _person,
        "PHONE_NUMBER": _phone,
        "SECRET": _secret,
        "USERNAME": _user,
    }
)
"""What makes a value of an entity."""


def canary(entity: str, rng: Random) -> Planted:
    """Make a value of an entity.

    Args:
        entity: one of `MAKERS`.
        rng: where it is drawn from.

    Returns:
        The value, and what of it alone would tell.

    Raises:
        ValueError: there is no maker of this entity; the message names those there are.

    >>> from random import Random
    >>> canary("EMAIL_ADDRESS", Random(8)).value.endswith("@example.com")
    True
    """
    maker = MAKERS.get(entity)
    if maker is None:
        raise ValueError(f"canary: the entity must be one of {', '.join(MAKERS)}")
    return maker(rng)
