"""
Patterns that are compiled when they are first used.

There are hundreds in this package, and compiling them takes longer than all else a first text
needs; most texts need a few.

Promise: used like the pattern it stands for, in any thread, it gives what that gives.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Lazy:
    """Stands for a pattern."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever a pattern has
        # Asked for what is not here yet: of protocols (copy, pickle) nothing ever is.
        if name.startswith("__"):
            raise AttributeError(name)
        # Two threads may both compile; either result does.
        value = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, value)
        return value


def lazy_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Give a pattern that is compiled when it is first used.

    Args:
        text: the pattern, for `re`.
        flags: those of `re`.

    Returns:
        What has the methods of a compiled pattern, and is none: pass it to no function of `re`.

    >>> lazy_pattern("[a-z]+").findall("ab 1 cd")
    ['ab', 'cd']
    """
    return cast("re.Pattern[AnyStr]", _Lazy(text, flags))
