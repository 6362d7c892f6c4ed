r"""
Expressions for the names of a machine, made while the first text waits.

The superset of a rule of a file is chosen with care, once; that takes some milliseconds a rule. A
rule made of a name holds the name, so the words it needs (`literals`) do as well: in either case,
above ASCII any character. Where they are no rare sight, a stretch of single characters is taken.

Promise: as for `supersets`; None where neither is to be had.

    jane.doe  ->  [jJ][aA][nN][eE]\x2e[dD][oO][eE]
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.bytesets import FOLD
from scrubber.ruleset.nodes import Chars, spine
from scrubber.ruleset.parse import parse
from scrubber.ruleset.typical import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.ruleset.charset import CharSet
    from scrubber.ruleset.model import Rule

_SHORTEST: Final = 5
_MOST_SHARE: Final = 0.002
_ASCII_END: Final = 0x80
_NEWLINE: Final = "\n"
# A character above ASCII, or what stands for a stray byte.
_WIDE: Final = r"[\x80-\xff]{1,4}"
# U+212A KELVIN SIGN is a `k` in lower case; nothing else above ASCII is a letter of it.
_KELVIN: Final = r"(?:[kK]|\xe2\x84\xaa)"


def quick_superset(rule: Rule) -> tuple[str, ...] | None:
    """Give the expressions of a rule that sees one line.

    Args:
        rule: a rule without blob.

    Returns:
        Expressions over folded UTF-8 as `supersets.superset` gives, or None.
    """
    for words in rule.needs:
        if _rare(words):
            return tuple(dict.fromkeys("".join(map(_letter, word)) for word in words))
    items = spine(parse(rule.pattern))
    runs = [list(run) for plain, run in groupby(items, key=_plain) if plain]
    longest = max(runs, key=len, default=[])
    if len(longest) < _SHORTEST:
        return None
    return ("".join(_set(item.charset) for item in longest if isinstance(item, Chars)),)


def _rare(words: Sequence[str]) -> bool:
    """Tell whether words are worth looking for, and stand in one line."""
    return (
        min(map(len, words)) >= _SHORTEST
        and not any(_NEWLINE in word for word in words)
        and sum(map(share, words)) <= _MOST_SHARE
    )


def _letter(character: str) -> str:
    """Write all characters that fold to one."""
    if not character.isascii():
        return _WIDE
    if character == "k":
        return _KELVIN
    if character.isalpha():
        return f"[{character}{character.upper()}]"
    return f"\\x{ord(character):02x}"


def _plain(item: object) -> bool:
    return (
        isinstance(item, Chars)
        and bool(item.charset.ranges)
        and item.charset.ranges[-1][1] < _ASCII_END
        and not any(low <= ord(_NEWLINE) <= high for low, high in item.charset.ranges)
    )


def _set(charset: CharSet) -> str:
    points = (point for low, high in charset.ranges for point in range(low, high + 1))
    folded = sorted({FOLD[point] for point in points})
    return "[" + "".join(f"\\x{point:02x}" for point in folded) + "]"
