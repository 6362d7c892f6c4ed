"""Pairs of names that are no person."""

from __future__ import annotations

import pytest

from scrubber.ner.named_after import named_after


@pytest.mark.parametrize("pair", ["jensen shannon", "aston martin", "mona lisa", "jack russell"])
def test_things_called_after_two_people_are_known(pair: str) -> None:
    """In the order in which they are written."""
    one, other = pair.split()
    assert named_after(one, other)
    assert not named_after(other, one)
