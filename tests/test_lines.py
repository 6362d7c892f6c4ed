"""Lines scrubbed one by one, and what becomes of them when that fails."""

from __future__ import annotations

import pytest

from scrubber.outcomes import Lines
from tests.small_rules import EMAIL, scrubber

pytest.importorskip("hyperscan", reason="lines are told apart by a screen")

TEXT = b"nothing\njane@example said\nnothing more\n" * 3


@pytest.mark.parametrize("name", ["outcome", "joined", "checked"])
def test_lines_that_fail_go_through_a_stream(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Which looks for itself, and fails closed."""

    def fails(*_: object) -> None:
        raise MemoryError("jane@example")

    plain = scrubber(EMAIL, engine="vector").byte_stream()
    expected = plain.feed(TEXT) + plain.finish()
    assert b"[email] said" in expected
    monkeypatch.setattr(Lines, name, fails)
    stream = scrubber(EMAIL, engine="vector").byte_stream()
    assert stream.feed(TEXT) + stream.finish() == expected


def test_lines_that_fail_in_a_stream_too_are_markers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing raw is left of them."""

    def fails(*_: object, **__: object) -> None:
        raise MemoryError("jane@example")

    one = scrubber(EMAIL, engine="vector")
    stream = one.byte_stream()
    monkeypatch.setattr(Lines, "outcome", fails)
    monkeypatch.setattr("scrubber.segments.Stages.detect", fails)
    out = stream.feed(TEXT) + stream.finish()
    assert b"jane" not in out
    assert stream.report.failures > 0
