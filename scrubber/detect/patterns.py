r"""
Printed patterns, compiled once each, with the flags the dialect means.

ASCII: without it U+212A KELVIN SIGN would fold to "k" and `\d` would match digits no rule was
written for. VERSION0: the newer syntax gives `[`, `--` and `&&` inside classes a meaning the
dialect does not know.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

FLAGS: Final = regex.VERSION0 | regex.ASCII

Pattern = regex.Pattern[str]


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> Pattern:
    """Compile a printed pattern.

    Args:
        pattern: what the parser of the dialect printed.

    Returns:
        The compiled pattern; the same object for the same text.
    """
    return regex.compile(pattern, FLAGS)
