"""
What is known of a word by itself: how it is written, and which lists have it.

Promise: the same text gives the same answer, whatever stands around it; nothing of it is kept but
in the memory of this process.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from scrubber.identity.word_list import common_word
from scrubber.ner.little_words import LITTLE
from scrubber.validators.technical import technical
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.ner.gazetteer import Gazetteer

_LONG: Final = 8
FOREIGN: Final = "~"
"""Ends the shape of a word in other letters than its line."""

_FIRST: Final = 64
"""Tokens of a line that tell its script."""
_BEHIND_LATIN: Final = "\u0370"
_TITLES: Final = words(
    """
    dott dr frau herr madam mevrouw miss mlle mme mr mrs ms pan pani prof professor señor señora
    signor signora sir sra
    """
)
"""Behind one of these, an everyday surname is a name."""
_GEORGIAN: Final = ("\u10d0", "\u10ff")
"""Small letters by their class, and no name begins with another."""
_OTHER_SCRIPTS: Final = frozenset("hkgu")
_PLAIN: Final = frozenset("vtf")
_SCRIPTS: Final = {"CJK": "h", "HIRAGANA": "k", "KATAKANA": "k", "HANGUL": "g"}


class Word(NamedTuple):
    """A token's text, judged.

    Attributes:
        lower: in small letters.
        shape: `Xx`, `XX`, `X`, `x`, `0`, a sign as it is, or the kind of a script without cases:
            `h` Han, `k` kana, `g` Hangul, `u` any other; with a `~` behind where
            the line is in Latin letters and the word is not.
        lists: which lists have it: `g` given names, `s` surnames, `p` places, `v` words that
            everybody uses, `t` words of technology, `f` little words of many languages.
        kind: both together, which is what neighbours are told of it.
        may_name: whether it may be a part of a name at all.
        letters: whether it is a word, and no sign or number.
        tells: whether a line with it is worth looking at: `Block` and `Power` are surnames, too,
            but of a line with no other one they do not tell.
    """

    lower: str
    shape: str
    lists: str
    kind: str
    may_name: bool
    letters: bool
    tells: bool


def mostly_latin(texts: Sequence[str]) -> bool:
    """Tell whether most of the first words of a line are written in Latin letters.

    Args:
        texts: its tokens.
    """
    found = [text for text in texts[:_FIRST] if text[0].isalpha()]
    return 2 * sum(text[0] < _BEHIND_LATIN for text in found) >= len(found)


def word_of(text: str, gazetteer: Gazetteer, *, latin: bool = True) -> Word:
    """Judge a token's text.

    Args:
        text: one token, digits read as `0`.
        gazetteer: the lists of names.
        latin: whether it stands in a line of Latin letters.

    Returns:
        What is known of it.
    """
    shape = _shape(text)
    if latin and text[0] >= _BEHIND_LATIN and text[0].isalpha():
        shape += FOREIGN
    if not text[0].isalpha():
        return Word(text, shape, "", shape, may_name=False, letters=False, tells=False)
    lower = text.casefold()
    plain = unicodedata.normalize("NFC", lower)
    given, surname = gazetteer.given(plain), gazetteer.surname(plain)
    everyday = common_word(plain)
    lists = "".join(
        letter
        for letter, listed in (
            ("g", given),
            ("s", surname),
            ("p", gazetteer.place(plain)),
            ("v", everyday),
            ("t", len(plain) > 1 and technical(plain)),
            ("f", plain in LITTLE),
        )
        if listed
    )
    named = given or surname
    plainly = not _PLAIN.isdisjoint(lists)
    if shape.removesuffix(FOREIGN) in {"Xx", "XX", "X"}:
        may_name = named or not plainly
        tells = (given or not plainly) and len(plain) > 1
    else:
        tells = may_name = shape[0] in _OTHER_SCRIPTS or (named and not plainly)
    tells = tells or plain in _TITLES
    return Word(lower, shape, lists, f"{shape}{lists}", may_name, letters=True, tells=tells)


def _shape(text: str) -> str:
    first = text[0]
    if first.isdecimal():
        return "0"
    if not first.isalpha():
        return text if text.isascii() else "."
    if first.isupper() or first.istitle():
        if len(text) == 1:
            return "X"
        return "XX" if text[1].isupper() else "Xx"
    if first.islower() and not _GEORGIAN[0] <= first <= _GEORGIAN[1]:
        return "x"
    return _SCRIPTS.get(unicodedata.name(first, "").partition(" ")[0], "u")


def length_of(word: Word) -> str:
    """Give the length of a word as a class: its letters up to eight."""
    return str(min(len(word.lower), _LONG))
