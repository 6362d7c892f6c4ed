"""
Rare values, replaced: what fewer than k have said is not told.

A value can be harmless and still point at one person, because only one has it. This is for who
looks at collected events, or tells of many at once: the values of one machine say nothing of how
rare they are in the world.

Promise: in what `rare` gives, each value stands at least k times, unless there are fewer than k.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from scrubber.errors import ConfigError
from scrubber.telemetry.parameters import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST: Final = 100_000


def rare(values: Iterable[str], k: int, *, other: str = OTHER) -> list[str]:
    """Replace values that stand fewer than k times.

    When the rare ones together are fewer than k, those that stand least often are replaced as well:
    one `other` among many would be as rare as what it stands for.

    Args:
        values: one for each person, installation or report.
        k: how often a value must stand there.
        other: what stands for rare values.

    Returns:
        The values, in order.

    Raises:
        ConfigError: k is less than 1.

    >>> rare(["linux", "linux", "linux", "macos", "macos", "plan9"], 2)
    ['linux', 'linux', 'linux', 'other', 'other', 'other']
    """
    _check(k)
    given = list(values)
    counts = Counter(given)
    kept = sorted(
        (value for value, count in counts.items() if count >= k and value != other),
        key=lambda value: (-counts[value], value),
    )
    hidden = len(given) - sum(counts[value] for value in kept)
    while kept and 0 < hidden < k:
        hidden += counts[kept.pop()]
    stays = set(kept)
    return [value if value in stays else other for value in given]


class KAnonymous:
    """Replaces values that were seen fewer than k times so far, one value at a time.

    It never goes back: the first k - 1 times a value is `other`. Beyond 100,000 different values,
    new ones stay `other`.

    Args:
        k: how often a value must have been seen, this time included.
        other: what stands for rare values.

    Raises:
        ConfigError: k is less than 1.

    >>> seen = KAnonymous(3)
    >>> [seen.value(text) for text in ("a100", "a100", "t4", "a100")]
    ['other', 'other', 'other', 'a100']
    """

    __slots__ = ("_counts", "_k", "_other")

    def __init__(self, k: int, *, other: str = OTHER) -> None:
        """Begin with nothing seen."""
        _check(k)
        self._k = k
        self._other = other
        self._counts: Counter[str] = Counter()

    def __repr__(self) -> str:
        """Say k; nothing that was seen."""
        return f"KAnonymous({self._k})"

    def value(self, text: str) -> str:
        """Count a value, and give it if it was seen often enough.

        Args:
            text: the value.
        """
        if text not in self._counts and len(self._counts) >= _MOST:
            return self._other
        self._counts[text] += 1
        return text if self._counts[text] >= self._k else self._other


def _check(k: int) -> None:
    if k < 1:
        raise ConfigError("k is at least 1")
