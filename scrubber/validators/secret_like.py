"""
Does a text look as if a machine or a careful person had made it up?

`token` and `secret` stand before secrets and before everything else: counts, pieces of words, names of objects. Entropy is
the usual measure and a poor one on twenty characters; what tells better is how letters and digits mix. Names put words
side by side and numbers at their end; random texts change between the two again and again.

Promise: numbers, hexadecimal addresses, times, paths, and names made of words (`gpt-4-turbo`, `v1.2.3`, `layer12`) are
refused; 99% of random texts of 16 characters in base62, base64, base32 or hex are accepted.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.validators.secret import secret_value

_SHORTEST: Final = 6
_SHORTEST_TOKEN: Final = 8
_LONGEST: Final = 1024

_PRINTABLE: Final = re.compile(r"[!-~]+")
_NUMBER: Final = re.compile(
    r"[-+]?[0-9][0-9_,.:/x-]*(?:e[-+]?[0-9]+)?[%a-zA-Z]{0,3}|0[xX][0-9A-Fa-f]+", re.ASCII
)
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T_ ].*", re.DOTALL)
_WORDS: Final = re.compile(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9]+")
_NAME: Final = re.compile(
    r"[^A-Za-z0-9]*(?:[A-Za-z]+[0-9]{0,3}[^A-Za-z0-9]+)*(?:[A-Za-z]+[0-9]{0,3}|[0-9.]+)[^A-Za-z0-9]*"
)
_VERSIONED: Final = re.compile(
    r"(?:[A-Za-z]{2,}|[vV]?[0-9]{1,4}[A-Za-z]{0,2})(?:[-_./:@+](?:[A-Za-z]{2,}|[vV]?[0-9]{1,4}[A-Za-z]{0,2}))*"
)
_FEWEST_CHANGES: Final = 2
_LONG: Final = 16
_MIXED_CASE: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]")


def secret_like(value: str) -> bool:
    """Tell whether a text mixes letters with digits or signs as secrets do, and names do not.

    Args:
        value: the candidate.

    Returns:
        Whether it looks made up; `hunter2` does, `my-secret` does not.

    >>> secret_like("hunter2"), secret_like("my-secret"), secret_like("32000")
    (True, False, False)
    """
    text = value[:_LONGEST]
    if len(text) < _SHORTEST or not _PRINTABLE.fullmatch(text) or not secret_value(value):
        return False
    if _NUMBER.fullmatch(text) or _TIME.fullmatch(text):
        return False
    letters = any(one.isalpha() for one in text)
    if letters and any(one.isdigit() for one in text):
        return _VERSIONED.fullmatch(text) is None
    # Letters only: long, and upper case where no word has any.
    return letters and len(text) >= _LONG and len(_MIXED_CASE.findall(text)) > len(text) // 6


def token_like(value: str) -> bool:
    """Tell whether a text looks random, not like a word with a number at its end.

    Args:
        value: the candidate.

    Returns:
        Whether letters and digits change often enough for its length.

    >>> token_like("abc123def456"), token_like("hunter2"), token_like("<|reserved_special_token_0|>")
    (True, False, False)
    """
    if len(value) < _SHORTEST_TOKEN or not secret_like(value):
        return False
    text = value[:_LONGEST]
    if _NAME.fullmatch(text):
        return len(text) >= _LONG and len(_MIXED_CASE.findall(text)) > len(text) // 6
    kinds = [part[0].isalpha() for part in _WORDS.findall(text) if part[0].isalnum()]
    changes = sum(one != other for one, other in zip(kinds, kinds[1:], strict=False))
    return changes >= _FEWEST_CHANGES
