r"""Letters and digits as wide as a Chinese character, as its keyboards write them.

What they say is ASCII, and every program that folds a text reads them so. A single one, and
punctuation between Chinese words, is left alone: it is no part of an address.

Promise: linear time; a text of ASCII costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.decoding.view import Decoded, Writer
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    import re

WIDE_RUN: Final = lazy_pattern(
    r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a][\uff01-\uff5e\u3002]{3,}+"
)
"""Four or more in a row, the first a letter or a digit."""

_NARROW: Final = {0x3002: "."} | {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}


def narrow_view(text: str, *, parent: Decoded | None = None) -> Decoded | None:
    """Give a text with its full-width letters and digits in ASCII.

    Args:
        text: the text.
        parent: the view whose text it is, so that spans map through it; None for raw text.

    Returns:
        The view, each character from one; None where nothing is wide.

    >>> narrow_view("\uff4a\uff41\uff4e\uff45\uff20\uff58").text
    'jane@x'
    """
    if next_wide(text, 0) is None:
        return None
    writer = Writer()
    writer.write(WIDE_RUN.sub(lambda run: run[0].translate(_NARROW), text), 0, 1)
    return writer.decoded(len(text), parent, escapes=False)


def next_wide(text: str, position: int) -> re.Match[str] | None:
    """Find the next run of full-width characters."""
    return None if text.isascii() else WIDE_RUN.search(text, position)
