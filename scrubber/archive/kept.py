"""
The first few of many, by an order.

Promise: no more memory for a million than for a thousand, and the same few whatever came first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT: Final = 200
"""How many are kept."""

T = TypeVar("T")


@dataclass(slots=True)
class Kept(Generic[T]):
    """The first few of many, and how many there were.

    Attributes:
        order: the key of the order.
        count: how many there were.

    >>> kept = Kept(order=lambda number: -number)
    >>> for number in range(1000):
    ...     kept.add(number)
    >>> kept.first()[:3], kept.count
    ([999, 998, 997], 1000)
    """

    order: Callable[[T], Any]
    count: int = 0
    _some: list[T] = field(default_factory=list)

    def add(self, one: T) -> None:
        """Take note of one more."""
        self.count += 1
        self._some.append(one)
        if len(self._some) >= 2 * KEPT:
            self._some = self.first()

    def first(self) -> list[T]:
        """Give the first few, in order."""
        return sorted(self._some, key=self.order)[:KEPT]
