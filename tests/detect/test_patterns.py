"""Compiled patterns mean what the dialect means."""

from __future__ import annotations

import pytest
import regex

from scrubber.detect.patterns import compiled


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("(?i:k)", "\u212a", False),
        (r"\d", "\u0665", False),
        (r"\w", "\xe9", False),
        ("[a&&b]", "&", True),
        (r"[[]", "[", True),
        ("(?i:k)", "K", True),
    ],
)
def test_a_pattern_means_ascii_and_the_plain_syntax(
    pattern: str, text: str, *, found: bool
) -> None:
    """No Unicode class, no folding beyond ASCII, no set operations."""
    assert (compiled(pattern).search(text) is not None) is found


def test_a_pattern_is_compiled_once() -> None:
    """The same text gives the same object, and what cannot be compiled raises."""
    assert compiled("abc") is compiled("abc")
    with pytest.raises(regex.error):
        compiled("(")
