r"""
What a scanner looks for to tell which lines have something to decode.

The views of a line are made in Python, which costs more than all its rules. So the screen looks for
escapes and base64 with the same scan as for rules.

Promise: a line that is `decodable` has a match of one of these, over its folded bytes.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import cycle, islice
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
from scrubber.decoding.escapes import HINT, TOKEN
from scrubber.encodings import ESCAPES

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALPHABET: Final = f"{ascii_uppercase}{ascii_lowercase}{digits}+/"
_FOLDED: Final = f"{ascii_uppercase}{ascii_lowercase}0+/"
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
    if "\x1b0" in shape:
        return True
    hint = HINT.search(shape)
    if hint is not None and TOKEN.search(shape, hint.start()) is not None:
        return True
    hiding = _hiding()
    return any(hiding.search(run[0].translate(URL_ALPHABET)) for run in BASE64_RUN.finditer(shape))


def _may_be_text(place: int) -> str:
    """Write what two characters of base64 are, by the first, whose byte may be one of a text."""
    left, right = 2 + 2 * place, 4 - 2 * place
    others: dict[str, str] = {}
    for one in _FOLDED:
        fitting = "".join(
            other
            for other in _FOLDED
            if any(
                ((first << left & 0xFF) | second >> right) in OF_TEXT
                for first in _sextets(one)
                for second in _sextets(other)
            )
        )
        others[fitting] = others.get(fitting, "") + one
    found = (f"[{ones}](?=[{fitting}])" for fitting, ones in others.items() if fitting)
    return f"(?:{'|'.join(found)})"


def _sextets(character: str) -> Iterable[int]:
    code = _ALPHABET.index(character)
    return range(code, code + 10) if character == "0" else (code,)


@cache
def _hiding() -> re.Pattern[str]:
    """Give what base64 of enough bytes in a row matches of which texts consist.

    The first three characters of a group begin a byte each, the fourth ends one.
    """
    group = [*map(_may_be_text, range(3)), "."]
    return re.compile(
        "|".join(
            "".join(
                islice((one for one in cycle(group[start:] + group[:start])), BASE64_BYTES // 3 * 4)
            )
            for start in range(3)
        )
    )
