r"""
Whether a rule over several lines may have a match in a text, told line by line.

A screen names the lines in which such a match may begin, or have a part. Most of them are named for
a word ("password"), and what would have to follow does not: the next line tells that by its shape,
mostly by its first characters. What is left is tried on the text itself, as far as a match reaches.

Promise: where a rule has a match with a part in a line that no other line shows, the text is said
to be joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.detect.patterns import compiled
from scrubber.detect.rule_numbers import if_more, number_of
from scrubber.ruleset.bytesets import FOLD
from scrubber.ruleset.literals import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.detect.confirm import Detector
    from scrubber.detect.patterns import Pattern
    from scrubber.detect.rule_numbers import Rules
    from scrubber.detect.screen import Screen

MOST_KEPT: Final = 1 << 16

# So many bytes of the next line nearly always tell; there are far fewer of them than of lines.
_FIRST: Final = 4
_WIDEST: Final = 4
_STRAY: Final = "surrogateescape"


class Several:
    """Rules over several lines, and what was said of lines before."""

    def __init__(self, screen: Screen, detectors: Iterable[Detector]) -> None:
        """Begin with nothing remembered.

        Args:
            screen: names the lines in which they may have a match.
            detectors: of rules over several lines.
        """
        self._screen = screen
        self._rules = {screen.numbers[one.rule.id]: one.rule for one in detectors}
        self._codes = {*self._rules, *map(if_more, self._rules)}
        # Whether a match may go on, by the rule, the shape of its line and what follows.
        self._going_on: dict[tuple[int, bytes, bytes], bool] = {}

    def among(self, rules: Rules) -> bool:
        """Tell whether any of them is among the rules of a line."""
        return not self._rules.keys().isdisjoint(map(number_of, rules))

    def joined(self, lines: Sequence[bytes], rules: Iterable[Rules]) -> bool:
        """Tell whether any of them may have a match in a text, as it stands.

        Args:
            lines: the lines of the text.
            rules: the rules that may have a match, line by line; there may be fewer.
        """
        codes, known = self._codes, self._rules
        return any(
            number in known
            and self._goes_on(number, lines, place)
            and self._may_match(number, lines, place)
            for place, found in enumerate(rules)
            if found and not codes.isdisjoint(found)
            for number in map(number_of, found)
        )

    def _goes_on(self, number: int, lines: Sequence[bytes], place: int) -> bool:
        """Tell whether a match that begins in a line may go on in the next one, by their shapes."""
        first = lines[place].translate(FOLD) + b"\n"
        if place + 1 == len(lines):
            return self._known(number, first, b"")
        second = lines[place + 1].translate(FOLD) + b"\n"
        return self._known(number, first, second[:_FIRST]) and self._known(number, first, second)

    def _known(self, number: int, first: bytes, second: bytes) -> bool:
        key = (number, first, second)
        known = self._going_on.get(key)
        if known is None:
            if len(self._going_on) >= MOST_KEPT:
                self._going_on.clear()
            known = self._going_on[key] = self._screen.goes_on(number, first + second)
        return known

    def _may_match(self, number: int, lines: Sequence[bytes], place: int) -> bool:
        """Tell whether a rule has a match with a part in a line, as far as its own pattern says."""
        rule = self._rules[number]
        reach = rule.width + rule.reach_back + rule.reach_ahead + 1
        before, after = _around(lines, place, reach)
        if not (before.isascii() and lines[place].isascii() and after.isascii()):
            # A character has four bytes at most; a cut one at the edge decides nothing.
            before, after = _around(lines, place, _WIDEST * reach)
        parts = [one.decode("utf-8", _STRAY) for one in (before, lines[place] + b"\n", after)]
        text, start = "".join(parts), len(parts[0])
        plain = folded(text)
        if not all(any(word in plain for word in words) for words in rule.needs):
            return False
        pattern = compiled(rule.pattern)
        if self._screen.begins(number):
            return _begins(pattern, text, start, start + len(parts[1]))
        return pattern.search(text) is not None


def _begins(pattern: Pattern, text: str, start: int, end: int) -> bool:
    """Tell whether a match may begin in a range: then it shows there, whole or in part."""
    begun = pattern.search(text, start, end, partial=True)
    while begun is not None and begun.start() < end:
        # A whole match is given before an earlier one that only begins.
        if not begun.partial or pattern.match(text, begun.start()):
            return True
        begun = pattern.search(text, begun.start() + 1, end, partial=True)
    return False


def _around(lines: Sequence[bytes], place: int, reach: int) -> tuple[bytes, bytes]:
    """Give so many bytes before and behind a line, as far as there are any."""
    low, size = place, 0
    while low and size < reach:
        low -= 1
        size += len(lines[low]) + 1
    before = b"".join(one + b"\n" for one in lines[low:place])
    high, size = place + 1, 0
    while high < len(lines) and size < reach:
        size += len(lines[high]) + 1
        high += 1
    return before[-reach:], b"\n".join(lines[place + 1 : high])[:reach]
