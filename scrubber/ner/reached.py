"""
Which texts of an event taggers look at, within their budget, and what becomes of the others.

What tells most comes first: what an exception says, then log entries, then breadcrumbs, the latest
first. The budget is counted in code points, so that the same event has the same outcome on every
machine.

Promise: a text is looked at whole or not at all; those that are not are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, repr=False)
class Reached:
    """The sentences of an event, divided.

    Attributes:
        within: texts that taggers look at.
        beyond: texts that they do not reach.
    """

    within: frozenset[str] = frozenset()
    beyond: frozenset[str] = frozenset()


def reached(sentences: Mapping[str, int], budget: int) -> Reached:
    """Divide the sentences of an event.

    Args:
        sentences: texts in order of appearance, with how much they tell: 1 for most.
        budget: code points.

    Returns:
        Both parts.

    >>> found = reached({"crumb, old": 3, "crumb, new": 3, "error": 1}, 16)
    >>> sorted(found.within)
    ['crumb, new', 'error']
    """
    within: set[str] = set()
    left = budget
    places = {text: at for at, text in enumerate(sentences)}
    for text in sorted(sentences, key=lambda one: (sentences[one], -places[one])):
        if len(text) <= left:
            left -= len(text)
            within.add(text)
    return Reached(frozenset(within), frozenset(sentences).difference(within))
