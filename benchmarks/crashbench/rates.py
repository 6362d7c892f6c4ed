"""
Shares with what they are worth: so many of so many, and an interval.

The interval is Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession,
and statistical inference", JASA 22, 1927): it stays within 0 and 1, and 0 of 12 is not told as
nothing. It takes cases for independent of each other; those of one template are not quite, so the
true one is somewhat wider.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

Z: Final = 1.959963984540054
"""The quantile of the normal distribution for 95 %."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many.

    Attributes:
        hits: how many.
        of: out of how many.
    """

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, or None of nothing."""
        return self.hits / self.of if self.of else None

    def interval(self) -> tuple[float, float] | None:
        """Return where the true share lies, 19 times out of 20; None of nothing.

        >>> [round(end, 3) for end in Rate(0, 12).interval()]
        [0.0, 0.242]
        """
        if not self.of:
            return None
        share, square = self.hits / self.of, Z * Z / self.of
        middle = share + square / 2
        reach = Z * sqrt(share * (1 - share) / self.of + square / (4 * self.of))
        low = 0.0 if self.hits == 0 else (middle - reach) / (1 + square)
        high = 1.0 if self.hits == self.of else (middle + reach) / (1 + square)
        return low, high

    def __add__(self, other: Rate) -> Rate:
        """Add both counts."""
        return Rate(self.hits + other.hits, self.of + other.of)

    def as_json(self) -> dict[str, object]:
        """Return counts, share and interval."""
        ends = self.interval()
        return {
            "hits": self.hits,
            "of": self.of,
            "rate": self.value,
            "low": ends and ends[0],
            "high": ends and ends[1],
        }
