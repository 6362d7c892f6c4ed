"""
How well names are found: precision, recall and F1 over whole names, and how many leave nothing.

Promise: a span is right where it begins and ends as a name does, as CoNLL counts; a name is covered
where spans cover all its letters and digits, whatever else they cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from training.messages import Message


@dataclass(slots=True)
class Score:
    """Counts of names.

    Attributes:
        right: names found exactly, by start and end.
        found: spans that were found.
        named: names that are there.
        covered: names of which every letter was covered.
    """

    right: int = 0
    found: int = 0
    named: int = 0
    covered: int = 0

    def add(self, message: Message, spans: Sequence[tuple[int, int]]) -> None:
        """Count a message."""
        self.right += len(set(spans) & set(message.spans))
        self.found += len(spans)
        self.named += len(message.spans)
        hidden = {at for start, end in spans for at in range(start, end)}
        for start, end in message.spans:
            letters = {at for at in range(start, end) if message.text[at].isalnum()}
            self.covered += letters <= hidden

    @property
    def precision(self) -> float:
        """Give the share of spans that are names."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Give the share of names that were found."""
        return self.right / self.named if self.named else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of both (van Rijsbergen, 1979)."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def coverage(self) -> float:
        """Give the share of names of which nothing was left."""
        return self.covered / self.named if self.named else 1.0


def scored(messages: Iterable[Message], find: Callable[[str], Sequence[tuple[int, int]]]) -> Score:
    """Score a finder on messages: whole names, by start and end, as CoNLL does."""
    score = Score()
    for message in messages:
        score.add(message, find(message.text))
    return score
