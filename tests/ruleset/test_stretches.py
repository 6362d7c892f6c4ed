"""A stretch of a pattern is written as narrow as the bytes of its characters allow."""

from __future__ import annotations

import pytest

from scrubber.ruleset.parse import parse
from scrubber.ruleset.supersets import superset


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("q[a-f]{2,9}=", (r"q[\x61-\x66]{2,9}\x3d",)),
        ("[a-f]{3,9}qz", (r"[\x61-\x66]{3}qz",)),
        ("ab[0-9]{1,3}+cd", ("ab0cd", "ab00cd", "ab000cd")),
        ("[a-f]{2,9}\u00e9", (r"[\x61-\x66]{2}\xc3\xa9",)),
    ],
)
def test_run_of_ascii_has_no_other_bytes(pattern: str, texts: tuple[str, ...]) -> None:
    """A wider one would hit lines in which nothing is."""
    assert superset(parse(pattern)).texts == texts


@pytest.mark.parametrize("pattern", ["qzqz(?:ab)?", "qzqz(?:ab){0,2}+", "(?:ab)?qzqz"])
def test_what_may_be_missing_at_an_end_is_left_out(pattern: str) -> None:
    """A stretch with it would be found no less often."""
    assert superset(parse(pattern)).texts == ("qzqz",)
