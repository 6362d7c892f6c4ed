"""Detectors behind a screen claim in a line what they claim in front of it."""

from __future__ import annotations

import pytest

from scrubber.detect import vector
from scrubber.detect.databases import compiled
from scrubber.detect.gate import claimed
from scrubber.detect.screen import LONGEST_KEPT, Screen
from scrubber.detect.vector import Screened
from tests.small_rules import AFTER_KEY, CARD, EMAIL, TWO_LINES, detector

pytest.importorskip("hyperscan", reason="a screen scans with hyperscan")

RULES = (EMAIL, AFTER_KEY, CARD, TWO_LINES)
DETECTORS = tuple(map(detector, RULES))


def screened() -> Screened:
    """Put some rules behind a screen."""
    made = compiled(RULES)
    screen = Screen([(made.scanner, made.behind)], made.always, dict(enumerate(RULES)), made.begins)
    return Screened.of(DETECTORS, screen=screen)


TEXTS = [
    "nothing",
    "",
    "jane@example key= abc 12345678",
    "jane@example key= abc 87654321",
    "over:17",
    "over:",
    "over:\n17 jane@example",
    "jane%40example",
    "x" * LONGEST_KEPT + " jane@example",
    "\u30c6\udcff jane@example",
    "\u30c6\u30c6\u30c6\U0001f600\njane@example\n\u30c6 jane@example 12345678\nkey= abc",
]


@pytest.mark.parametrize("start", [0, 3])
def test_what_is_claimed_is_what_all_rules_claim(start: int) -> None:
    """Of a shape seen for the first time, of one known, and from within a text."""
    behind = screened()
    for text in TEXTS * 2:
        spans, encoded = behind.claimed(text, start)
        plain, views = claimed(DETECTORS, text, start)
        assert (sorted(spans), list(encoded)) == (sorted(plain), list(views))


def test_shapes_are_forgotten_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded."""
    monkeypatch.setattr(vector, "MOST_RECALLED", 2)
    behind = screened()
    for text in TEXTS * 2:
        assert sorted(behind.claimed(text, 0)[0]) == sorted(claimed(DETECTORS, text, 0)[0])
        assert len(behind._recalled) <= 2  # noqa: SLF001


def test_what_fails_to_be_recalled_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nothing were remembered."""
    monkeypatch.setattr(vector, "Recall", None)
    assert sorted(screened().claimed(TEXTS[2], 0)[0]) == sorted(claimed(DETECTORS, TEXTS[2], 0)[0])
