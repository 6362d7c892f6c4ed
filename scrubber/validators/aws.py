"""
The secret half of an AWS access key: 40 characters of base64 that nothing but chance arranged.

Promise: a real one is refused less than once in 500 times; a hexadecimal hash, a run of capitals
and a path of words always are.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern

_SHAPE: Final = lazy_pattern(
    r"(?=.{0,39}[A-Z])(?=.{0,39}[a-z])(?=.{0,39}[0-9])(?![0-9a-f]{40}|[0-9A-F]{40})[A-Za-z0-9/+]{40}"
)
_FEWEST_KINDS: Final = 18
"""Different characters in 40: chance gives 30, and less than 18 almost never."""


def aws_secret(value: str) -> bool:
    """Tell whether a text can be an AWS secret access key.

    Args:
        value: the candidate.

    Returns:
        Whether it has 40 characters of base64, both cases and digits, spread as chance does it.

    >>> aws_secret("0123456789" * 4)
    False
    """
    return _SHAPE.fullmatch(value) is not None and len(set(value)) >= _FEWEST_KINDS
