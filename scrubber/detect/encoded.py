r"""
What a scanner looks for to tell which lines have something to decode.

The views of a line are made in Python, which costs more than all its rules. So the screen looks for
escapes and base64 with the same scan as for rules.

Promise: a line that is `decodable` has a match of one of these, over its folded bytes.
"""

from __future__ import annotations

import re
from functools import cache
from string import ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING, Final

from scrubber.decoding.base64_text import (
    BASE64_BYTES,
    BASE64_RUN,
    HINTS,
    OF_TEXT,
    SHORTEST_RUN,
    URL_ALPHABET,
)
from scrubber.decoding.escapes import TOKEN
from scrubber.encodings import ESCAPES

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALPHABET: Final = f"{ascii_uppercase}{ascii_lowercase}{digits}+/"
_HEX: Final = "[0A-Fa-f]"
_LETTERS: Final = "".join(f"\\x{ord(one):02x}" for one in ESCAPES)


def _folded(expression: str) -> str:
    """Fold the classes of an expression: with one digit they have the zero that stands for it."""
    plain = expression.replace("\\w", "0-9A-Z_a-z").replace("}?", "}")
    return re.sub(r"\[[^\]]*[0-9][^\]]*\]", lambda found: f"[0{found[0][1:]}", plain)


def _in_run(hint: str, groups: int) -> tuple[str, ...]:
    """Say that a hint stands in a run that is long enough: half of the rest is on one side."""
    further = -(-(SHORTEST_RUN - 4 * groups) // 2)
    run = f"[0A-Za-z+/_-]{{{further}}}"
    return (f"{run}{hint}", f"{hint}{run}") if further > 0 else (hint,)


EXPRESSIONS: Final = (
    f"%{_HEX}{{2}}",
    # Bytes, octal digits and code points begin with letters; what is behind is looked at then.
    rf"\\[{_LETTERS}xuU]",
    r"&(?:[A-Za-z][0A-Za-z]{1,31}|\x23[0Xx][0A-Fa-f]{0,7});",
    # Commands to a terminal.
    r"\x1b",
    r"\xc2\x9b",
    # What nobody sees: soft hyphen, zero-width and direction marks.
    r"\xc2\xad",
    r"\xe2\x80[\x8b-\x8f\xaa-\xae]",
    r"\xe2\x81[\xa0-\xa4\xa6-\xa9]",
    r"\xef\xbb\xbf",
    *(one for hint, groups in HINTS.items() for one in _in_run(_folded(hint), groups)),
)


def may_decode(shape: str) -> bool:
    """Tell whether a line may have something to decode, by its shape: its digits are not known.

    Args:
        shape: a line with every digit a `0`.

    >>> may_decode("a%00b"), may_decode("in /usr/lib/python0 or in it")
    (True, False)
    """
    # The one token that tells digits apart: a terminal saves its cursor with ESC 7.
    if "\x1b0" in shape or TOKEN.search(shape) is not None:
        return True
    return any(_may_hide_text(run[0].translate(URL_ALPHABET)) for run in BASE64_RUN.finditer(shape))


def _may_hide_text(run: str) -> bool:
    """Tell whether base64 may stand for enough bytes in a row that texts consist of."""
    for offset in range(4):
        in_row = 0
        for at in range(offset, len(run) - 1):
            place = (at - offset) % 4
            # The first three characters of a group begin a byte each, the fourth ends one.
            if place < 3:  # noqa: PLR2004
                in_row = in_row + 1 if _may_be_text(place, run[at], run[at + 1]) else 0
                if in_row >= BASE64_BYTES:
                    return True
    return False


@cache
def _may_be_text(place: int, one: str, other: str) -> bool:
    """Tell whether the byte that two characters of base64 write may be one of a text."""
    left, right = 2 + 2 * place, 4 - 2 * place
    return any(
        ((first << left & 0xFF) | second >> right) in OF_TEXT
        for first in _sextets(one)
        for second in _sextets(other)
    )


def _sextets(character: str) -> Iterable[int]:
    code = _ALPHABET.index(character)
    return range(code, code + 10) if character == "0" else (code,)
