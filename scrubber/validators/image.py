"""
What an image in a text is, from its first bytes: kind and size, never a pixel.

A reader of a crash report wants to know that a 640x480 PNG was there. Headers say so within their
first bytes, except in JPEG, where profiles and thumbnails may come first; what is not found in 4096
characters is left out of the label.

Promise: any text gives a label, and the label holds nothing of the text but a known kind and two
numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.first_bytes import first_bytes
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

_REACH: Final = 4096
_LARGEST: Final = 999_999
_DATA_URI: Final = lazy_pattern(
    r"data:image/(?P<kind>[A-Za-z0-9.+-]{1,40})[^,]{0,240},", re.IGNORECASE
)
_PERCENT: Final = lazy_pattern(r"%[0-9A-Fa-f]{2}")
_KINDS: Final = words(
    """
    apng avif bmp gif heic heif icon jpeg jpg png svg+xml tiff vnd.microsoft.icon webp x-icon
    """
)

Size = tuple[int, int] | None


def image_label(head: str) -> str:
    """Describe an image from the beginning of its text.

    Args:
        head: the first characters of a data URI or of the bytes of an image, in any writing that
            `first_bytes` knows; 4096 are read.

    Returns:
        `image/png 640x480` (width before height, pixels) where the size is readable, else
        `image/png`, or `image` if the kind is not known either.

    >>> image_label("iVBORw0KGgoAAAANSUhEUgAAAoAAAAHg")
    'image/png 640x480'
    """
    head = head[:_REACH]
    uri = _DATA_URI.match(head)
    body = head if uri is None else _PERCENT.sub(_byte, head[uri.end() :])
    data = first_bytes(body)
    for begins, kind, read_size in _HEADERS:
        if begins.match(data):
            size = read_size(data)
            fits = size is not None and all(1 <= one <= _LARGEST for one in size)
            return f"image/{kind} {size[0]}x{size[1]}" if size and fits else f"image/{kind}"
    named = "" if uri is None else uri["kind"].lower()
    return f"image/{named}" if named in _KINDS else "image"


def _byte(escape: re.Match[str]) -> str:
    return chr(int(escape[0][1:], 16))


def _big(data: bytes, at: int, width: int) -> Size:
    return _pair(data[at : at + width], data[at + width : at + 2 * width], width, little=False)


def _little(data: bytes, at: int, width: int) -> Size:
    return _pair(data[at : at + width], data[at + width : at + 2 * width], width, little=True)


def _pair(first: bytes, second: bytes, width: int, *, little: bool) -> Size:
    if len(second) < width:
        return None
    order = slice(None, None, -1) if little else slice(None)
    return int.from_bytes(first[order], "big"), int.from_bytes(second[order], "big")


def _png(data: bytes) -> Size:
    return _big(data, 16, 4)


def _gif(data: bytes) -> Size:
    return _little(data, 6, 2)


def _bmp(data: bytes) -> Size:
    size = _little(data, 18, 4)
    if size is None:
        return None
    # A negative height means that rows run from the top.
    width, height = size
    return width, min(height, (1 << 32) - height)


def _webp_extended(data: bytes) -> Size:
    # Both are 24 bits, one less than the size.
    size = _little(data, 24, 3)
    return None if size is None else (size[0] + 1, size[1] + 1)


def _webp_lossless(data: bytes) -> Size:
    # Twice 14 bits after a signature byte, one less than the size.
    bits = int.from_bytes(data[21:25], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _webp_lossy(data: bytes) -> Size:
    # The two upper bits scale.
    size = _little(data, 26, 2)
    return None if size is None else (size[0] & 0x3FFF, size[1] & 0x3FFF)


_FILL: Final = 0xFF
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xDA)})
# Start of frame, but not the tables of Huffman codes and arithmetic coding between them.
_START_OF_FRAME: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _jpeg(data: bytes) -> Size:
    """Walk the segments of a JPEG to its start of frame (ITU T.81, B.1.1)."""
    at = 2
    while at + 1 < len(data) and data[at] == _FILL:
        marker = data[at + 1]
        if marker in _START_OF_FRAME:
            size = _big(data, at + 5, 2)
            return None if size is None else (size[1], size[0])
        if marker == _FILL:
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _unread(_data: bytes) -> Size:
    return None


_HEADERS: Final[tuple[tuple[re.Pattern[bytes], str, Callable[[bytes], Size]], ...]] = tuple(
    (lazy_pattern(begins, re.DOTALL), kind, read_size)
    for begins, kind, read_size in (
        (rb"\x89PNG\r\n\x1a\n.{4}IHDR", "png", _png),
        (rb"\x89PNG", "png", _unread),
        (rb"GIF8[79]a", "gif", _gif),
        (rb"\xff\xd8\xff", "jpeg", _jpeg),
        (rb"RIFF.{4}WEBPVP8X", "webp", _webp_extended),
        (rb"RIFF.{4}WEBPVP8L.{9}", "webp", _webp_lossless),
        (rb"RIFF.{4}WEBPVP8\x20.{7}\x9d\x01\x2a", "webp", _webp_lossy),
        (rb"RIFF.{4}WEBP", "webp", _unread),
        (rb"BM", "bmp", _bmp),
        (rb"II\*\0|MM\0\*", "tiff", _unread),
        (rb".{4}ftypavif", "avif", _unread),
        (rb".{4}ftyphei[cx]", "heic", _unread),
        (rb".{128}DICM", "dicom", _unread),
    )
)
