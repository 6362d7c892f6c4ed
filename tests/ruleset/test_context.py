"""The words near a match, as a rule has them."""

from __future__ import annotations

from tests.small_rules import rule


def test_window_of_context_is_forty_code_points() -> None:
    """Unless the rule says otherwise."""
    plain = rule("NEAR", "[0-9]{4}", context={"words": ["badge"], "required": True}).context
    wide = rule(
        "NEAR", "[0-9]{4}", context={"words": ["badge"], "window": 41, "required": True}
    ).context
    assert plain is not None
    assert wide is not None
    assert (plain.window, wide.window) == (40, 41)
