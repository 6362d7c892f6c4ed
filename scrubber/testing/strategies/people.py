"""
Names of people and of their accounts, from many parts of the world.

Given and family names are put together at random within a group, so nobody in particular is meant.

Promise: a name is nothing that a program, a system account or a page of documentation is called,
but it may be a word of a language: Will, Mark, Art and May are people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from scrubber.testing.planting import Planted

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True)
class Group:
    """Names that go together.

    Attributes:
        given: names of persons.
        family: names of families, as they stand after the given one.
        joint: what stands between the two.
        family_first: whether the family comes first.
    """

    given: tuple[str, ...]
    family: tuple[str, ...]
    joint: str = " "
    family_first: bool = False


GROUPS: Final = (
    Group(("Jane", "Thomas", "Grace"), ("Doevale", "Ashworth", "Pemberton")),
    Group(
        ("Zo\u00eb", "Ren\u00e9e", "S\u00f8ren"),
        ("\u00d8sterg\u00e5rd", "M\u00fcllerin", "Dvo\u0159\u00e1kov\u00e1"),
    ),
    Group(("Siobh\u00e1n", "Conor", "Luca"), ("O'Sheridan", "D'Angelini", "O\u2019Reardon")),
    Group(("Anna-Lena", "Jean-Luc", "Mary-Ann"), ("Weber-Schmitt", "Smith-Jonesly")),
    Group(("Ludwig", "Mar\u00eda", "Vincent"), ("van der Bergh", "de la Cruzado", "von Hohenau")),
    Group(
        ("Will", "Mark", "May", "Art", "Grant", "Rose"), ("Young", "Test", "Page", "Case", "Byte")
    ),
    Group(
        ("Anna", "\u0410\u043d\u043d\u0430", "\u041e\u043b\u044c\u0433\u0430"),
        (
            "\u0418\u0432\u0430\u043d\u043e\u0432\u0438\u0447",
            "\u041f\u0435\u0442\u0440\u0435\u043d\u043a\u043e",
        ),
    ),
    Group(
        ("\u0645\u062d\u0645\u062f", "\u0644\u064a\u0644\u0649"),
        ("\u0627\u0644\u0623\u062d\u0645\u062f", "\u062d\u062f\u0627\u062f"),
    ),
    Group(
        ("\u592a\u90ce", "\u82b1\u5b50"),
        ("\u5c71\u7530", "\u4f50\u3005\u6728"),
        joint="",
        family_first=True,
    ),
    Group(("\ubbfc\uc900", "\uc11c\uc5f0"), ("\uae40", "\ubc15"), joint="", family_first=True),
    Group(
        ("\u0394\u03b7\u03bc\u03ae\u03c4\u03c1\u03b7\u03c2", "\u039c\u03b1\u03c1\u03af\u03b1"),
        ("\u03a0\u03b1\u03c0\u03b1\u03b4\u03bf\u03c0\u03bf\u03cd\u03bb\u03bf\u03c5",),
    ),
)
"""The groups names are taken from."""

KEYED: Final = tuple(group for group in GROUPS if group.joint == " ")
"""Groups whose names have a blank, by which a name behind a key is told from another word."""

_SHORTEST_PART: Final = 4


def _persons(groups: tuple[Group, ...]) -> tuple[Planted, ...]:
    return tuple(
        Planted(
            "PERSON",
            group.joint.join((family, given) if group.family_first else (given, family)),
            (family,) if len(family) >= _SHORTEST_PART else (),
        )
        for group in groups
        for given in group.given
        for family in group.family
    )


def of_groups(groups: tuple[Group, ...]) -> SearchStrategy[Planted]:
    """Give the full names of some groups."""
    return st.sampled_from(_persons(groups))


def person_names() -> SearchStrategy[Planted]:
    """Give full names: accents, apostrophes, hyphens, particles, words, and eight scripts.

    Nothing in a text tells a name from other words, so a name by itself is not removed from one:
    `planted("PERSON")` puts it where it can be known.

    Returns:
        Each with the family name, if that has four letters.

    >>> from hypothesis import find
    >>> find(person_names(), lambda one: True).value
    'Jane Doevale'
    """
    return of_groups(GROUPS)


_ACCOUNTS: Final = (
    "vexlora",
    "jdoevale",
    "tkowalska",
    "amara.okonkwor",
    "bj\u00f6rn.brandtsson",
    "mueller-doevale",
    "grace_ashworth",
    "\u0438\u0432\u0430\u043d\u043e\u0432\u0438\u0447",
    "zq",
    "will",
    "mark",
    "may",
)
_ENDS: Final = ("", "", "7", "84", "1999", "-ext", "_gpu")


def usernames() -> SearchStrategy[Planted]:
    """Give names of accounts: initials, dots, numbers, accents, short ones, words.

    An account is known by where it stands. `will` is removed from `/home/will`, and never from a
    sentence: `planted("USERNAME")` puts each where it can be known.

    >>> from hypothesis import find
    >>> find(usernames(), lambda one: True).value
    'vexlora'
    """
    return st.builds(
        lambda name, end: Planted("USERNAME", name + end),
        st.sampled_from(_ACCOUNTS),
        st.sampled_from(_ENDS),
    )


def plain_usernames() -> SearchStrategy[Planted]:
    """Give accounts of ASCII letters that are no words, which every logger writes as they are."""
    names = st.sampled_from(
        ("vexlora", "jdoevale", "tkowalska", "amara.okonkwor", "grace_ashworth")
    )
    return st.builds(
        lambda name, end: Planted("USERNAME", name + end), names, st.sampled_from(_ENDS)
    )
