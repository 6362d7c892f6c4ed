"""
Bytes of a log as text, and back to the same bytes.

UTF-16 and UTF-32 are known by their byte order mark, or by the NULs that ASCII has in them.
Everything else is read as UTF-8, and bytes that are not UTF-8 are carried through one by one
(`surrogateescape`), so Latin-1 and binary come back as they were. Guessing between eight-bit
encodings was rejected: what a rule looks for is ASCII in all of them.

Promise: decoded and encoded again, every file is the same bytes, newlines and mark included. The
one exception is a UTF-32 unit that is no character: it becomes U+FFFD.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

HEAD: Final = 4096
# More specific first: a UTF-32 mark begins with a UTF-16 one.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDTHS: Final = {"utf-8": 1, "utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
# Every fifth character is ASCII at least: logs in any language have more.
_FEWEST_NULS: Final = 0.2
_ERRORS: Final = "scrubber.surrogatepass"


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How the text of a file is written.

    Attributes:
        codec: the Python codec, without a mark.
        mark: the byte order mark, or nothing.
    """

    codec: str
    mark: bytes = b""

    @property
    def errors(self) -> str:
        """How the codec treats what is no character."""
        return "surrogateescape" if self.codec == "utf-8" else _ERRORS

    def encode(self, text: str) -> bytes:
        """Write text that was read in this format."""
        return text.encode(self.codec, self.errors)


class Decoder:
    """Bytes in, text out, however the bytes are cut."""

    def __init__(self, text_format: TextFormat) -> None:
        """Begin behind the byte order mark."""
        self._format = text_format
        self._codec = codecs.getincrementaldecoder(text_format.codec)(text_format.errors)

    def decode(self, data: bytes) -> str:
        """Read more; the bytes of a character that is not whole yet are held back."""
        return self._codec.decode(data)

    def finish(self) -> tuple[str, bytes]:
        """End the file.

        Returns:
            The last text, and up to 3 bytes behind it that are no whole unit.
        """
        pending = self._codec.getstate()[0]
        whole = len(pending) - len(pending) % _WIDTHS[self._format.codec]
        text = pending[:whole].decode(self._format.codec, self._format.errors)
        return text, pending[whole:]


def detect(head: bytes) -> TextFormat:
    """Tell how a file is written.

    Args:
        head: its first 4096 bytes, or all of it.

    Returns:
        The format; UTF-8 for everything that is not UTF-16 or UTF-32.

    >>> detect("mail".encode("utf-16")[2:]).codec
    'utf-16-le'
    """
    for mark, codec in _MARKS:
        if head.startswith(mark) and _fits(head[len(mark) :], codec):
            return TextFormat(codec, mark)
    for codec in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        if _has_nuls_of(head, codec) and _fits(head, codec):
            return TextFormat(codec)
    return TextFormat("utf-8")


def _fits(data: bytes, codec: str) -> bool:
    """Tell whether all units of data are characters; only those of UTF-32 may not be."""
    if not codec.startswith("utf-32"):
        return True
    try:
        data[: len(data) & ~3].decode(codec, "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _has_nuls_of(head: bytes, codec: str) -> bool:
    width = _WIDTHS[codec]
    units = len(head) // width
    if not units:
        return False
    nuls = [head[place : units * width : width].count(0) / units for place in range(width)]
    if codec.endswith("be"):
        nuls.reverse()
    lowest, higher = nuls[0], nuls[1:]
    # As NUL as the lowest bytes are: a hole in a file, not text.
    if lowest > higher[0] / 8:
        return False
    return higher[0] >= _FEWEST_NULS and all(share > 1 / 2 for share in higher[1:])


def _pass_surrogates(error: UnicodeError) -> tuple[str | bytes, int]:
    """Carry lone surrogates through; put U+FFFD where a UTF-32 unit is no character."""
    try:
        return codecs.lookup_error("surrogatepass")(error)
    except UnicodeDecodeError as refused:
        return "\ufffd", refused.start + 4


codecs.register_error(_ERRORS, _pass_surrogates)
