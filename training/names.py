"""
Names of people, by where they come from, and how they are written in messages.

The lists are those of Faker (MIT) and of the package `names` (the US census of 1990, public
domain). Every name is in one of three parts, told by a hash of it:

    listed   nine in twenty: in the gazetteer of training, and in training texts
    unlisted eight in twenty: in training texts only, so that the tagger does not rest on lists
    test     three in twenty: in neither; all of the names in test sets are of these

The packaged gazetteer has all three. Test sets are scored without the third.

Promise: which part a name is in depends on the name alone; the same lists and seed give the same
names.
"""

from __future__ import annotations

import importlib
import importlib.util
import tomllib
import unicodedata
import zlib
import zoneinfo
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

_LISTS: Final = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
GROUPS: Final[dict[str, str]] = _LISTS["groups"]
"""Locales of Faker by the group whose recall is reported."""

_ROMAN: Final = frozenset({"east asian"})
_ROMANIZED_LOCALES: Final = frozenset({"zh_CN", "ja_JP"})
_JOINED: Final = frozenset({"han, kana, hangul"})
_SURNAME_FIRST: Final = frozenset({"han, kana, hangul"})
_CENSUS_SURNAMES: Final = 20_000
_PARTS: Final = 20
_LISTED: Final = 9
_SHORTEST_PLACE: Final = 2
_TRAINED: Final = 17
_NOBODY: Final = frozenset({"Doe", "Jane", "John"})
"""What some locales have for want of a list."""
_EVERY_NTH_PINYIN: Final = 7


@dataclass(frozen=True, slots=True)
class People:
    """Names of one group.

    Attributes:
        group: as in `GROUPS`.
        givens: given names.
        surnames: surnames.
    """

    group: str
    givens: tuple[str, ...]
    surnames: tuple[str, ...]


def part_of(name: str) -> str:
    """Tell which part a name belongs to: `listed`, `unlisted` or `test`."""
    place = zlib.crc32(b"part " + name.casefold().encode()) % _PARTS
    return "listed" if place < _LISTED else "unlisted" if place < _TRAINED else "test"


def people(parts: Iterable[str]) -> list[People]:
    """Give the names of some parts, by group.

    Args:
        parts: of `listed`, `unlisted` and `test`.

    Returns:
        The groups in the order of `GROUPS`.
    """
    wanted = frozenset(parts)
    return [
        People(
            group,
            tuple(one for one in givens if part_of(one) in wanted),
            tuple(one for one in surnames if part_of(one) in wanted),
        )
        for group, (givens, surnames) in _every().items()
    ]


@cache
def _every() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    found = {}
    for group, locales in GROUPS.items():
        givens: set[str] = set()
        surnames: set[str] = set()
        for locale in locales.split():
            roman = group in _ROMAN and locale in _ROMANIZED_LOCALES
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
            givens |= _names(provider, "first", roman=roman)
            surnames |= _names(provider, "last", roman=roman)
        if group in _ROMAN:
            roman = _LISTS["roman"]
            surnames |= set(roman["surnames"].split())
            syllables = roman["pinyin"].split()
            both = sorted((one + other).capitalize() for one in syllables for other in syllables)
            givens |= {*roman["givens"].split(), *map(str.capitalize, syllables)}
            givens |= set(both[::_EVERY_NTH_PINYIN])
        if group == "english":
            given, surname = _census()
            givens |= given
            surnames |= surname
        found[group] = (tuple(sorted(givens)), tuple(sorted(surnames)))
    return found


def _names(provider: type, which: str, *, roman: bool) -> set[str]:
    """Read the lists of a provider whose attributes name that part of a name."""
    found: set[str] = set()
    for attribute in dir(provider):
        value: Any = getattr(provider, attribute)
        if not isinstance(value, tuple | list | dict) or "pairs" in attribute:
            continue
        mine = f"{which}_" in attribute and "name" in attribute
        if mine and ("romanized" in attribute) is roman and "prefix" not in attribute:
            found |= {one for one in value if isinstance(one, str)}
    plain = {unicodedata.normalize("NFC", one.strip().replace("\u200d", "")) for one in found}
    return {one for one in plain if len(one) > 1 and one not in _NOBODY} | {
        one for one in plain if len(one) == 1 and not one.isascii()
    }


def _census() -> tuple[set[str], set[str]]:
    import names

    folder = Path(names.__file__).parent
    lists = []
    for files in (("dist.female.first", "dist.male.first"), ("dist.all.last",)):
        words: list[str] = []
        for file in files:
            lines = (folder / file).read_text("ascii").splitlines()
            words += [line.split()[0].capitalize() for line in lines[:_CENSUS_SURNAMES]]
        lists.append({one for one in words if len(one) > 1})
    return lists[0], lists[1]


STYLES: Final[dict[str, int]] = _LISTS["styles"]
"""How a name is written, of a hundred."""
_TITLES: Final[list[str]] = _LISTS["titles"]["words"]
_RISKY: Final = frozenset({"lower"})
"""Styles that look like any words: for most, only a list can tell, so most of them are listed."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name to be written.

    Attributes:
        one: whose names it is of.
        given: its given name.
        surname: its surname.
        cased: whether its letters have capitals.
        random: draws the rest.
    """

    one: People
    given: str
    surname: str
    cased: bool
    random: Random

    def __str__(self) -> str:
        return f"{self.given} {self.surname}"

    def title(self) -> str:
        """Draw a title to stand before it."""
        return self.random.choice(_TITLES) + " " if self.cased else ""

    def initial(self) -> str:
        """Write one part as an initial."""
        given, surname = self.given, self.surname
        if not self.cased:
            return str(self)
        return self.random.choice(
            (f"{given[0]}. {surname}", f"{surname}, {given[0]}.", f"{given} {surname[0]}.")
        )

    def middle(self) -> str:
        """Write it with a second given name."""
        other = self.random.choice(self.one.givens)
        middle = self.random.choice((other, f"{other[0]}.")) if self.cased else other
        return f"{self.given} {middle} {self.surname}"

    def joined(self) -> str:
        """Write it as one word."""
        given, surname = self.given, self.surname
        if not self.cased:
            return str(self)
        return self.random.choice(
            (
                f"{given}_{surname}",
                f"{given}-{surname}",
                f"{given}{surname}",
                f"{given}_{surname}".lower(),
            )
        )


_TITLED: Final = frozenset({"surname", "titled"})
_WRITTEN: Final[dict[str, Callable[[_Name], str]]] = {
    "given": lambda name: name.given,
    "surname": lambda name: name.surname,
    "comma": lambda name: f"{name.surname}, {name.given}",
    "initial": _Name.initial,
    "middle": _Name.middle,
    "lower": lambda name: str(name).lower(),
    "caps": lambda name: str(name).upper(),
    "caps comma": lambda name: f"{name.surname}, {name.given}".upper(),
    "joined": _Name.joined,
    "surname first": lambda name: f"{name.surname} {name.given}",
}
"""Styles that are not the given name and the surname."""


def written(one: People, random: Random, style: str = "") -> tuple[str, int, int]:
    """Write a name.

    Args:
        one: whose names.
        random: draws it.
        style: of `STYLES`; drawn where it is "".

    Returns:
        The text, and where the name begins and ends in it: titles are none of it.
    """
    if not style:
        style = random.choices([*STYLES], [*STYLES.values()])[0]
    given, surname = random.choice(one.givens), random.choice(one.surnames)
    if style in _RISKY:
        given, surname = _listed(one.givens, given, random), _listed(one.surnames, surname, random)
    while _script(surname) != _script(given):
        given, surname = random.choice(one.givens), random.choice(one.surnames)
    if one.group in _JOINED:
        text = given if style == "given" else surname + random.choice(("", "", "", " ")) + given
        return text, 0, len(text)
    name = _Name(one, given, surname, given[:1].lower() != given[:1].upper(), random)
    head = name.title() if style in _TITLED else ""
    text = _WRITTEN.get(style, str)(name)
    return head + text, len(head), len(head) + len(text)


def _listed(names: tuple[str, ...], name: str, random: Random) -> str:
    """Draw again until a name is listed, mostly; where there is none, give it back."""
    for _ in range(6):
        if part_of(name) != "unlisted":
            break
        name = random.choice(names)
    return name


def _script(name: str) -> str:
    return unicodedata.name(name[0], "").partition(" ")[0]


def listed(parts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Give the words of given names and of surnames, for a gazetteer.

    Args:
        parts: of `listed`, `unlisted` and `test`.

    Returns:
        Both, in small letters; names of several words count as their parts.
    """
    givens: set[str] = set()
    surnames: set[str] = set()
    for one in people(parts):
        givens |= _words(one.givens)
        surnames |= _words(one.surnames)
    return givens, surnames


_PLACES: Final = (
    "cities",
    "city_names",
    "real_city_names",
    "countries",
    "states",
    "provinces",
    "regions",
    "departments",
)
_MOST_CITIES: Final = 600
"""Longer lists hold villages, which are called what people are called."""


def places() -> set[str]:
    """Give the words of countries, regions and cities, in small letters."""
    from faker.config import AVAILABLE_LOCALES

    found: set[str] = set()
    for locale in sorted(AVAILABLE_LOCALES):
        if importlib.util.find_spec(f"faker.providers.address.{locale}") is None:
            continue
        provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        for attribute in _PLACES:
            value: Any = getattr(provider, attribute, ())
            if len(value) <= _MOST_CITIES:
                found |= {
                    part
                    for one in value
                    for part in ([one] if isinstance(one, str) else one)
                    if isinstance(part, str)
                }
    zones = {zone.rpartition("/")[2].replace("_", " ") for zone in zoneinfo.available_timezones()}
    return {one for one in _words(found | zones) if len(one) > _SHORTEST_PLACE or not one.isascii()}


def _words(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        found |= {
            part
            for part in name.casefold().replace("-", " ").replace("'", " ").split()
            if len(part) > 1 or not part.isascii()
        }
    return found
