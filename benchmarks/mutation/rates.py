"""What a sample says of the whole."""

from __future__ import annotations

from math import sqrt


def interval(count: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Give the interval that a rate lies in, after E. B. Wilson, 1927.

    Args:
        count: how many of the sample.
        of: the sample's size.
        z: how sure, in standard deviations; 1.96 for 95 percent.

    Returns:
        The lowest and the highest rate; all of them where there is no sample.

    >>> [round(one, 3) for one in interval(10, 100)]
    [0.055, 0.174]
    >>> interval(0, 0)
    (0.0, 1.0)
    """
    if not of:
        return 0.0, 1.0
    rate, square = count / of, z * z / of
    middle = (rate + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(rate * (1 - rate) / of + square / of / 4)
    return max(middle - half, 0.0), min(middle + half, 1.0)
