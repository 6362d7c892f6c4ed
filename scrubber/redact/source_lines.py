"""
What a finding in a line of source is: a value, or the name of one.

    db.connect(password="x")    the password
    db.connect(password=pw)     the name of a variable

In a log `password=pw` is a password. In a line of source it is code, which a reader needs and by
which crashes are grouped.

Promise: what stands in quotes is a value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from scrubber.types import Span

_NAMES: Final = frozenset({"HOSTNAME", "PERSON", "SECRET", "USERNAME"})
_NAME: Final = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]{0,24}(?:\.[A-Za-z_][A-Za-z0-9_]{0,24}){0,4}")
_BEFORE: Final = lazy_pattern(r"[=:(,+\[{]\s{0,4}\Z")
_AFTER: Final = lazy_pattern(r"\s{0,4}(?:[,)+\]}.\[(]|\Z|#)")
_DIGITS: Final = re.compile(r"[0-9]")
_MOST_DIGITS: Final = 2
_LONG: Final = 16


def is_value(line: str, span: Span) -> bool:
    """Tell whether a span of a line of source is a value, and no name of one.

    Args:
        line: the line.
        span: what a rule claims.
    """
    text = line[span.start : span.end]
    if span.entity not in _NAMES or _NAME.fullmatch(text) is None:
        return True
    digits = len(_DIGITS.findall(text))
    if digits > _MOST_DIGITS or (digits and len(text) >= _LONG):
        return True
    before, after = line[max(0, span.start - 8) : span.start], line[span.end : span.end + 8]
    return _BEFORE.search(before) is None or _AFTER.match(after) is None
