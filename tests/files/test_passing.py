"""Output that is held back is written whole or not at all."""

from __future__ import annotations

import io

import pytest

from scrubber.files.passing import held_back


@pytest.mark.parametrize("error", [OSError, MemoryError, KeyboardInterrupt])
def test_nothing_is_written_after_an_error(error: type[BaseException]) -> None:
    """What was redacted up to there would look like all of the document."""
    out = io.BytesIO()

    def fail() -> None:
        with held_back(out) as spool:
            spool.write(b"the first half")
            raise error

    with pytest.raises(error):
        fail()
    assert out.getvalue() == b""


def test_what_was_held_back_is_written_at_the_end() -> None:
    """In order, and not before."""
    out = io.BytesIO()
    with held_back(out) as spool:
        spool.write(b"one ")
        spool.write(b"two")
        assert out.getvalue() == b""
    assert out.getvalue() == b"one two"
