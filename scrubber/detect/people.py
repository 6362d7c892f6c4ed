"""
How the full name of a person is written, as patterns.

A name comes from the user database, git or a CI job, and each writes it its own way: `Doe, Jane`,
`Prof. Dr. Jane M. Doe (EXT)`, `Jan van der Berg`. A report has it in yet other ways: the surname
first, with a middle initial, joined as accounts and files are.

Promise: each function gives patterns of the dialect without the group `value`. A name that is all
words is found only as names are written, and one that is a thing of code (`Deep Learning`) never.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.detect.spelling import either, literal, plain
from scrubber.identity.tiers import tier
from scrubber.lazy import lazy_pattern
from scrubber.validators.given_names import given_name
from scrubber.validators.technical import technical
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BESIDE: Final = lazy_pattern(
    r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}|\"[^\"]*\"|[\u201C\u00AB][^\u201D\u00BB]*[\u201D\u00BB]"
)
_TITLES: Final = words(
    """
    dipl dott dr drs frau herr hon ing ir lic mag miss mme mr mrs ms mx prof professor rev sir sr
    sra capt col gen lt maj sgt
    """
)
_BEHIND: Final = words("bsc cpa dds esq ext extern external ii iii iv jr llm mba md msc phd rn sr")
_DEGREES: Final = words("ba ma")
_PARTICLES: Final = words(
    """
    'd 't af al ap av ben bin bint da das de degli dei del della den der di do dos du e el ibn la
    las le les lo los op san st te ten ter to tot und van vom von y z zu zum zur
    """
)
# Scripts without blanks and cases: of China, Japan and Korea.
_JOINED: Final = lazy_pattern(r"[\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7A3\s\u00B7\u30FB]{2,40}")
_HANGUL: Final = r"\uAC00-\uD7A3"

_SIGN: Final = r"(?:[\x20\t\xA0._+,\-\^]|%20)"
_BETWEEN: Final = rf"{_SIGN}{{1,2}}"
_LOOSE: Final = rf"{_SIGN}{{0,2}}"
_PAIR: Final = 2
_MOST: Final = 8
"""Parts of one name; what has more is no name."""


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A name, read.

    Attributes:
        given: the parts before the surname.
        surname: its parts, particles such as `van` among them; never empty.
    """

    given: tuple[str, ...]
    surname: tuple[str, ...]

    @property
    def particles(self) -> tuple[str, ...]:
        """The parts of the surname that many others have."""
        return tuple(one for one in self.surname[:-1] if one.casefold() in _PARTICLES)

    @property
    def telling(self) -> tuple[str, ...]:
        """The parts of the surname without the particles."""
        return tuple(one for one in self.surname if one not in self.particles)


def read_name(text: str) -> Person | None:
    """Read a name as people and programs write it.

    Args:
        text: the name, with titles, degrees and what stands in brackets.

    Returns:
        Its parts; None where there is none left.
    """
    composed = _BESIDE.sub(" ", unicodedata.normalize("NFC", text))
    before, _, behind = composed.partition(",")
    first, rest = _parts(before), _parts(behind, alone=True)
    if rest and first:
        return Person(rest, first)  # Doe, Jane
    parts = first or rest
    if not parts or len(parts) > _MOST:
        return None
    at = next((at for at, one in enumerate(parts) if at and one.casefold() in _PARTICLES), -1)
    return Person(parts[:at], parts[at:])


def _parts(text: str, *, alone: bool = False) -> tuple[str, ...]:
    """Give the parts without titles and degrees, of which two are left: Gen Vexler, Jack Ma."""
    found = [one for one in re.split(r"[\s,;]+", text) if any(char.isalpha() for char in one)]
    while found and _plain(found[0]) in _TITLES and (len(found) > _PAIR or "." in found[0]):
        found.pop(0)
    behind = _BEHIND | _DEGREES if alone else _BEHIND
    while found and _plain(found[-1]) in behind and (alone or len(found) > _PAIR):
        found.pop()
    return tuple(found)


def _plain(part: str) -> str:
    return part.replace(".", "").strip("-").casefold()


def surnames(names: Iterable[str]) -> list[str]:
    """Give the parts of names that tell who it is when they stand alone.

    Args:
        names: full names.

    Returns:
        Surnames, and names that have no other part; of any tier.
    """
    found = []
    for person in filter(None, map(read_name, names)):
        last = person.surname[-1]
        found += [one for one in person.telling if one == last or not given_name(one)]
        if person.particles:
            found.append("".join(person.surname))
    return found


def full_names(names: Iterable[str]) -> Iterator[str]:
    """Give the patterns of names in both orders, and joined as names of files and accounts are.

    Args:
        names: full names.

    Yields:
        Patterns; they need the bounds of a token around them.
    """
    for name in names:
        person = read_name(name)
        if person is None:
            continue
        if _JOINED.fullmatch("".join((*person.given, *person.surname))):
            yield from _joined(person)
        elif person.given:
            yield from _of_person(person)


def _joined(person: Person) -> Iterator[str]:
    """Spell a name of a script without blanks: with one anywhere, or none."""
    bound = f"(?<![{_HANGUL}])" if re.search(f"[{_HANGUL}]", person.surname[-1]) else ""
    orders = {(*person.given, *person.surname), (*person.surname, *person.given)}
    for order in sorted(orders):
        text = re.sub(r"[\u00B7\u30FB]", "", "".join(order))
        if len(text) >= _PAIR:
            yield bound + r"[\x20\u3000\u00B7\u30FB]?".join(map(plain, text))


def _of_person(person: Person) -> Iterator[str]:
    first, last = person.given[0], person.surname[-1]
    if all(tier(part) == "word" for part in (first, last)):
        # Will Power: only as a name is written; Deep Learning: never.
        if not (technical(first) or technical(last)):
            yield f"{plain(first)}\\x20{plain(last)}"
            yield f"{plain(last)},\\x20?{plain(first)}"
        return
    every = (*person.given, *person.surname)
    if len(every) > _PAIR:
        yield _BETWEEN.join(map(_part, every))
    small = [*map(literal, dict.fromkeys(person.particles)), r"[A-Za-z]\.?"]
    inner = f"(?:{either(small)}{_BETWEEN}){{0,3}}"
    for one in person.telling:
        yield f"{_part(first)}{_BETWEEN}{inner}{_part(one)}"
        yield f"{_part(one)}{_BETWEEN}{_part(first)}"
    if person.particles:
        yield f"{_LOOSE.join(map(_part, person.surname))}{_BETWEEN}{_part(first)}"
    initials = "".join(one[0] for one in person.surname[:-1])
    # jdoe, jvdberg, doej
    begun = (first[0] + last, first[0] + initials + last, last + first[0])
    whole = "".join(person.surname)
    joined = (first + last, last + first, first + whole, whole + first, *begun)
    # Tim Estamp must not take every timestamp.
    yield from (literal(one) for one in joined if tier(one) == "bare")


def _part(text: str) -> str:
    """Spell one part, whose halves may stand apart: Jean-Luc, Jean Luc, JeanLuc."""
    halves = [one for one in re.split(r"[\-\u2010\u2011]", text) if one]
    return _LOOSE.join(map(literal, halves))
