"""
Lines, cut to what a general model can read.

spaCy refuses texts of a million characters, and cuts signs off a word one by one, reading all of
the word each time: 4,096 quotes take it four seconds. Presidio reads its text through spaCy.
Neither takes a lone surrogate, which is what a byte that is no UTF-8 is read as.

Promise: every code point of a line is in a piece, at its own place in it; names up to `OVERLAP` are
whole in one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 4096
"""Code points of a piece."""
OVERLAP: Final = 128
"""Code points that two pieces share."""

_LONG_WORD: Final = re.compile(r"\S{129,}")
_SIGN: Final = re.compile(
    "[!-/:-@\\[-`{-~\u00a1-\u00bf\u2010-\u2060\u2190-\u2bff\u3001-\u3020\uff00-\uff0f]"
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def pieces(line: str) -> Iterator[tuple[int, str]]:
    r"""Cut a line.

    Args:
        line: any string.

    Yields:
        Where a piece begins, and the piece. What cannot be encoded is U+FFFD in it, and signs in a
        word of more than 128 code points are blanks. None of an empty line.

    >>> [(start, len(piece)) for start, piece in pieces("\udcff" * 5000)]
    [(0, 4096), (3968, 1032)]
    """
    if not line.isascii():
        line = _SURROGATE.sub("\ufffd", line)
    line = _LONG_WORD.sub(_without_signs, line)
    last = max(len(line) - OVERLAP, 1) if line else 0
    for start in range(0, last, LONGEST - OVERLAP):
        yield start, line[start : start + LONGEST]


def _without_signs(word: re.Match[str]) -> str:
    return _SIGN.sub(" ", word[0])
