"""
Whether a rule may have a match in a line, told from the line's shape: its digits are not known.

A scanner looks for a stretch of a pattern. Here the whole pattern is tried, once for a shape, and
what it says holds for every line of that shape. So a line that only looks like something (a slice,
a version, a date) costs a rule's pattern once, not each time.

Promise: a rule with a match in a line may match in its shape. What takes too long, or is no text,
may match, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.detect.encoded import may_decode
from scrubber.detect.patterns import compiled_shape
from scrubber.detect.rule_numbers import ENCODED, if_more
from scrubber.ruleset.literals import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrubber.detect.patterns import Pattern
    from scrubber.ruleset.model import Rule

# Nothing is possessive here, so there is no bound; seconds for a line of a few hundred characters.
_FUSE: Final = 0.02


class ShapeCheck:
    """Tries rules on shapes."""

    def __init__(self, rules: Mapping[int, Rule]) -> None:
        """Take rules by their numbers."""
        self._rules = rules

    def remaining(self, numbers: set[int], shape: bytes) -> set[int]:
        """Give those of some rules that may have a match, and whether something may be decoded.

        Args:
            numbers: the rules a scanner has told.
            shape: the folded line in UTF-8.

        Returns:
            The numbers of those rules; `ENCODED` besides.
        """
        found = set(numbers)
        try:
            text = shape.decode()
        except UnicodeDecodeError:
            text = shape.decode("utf-8", "surrogateescape")
        else:
            tried = (self._tried(one, text) for one in numbers)
            found = {one for one in tried if one is not None}
        if may_decode(text):
            found.add(ENCODED)
        return found

    def _tried(self, number: int, text: str) -> int | None:
        """Give a rule as it stands among those of a line; None when it has no match there."""
        rule = self._rules.get(number)
        if rule is None:
            return number
        try:
            if rule.multiline:
                return _begun(number, compiled_shape(rule.pattern), text)
            if compiled_shape(rule.pattern).search(text, timeout=_FUSE) is None:
                return None
        except TimeoutError:
            return number
        return number if _has_context(rule, text) else None

    def goes_on(self, number: int, shapes: bytes) -> bool:
        """Tell whether a match of a rule may begin in a line and go on in the next one.

        Args:
            number: a rule over several lines.
            shapes: the folded line, its newline, and the next one or as much of it as tells; in
                UTF-8.
        """
        rule = self._rules.get(number)
        if rule is None:
            return True
        try:
            text = shapes.decode()
            pattern = compiled_shape(rule.pattern)
            begun = pattern.search(text, partial=True, timeout=_FUSE)
        except (UnicodeDecodeError, TimeoutError):
            return True
        first = len(text.partition("\n")[0])
        # A whole match is given before an earlier one that only begins.
        return begun is not None and (not begun.partial or begun.start() <= first)


def _begun(number: int, shape: Pattern, text: str) -> int | None:
    """Give a rule over several lines as it stands among those of a line.

    What is looked for is in the line where a match begins, and more lines may come; or none, which
    a pattern may tell from a newline.
    """
    begun = shape.search(f"{text}\n", partial=True, timeout=_FUSE)
    if begun is not None and begun.start() > len(text):
        begun = None
    if begun is not None and not begun.partial:
        return number
    if shape.search(text, timeout=_FUSE) is not None:
        return number
    return None if begun is None else if_more(number)


def _has_context(rule: Rule, text: str) -> bool:
    """Tell whether a context word stands in a shape, where a rule cannot do without."""
    if rule.context is None or not rule.context.required:
        return True
    lowered = folded(text)
    return any(folded(word) in lowered for word in rule.context.words)
