"""Where a check writes: nowhere."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from scrubber.archive.comparing import Compared

DATA = bytes(range(256)) * 4
WRITES = st.lists(st.tuples(st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=12)


@given(st.binary(max_size=40), WRITES, st.booleans())
def test_it_tells_what_a_real_file_would_be(
    same: bytes,
    writes: list[tuple[int, bytes]],
    right: bool,  # noqa: FBT001
) -> None:
    """Wherever is written, in whatever order; holes count as a difference."""
    compared, real = Compared(io.BytesIO(same)), io.BytesIO()
    if right:
        writes.append((0, same))
    holes = False
    for place, data in writes:
        here = min(place, len(real.getvalue()))
        holes = holes or here != place
        for one in (compared, real):
            one.seek(here)
            assert one.write(data) == len(data)
            assert one.tell() == here + len(data)
    assert compared.differs(len(same)) == (real.getvalue() != same)


def test_what_was_left_open_is_filled_in() -> None:
    """As a zip does with the size of a file, which comes before it."""
    compared = Compared(io.BytesIO(DATA))
    compared.write(b"\0" * 16 + DATA[16:])
    assert compared.differs(len(DATA))
    compared.seek(0)
    compared.write(DATA[:16])
    assert not compared.differs(len(DATA))


def test_another_file_is_another_one_for_good() -> None:
    """Memory does not grow with what differs; a hole, and a tail, differ."""
    data = b"\0" * (1 << 18)
    compared = Compared(io.BytesIO(data))
    compared.write(b"\1" * len(data))
    compared.seek(0)
    compared.write(data)
    assert compared.differs(len(data))
    hole = Compared(io.BytesIO(data))
    hole.seek(9)
    hole.write(data[9:])
    assert hole.differs(len(data))
    short = Compared(io.BytesIO(DATA))
    short.write(DATA[:-1])
    assert short.differs(len(DATA))


def test_a_file_that_is_cut_is_compared_as_it_is_then() -> None:
    """What was written behind the cut is not there."""
    compared = Compared(io.BytesIO(DATA))
    compared.write(DATA + b"more")
    compared.seek(len(DATA))
    compared.truncate()
    assert not compared.differs(len(DATA))
