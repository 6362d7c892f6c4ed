"""Patterns compiled at first use: the same as if compiled ahead."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from scrubber.lazy import lazy_pattern

TEXTS = ["", "a", "AB 12", "b2\nc3"]


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.VERBOSE])
@pytest.mark.parametrize("method", ["findall", "split"])
def test_it_gives_what_the_pattern_gives(method: str, flags: int) -> None:
    """Each method, asked once or twice, and flags."""
    text = r"[a-c] ?([0-9])"
    one, other = lazy_pattern(text, flags), re.compile(text, flags)
    for sample in [*TEXTS, *TEXTS]:
        assert getattr(one, method)(sample) == getattr(other, method)(sample)
    assert (one.pattern, one.flags) == (other.pattern, other.flags)


def test_bytes_are_matched_too() -> None:
    """A pattern of bytes."""
    assert lazy_pattern(rb"[a-z]+").sub(b"-", b"ab1") == b"-1"


def test_nothing_is_compiled_before_it_is_used() -> None:
    """What is no pattern says so at first use."""
    broken = lazy_pattern("(")
    with pytest.raises(re.error):
        broken.match("a")


def test_what_a_pattern_lacks_it_lacks() -> None:
    """No method is made up."""
    with pytest.raises(AttributeError):
        _ = lazy_pattern("a").other  # type: ignore[attr-defined]


def test_copies_and_pickles_work() -> None:
    """Protocols ask it for names it does not have."""
    one = lazy_pattern("a")
    for other in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301  # our own
        assert other.match("a")
