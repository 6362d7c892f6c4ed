"""What stands for images and sounds is one itself, to other readers too."""

from __future__ import annotations

import io
import wave
import zlib

import pytest

from scrubber.archive.formats.images import PNG, WAV, is_image, is_sound


def test_the_image_is_one_grey_point() -> None:
    """Its parts have the sums they should have, and its pixels unpack."""
    assert PNG[12:16] == b"IHDR"
    assert PNG[29:33] == zlib.crc32(PNG[12:29]).to_bytes(4, "big")
    size = int.from_bytes(PNG[33:37], "big")
    assert zlib.decompress(PNG[41 : 41 + size]) == b"\x00\x80"


def test_the_sound_has_no_sample() -> None:
    """The standard library reads it."""
    with wave.open(io.BytesIO(WAV)) as sound:
        assert sound.getnframes() == 0


@pytest.mark.parametrize(
    ("data", "image", "sound"),
    [
        (PNG, True, False),
        (WAV, False, True),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", True, False),
        (b"OggS\0\2", False, True),
        (b"GIFT for you", False, False),
        (b"", False, False),
    ],
)
def test_images_and_sounds_are_told_by_their_first_bytes(
    data: bytes,
    image: bool,  # noqa: FBT001
    sound: bool,  # noqa: FBT001
) -> None:
    """Text that begins like one is none."""
    assert (is_image(data), is_sound(data)) == (image, sound)
