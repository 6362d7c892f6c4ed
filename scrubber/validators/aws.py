"""
The secret half of an AWS access key: 40 characters of base64, and nothing that tells them from a path or a hash but chance.

Promise: a real one is refused less than once in 3,000 times; a hexadecimal hash and a path of words always are.
"""

from __future__ import annotations

import re
from typing import Final

_SHAPE: Final = re.compile(r"[A-Za-z0-9/+]{40}")
_HEX: Final = re.compile(r"[0-9a-f]{40}|[0-9A-F]{40}")
_FEWEST_DIGITS: Final = 1
_FEWEST_KINDS: Final = 18


def aws_secret(value: str) -> bool:
    """Tell whether a text can be an AWS secret access key.

    Args:
        value: the candidate.

    Returns:
        Whether it has 40 characters of base64, upper and lower case and digits, spread as chance spreads them.

    >>> aws_secret("0123456789" * 4)
    False
    """
    return (
        _SHAPE.fullmatch(value) is not None
        and _HEX.fullmatch(value) is None
        and any("A" <= one <= "Z" for one in value)
        and any("a" <= one <= "z" for one in value)
        and sum("0" <= one <= "9" for one in value) >= _FEWEST_DIGITS
        and len(set(value)) >= _FEWEST_KINDS
    )
