"""Which lines may have something to decode, by their shape."""

from __future__ import annotations

from binascii import b2a_base64
from random import Random

import pytest
from hypothesis import given

from scrubber.decoding import decodable
from scrubber.detect.encoded import may_decode
from scrubber.encodings import ENCODINGS
from scrubber.ruleset.shapes import TO_SHAPE
from tests.properties.texts import texts


@given(texts)
def test_a_line_that_can_be_decoded_is_told_by_its_shape(text: str) -> None:
    """Whatever its digits are."""
    lines = text.split("\n")
    assert [
        one for one in lines if decodable(one) and not may_decode(one.translate(TO_SHAPE))
    ] == []


SHAPES = [
    ("amFuZUBleGFtcGxlIGlzIGhlcmU=", True),
    ("user%00name", True),
    ("&#000;ane", True),
    ("0x000a000a0a000a000a0a000a", True),  # hexadecimal
    ("00 0a 00 0a 0a 00 0a 00 0a 0a 00 0a", True),
    ("f" * 40, False),  # no byte of ASCII
    ("\uff4a\uff41\uff4e\uff45", True),  # full width
    ("bQBhAGkAbAAgAGoAYQBuAGUAQABlAHgAYQBtAHAAbABl", True),  # UTF-16
    ("loss=0.0000 at 000% of step 00", False),
    ("A" * 40, False),  # bytes no text consists of
]


@pytest.mark.parametrize(("shape", "told_by_it"), SHAPES)
def test_a_shape_tells_what_may_be_decoded(shape: str, *, told_by_it: bool) -> None:
    """Base64 only where it may stand for a text."""
    assert may_decode(shape) == told_by_it


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_is_told(encoding: str) -> None:
    """In texts of several alphabets."""
    for text in ("jane.doe@example.com is here", "вексля себя дома где", "データの場所はここです"):
        written = ENCODINGS[encoding].encode(text)
        assert may_decode(written.translate(TO_SHAPE)) or not decodable(written)


def test_most_lines_have_nothing_to_decode() -> None:
    """Or every line would be decoded to see."""
    assert not may_decode("loss=0.0000 at 000% of step 00 in conv0d")


@pytest.mark.parametrize("digit", "078")
def test_a_command_to_a_terminal_may_be_a_digit(digit: str) -> None:
    """ESC 7 and ESC 8 are not shown; of the shape any digit may be one of them."""
    assert may_decode(f"ja\x1b{digit}ne@example".translate(TO_SHAPE))


WRITTEN = {
    "ASCII": "abcdefghijklmnopqrstuvwxyz ABCXYZ@.:/-_0123456789",
    "two bytes": "".join(map(chr, range(0x410, 0x450))),
    "three bytes": "".join(map(chr, range(0x3041, 0x3090))),
}


@pytest.mark.parametrize("alphabet", WRITTEN)
def test_base64_of_any_text_is_told(alphabet: str) -> None:
    """Wherever the groups of its bytes begin."""
    draw = Random(31)  # noqa: S311  # no secret
    texts = [
        "u" * (number % 3) + "".join(draw.choices(WRITTEN[alphabet], k=draw.randrange(12, 22)))
        for number in range(300)
    ]
    lines = [b2a_base64(text.encode(), newline=False).decode() for text in texts]
    assert all(map(decodable, lines))
    assert all(may_decode(line.translate(TO_SHAPE)) for line in lines)
