"""Texts that stand in base64 inside a text.

Promise: linear time, whatever the text. Paths, hashes and names of modules are told from text by
the bits of their characters before anything is decoded.
"""

from __future__ import annotations

import binascii
import re
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING, Final

from scrubber.decoding.view import Decoded, Writer
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Collection

# Base64 text in either alphabet, and what its bytes must look like to be a text.
SHORTEST_RUN: Final = 16
BASE64_RUN: Final = lazy_pattern(rf"[A-Za-z0-9+/_-]{{{SHORTEST_RUN},}}+")
BASE64_BYTES: Final = 12
URL_ALPHABET: Final = str.maketrans("-_", "+/")
# Bytes of which text in UTF-8 consists, and so many of them: most bytes that are no text have none.
OF_TEXT: Final = {*b"\t\n\r", *range(0x20, 0x7F), *range(0x80, 0xC0), *range(0xC2, 0xF5)}
_LIKE_TEXT: Final = bytes(byte in OF_TEXT for byte in range(256))
_TEXT_LIKE: Final = b"\1" * BASE64_BYTES
# Nothing stands behind the groups, so nothing is tried again; possessive ones may end in the middle
# of a character under Python 3.11.4 and before.
_UTF_8: Final = (
    rb"(?:[\t\n\r\x20-\x7e]++|\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+"
)
PRINTABLE: Final = lazy_pattern(_UTF_8)
# ASCII in UTF-16, as PowerShell takes its commands.
_UTF_16: Final = rb"(?:[\t\n\r\x20-\x7e]\0){12,}"
_WIDE: Final = lazy_pattern(_UTF_16)
_EITHER: Final = lazy_pattern(_UTF_16 + b"|" + _UTF_8)


def _joined(high: Collection[int], low: Collection[int], bits: int) -> set[int]:
    return {one << bits | other for one in high for other in low}


def _base64_of(*choices: Collection[int]) -> str:
    """Write what base64 makes of bytes, a whole number of groups, given what each can be."""
    standard = f"{ascii_uppercase}{ascii_lowercase}{digits}"
    alphabet = [*standard, "+-", "/_"]
    classes = []
    for at in range(0, len(choices), 3):
        one, two, three = choices[at : at + 3]
        groups = (
            {byte >> 2 for byte in one},
            _joined({byte & 3 for byte in one}, {byte >> 4 for byte in two}, 4),
            _joined({byte & 15 for byte in two}, {byte >> 6 for byte in three}, 2),
            {byte & 63 for byte in three},
        )
        classes += ["".join(alphabet[code] for code in sorted(group)) for group in groups]
    return "".join(f"[{re.escape(one)}]" for one in classes)


# What a byte can be shows in the characters of base64. A text has two groups of ASCII bytes near
# one another, or three characters of two bytes in a row (Greek, Cyrillic, Hebrew, Arabic), or two
# of three (the rest); paths, hashes and names of modules seldom look so.
_PLAIN: Final = (*b"\t\n\r", *range(0x20, 0x7F))
_LEAD_2: Final = range(0xC2, 0xE0)
_LEAD_3: Final = range(0xE0, 0xF0)
_NEXT: Final = range(0x80, 0xC0)
_GROUP: Final = r"[\w+/-]{4}"
_PLAIN_GROUP: Final = _base64_of(*(_PLAIN,) * 3)
HINTS: Final = {
    _PLAIN_GROUP * 2: 2,
    f"{_PLAIN_GROUP}{_GROUP}{_PLAIN_GROUP}": 3,
    f"{_PLAIN_GROUP}{_GROUP}{_GROUP}{_PLAIN_GROUP}": 4,
    _base64_of(*(_LEAD_2, _NEXT) * 3): 2,
    _base64_of(*(_LEAD_3, _NEXT, _NEXT) * 2): 2,
    _base64_of(*(_NEXT, _LEAD_3, _NEXT) * 2): 2,
    _base64_of(*(_NEXT, _NEXT, _LEAD_3) * 2): 2,
}
"""Expressions one of which a run of base64 matches that looks like text, and their groups."""

WIDE_HINT: Final = _base64_of(*(_PLAIN, (0,)) * 6)
"""What a run of base64 matches that holds twelve bytes of ASCII in UTF-16 from a whole group on."""

_BASE64_HINT: Final = lazy_pattern("|".join(HINTS), re.ASCII)
_WIDE_HINT: Final = lazy_pattern(WIDE_HINT, re.ASCII)
_LONGEST_KEPT: Final = 128
_LEAST_ZEROS: Final = WIDE_HINT.count("[A]")


def base64_views(text: str, *, parent: Decoded | None = None) -> list[Decoded]:
    """Give the texts that stand in base64 inside a text.

    A text is a stretch of 12 or more bytes of printable UTF-8, or of 12 or more characters of ASCII
    in UTF-16, in a run of 16 or more characters of base64, in the standard or the URL alphabet,
    wherever in the run its groups begin. Fewer are not told from words and paths. A run that
    nowhere looks like text (`_BASE64_HINT`) is passed over.

    Args:
        text: where to look.
        parent: the view whose text it is, so that spans map through it; None for raw text.

    Returns:
        At most four views, one for each place in a run where groups can begin; in each, the texts
        on lines of their own. Each character maps to its whole groups of four.
    """
    writers: dict[int, Writer] = {}
    for run in BASE64_RUN.finditer(text):
        for offset, data in _text_like(run[0]):
            for stretch in _EITHER.finditer(data):
                if len(stretch[0]) >= BASE64_BYTES:
                    writer = writers.setdefault(offset, Writer())
                    _write_base64(writer, stretch, run.start() + offset, _run_end(text, run.end()))
    return [writers[offset].decoded(len(text), parent, escapes=False) for offset in sorted(writers)]


def _text_like(run: str) -> tuple[tuple[int, bytes], ...]:
    """Give what a run stands for, from each place where its groups can begin, if it may be text."""
    return _kept(run) if len(run) <= _LONGEST_KEPT else _looked_at(run)


def _looked_at(run: str) -> tuple[tuple[int, bytes], ...]:
    wide = run.count("A") >= _LEAST_ZEROS and _WIDE_HINT.search(run) is not None
    if not wide and _BASE64_HINT.search(run) is None:
        return ()
    characters = run.translate(URL_ALPHABET)
    found = []
    for offset in range(4):
        # A last group of one character holds no byte.
        groups = characters[offset : len(characters) - ((len(characters) - offset) % 4 == 1)]
        data = binascii.a2b_base64(groups + "=" * (-len(groups) % 4))
        if _TEXT_LIKE in data.translate(_LIKE_TEXT) or (wide and _WIDE.search(data)):
            found.append((offset, data))
    return tuple(found)


# Paths and names of modules come again in line after line.
_kept: Final = lru_cache(1 << 12)(_looked_at)


def _run_end(text: str, end: int) -> int:
    """Take the padding of a run in."""
    return end + (text.startswith("=", end)) * (1 + text.startswith("==", end))


def _write_base64(writer: Writer, stretch: re.Match[bytes], origin: int, limit: int) -> None:
    """Write a stretch of bytes, on a line of its own; `origin` is where their groups begin."""
    position = stretch.start()
    if writer.length:
        before, after = writer.ends[-1], origin + 4 * (position // 3)
        # Two stretches can share a group; then the line feed between them does, too.
        writer.write("\n", min(before, after), max(before, after))
    wide = b"\0" in stretch[0]
    for character in (stretch[0][::2] if wide else stretch[0]).decode():
        following = position + (2 if wide else len(character.encode()))
        start = origin + 4 * (position // 3)
        end = min(origin + 4 * ((following - 1) // 3) + 4, limit)
        writer.write(character, start, end)
        position = following


def next_base64(text: str, position: int) -> re.Match[str] | None:
    """Find the next run of base64 that looks like text."""
    for run in BASE64_RUN.finditer(text, position):
        if _text_like(run[0]):
            return run
    return None
