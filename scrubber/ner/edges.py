"""
Where a name begins and ends, whatever a general model says.

Models trained on prose take signs of program text along: `'Jane Doe'`, `(Jane Doe)`, `Jane Doe's`.
What stands around a name is left to the reader, so that only the name is replaced.

Promise: what comes out lies within what went in, on one line, and begins and ends with a letter or
a digit.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NEWLINE: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_POSSESSIVE: Final = re.compile(r"(?<=\w)['\u2019\u02bc]s$", re.IGNORECASE)
_FIRST: Final = frozenset("LN")
_LAST: Final = frozenset("LMN")  # a letter may end in a mark: é in two code points, Hindi vowels


def trimmed(line: str, start: int, end: int) -> tuple[int, int] | None:
    """Trim a range to the name in it.

    Args:
        line: the line.
        start: first code point.
        end: one past the last one.

    Returns:
        The range of the name, or None when there is no letter in it.

    >>> trimmed("for 'Jane Doe's' file", 4, 16)
    (5, 13)
    >>> trimmed("[42]", 0, 4)
    """
    start = max(start, 0)
    start, end = _stripped(line, start, max(min(end, len(line)), start))
    newline = _NEWLINE.search(line, start, end)
    if newline:
        start, end = _stripped(line, start, newline.start())
    while owner := _POSSESSIVE.search(line[start:end]):
        start, end = _stripped(line, start, start + owner.start())
    if not any(character.isalpha() for character in line[start:end]):
        return None
    return start, end


def _stripped(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and unicodedata.category(line[start])[0] not in _FIRST:
        start += 1
    while end > start and unicodedata.category(line[end - 1])[0] not in _LAST:
        end -= 1
    return start, end
