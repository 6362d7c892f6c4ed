"""The first bytes of data, in every writing of a report."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.validators.first_bytes import first_bytes

DATA = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0\0\0\0\0"

XXD = (
    "00000000: 8950 4e47 0d0a 1a0a 0000 000d 4948 4452  .PNG........IHDR\n"
    "00000010: 0000 0280 0000 01e0 0802 0000 0000 0000  ................\n"
    "00000020: 00                                       ."
)
HEXDUMP = (
    "00000000  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  |.PNG........IHDR|\n"
    "00000010  00 00 02 80 00 00 01 e0  08 02 00 00 00 00 00 00  |................|\n"
)


@pytest.mark.parametrize(
    "text",
    [
        base64.b64encode(DATA).decode(),
        base64.urlsafe_b64encode(DATA).decode(),
        repr(DATA),
        f"bytearray({DATA!r})",
        json.dumps(repr(DATA))[1:-1],
        DATA.hex(),
        DATA.hex().upper(),
        DATA.hex(" "),
        DATA.hex(":"),
        f"X'{DATA.hex()}'",
        f"0x{DATA.hex()}",
        f"<Buffer {DATA.hex(' ')} ... 5 more bytes>",
        ", ".join(f"0x{byte:02x}" for byte in DATA),
        XXD,
        HEXDUMP,
    ],
)
def test_every_writing_gives_the_bytes(text: str) -> None:
    """Base64, literals, hex and dumps are read alike."""
    assert first_bytes(text)[:24] == DATA[:24]


def test_base64_of_zeros_is_not_hex() -> None:
    """What begins with zeros, as DICOM does, begins with A in base64."""
    assert first_bytes("AAAABEADAAAA") == b"\0\0\0\x04\x40\x03\0\0\0"


@given(text=st.text())
def test_any_text_gives_bytes(text: str) -> None:
    """No text raises."""
    assert isinstance(first_bytes(text), bytes)
    assert isinstance(first_bytes(f"b'{text}"), bytes)
