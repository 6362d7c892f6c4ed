"""
Small pictures that any viewer opens, written without a library for pictures.

Promise: each is a whole file of its format with pixels in it, at most some hundred bytes long.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

_GREY_LEVELS: Final = 128


def png(draw: Random, width: int, height: int) -> bytes:
    """Give a PNG of random colours (ISO 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + draw.randbytes(3 * width) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def bmp(draw: Random, width: int, height: int) -> bytes:
    """Give a BMP of random colours, 24 bits a pixel."""
    row = 3 * width
    pixels = b"".join(draw.randbytes(row) + bytes(-row % 4) for _ in range(height))
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54) + header + pixels


def gif(draw: Random, width: int, height: int) -> bytes:
    """Give a GIF of random greys; its codes are cleared before they would grow."""
    clear, end = _GREY_LEVELS, _GREY_LEVELS + 1
    greys = b"".join(bytes((2 * level,)) * 3 for level in range(_GREY_LEVELS))
    pixels = [draw.randrange(_GREY_LEVELS) for _ in range(width * height)]
    codes = bytearray()
    for at in range(0, len(pixels), 100):
        codes += bytes((clear, *pixels[at : at + 100]))
    codes.append(end)
    blocks = b"".join(
        bytes((len(block),)) + block
        for block in (bytes(codes[at : at + 255]) for at in range(0, len(codes), 255))
    )
    size = struct.pack("<HH", width, height)
    return (
        b"GIF89a" + size + b"\xf6\0\0" + greys + b",\0\0\0\0" + size + b"\0\x07" + blocks + b"\0;"
    )


def jpeg(draw: Random, width: int, height: int) -> bytes:
    """Give a JPEG of random grey blocks (ITU T.81, baseline), with tables of a few codes."""

    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    # Differences of up to 6 bits, each size a code of 3 bits; every block ends at once: one bit.
    sizes, ends = bytes((0, 0, 7, *(0,) * 13, *range(7))), bytes((1, *(0,) * 15, 0))
    bits = ""
    for _ in range(-(-width // 8) * -(-height // 8)):
        size = draw.randrange(1, 7)
        bits += f"{size:03b}{draw.randrange(1 << size):0{size}b}0"
    bits += "1" * (-len(bits) % 8)
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + segment(0xDB, b"\0" + b"\x10" * 64)
        + segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
        + segment(0xC4, b"\0" + sizes)
        + segment(0xC4, b"\x10" + ends)
        + segment(0xDA, b"\x01\x01\0\0\x3f\0")
        + scan
        + b"\xff\xd9"
    )


FORMATS: Final = {"png": png, "jpeg": jpeg, "gif": gif, "bmp": bmp}
"""What writes a picture, by the name of its media type."""
