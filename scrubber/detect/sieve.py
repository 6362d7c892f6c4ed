r"""
Texts that are proven to hold nothing, told from the rest.

Most lines of a log hold nothing, and nothing is what they should cost: a screen that knows no rule
for a line, nor for what can be decoded in it, is the proof.

Promise: a text called clean has no finding, whatever the rules; a text that is not may have none.
"""

from __future__ import annotations

from itertools import accumulate, compress
from typing import TYPE_CHECKING

from scrubber.decoding import decoded_views
from scrubber.detect.rule_numbers import ENCODED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.detect.rule_numbers import Rules
    from scrubber.detect.screen import Screen


class Sieve:
    """Lets through what is not proven to be clean."""

    def __init__(self, screen: Screen) -> None:
        """Take a screen."""
        self.screen = screen

    def clean(self, text: str) -> bool:
        """Tell whether a text is proven to hold nothing.

        Args:
            text: any string.
        """
        if "\n" in text:
            found = zip(self._rules(text), text.split("\n"), strict=True)
            return not any(rules and self.suspect(rules, line, more=True) for rules, line in found)
        rules = self.screen.line(text.encode("utf-8", "surrogatepass"))
        return not rules or not self.suspect(rules, text)

    def suspects(self, texts: Sequence[str]) -> list[int]:
        """Give the places of the texts that may hold something.

        Args:
            texts: unrelated texts.

        Returns:
            Sorted; the others are proven to hold nothing.
        """
        rules = self._rules("\n".join(texts))
        if len(rules) == len(texts):
            places: Iterable[int] = range(len(texts))
            several: list[int] = []
        else:
            places = [place for place, text in enumerate(texts) if "\n" not in text]
            rules = self._rules("\n".join([texts[place] for place in places])) if places else []
            lines = [place for place, text in enumerate(texts) if "\n" in text]
            several = [place for place in lines if not self.clean(texts[place])]
        if not any(rules):
            return several
        single = [
            place
            for place, one in zip(places, rules, strict=True)
            if one and self.suspect(one, texts[place])
        ]
        return sorted(single + several) if several else single

    def suspect_lines(self, data: bytes) -> list[int]:
        r"""Give where lines begin that may hold something.

        Args:
            data: a text in UTF-8, lines ended by `\n`.

        Returns:
            Sorted offsets in bytes.
        """
        rules = self.screen.lines(data)
        if not any(rules):
            return []
        lines = data.split(b"\n")
        starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
        return [
            start
            for start, one, line in compress(zip(starts, rules, lines, strict=True), rules)
            if self.suspect(one, line.decode("utf-8", "surrogateescape"), more=True)
        ]

    def _rules(self, text: str) -> list[Rules]:
        return self.screen.lines(text.encode("utf-8", "surrogatepass"))

    def suspect(self, rules: Rules, line: str, *, more: bool = False) -> bool:
        """Tell whether a line may hold something, its views included.

        Args:
            rules: what is told of the line; not empty.
            line: without its newline.
            more: other lines may follow it.
        """
        if rules[-1] > ENCODED or (more and rules[0] < ENCODED):
            return True
        if ENCODED not in rules:
            return False
        for view in decoded_views(line):
            more_of_it = more or "\n" in view.text
            for found in filter(None, self._rules(view.text)):
                if found[-1] > ENCODED or (more_of_it and found[0] < ENCODED):
                    return True
        return False
