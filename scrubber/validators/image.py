"""
What an image in a text is, from its first bytes: kind and size, never a pixel.

A reader of a crash report wants to know that a 640x480 PNG was there. Headers say so within the first bytes, except in
JPEG, where profiles and thumbnails may come first; what is not found in 4096 characters is left out of the label.

Promise: any text gives a label, and the label holds nothing of the text but a known kind and two numbers.
"""

from __future__ import annotations

import binascii
import re
from typing import Final

_REACH: Final = 4096
_MOST: Final = 999_999
_DATA_URI: Final = re.compile(
    r"data:image/(?P<kind>[A-Za-z0-9.+-]{1,40})[^,]{0,240},", re.IGNORECASE
)
_PERCENT: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_KINDS: Final = frozenset(
    "apng avif bmp gif heic heif icon jpeg jpg png svg+xml tiff vnd.microsoft.icon webp x-icon".split()
)
# In a URL body "%2B" is "+"; in a wrapped one line ends may be escaped.
_NOT_BASE64: Final = re.compile(r"\\r|\\n|[^A-Za-z0-9+/]")
_URL_ALPHABET: Final = str.maketrans("-_", "+/")


def image_label(head: str) -> str:
    """Describe an image from the beginning of its text.

    Args:
        head: the first characters of a data URI or of the base64 of an image; at most 4096 are read.

    Returns:
        `image/png 640x480` (width before height, pixels) where the size is readable, else `image/png`, or `image` if the
        kind is not known either.

    >>> image_label("iVBORw0KGgoAAAANSUhEUgAAAoAAAAHg")
    'image/png 640x480'
    """
    head = head[:_REACH]
    uri = _DATA_URI.match(head)
    body = head if uri is None else _PERCENT.sub(_byte, head[uri.end() :])
    named = "" if uri is None else uri["kind"].lower()
    kind, size = _read(_base64(body))
    kind = kind or (named if named in _KINDS else "")
    if not kind:
        return "image"
    if size is None or not all(1 <= one <= _MOST for one in size):
        return f"image/{kind}"
    return f"image/{kind} {size[0]}x{size[1]}"


def _byte(escape: re.Match[str]) -> str:
    return chr(int(escape[0][1:], 16))


def _base64(text: str) -> bytes:
    digits = _NOT_BASE64.sub("", text.translate(_URL_ALPHABET))
    return binascii.a2b_base64(digits[: len(digits) // 4 * 4])


def _read(data: bytes) -> tuple[str, tuple[int, int] | None]:
    """Give the kind of an image and its width and height in pixels, as far as its header has them."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", _pair(data, 16, 4, "big") if data[12:16] == b"IHDR" else None
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif", _pair(data, 6, 2, "little")
    if data.startswith(b"BM"):
        return "bmp", _bmp(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp", _webp(data)
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg", _jpeg(data)
    if data.startswith((b"II*\0", b"MM\0*")):
        return "tiff", None
    if data[4:8] == b"ftyp":
        return {b"avif": "avif", b"heic": "heic", b"mif1": "heif"}.get(data[8:12], ""), None
    return "", None


def _pair(data: bytes, at: int, width: int, order: str) -> tuple[int, int] | None:
    if len(data) < at + 2 * width:
        return None
    first, second = data[at : at + width], data[at + width : at + 2 * width]
    if order == "big":
        return int.from_bytes(first, "big"), int.from_bytes(second, "big")
    return int.from_bytes(first, "little"), int.from_bytes(second, "little")


def _bmp(data: bytes) -> tuple[int, int] | None:
    size = _pair(data, 18, 4, "little")
    if size is None:
        return None
    # A negative height means that rows run from the top.
    width, height = size
    return width, height if height < 1 << 31 else (1 << 32) - height


def _webp(data: bytes) -> tuple[int, int] | None:
    chunk = data[12:16]
    if chunk == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if chunk == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        size = _pair(data, 26, 2, "little")
        return None if size is None else (size[0] & 0x3FFF, size[1] & 0x3FFF)
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Walk the segments of a JPEG to its start of frame (ITU T.81, B.1.1)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            size = _pair(data, at + 5, 2, "big")
            return None if size is None else (size[1], size[0])
        elif marker == 0x01 or 0xD0 <= marker <= 0xD9:  # markers without a length
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
