"""
Pictures as programs print them when they fail: bytes, base64, arrays, tensors, lists of pixels.

Promise: the PNG is a valid one, and no compressor is used, so its bytes are the same everywhere.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .chance import Chance

SMOOTH: Final = 12


def png(chance: Chance) -> bytes:
    """Make a small PNG; its pixels are stored, not compressed (RFC 1951, 3.2.4)."""
    side = chance.between(6, 14)
    rows = b"".join(b"\0" + chance.data(side * 3) for _ in range(side))
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(rows), 0xFFFF - len(rows)) + rows
    stored += struct.pack(">I", zlib.adler32(rows))

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = binascii.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", stored) + chunk(b"IEND", b"")
    )


def jpeg(chance: Chance) -> bytes:
    """Make what begins and ends as a JPEG does."""
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    head += b"\xff\xdb\x00\x43\x00"
    return head + chance.data(chance.between(180, 500)) + b"\xff\xd9"


def in_base64(data: bytes) -> str:
    """Write bytes in base64."""
    return base64.b64encode(data).decode()


def _bytes_of_pixels(chance: Chance, count: int) -> list[int]:
    at, found = chance.below(256), []
    for _ in range(count):
        at = min(255, max(0, at + chance.between(-SMOOTH, SMOOTH)))
        found.append(at)
    return found


def ndarray(chance: Chance) -> str:
    """Write an array of pixels as NumPy does, without the words around its values."""
    width = chance.between(3, 6)
    blocks = []
    for _ in range(chance.between(2, 4)):
        rows = [
            "[" + ", ".join(f"{pixel:3d}" for pixel in _bytes_of_pixels(chance, 3)) + "]"
            for _ in range(width)
        ]
        blocks.append("[" + ",\n         ".join(rows) + "]")
    return "[" + ",\n\n        ".join(blocks) + "]"


def tensor(chance: Chance) -> str:
    """Write a picture as PyTorch prints a tensor, without the words around its values."""
    rows = [
        "["
        + ", ".join(f"{pixel / 255:.4f}" for pixel in _bytes_of_pixels(chance, 3))
        + ",  ..., "
        + ", ".join(f"{pixel / 255:.4f}" for pixel in _bytes_of_pixels(chance, 3))
        + "]"
        for _ in range(chance.between(4, 6))
    ]
    return "[[" + ",\n         ".join(rows) + "]]"


def pixels(chance: Chance, *, opening: str, closing: str) -> str:
    """Write a list of pixels, each a list or a tuple."""
    count = chance.between(24, 60)
    values = _bytes_of_pixels(chance, count * 3)
    triples = [values[at : at + 3] for at in range(0, len(values), 3)]
    return "[" + ", ".join(opening + ", ".join(map(str, t)) + closing for t in triples) + "]"


def byte_list(data: bytes) -> str:
    """Write bytes as a list of numbers, as JSON of a buffer does."""
    return "[" + ",".join(map(str, data)) + "]"
