"""
Which lines of an event taggers look at, within their budget, and what becomes of the others.

What tells most comes first: what an exception says, then log entries, then breadcrumbs, the latest
first; of each, its first lines. The budget is counted in lines, so that the same event has the same
outcome on every machine, and so that what is redacted in a line leaves no room for another one.

Promise: lines that are not looked at are told by their texts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrubber.ner.tagger import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, repr=False)
class Reached:
    """The sentences of an event, divided.

    Attributes:
        lines: how many lines of each text taggers look at.
        beyond: texts with lines that they do not.
    """

    lines: Mapping[str, int] = field(default_factory=dict)
    beyond: frozenset[str] = frozenset()


def reached(sentences: Mapping[str, int], budget: int) -> Reached:
    r"""Divide the sentences of an event.

    Args:
        sentences: texts in order of appearance, with how much they tell: 1 for most.
        budget: lines.

    Returns:
        Both parts.

    >>> found = reached({"crumb, old": 3, "crumb, new": 3, "error\nof two lines": 1}, 3)
    >>> sorted(found.lines), found.beyond
    (['crumb, new', 'error\nof two lines'], frozenset({'crumb, old'}))
    """
    lines: dict[str, int] = {}
    beyond: set[str] = set()
    left = budget
    places = {text: at for at, text in enumerate(sentences)}
    for text in sorted(sentences, key=lambda one: (sentences[one], -places[one])):
        count = text.count("\n") + 1
        if left:
            lines[text] = min(count, left)
        if count > left or (len(text) > LONGEST and max(map(len, text.split("\n"))) > LONGEST):
            beyond.add(text)
        left -= min(count, left)
    return Reached(lines, frozenset(beyond))
