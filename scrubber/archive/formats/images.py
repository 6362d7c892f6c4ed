"""
What stands for an image or a sound: the smallest one that is valid.

A picture shows faces, screens and charts with names in them, and nobody can look through it here.
Its size stays where it is declared beside it; the picture itself is one grey point whatever the
size, so that it tells nothing and costs nothing.

Promise: both are constants, so what was replaced once is not replaced again.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

from scrubber.archive.kinds import IMAGE, kind_of
from scrubber.files.text_files import HEAD


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


# Level 0 stores, so every zlib writes the same bytes.
PNG: Final = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(b"\x00\x80", 0)),
        _chunk(b"IEND", b""),
    )
)
"""An image of one grey point."""

_FORMAT: Final = struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
WAV: Final = (
    b"RIFF"
    + struct.pack("<I", 4 + 8 + len(_FORMAT) - 4 + 8)
    + b"WAVEfmt "
    + _FORMAT
    + b"data"
    + struct.pack("<I", 0)
)
"""A sound without a sample."""

_SOUNDS: Final = (b"OggS", b"fLaC", b"ID3", b"\xff\xfb", b"\xff\xf3")


def is_image(data: bytes) -> bool:
    r"""Tell whether bytes are an image.

    Args:
        data: all of them, or as many as there are at the start.

    Returns:
        Whether they begin as one does.

    >>> is_image(PNG), is_image(b"GIF89a\x01\x00"), is_image(b"mail")
    (True, True, False)
    """
    return kind_of(data[:HEAD], "") == IMAGE


def is_sound(data: bytes) -> bool:
    r"""Tell whether bytes are a sound.

    >>> is_sound(WAV), is_sound(b"RIFF\x00\x00\x00\x00WEBP")
    (True, False)
    """
    return data.startswith(_SOUNDS) or (data[:4] == b"RIFF" and data[8:12] == b"WAVE")
