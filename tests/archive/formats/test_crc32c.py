"""CRC-32C: by columns as by bytes, and equal to published values."""

from __future__ import annotations

import random

import pytest

from scrubber.archive.formats import crc32c

DATA = random.Random(1).randbytes((1 << 20) + 5000)  # noqa: S311  # no secret


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", 0),
        (bytes(32), 0x8A9136AA),
        (b"\xff" * 32, 0x62A8AB43),
        (bytes(range(32)), 0x46DD794E),
        (b"123456789", 0xE3069283),
    ],
)
def test_sums_are_those_of_the_standard(data: bytes, expected: int) -> None:
    """RFC 3720, appendix B.4."""
    assert crc32c.crc32c(data) == expected


def test_sums_of_many_are_those_of_each() -> None:
    """Rows of one length take a step together, others go alone."""
    several = [DATA[at : at + size] for at in range(40) for size in (0, 1, 26, 256, 257, 3000)]
    assert crc32c.masked_many(several) == [crc32c.masked(one) for one in several]


@pytest.mark.parametrize("size", [1, 255, 256, 2047, 2048, 2049, 70_001, 1 << 20, len(DATA)])
def test_columns_give_what_bytes_give(size: int) -> None:
    """However many rows fit, the sum is that of a loop over all bytes."""
    whole = crc32c._by_bytes(DATA[:size], 0xFFFFFFFF) ^ 0xFFFFFFFF  # noqa: SLF001
    assert crc32c.crc32c(DATA[:size]) == whole
