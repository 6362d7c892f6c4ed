"""
Names of people in the names of files and folders: `patient_John_Smith_1970.dcm`, `/x/Doe_Jane/y`.

A name of a file is no sentence, so the tagger has little to go by, and rules know six hundred given
names by heart. Here a component of a path is cut at its signs, digits and capitals, and the long
lists are asked: a given name beside a surname, or one name beside a word such as `patient`. Only
the name goes; the rest of the component and the suffix say what the file was.

What is a component, and which may not hold names, is told elsewhere.

Promise: spans depend on the line alone, its digits read as `0`; each lies within one component, and
begins and ends with a letter.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from scrubber.identity.word_list import common_word
from scrubber.lazy import lazy_pattern
from scrubber.ner.components import components
from scrubber.ner.little_words import LITTLE
from scrubber.ner.named_after import named_after
from scrubber.ner.spans import PARTICLES
from scrubber.ner.tagger import packaged
from scrubber.ner.tokens import tokens
from scrubber.types import Span
from scrubber.validators.given_names import given_name
from scrubber.validators.technical import technical
from scrubber.validators.words import words as word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

RULE_ID: Final = "ner.file_name"
PAIR: Final = 0.6
"""The confidence of a given name beside a surname: less than that of rules for whole names of
files, whose word stands where both claim the same."""
BESIDE_ROLE: Final = 0.55
"""The confidence of one name beside a word that says who it is."""

_BETWEEN: Final = lazy_pattern(r"[_\-.+^,~\u00b7 ]{0,3}")
_ROLES: Final = word_list(
    """
    applicant ausweis bewerbung candidate client cliente customer cv dossier empleado employee
    employe kunde kundin lebenslauf mitarbeiter paciente passport patient patiente patienten
    patientin paziente person proband probandin reisepass resume schueler schüler student studentin
    """
)
_TOWNS: Final = word_list("fort mount port saint san santa santo sao são st")
_JOINED: Final = frozenset({"Mc", "Mac", "De", "Di", "La", "Le", "Van", "O"})
_HEADS: Final = word_list("al bin da de del den der di dos el ibn la ten ter van vom von")
_NO_NAMES: Final = LITTLE | _ROLES | _TOWNS
_WEAK, _LISTED, _KNOWN = 1, 2, 3
_SHORTEST: Final = 2
_SHORTEST_SMALL: Final = 3
_SHORTEST_ALONE: Final = 4
_MOST_WORDS: Final = 4
_UNSPACED: Final = "\u3040"
_SHORTEST_UNSPACED: Final = 3
_LONGEST_UNSPACED: Final = 6


class _Grade(NamedTuple):
    """How good a name a word is: 0 for none, 1 for a word of every day, 3 for sure."""

    given: int = 0
    surname: int = 0
    place: bool = False


class _Word(NamedTuple):
    """A word of a component: its range, itself in small letters, and what is known of it."""

    start: int
    end: int
    lower: str
    capital: bool
    grade: _Grade

    @property
    def listed(self) -> bool:
        """Whether it is a name, and no word of every day."""
        return max(self.grade.given, self.grade.surname) >= _LISTED


def file_name_spans(line: str) -> list[Span]:
    """Find names of people in components of paths and in names of files.

    Args:
        line: without a newline.

    Returns:
        Disjoint spans in order.

    >>> line = "could not read /x/patient_John_Smith_1970.dcm"
    >>> [line[one.start : one.end] for one in file_name_spans(line)]
    ['John_Smith']
    """
    return [one.moved(start) for start, text in components(line) for one in _names(text)]


@lru_cache(maxsize=1 << 13)
def _names(text: str) -> tuple[Span, ...]:
    """Find the names in one component."""
    words = _words(text)
    found: list[Span] = []
    at = behind = 0
    while at < len(words):
        first, last, sure = at, _pair(text, words, at), PAIR
        while last and first > behind and _goes_on(text, words[first - 1], words[first]):
            first -= 1
        while last and last + 1 < len(words) and _goes_on(text, words[last], words[last + 1]):
            last += 1
        if not last and not _unspaced(words[at].lower):
            sure = BESIDE_ROLE if _beside_role(text, words, at) else 0.0
        last = max(at, last)
        if sure:
            found.append(Span(words[first].start, words[last].end, "PERSON", RULE_ID, sure))
            behind = last + 1
        at = last + 1
    return tuple(found)


def _words(text: str) -> list[_Word]:
    """Cut a component into words; characters of Han in a row are one."""
    ranges: list[tuple[int, int]] = []
    for token in tokens(text):
        if not token.text[0].isalpha():
            continue
        start, end = token.start, token.end
        if ranges and ranges[-1][1] == start and _one_word(text[slice(*ranges[-1])], token.text):
            start, _ = ranges.pop()
        ranges.append((start, end))
    return [_word(text, start, end) for start, end in ranges]


def _one_word(one: str, other: str) -> bool:
    """Tell whether two tokens are one word: `Mc` and `Donald`, two characters of Han."""
    if one.isascii() or one[-1].isupper() or one[-1].islower():
        return one in _JOINED
    return not other.isascii()


def _word(text: str, start: int, end: int) -> _Word:
    capital, lower = not text[start].islower(), text[start:end].casefold()
    graded = capital or end - start >= _SHORTEST_SMALL
    return _Word(start, end, lower, capital, _grade(lower) if graded else _Grade())


def _pair(text: str, words: Sequence[_Word], at: int) -> int:
    """Give the last word of a name that begins with a word; 0 for none."""
    one, found = words[at], 0
    if not any(one.grade[:2]) or (at and words[at - 1].lower in _TOWNS):
        return 0
    for behind, other in enumerate(words[at + 1 : at + _MOST_WORDS], at + 1):
        if not _beside(text, words[behind - 1], other):
            break
        if (_fit(one, other) or _fit(other, one)) and not named_after(one.lower, other.lower):
            found = behind
        if len(other.lower) > 1 and other.lower not in PARTICLES:
            break
    return found


def _fit(one: _Word, other: _Word) -> bool:
    """Tell whether two words are a given name and a surname."""
    given, surname = one.grade.given, other.grade.surname
    if not given or not surname or one.lower == other.lower:
        return False
    if given == _KNOWN:
        return True
    if one.grade.place and other.grade.place:
        return False
    capitals = one.capital and other.capital
    return min(given, surname) >= _LISTED or (capitals and max(given, surname) >= _LISTED)


def _beside(text: str, one: _Word, other: _Word) -> bool:
    return _BETWEEN.fullmatch(text, one.end, other.start) is not None


def _goes_on(text: str, one: _Word, other: _Word) -> bool:
    """Tell whether two words are of one name: both listed, or a particle before the other."""
    heads = len(one.lower) > 1 and one.lower in _HEADS
    return ((one.listed and other.listed) or heads) and _beside(text, one, other)


def _unspaced(word: str) -> bool:
    """Tell whether a word in Han, kana or Hangul is a surname and a given name behind it."""
    if word[0] < _UNSPACED or not _SHORTEST_UNSPACED <= len(word) <= _LONGEST_UNSPACED:
        return False
    return any(_grade(word[:at]).surname and _grade(word[at:]).given for at in range(1, len(word)))


def _beside_role(text: str, words: Sequence[_Word], at: int) -> bool:
    """Tell whether a name stands alone beside a word for who it is."""
    word = words[at]
    if not word.listed or len(word.lower) < _SHORTEST_ALONE * word.lower.isascii():
        return False
    before = words[at - 1] if at else word
    behind = words[at + 1] if at + 1 < len(words) else word
    return (before.lower in _ROLES and _beside(text, before, word)) or (
        behind.lower in _ROLES and _beside(text, word, behind)
    )


@lru_cache(maxsize=1 << 14)
def _grade(word: str) -> _Grade:
    plain = unicodedata.normalize("NFC", word)
    gazetteer = packaged().gazetteer
    given, surname = gazetteer.given(plain), gazetteer.surname(plain)
    if given_name(plain):
        return _Grade(_KNOWN, _LISTED * surname, gazetteer.place(plain))
    short = plain.isascii() and len(plain) < _SHORTEST
    if not (given or surname) or short or plain in _NO_NAMES or technical(plain):
        return _Grade()
    grade = _WEAK if common_word(plain) else _LISTED
    return _Grade(grade * given, grade * surname, gazetteer.place(plain))
