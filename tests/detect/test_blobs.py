"""Where a blob ends, in one text and over windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.detect.blobs import Progress, Running, advance, follow
from tests.small_rules import IMAGE, PEM, QUOTED

if TYPE_CHECKING:
    from scrubber.ruleset.model import Blob, Rule


def blob_of(built: Rule) -> Blob:
    """Give the blob of a rule that has one."""
    assert built.blob is not None
    return built.blob


BASE64, QUOTE, KEY = blob_of(IMAGE), blob_of(QUOTED), blob_of(PEM)


@pytest.mark.parametrize(
    ("blob", "text", "end"),
    [
        (BASE64, "AAAA tail", 4),
        (BASE64, " tail", 0),
        (BASE64, "", 0),
        (BASE64, "AAAAAAA", 7),
        (QUOTE, r'a\"b" tail"', 4),
        (QUOTE, '" tail', 0),
        (QUOTE, "a\nb", 1),
        (QUOTE, "a\\", 1),
        (KEY, "AB\nCD--END-- x", 12),
        (KEY, "AB\nCD-- x", 5),
    ],
)
def test_follow_ends_behind_the_last_step_or_the_end(blob: Blob, text: str, end: int) -> None:
    """The end belongs to the blob; without one it ends where no step is left."""
    assert follow(blob, text, 0) == end
    assert follow(blob, f"xx{text}", 2) == end + 2


@pytest.mark.parametrize(
    ("blob", "window", "end", "running"),
    [
        (BASE64, "A" * 100, 96, True),
        (BASE64, "AAAA " + "x" * 20, 4, False),
        (BASE64, " " + "A" * 20, 0, False),
        (QUOTE, "ab" + '"' + " " * 20, 2, False),
        (QUOTE, "ab\n" + " " * 20, 2, False),
        (KEY, "AAAA--END--" + " " * 20, 11, False),
        (KEY, "AAAA--END", 0, True),
        (BASE64, "AA", 0, True),
        (BASE64, "", 0, True),
    ],
)
def test_advance_takes_what_is_sure(blob: Blob, window: str, end: int, *, running: bool) -> None:
    """A step is taken when all it may look at is there."""
    one = Running(blob, 0)
    assert advance([one], window) == Progress(end, (one,) if running else ())


@pytest.mark.parametrize(
    ("layers", "window", "expected"),
    [
        (0, r"AA\/AA " + "." * 30, 2),
        (1, r"AA\/AA " + "." * 30, 6),
        (2, r"AA\/AA " + "." * 30, 6),
        (2, r"AA\\/AA " + "." * 30, 7),
        (1, "AAAA " + "." * 30, 4),
        (-1, r"AA\/AA " + "." * 30, 6),
        (-1, "AAAA " + "." * 30, 4),
        (1, r"\u0020AA" + "." * 30, 0),
    ],
)
def test_a_blob_is_read_through_the_layers_it_was_found_in(
    layers: int, window: str, expected: int
) -> None:
    """As many are undone as where it began; of unknown layers the furthest counts."""
    assert advance([Running(BASE64, layers)], window) == Progress(expected)


def test_the_blob_that_goes_furthest_decides_and_those_that_go_on_are_told() -> None:
    """One that has ended is not followed again."""
    both = [Running(BASE64, 0), Running(QUOTE, 0)]
    assert advance(both, "AAAA " + "." * 60) == Progress(63, (both[1],))
    assert advance(both, 'AAAA "' + "." * 60) == Progress(5)
    assert advance([], "AAAA") == Progress(0)


def test_a_blob_found_in_any_layer_runs_on_in_one_of_them() -> None:
    """It is told once, however many views it goes on in."""
    one = Running(BASE64, -1)
    assert advance([one], "AAAA" * 9) == Progress(32, (one,))
    assert advance([one], r"AA\/AA" * 9).running == (one,)
