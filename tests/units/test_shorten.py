"""Strings that are longer than anybody reads."""

from __future__ import annotations

import pytest

from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from scrubber.units.shorten import CUT, LONGEST, cut_off, shortened, too_long

SCRUBBER = Scrubber(identity=Identity.none())
PIXELS = bytes(range(128, 256)) * 8


def test_what_is_not_long_stays() -> None:
    """Whatever it is."""
    for text in ("", "x", "b'abc'", "word " * 1000, repr(b"\0" * 100)):
        assert shortened(text) == text


@pytest.mark.parametrize("begin", [b"\x89PNG\r\n\x1a\n", b"", b"\xff\xd8\xff\xe0"])
def test_bytes_of_an_image_keep_their_beginning(begin: bytes) -> None:
    """It tells what they are, and no pixel of the rest is looked at."""
    text = repr(begin + PIXELS)
    short = shortened(text)
    assert len(short) < 1024
    assert short[:2] == text[:2]
    assert short[-1] == text[1]
    assert shortened(short) == short
    compile(short, "short", "eval")  # no escape is cut


@pytest.mark.parametrize("tail", ["pay 4111 1111 1111 1111, ok", "mail jane.doe@example.com now"])
@pytest.mark.parametrize("filler", ["lorem ipsum ", "mail a@example.com to "])
def test_nothing_loses_its_end_before_it_is_found(
    monkeypatch: pytest.MonkeyPatch, filler: str, tail: str
) -> None:
    """Wherever a finding stands at the cut, and however much shorter the rest became."""
    longest = 3000
    monkeypatch.setattr("scrubber.units.shorten.LONGEST", longest)
    for at in range(-520, len(tail) + 8, 5):
        room = longest - len(CUT) - at
        text = (filler * (room // len(filler) + 1))[:room] + " " + tail + " y" * 600
        new = SCRUBBER.scrub({"message": text})
        assert new is not None
        assert len(new["message"]) <= longest
        for raw in ("4111", "jane.doe", "doe@example"):
            assert raw not in new["message"]
        assert SCRUBBER.scrub(new) == new


def test_the_end_of_what_stays_is_a_word() -> None:
    """And the reader is told that more was there."""
    text = "word " * (LONGEST // 5 + 200)
    assert too_long(text)
    assert cut_off(text).endswith("word [cut]")
