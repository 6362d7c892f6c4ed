"""Texts in hexadecimal, in full-width letters, in base64 of UTF-16: shown, and mapped back."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.decoding import (
    base64_views,
    decodable,
    decoded_views,
    encoded_lines,
    hex_view,
    narrow_view,
)
from scrubber.detect.encoded import may_decode
from scrubber.ruleset.shapes import TO_SHAPE

TEXT = "jane.doe@example.com"
DIGITS = TEXT.encode().hex()


def columns(width: int) -> str:
    """Return the digits of the text in columns of so many."""
    return " ".join(DIGITS[at : at + width] for at in range(0, len(DIGITS), width))


WIDE = TEXT.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
COMMAND = b64encode(f"{TEXT} is here".encode("utf-16-le")).decode()

HEXADECIMAL = {
    "in a row": DIGITS,
    "in capitals": DIGITS.upper(),
    "behind 0x": f"0x{DIGITS}",
    "after a length": f"{len(TEXT):08x}{DIGITS}",
    "with half a byte": f"{DIGITS}f",
    "in columns of a byte": columns(2),
    "in columns of two": columns(4),
    "in columns of four": columns(8),
    "as hexdump -C": columns(2).replace(" 40", "  40"),
}


@pytest.mark.parametrize("form", HEXADECIMAL)
def test_a_text_in_hexadecimal_is_shown_and_mapped(form: str) -> None:
    """Each character to its two digits, however they stand."""
    raw = f"at {HEXADECIMAL[form]}."
    view = hex_view(raw)
    assert view is not None
    start = view.text.index(TEXT)
    first, last = view.span(start, start + len(TEXT))
    assert bytes.fromhex(raw[first:last]).decode() == TEXT
    assert decodable(raw)
    assert may_decode(raw.translate(TO_SHAPE))


NO_TEXT = {
    "a hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "too short": b"jane.doe@ex".hex(),
    "code of a machine": "48 8b 05 d9 2f 20 00 48 85 c0 74 02 ff d0 48 83 c4 08",
    "columns of a digit": " ".join(DIGITS),
    "other scripts alone": ("\u0434" * 14).encode().hex(),
    "short": "ab",
    "nothing": "",
}


@pytest.mark.parametrize("form", NO_TEXT)
def test_other_digits_show_nothing(form: str) -> None:
    """Bytes that are no text, or too few."""
    assert hex_view(NO_TEXT[form]) is None


def test_texts_of_two_runs_stand_on_two_lines() -> None:
    """So that none goes on in the other."""
    view = hex_view(f"{DIGITS} and {b'jane in the lab'.hex()}")
    assert view is not None
    assert view.text == f"{TEXT}\njane in the lab"


def test_characters_of_several_bytes_map_to_all_of_them() -> None:
    """As an umlaut does."""
    digits = "j\xf6rg.doe@example.com".encode().hex()
    raw = f"v={digits}"
    view = hex_view(raw)
    assert view is not None
    assert view.text == "jörg.doe@example.com"
    assert bytes.fromhex(raw[slice(*view.span(1, 2))]).decode() == "ö"


def test_only_lines_with_a_text_are_encoded() -> None:
    """In a long text, each once, whatever stands between them."""
    plain = "no digits here\n" * 300
    text = f"{plain}{DIGITS}\n{plain}{NO_TEXT['a hash']}\n{WIDE}\n{COMMAND}\n{plain}"
    lines = [text[low:high] for low, high in encoded_lines(text)]
    assert lines == [DIGITS, f"{WIDE}\n{COMMAND}"]


def test_full_width_letters_are_shown_in_ascii() -> None:
    """Each from its own; a single one and punctuation stay."""
    raw = f"\uff1a\uff21 {WIDE}\u3002x"
    view = narrow_view(raw)
    assert view is not None
    assert view.text == f"\uff1a\uff21 {TEXT}.x"
    start = view.text.index(TEXT)
    assert raw[slice(*view.span(start, start + len(TEXT)))] == WIDE
    assert narrow_view("\u8b66\u544a\uff1a\uff2f\uff2b") is None
    assert decodable(raw)
    assert may_decode(raw.translate(TO_SHAPE))


@pytest.mark.parametrize("before", ["", "u", "uv", "uvw", "\ufeff"])
def test_base64_of_utf_16_is_shown_and_mapped(before: str) -> None:
    """Wherever in a group its characters begin."""
    data = before.encode("utf-8") + TEXT.encode("utf-16-le") + b"\xff"
    raw = f"-enc {b64encode(data).decode()}"
    found = [view for view in base64_views(raw) if TEXT[1:] in view.text]
    assert len(found) == 1
    start = found[0].text.index(TEXT[1:])
    first, last = found[0].span(start, start + len(TEXT) - 1)
    assert raw[first:last] in raw.split()[1]
    assert decodable(raw)
    assert may_decode(raw.translate(TO_SHAPE))


@given(st.text(st.sampled_from("0123456789abcdefABCDEF \nx6a7\uff14\uff21\uff22"), max_size=120))
def test_what_has_views_is_told_by_its_lines_and_their_shapes(text: str) -> None:
    """No line with a view is passed over, by the text or by the shape."""
    lines = text.split("\n")
    seen = {line for low, high in encoded_lines(text) for line in text[low:high].split("\n")}
    for line in lines:
        assert bool(decoded_views(line)) <= decodable(line)
        assert not decodable(line) or (line in seen and may_decode(line.translate(TO_SHAPE)))


def test_a_view_in_a_view_maps_to_the_raw_text() -> None:
    """Hexadecimal inside base64."""
    raw = b64encode(f"payload {DIGITS}".encode()).decode()
    found = [view for view in decoded_views(raw) if TEXT in view.text]
    assert found
    assert found[0].span(0, len(found[0].text))[1] <= len(raw)
