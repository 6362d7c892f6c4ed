"""Where a blob ends, in one text and over windows."""

from __future__ import annotations

import pytest

from scrubber.detect.blobs import Progress, Running, advance, follow
from tests.small_rules import IMAGE, PEM, QUOTED

BASE64 = IMAGE.blob
QUOTE = QUOTED.blob
KEY = PEM.blob
assert BASE64 is not None
assert QUOTE is not None
assert KEY is not None


@pytest.mark.parametrize(
    ("blob", "text", "end"),
    [
        (BASE64, "AAAA tail", 4),
        (BASE64, " tail", 0),
        (BASE64, "", 0),
        (BASE64, "AAAAAAA", 7),
        (QUOTE, r'a\"b" tail"', 5),
        (QUOTE, '" tail', 1),
        (QUOTE, "a\nb", 1),
        (QUOTE, "a\\", 1),
        (KEY, "AB\nCD--END-- x", 12),
        (KEY, "AB\nCD-- x", 5),
    ],
)
def test_follow_ends_behind_the_last_step_or_the_end(blob: object, text: str, end: int) -> None:
    """The end belongs to the blob; without one it ends where no step is left."""
    assert follow(blob, text, 0) == end  # type: ignore[arg-type]
    assert follow(blob, f"xx{text}", 2) == end + 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("blob", "window", "expected"),
    [
        (BASE64, "A" * 100, Progress(96, running=True)),
        (BASE64, "AAAA " + "x" * 20, Progress(4, running=False)),
        (BASE64, " " + "A" * 20, Progress(0, running=False)),
        (QUOTE, "ab" + '"' + " " * 20, Progress(3, running=False)),
        (QUOTE, "ab\n" + " " * 20, Progress(2, running=False)),
        (KEY, "AAAA--END--" + " " * 20, Progress(11, running=False)),
        (KEY, "AAAA--END", Progress(0, running=True)),
    ],
)
def test_advance_takes_what_is_sure(blob: object, window: str, expected: Progress) -> None:
    """A step is taken when all it may look at is there."""
    assert advance([Running(blob, 0)], window) == expected  # type: ignore[arg-type]


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
    """Neither more nor less is undone than where it began; of unknown layers the furthest counts."""
    progress = advance([Running(BASE64, layers)], window)
    assert progress == Progress(expected, running=False)


def test_the_blob_that_goes_furthest_decides() -> None:
    """Of several, one that runs on comes before one that has ended."""
    both = [Running(BASE64, 0), Running(QUOTE, 0)]
    assert advance(both, "AAAA " + "." * 60).running
    assert advance(both, 'AAAA "' + "." * 60) == Progress(6, running=False)
