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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.detect.confirm import Detector
    from scrubber.detect.rule_numbers import Rules
    from scrubber.detect.screen import Screen
    from scrubber.ruleset.model import Rule

MOST_KEPT: Final = 1 << 16
MOST_NEAR: Final = 1 << 10

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
        # Whether there is a match, by the rule and the text near a line.
        self._matched: dict[tuple[int, bytes], bool] = {}
        # Whether a match may go on, by the rule, the shape of its line and what follows.
        self._going_on: dict[tuple[int, bytes, bytes, bytes], bool] = {}

    def among(self, rules: Rules) -> bool:
        """Tell whether any of them is among the rules of a line."""
        return not self._rules.keys().isdisjoint(map(number_of, rules))

    def joined(
        self, lines: Sequence[bytes], shapes: Sequence[bytes], rules: Sequence[Rules]
    ) -> bool:
        """Tell whether any of them may have a match in a text, as it stands.

        Args:
            lines: the lines of the text.
            shapes: those lines, folded.
            rules: the rules that may have a match, line by line; there may be fewer.
        """
        codes, known = self._codes, self._rules
        places = [place for place, found in enumerate(rules) if found]
        for place in places:
            if not codes.isdisjoint(rules[place]):
                for number in map(number_of, rules[place]):
                    if (
                        number in known
                        and self._goes_on(number, shapes, place)
                        and self._may_match(number, lines, place)
                    ):
                        return True
        return False

    def _goes_on(self, number: int, shapes: Sequence[bytes], place: int) -> bool:
        """Tell whether a match that begins in a line may go on in the next one, by their shapes."""
        first = shapes[place]
        if place + 1 == len(shapes):
            return self._known(number, first, b"", b"")
        second = shapes[place + 1]
        # A line with its end is longer than what is looked at first, or all of it.
        end = b"\n" if len(second) < _FIRST else b""
        return self._known(number, first, second[:_FIRST], end) and self._known(
            number, first, second, b"\n"
        )

    def _known(self, number: int, first: bytes, second: bytes, end: bytes) -> bool:
        key = (number, first, second, end)
        known = self._going_on.get(key)
        if known is None:
            if len(self._going_on) >= MOST_KEPT:
                self._going_on.clear()
            text = b"%b\n%b%b" % (first, second, end)
            known = self._going_on[key] = self._screen.goes_on(number, text)
        return known

    def _may_match(self, number: int, lines: Sequence[bytes], place: int) -> bool:
        """Tell whether a rule has a match with a part in a line, as far as its own pattern says."""
        rule = self._rules[number]
        if self._screen.begins(number) and not _begins(rule, lines, place):
            return False
        reach = rule.width + rule.reach_back + rule.reach_ahead + 1
        near = _around(lines, place, reach, reach)
        if not near.isascii():
            # A character has four bytes at most; a cut one at the edge decides nothing.
            near = _around(lines, place, _WIDEST * reach, _WIDEST * reach)
        key = (number, near)
        known = self._matched.get(key)
        if known is None:
            if len(self._matched) >= MOST_NEAR:
                self._matched.clear()
            found = compiled(rule.pattern).search(near.decode("utf-8", _STRAY))
            known = self._matched[key] = found is not None
        return known


def _begins(rule: Rule, lines: Sequence[bytes], place: int) -> bool:
    """Tell whether a match may begin in a line: then it shows there, whole or in part."""
    near = _around(lines, place, _WIDEST * (rule.reach_back + 1), 0)
    text = near.decode("utf-8", _STRAY) + "\n"
    start = len(text) - len(lines[place].decode("utf-8", _STRAY)) - 1
    begun = compiled(rule.pattern).search(text, start, partial=True)
    # One that begins behind the line begins with any.
    return begun is not None and begun.start() < len(text)


def _around(lines: Sequence[bytes], place: int, back: int, ahead: int) -> bytes:
    """Give a line and so many bytes before and behind it, as far as there are any."""
    low, size = place, 0
    while low and size < back:
        low -= 1
        size += len(lines[low]) + 1
    cut = max(size - back, 0)
    high, size = place + 1, 0
    while high < len(lines) and size < ahead:
        size += len(lines[high]) + 1
        high += 1
    return b"\n".join(lines[low:high])[cut : None if size <= ahead else ahead - size]
