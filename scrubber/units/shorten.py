r"""
A string that is longer than anybody reads, shortened before it is looked at.

    b'\x89PNG...', 3 MB  ->  its beginning, which tells what it is, and its closing quote
    a log of 2 MB         ->  its first 256 KiB, cut where a word ends, and `[cut]`

A text is cut twice: before it is looked at, some characters too late, so that nothing that stays
loses its end before it is found; and afterwards, where it is to end.

A server takes events of a megabyte, and a person reads a page of one. What is cut off is not sent,
so it needs no look; and a string of pixels costs seconds to find that nothing is in it.

Promise: what is not longer than `LONGEST` stays; the end of what stays is no part of a word.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern

LONGEST: Final = 256 * 1024
"""Code points of a string that is looked at as a whole."""

CUT: Final = " [cut]"
"""Behind what was cut."""

_BYTES: Final = lazy_pattern(r"(?:bytearray\()?[bB](?P<quote>['\"])")
BULK: Final = 1024
"""Code points from which a string may be data."""
_HEAD: Final = 512
_SAMPLE: Final = 4096
_BEHIND: Final = 512
_SHARE: Final = 8
_ESCAPE: Final = lazy_pattern(r"\\(?:x[0-9a-fA-F]{0,1})?\Z")
_BREAK: Final = lazy_pattern(r"[\s,;]+\S*\Z", re.ASCII)


def shortened(text: str) -> str:
    r"""Shorten a string that is too long.

    Args:
        text: any string.

    Returns:
        The string, or its beginning.

    >>> shortened("b'" + r"\x00" * 100_000 + "'")[-8:]
    "x00\\x00'"
    """
    if len(text) <= BULK:
        return text
    begin = _BYTES.match(text)
    if begin is not None and text.count("\\x", 0, _SAMPLE) * _SHARE > min(len(text), _SAMPLE):
        head = _ESCAPE.sub("", text[:_HEAD])
        return f"{head}{begin['quote']}"
    return text[: LONGEST + _BEHIND]


def too_long(text: str) -> bool:
    """Tell whether a text is to be cut off."""
    return len(text) > LONGEST


def cut_off(text: str) -> str:
    """Cut a redacted text where it is to end.

    >>> cut_off("a word " + "x" * 600)
    'a word [cut]'
    """
    # What is found at its very end may have lost the rest of itself before it was looked at.
    head = text[: max(0, min(LONGEST - len(CUT), len(text) - _BEHIND))]
    return head[:-_SAMPLE] + _BREAK.sub("", head[-_SAMPLE:]) + CUT
