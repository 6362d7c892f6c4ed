"""
Whether a rule may have a match in a line, told from the line's shape: its digits are not known.

A scanner looks for a stretch of a pattern. Here the whole pattern is tried, once for a shape, and
what it says holds for every line of that shape. So a line that only looks like something (a slice,
a version, a date) costs a rule's pattern once, not each time.

Promise: a rule with a match in a line may match in its shape. What takes too long, or is no text,
may match, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import regex

from scrubber.detect.patterns import FLAGS
from scrubber.detect.rule_numbers import if_more
from scrubber.ruleset.charset import NEWLINE
from scrubber.ruleset.literals import folded
from scrubber.ruleset.measure import consumed_set
from scrubber.ruleset.nodes import Look, walk
from scrubber.ruleset.parse import parse
from scrubber.ruleset.render import render
from scrubber.ruleset.shapes import shape_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrubber.ruleset.model import Rule
    from scrubber.ruleset.nodes import Node

# Nothing is possessive here, so there is no bound; seconds for a line of a few hundred characters.
_FUSE: Final = 0.02


class ShapeCheck:
    """Tries rules on shapes."""

    def __init__(self, rules: Mapping[int, Rule]) -> None:
        """Take rules by their numbers."""
        self._rules = rules
        self._compiled: dict[int, Any] = {}

    def remaining(self, numbers: set[int], shape: bytes) -> set[int]:
        """Give those of some rules that may have a match.

        Args:
            numbers: the rules a scanner has told.
            shape: the folded line in UTF-8.
        """
        try:
            text = shape.decode()
        except UnicodeDecodeError:
            return numbers
        found = (self._tried(one, text) for one in numbers)
        return {one for one in found if one is not None}

    def _tried(  # noqa: PLR0911 - one return for each thing that tells
        self, number: int, text: str
    ) -> int | None:
        """Give a rule as it stands among those of a line; None when it has no match there."""
        rule = self._rules.get(number)
        if rule is None:
            return number
        try:
            if rule.multiline:
                # What is looked for is in the line where a match begins, and more lines may come.
                pattern = self._pattern(number, rule)
                if pattern is None:
                    return number
                begun = pattern.search(f"{text}\n", partial=True, timeout=_FUSE)
                if begun is None or begun.start() > len(text):
                    return None
                return if_more(number) if begun.partial else number
            pattern = self._pattern(number, rule)
            if pattern is not None and pattern.search(text, timeout=_FUSE) is None:
                return None
        except TimeoutError:
            return number
        if rule.context is None or not rule.context.required:
            return number
        lowered = folded(text)
        near = any(folded(word) in lowered for word in rule.context.words)
        return number if near else None

    def _pattern(self, number: int, rule: Rule) -> Any:  # noqa: ANN401  # regex.Pattern
        """Give the pattern of shapes; None for one that looks back over a newline."""
        if number not in self._compiled:
            node = parse(rule.pattern)
            printed = None if _looks_back(node) else render(shape_pattern(node))
            self._compiled[number] = regex.compile(printed, FLAGS) if printed is not None else None
        return self._compiled[number]


def _looks_back(node: Node) -> bool:
    """Tell whether a look-behind of a pattern may see over a newline."""
    return any(
        isinstance(one, Look) and not one.ahead and consumed_set(one.body).intersects(NEWLINE)
        for one in walk(node)
    )
