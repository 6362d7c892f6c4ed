"""The label of an image: kind and size from its first bytes."""

from __future__ import annotations

import base64
import struct

import pytest

from scrubber.validators.image import image_label

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x08\x02\0\0\0"
GIF = b"GIF89a" + struct.pack("<HH", 640, 480) + b"\x80\0\0"
BMP = b"BM" + struct.pack("<IHHIIii", 0, 0, 0, 54, 40, 640, 480) + b"\0\0"
BMP_DOWN = b"BM" + struct.pack("<IHHIIii", 0, 0, 0, 54, 40, 640, -480) + b"\0\0"
VP8X = b"RIFF\0\0\0\0WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0\x7f\x02\0\xdf\x01\0" + b"\0\0"
VP8L = b"RIFF\0\0\0\0WEBPVP8L" + struct.pack("<I", 9) + b"\x2f" + struct.pack("<I", 639 | 479 << 14)
VP8 = (
    b"RIFF\0\0\0\0WEBPVP8 "
    + struct.pack("<I", 9)
    + b"\0\0\0\x9d\x01\x2a"
    + struct.pack("<HH", 640 | 1 << 14, 480)
    + b"\0"
)
APP0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\0" * 9
SOF = b"\xff\xc0" + struct.pack(">HBHH", 17, 8, 480, 640) + b"\x03"
DHT = b"\xff\xc4" + struct.pack(">H", 4) + b"\0\0"
JPEG = b"\xff\xd8" + APP0 + DHT + b"\xff\xff\xd0" + SOF
AVIF = struct.pack(">I", 28) + b"ftypavif" + b"\0" * 6
HEIC = struct.pack(">I", 28) + b"ftypheic" + b"\0" * 6


def text(data: bytes) -> str:
    """Write bytes in base64."""
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (PNG, "image/png 640x480"),
        (GIF, "image/gif 640x480"),
        (BMP, "image/bmp 640x480"),
        (BMP_DOWN, "image/bmp 640x480"),
        (VP8X, "image/webp 640x480"),
        (VP8L, "image/webp 640x480"),
        (VP8, "image/webp 640x480"),
        (JPEG, "image/jpeg 640x480"),
        (b"II*\0\x08\0\0\0", "image/tiff"),
        (b"MM\0*\0\0\0\x08", "image/tiff"),
        (AVIF, "image/avif"),
        (HEIC, "image/heic"),
        (b"nothing at all", "image"),
    ],
)
def test_kind_and_size_are_read_from_the_header(data: bytes, label: str) -> None:
    """Every kind is known by its first bytes, its size where the header has it."""
    assert image_label(text(data)) == label
    assert image_label(f"data:image/x-unknown;base64,{text(data)}") == label


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (PNG[:9], "image/png"),
        (PNG[:21], "image/png"),
        (PNG[:12] + b"XXXX" + PNG[16:], "image/png"),
        (GIF[:6], "image/gif"),
        (BMP[:9], "image/bmp"),
        (VP8X[:24], "image/webp"),
        (VP8L[:21], "image/webp"),
        (VP8[:27], "image/webp"),
        (VP8[:20] + b"\0" * 12, "image/webp"),
        (b"\xff\xd8" + APP0, "image/jpeg"),
        (b"\xff\xd8" + SOF[:6], "image/jpeg"),
        (b"\xff\xd8\xff\xe0\0\x04\0\0\x12\x34\x56\x78", "image/jpeg"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (GIF[:6] + b"\0" * 6, "image/gif"),
        (PNG[:16] + b"\xff" * 8, "image/png"),
    ],
)
def test_a_size_that_cannot_be_read_is_left_out(data: bytes, label: str) -> None:
    """Cut, damaged and impossible headers give the kind alone."""
    assert image_label(text(data)) == label


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("data:image/png;base64,", "image/png"),
        ("data:image/svg+xml;utf8,<svg/>", "image/svg+xml"),
        ("data:IMAGE/SVG+XML,%3Csvg", "image/svg+xml"),
        ("data:image/jane;base64,", "image"),
        (
            "data:image/jpeg;base64,%2F9j%2F" + text(JPEG)[4:].replace("/", "%2F"),
            "image/jpeg 640x480",
        ),
        (
            "data:image/png;base64,\\r\\n" + text(PNG)[:20] + "\\n" + text(PNG)[20:],
            "image/png 640x480",
        ),
        (text(JPEG).replace("+", "-").replace("/", "_"), "image/jpeg 640x480"),
        (text(PNG) + "A" * 100_000, "image/png 640x480"),
    ],
)
def test_what_is_around_the_bytes_is_undone(head: str, label: str) -> None:
    """Data URIs, URL escapes, wrapped lines and the URL alphabet hide no header."""
    assert image_label(head) == label
