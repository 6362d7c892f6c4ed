r"""
The first bytes of data in a text, from any way in which reports write bytes.

Base64 (either alphabet, wrapped, slashes escaped), the literals of Python (`b'\x89PNG'`), hex in
one run, in pairs (`89 50 4E 47`, `0x89, 0x50`) or in the columns of xxd and hexdump.

Promise: any text gives bytes, perhaps none or wrong ones, and never an error.
"""

from __future__ import annotations

import binascii
import re
from typing import Final

from scrubber.lazy import lazy_pattern

# Line ends may be escaped where data is wrapped.
_NOT_BASE64: Final = lazy_pattern(r"\\r|\\n|[^A-Za-z0-9+/]")
_URL_ALPHABET: Final = str.maketrans("-_", "+/")

_LITERAL: Final = lazy_pattern(r"""(?:[A-Za-z]{4,16}\()?[bB]\\{0,4}["']""")
_ESCAPE: Final = lazy_pattern(r"\\+(?:x([0-9A-Fa-f]{2})|([0-3][0-7]{2})|(.))", re.DOTALL)
_LETTERS: Final = {"n": 10, "r": 13, "t": 9, "a": 7, "b": 8, "f": 12, "v": 11, "0": 0}

_DUMP: Final = lazy_pattern(
    r"[0-9A-Fa-f]{6,16}:?[\x20\t]{1,4}(?=[0-9A-Fa-f]{2,8}\x20)"
    r"(?P<row>(?:[0-9A-Fa-f]{2}\x20{0,3}){1,32})"
)
# Nothing known begins with A0 to AF, and base64 of zeros begins with AA.
_PAIRS: Final = lazy_pattern(
    r"(?:<Buffer\x20|0x|\\x|[xX]')?"
    r"(?P<run>(?!A)[0-9A-Fa-f]{2}(?:(?:[\x20:,]|,\x20|\\x|,?\x20?0x)?[0-9A-Fa-f]{2}){3,4096})"
)
_PAIR: Final = lazy_pattern(r"[0-9A-Fa-f]{2}")


def first_bytes(head: str) -> bytes:
    r"""Read bytes from the beginning of their text.

    Args:
        head: the first characters of base64, of a literal, or of hex.

    Returns:
        What they stand for.

    >>> first_bytes("b'\\x89PNG"), first_bytes("8950 4e47"), first_bytes("iVBORw")
    (b'\x89PNG', b'\x89PNG', b'\x89PNG')
    """
    literal = _LITERAL.match(head)
    if literal:
        return _unescaped(head[literal.end() :])
    if _DUMP.match(head):
        return _pairs("".join(row["row"] for row in _DUMP.finditer(head)))
    run = _PAIRS.match(head)
    return _pairs(run["run"].replace("0x", "")) if run else _base64(head)


def _base64(text: str) -> bytes:
    digits = _NOT_BASE64.sub("", text.translate(_URL_ALPHABET))
    # A last group of one character holds no byte.
    digits = digits[: len(digits) - (len(digits) % 4 == 1)]
    return binascii.a2b_base64(digits + "=" * (-len(digits) % 4))


def _pairs(text: str) -> bytes:
    return bytes.fromhex("".join(_PAIR.findall(text)))


def _unescaped(text: str) -> bytes:
    return _ESCAPE.sub(_byte, text).encode("latin-1", "ignore")


def _byte(escape: re.Match[str]) -> str:
    code, octal, letter = escape.groups()
    if code:
        return chr(int(code, 16))
    return chr(int(octal, 8)) if octal else chr(_LETTERS.get(letter, ord(letter)))
