"""
Does a text look as if a machine or a careful person had made it up?

`token` and `secret` stand before secrets and before everything else: counts, pieces of words, names
of objects. Entropy is the usual measure and a poor one on twenty characters; what tells better is
how letters and digits mix. Names put words side by side and numbers at their end; random texts
change between the two again and again.

Promise: numbers, hexadecimal addresses, times, paths, and names made of words (`gpt-4-turbo`,
`v1.2.3`, `layer12`) are refused; nine in ten random texts of 16 characters in base62,
base64url, base32 or hex are accepted.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.secret import secret_value

_REACH: Final = 1024
_SHORTEST: Final = 6
_SHORTEST_TOKEN: Final = 8

_PRINTABLE: Final = lazy_pattern(r"[!-~]+")
_NUMBER: Final = lazy_pattern(
    r"[-+]?[0-9][0-9_,.:/x-]*(?:e[-+]?[0-9]+)?[%a-zA-Z]{0,3}"  # also with a unit
    r"|0[xX][0-9A-Fa-f]+"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}[T_].*"
)
_RUNS: Final = lazy_pattern(r"[A-Za-z]+|[0-9]+")

# Words and numbers with signs between them, and words with numbers at their end.
_PART: Final = r"(?:[A-Za-z]{2,}[0-9]{0,3}|[vV]?[0-9]{1,4}[A-Za-z]{0,2})"
_PARTS: Final = lazy_pattern(rf"{_PART}(?:[-_./:@+]{_PART})+|[vV]?[0-9]{{1,4}}[A-Za-z]{{0,2}}")
# model.layers.0.self_attn.q_proj.weight
_DOTTED: Final = lazy_pattern(r"[a-z_]+[0-9]{0,3}(?:\.(?:[a-z_]+[0-9]{0,3}|[0-9]{1,3})){2,}")
# main-0a1b2c3d: a branch and a commit.
_REVISION: Final = lazy_pattern(r"[a-z]{3,12}-g?[0-9a-f]{7,8}")
_NUMBERED: Final = lazy_pattern(
    r"[^A-Za-z0-9]*(?:[A-Za-z]+[0-9]{0,3}[^A-Za-z0-9]+)*(?:[A-Za-z]+[0-9]{0,3}|[0-9.]+)[^A-Za-z0-9]*"
)
_HEX: Final = lazy_pattern(r"[0-9a-f]{16,}|[0-9A-F]{16,}")
# A call in code: node.children[-1].remove().
_CALL: Final = lazy_pattern(r"[A-Za-z_][\w.]{1,60}(?:\[[^\[\]]{0,40}\][\w.]{0,60})?\([^()]{0,60}\)")
_FEWEST_CHANGES: Final = 2

# Without digits only length and capitals inside words tell, as in no name of a class.
_LONG: Final = 16
_CAPITALS: Final = lazy_pattern(r"[a-z][A-Z]|[A-Z]{2,}[a-z]")
_FEWEST_CAPITALS: Final = 6


def secret_like(value: str) -> bool:
    """Tell whether a text mixes letters with digits or signs as secrets do, and names do not.

    Args:
        value: the candidate.

    Returns:
        Whether it looks made up; `hunter2` does, `my-secret` does not.

    >>> secret_like("hunter2"), secret_like("my-secret"), secret_like("32000")
    (True, False, False)
    """
    text = value[:_REACH]
    if len(text) < _SHORTEST or not _PRINTABLE.fullmatch(text) or not secret_value(text):
        return False
    if any(pattern.fullmatch(text) for pattern in (_NUMBER, _PARTS, _DOTTED, _CALL)):
        return False
    return any(one.isdigit() for one in text) or _random_case(text)


def token_like(value: str) -> bool:
    """Tell whether a text looks random, not like a word with a number at its end.

    Args:
        value: the candidate.

    Returns:
        Whether letters and digits change often enough for its length.

    >>> token_like("abc123def456"), token_like("hunter2")
    (True, False)
    """
    text = value[:_REACH]
    if len(text) < _SHORTEST_TOKEN or not secret_like(text) or _REVISION.fullmatch(text):
        return False
    if _HEX.fullmatch(text) or _random_case(text):
        return True
    kinds = [run[0].isalpha() for run in _RUNS.findall(text)]
    changes = sum(one != other for one, other in pairwise(kinds))
    return changes >= _FEWEST_CHANGES and not _NUMBERED.fullmatch(text)


def _random_case(text: str) -> bool:
    """Tell whether capitals stand where no word has them."""
    return len(text) >= _LONG and len(_CAPITALS.findall(text)) > len(text) // _FEWEST_CAPITALS
