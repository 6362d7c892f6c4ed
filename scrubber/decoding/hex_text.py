r"""Texts that stand in hexadecimal inside a text: `0x6a616e65...`, `6a 61 6e 65 ...`.

Promise: linear time, whatever the text. Most hashes are told from text by the first bytes that no
text holds; one in some thousands is looked at in vain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.decoding.base64_text import PRINTABLE
from scrubber.decoding.view import Decoded, Writer
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

HEX_BYTES: Final = 12
"""So many bytes of text are told from a number."""

# Bytes in a row, or in columns of one, two or four, as dumps have them.
_BYTE: Final = "[0-9A-Fa-f]{2}"
HEX_RUN: Final = lazy_pattern(
    r"[0-9A-Fa-f](?:[0-9A-Fa-f]{23,}+|[0-9A-Fa-f](?<![0-9A-Za-z]..)"
    rf"(?: {_BYTE} {_BYTE}(?:[ ]{{1,2}}{_BYTE}){{9,}}+"
    rf"|{_BYTE}(?: {_BYTE * 2}){{2}}(?:[ ]{{1,2}}{_BYTE * 2}){{2,}}+(?:[ ]{{1,2}}{_BYTE})?+"
    rf"|{_BYTE * 3}(?: {_BYTE * 4}){{2,}}+)(?![0-9A-Za-z]))"
)
_ASCII: Final = lazy_pattern(rb"[\t\n\r\x20-\x7e]{%d}" % HEX_BYTES)
_DIGIT: Final = lazy_pattern(r"[0-9A-Fa-f]")
_BLANK: Final = " "
# Every run has this, blanks taken out, where `h` stands for a digit; it is found much faster.
_HINT: Final = b"h" * 2 * HEX_BYTES
_KINDS: Final = bytes.maketrans(b"0123456789ABCDEFabcdef", b"h" * 22)
_BLOCK: Final = 2048


def hex_view(text: str, *, parent: Decoded | None = None) -> Decoded | None:
    """Give the texts that stand in hexadecimal inside a text.

    A text is a stretch of 12 or more bytes of printable UTF-8 in a run of hexadecimal digits, two a
    byte from its first one on; in the run are as many bytes of ASCII in a row, or nearly every hash
    would have to be looked at.

    Args:
        text: where to look.
        parent: the view whose text it is, so that spans map through it; None for raw text.

    Returns:
        A view with the texts on lines of their own, or None where there is none. Each character
        maps to its whole bytes.
    """
    writer = Writer()
    for run in hex_runs(text):
        for stretch in _texts(run[0]):
            _write(writer, stretch, run)
    return writer.decoded(len(text), parent, escapes=False) if writer.length else None


def next_hex(text: str, position: int) -> re.Match[str] | None:
    """Find the next run of hexadecimal that holds text."""
    for run in hex_runs(text, position):
        if _ASCII.search(_bytes(run[0])) is not None:
            return run
    return None


def hex_runs(text: str, position: int = 0) -> Iterator[re.Match[str]]:
    """Give the runs of hexadecimal digits that are long enough for a text, from a place on."""
    while position < len(text):
        end = text.find("\n", position + _BLOCK)
        end = len(text) if end < 0 else end
        if _HINT in text[position:end].encode("utf-8", "surrogatepass").translate(_KINDS, b" "):
            yield from HEX_RUN.finditer(text, position, end)
        position = end + 1


def _texts(run: str) -> Iterator[re.Match[bytes]]:
    data = _bytes(run)
    if _ASCII.search(data) is not None:
        yield from (one for one in PRINTABLE.finditer(data) if len(one[0]) >= HEX_BYTES)


def _bytes(run: str) -> bytes:
    digits = run.replace(_BLANK, "")
    # A last digit of its own is no byte.
    return bytes.fromhex(digits[: len(digits) - len(digits) % 2])


def _write(writer: Writer, stretch: re.Match[bytes], run: re.Match[str]) -> None:
    """Write a stretch of bytes of a run, on a line of its own."""
    if _BLANK in run[0]:
        places = [run.start() + one.start() for one in _DIGIT.finditer(run[0])]
    else:
        places = [*range(*run.span())]
    position = 2 * stretch.start()
    if writer.length:
        writer.write("\n", writer.ends[-1], places[position])
    for character in stretch[0].decode():
        following = position + 2 * len(character.encode())
        writer.write(character, places[position], places[following - 1] + 1)
        position = following
