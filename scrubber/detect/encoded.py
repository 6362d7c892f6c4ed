r"""
Whether a line may have something to decode, told from its shape: its digits are not known.

The views of a line are made in Python, which costs more than all its rules; most shapes show that
there are none. Rejected: to look for base64 with the scan for rules, where half of the time and
nearly all hits were its.

Promise: a line that is `decodable` may decode by its shape.
"""

from __future__ import annotations

import re
from functools import cache
from string import ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING, Final

from scrubber.decoding.base64_text import (
    BASE64_BYTES,
    BASE64_RUN,
    OF_TEXT,
    URL_ALPHABET,
    WIDE_HINT,
)
from scrubber.decoding.escapes import HINT, TOKEN
from scrubber.decoding.full_width import next_wide
from scrubber.decoding.hex_text import HEX_BYTES, hex_runs
from scrubber.lazy import lazy_pattern
from scrubber.ruleset.shapes import TO_SHAPE

if TYPE_CHECKING:
    from collections.abc import Callable

_ALPHABET: Final = f"{ascii_uppercase}{ascii_lowercase}{digits}+/"
_FOLDED: Final = f"{ascii_uppercase}{ascii_lowercase}0+/"

# A byte of ASCII begins with a digit.
_HEX_TEXT: Final = lazy_pattern(f"(?:[0A-Fa-f]{{2}})*?(?:0[0A-Fa-f]){{{HEX_BYTES}}}")
_UTF_16: Final = lazy_pattern(WIDE_HINT.translate(TO_SHAPE), re.ASCII)


def may_decode(shape: str) -> bool:
    """Tell whether a line may have something to decode.

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
    if next_wide(shape, 0) is not None:
        return True
    if any(_HEX_TEXT.match(run[0].replace(" ", "")) for run in hex_runs(shape)):
        return True
    hiding = _hiding()
    return any(
        hiding.search(run[0].translate(URL_ALPHABET)) or _UTF_16.search(run[0])
        for run in BASE64_RUN.finditer(shape)
    )


def _may_be_text(place: int) -> str:
    """Write what two characters of base64 are, by the first, whose byte may be one of a text."""
    left, right = 2 + 2 * place, 4 - 2 * place
    firsts = _by_bits(lambda sextet: sextet << left & 0xFF)
    seconds = _by_bits(lambda sextet: sextet >> right)
    others: dict[str, str] = {}
    for high, ones in firsts.items():
        fitting = "".join(
            characters
            for low, characters in seconds.items()
            if any(one | other in OF_TEXT for one in high for other in low)
        )
        others[fitting] = others.get(fitting, "") + ones
    found = (f"[{ones}](?=[{fitting}])" for fitting, ones in others.items() if fitting)
    return f"(?:{'|'.join(found)})"


def _by_bits(bits: Callable[[int], int]) -> dict[frozenset[int], str]:
    """Put together the characters that may mean the same bits; a `0` is any digit."""
    found: dict[frozenset[int], str] = {}
    for one in _FOLDED:
        code = _ALPHABET.index(one)
        meant = frozenset(map(bits, range(code, code + 10) if one == "0" else (code,)))
        found[meant] = found.get(meant, "") + one
    return found


@cache
def _hiding() -> re.Pattern[str]:
    """Give what base64 of enough bytes in a row matches of which texts consist.

    The first three characters of a group begin a byte each, the fourth ends one.
    """
    group = [*map(_may_be_text, range(3)), "."]
    whole = f"(?:{''.join(group)}){{{BASE64_BYTES // 3 - 1}}}"
    return re.compile(
        "|".join("".join((*group[at:], whole, *group[:at])) for at in range(len(group) - 1))
    )
