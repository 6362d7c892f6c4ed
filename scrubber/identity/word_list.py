"""
Is a word one that everybody uses: English, or part of a name in code?

An account can be called `lightning` or `trainer`, and a report in which these words are gone is
worth nothing. The list holds base forms of English words (12Dicts, compiled by Alan Beale, who
released it to the public domain), the words in the names of the standard library, and those in the
names that packages of machine learning, the web and tests define; `benchmarks/make_word_list.py`
makes it. Given names are left out where it is read, since `alexander` is a key of no program.

Promise: only the words of two first letters are unpacked, at first use; a list that cannot be read
has no words, so that more is removed and not less.
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.given_names import given_name

_FILE: Final = Path(__file__).with_name("words.z")
_ENTRY: Final = lazy_pattern(r"([0-H])([a-z]*)")
_LONGEST: Final = 28
"""Letters of the longest word on the list, and of an ending."""

# What English adds to a word: the ending, and what stood in its place.
_ENDINGS: Final = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ers", ""),
    ("ers", "e"),
    ("ly", ""),
)
_SHORTEST_STEM: Final = 4
"""Letters before an ending: `rings` is of `ring`, `bring` of nothing."""


def common_word(word: str) -> bool:
    """Tell whether a word is on the list, in one of its forms.

    Args:
        word: letters, in any case.

    Returns:
        Whether it is an English word or one of code, and no given name.

    >>> [common_word(one) for one in ("trainers", "Tensor", "jdoe", "alexander")]
    [True, True, False, False]
    """
    plain = word.casefold()
    if not plain.isascii() or not plain.isalpha() or len(plain) > _LONGEST or given_name(plain):
        return False
    known = _words(plain[:2])
    return plain in known or any(stem in known for stem in _stems(plain))


def _stems(word: str) -> list[str]:
    stems = []
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_STEM:
            continue
        stems.append(stem + instead)
        # plugged, plugger: the last letter was doubled
        if not instead and stem[-1] == stem[-2]:
            stems.append(stem[:-1])
    return stems


def code_name(name: str) -> bool:
    """Tell whether a name with digits is one of code.

    >>> code_name("conv2d"), code_name("Jinja2"), code_name("jdoe1970")
    (True, True, False)
    """
    return name.casefold() in _numbered()


@cache
def _numbered() -> frozenset[str]:
    return frozenset(_lines().get("", "").split())


@cache
def _words(first: str) -> frozenset[str]:
    """Unpack the words that begin with two letters."""
    found, word = [], ""
    for shared, rest in _ENTRY.findall(_lines().get(first, "")):
        word = word[: ord(shared) - ord("0")] + rest
        found.append(word)
    return frozenset(found)


@cache
def _lines() -> dict[str, str]:
    """Give the lines by their two first letters, and the names with digits as ""."""
    try:
        *lines, numbered = zlib.decompress(_FILE.read_bytes()).decode("ascii").split("\n")
    except (OSError, ValueError, zlib.error):
        return {}
    # The first word of a line shares nothing and is written whole behind its "0".
    return {line[1:3]: line for line in lines} | {"": numbered}
