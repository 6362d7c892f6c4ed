r"""
Texts that are proven to hold nothing, told from the rest.

Most lines of a log hold nothing, and nothing is what they should cost: a screen that knows no rule
for a line, nor for what can be decoded in it, is the proof.

Promise: a text called clean has no finding, whatever the rules; a text that is not may have none.
"""

from __future__ import annotations

from itertools import accumulate, compress
from operator import add
from typing import TYPE_CHECKING

from scrubber.decoding import decodable, decoded_views
from scrubber.detect.screen import ENCODED
from scrubber.ruleset.bytesets import FOLD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.detect.screen import Rules, Screen

_ONLY_ENCODED = (ENCODED,)


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
            return not any(map(self._suspect, self._rules(text), text.split("\n")))
        try:
            data = text.encode()
        except UnicodeEncodeError:
            data = text.encode("utf-8", "surrogatepass")
        rules = self.screen.kept.get(data.translate(FOLD))
        if rules is None:
            rules = self.screen.line(data)
        return not rules or not self._suspect(rules, text)

    def suspects(self, texts: Sequence[str]) -> list[int]:
        """Give the places of the texts that may hold something.

        Args:
            texts: unrelated texts.

        Returns:
            Sorted; the others are proven to hold nothing.
        """
        rules = self._rules("\n".join(texts))
        if len(rules) != len(texts):
            return [place for place, text in enumerate(texts) if not self.clean(text)]
        if not any(rules):
            return []
        return [
            place for place, one in enumerate(rules) if one and self._suspect(one, texts[place])
        ]

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
        starts = accumulate(map(len, lines[:-1]), lambda at, size: add(at, size + 1), initial=0)
        return [
            start
            for start, one, line in compress(zip(starts, rules, lines, strict=True), rules)
            if self._suspect(one, line.decode("utf-8", "surrogateescape"))
        ]

    def _rules(self, text: str) -> list[Rules]:
        return self.screen.lines(text.encode("utf-8", "surrogatepass"))

    def _suspect(self, rules: Rules, line: str) -> bool:
        """Tell whether a line may hold something, its views included."""
        if rules != _ONLY_ENCODED:
            return bool(rules)
        if not decodable(line):
            return False
        return any(
            one and one != _ONLY_ENCODED
            for view in decoded_views(line)
            for one in self._rules(view.text)
        )
