"""
People of a case: one name each, and the account and the address made from it.

Promise: no two splits share a given name, a family name, an account or a place for mail.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .cases import Split
    from .chance import Chance

ODD: Final = 0.12
TELLS: Final = 4
NOT_DECOMPOSED: Final = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "ß": "ss",
        "đ": "d",
        "Đ": "D",
        "\u0131": "i",
        "æ": "ae",
    }
)


@dataclass(frozen=True, slots=True)
class Name:
    """A given and a family name, with the Latin letters of both."""

    given: str
    family: str
    latin_given: str
    latin_family: str
    last_first: bool
    joined: bool

    @property
    def full(self) -> str:
        """The name as its group writes it."""
        first, second = (self.family, self.given) if self.last_first else (self.given, self.family)
        return f"{first}{second}" if self.joined else f"{first} {second}"

    @property
    def parts(self) -> tuple[str, ...]:
        """What alone tells: a family name of some length."""
        return (self.family,) if len(self.family) >= TELLS else ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody: a name, an account and an address."""

    name: Name
    account: str
    email: str


@cache
def pools() -> dict[str, Any]:
    """Read the names."""
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))


def latin(text: str) -> str:
    """Take the accents off, and all but letters."""
    apart = unicodedata.normalize("NFD", text.translate(NOT_DECOMPOSED))
    return "".join(char for char in apart if char.isascii() and char.isalpha())


def _spelled(entry: str) -> tuple[str, str]:
    shown, _, spelled = entry.partition("=")
    return shown, spelled or latin(shown.split(" ")[-1])


def a_name(chance: Chance, split: Split) -> Name:
    """Choose a name of any group."""
    group = chance.pick(pools()["groups"])
    given, latin_given = _spelled(chance.pick(group[split]["given"]))
    family, latin_family = _spelled(chance.pick(group[split]["family"]))
    return Name(
        given,
        family,
        latin_given,
        latin_family,
        group.get("last_first", False),
        group.get("joined", False),
    )


def account(chance: Chance, name: Name, *, apart: bool) -> str:
    """Make an account as administrators do.

    Args:
        chance: chooses the form.
        name: whose it is.
        apart: the name itself may stand in the case: no form that is the name without its space,
            else a name that is left would be taken for the account.
    """
    given, family = name.latin_given.lower(), name.latin_family.lower()
    forms = [
        given[0] + family,
        f"{given[0]}.{family}",
        f"{family}{given[0]}{chance.between(1, 9)}",
        f"{given}-{family}{chance.between(70, 99)}",
    ]
    if not apart:
        forms += [
            f"{given}.{family}",
            family + given[0],
            given + family[0],
            f"{given}_{family}",
            given + family,
            f"{given[:3]}{family[:5]}",
        ]
    return chance.pick(forms)


def address(chance: Chance, name: Name, split: Split) -> str:
    """Make an address for mail of reserved domains."""
    given, family = name.latin_given, name.latin_family
    local = chance.pick(
        (
            f"{given}.{family}".lower(),
            f"{given}.{family}",
            f"{given[0]}{family}".lower(),
            f"{family}.{given}{chance.between(60, 99)}".lower(),
            f"{given}_{family}".lower(),
            f"{given}+{chance.pick(('alerts', 'ci', 'test'))}".lower(),
            f"{given}-{family}".lower(),
        )
    )
    return f"{local}@{chance.pick(pools()['mail'][split])}"


def a_person(chance: Chance, split: Split, *, apart: bool) -> Person:
    """Make somebody; for `apart` see `account`."""
    name = a_name(chance, split)
    odd = chance.happens(ODD)
    made = chance.pick(pools()["accounts"][split]) if odd else account(chance, name, apart=apart)
    return Person(name, made, address(chance, name, split))
