"""
How much the features of each token of a line weigh for a name, added up with little work.

What a word says of itself and of its neighbours is a sum that is the same each time it comes; so is
what two words say side by side. Each sum is made once, from the names of its features, and found
again by numbers: for the words of a program's messages that is nearly always.

Promise: the sums are those of `features.features`, whatever is remembered.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from scrubber.ner import features
from scrubber.ner.features import EDGE, FARTHEST, NEIGHBOURS, SHORT_STRETCH
from scrubber.ner.words import word_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.ner.model import Model
    from scrubber.ner.words import Word

_Key = TypeVar("_Key")
_Sum = TypeVar("_Sum")

MOST_KEPT: Final = 1 << 14
"""Words that are remembered; sums of several, four times as many of each sort."""

_BITS: Final = 40
"""No process judges so many words: a number is never given twice."""


class Judged(NamedTuple):
    """A word, and what it says.

    Attributes:
        word: what is known of it.
        own: the weight of its own features.
        says: the weights of what it says of its neighbours, in the order of `NEIGHBOURS`.
        number: of the word; from 1.
        kind: the number of its kind.
    """

    word: Word
    own: float
    says: tuple[float, ...]
    number: int
    kind: int


class Scores:
    """Adds up weights, and remembers sums."""

    def __init__(self, model: Model) -> None:
        """Take a model."""
        self._model = model
        # Not counted anew when words are forgotten, and counted in one step: another thread may
        # still add up what it was given before.
        self._numbers, self._kind_numbers = count(1), count(1)
        self._kinds: dict[str, int] = {}
        self._forget()

    def _forget(self) -> None:
        self._words: tuple[dict[str, Judged], dict[str, Judged]] = ({}, {})
        self._two: dict[int, tuple[float, float]] = {}
        self._three: dict[int, float] = {}
        self._around: dict[int, float] = {}
        self._two_before: dict[int, float] = {}
        self._short: dict[tuple[int, ...], tuple[float, ...]] = {}
        self._long: dict[tuple[str, str, int], float] = {}

    def judged(self, texts: Iterable[str], *, latin: bool) -> list[Judged]:
        """Judge the tokens of a line.

        Args:
            texts: the tokens, digits read as `0`.
            latin: whether the line is in Latin letters.

        Returns:
            What is known of each.
        """
        if sum(map(len, self._words)) >= MOST_KEPT:
            self._forget()
        known = self._words[latin]
        return [known.get(text) or self._judge(text, latin=latin) for text in texts]

    def _judge(self, text: str, *, latin: bool) -> Judged:
        word = word_of(text, self._model.gazetteer, latin=latin)
        kind = self._kinds.get(word.kind)
        if kind is None:
            kind = self._kinds.setdefault(word.kind, next(self._kind_numbers))
        made = self._words[latin][text] = Judged(
            word,
            self._sum(features.of_word(word)),
            tuple(self._sum(features.of_neighbour(word, -distance)) for distance in NEIGHBOURS),
            next(self._numbers),
            kind,
        )
        return made

    def _sum(self, names: Iterable[str]) -> float:
        weights = self._model.weights
        return sum([weights[name] for name in names])

    def of(self, line: Sequence[Judged], glued: Sequence[bool]) -> list[float]:
        """Give how much more the features of each token weigh for a name than against one.

        Args:
            line: its tokens, judged.
            glued: whether each has no blank before it.

        Returns:
            A weight for each, in nats.
        """
        found = [one.own for one in line]
        self._add_neighbours(line, found)
        self._add_beside(line, glued, found)
        self._add_around(line, found)
        self._add_stretches(line, found)
        return found

    @staticmethod
    def _add_neighbours(line: Sequence[Judged], found: list[float]) -> None:
        count = len(line)
        for at, one in enumerate(line):
            first, second, third, fourth = one.says
            if at > 1:
                found[at - 2] += first
            if at:
                found[at - 1] += second
            if at + 1 < count:
                found[at + 1] += third
                if at + 2 < count:
                    found[at + 2] += fourth

    def _add_beside(
        self, line: Sequence[Judged], glued: Sequence[bool], found: list[float]
    ) -> None:
        """Add what depends on the tokens before and behind."""
        two, three, two_before = self._two, self._three, self._two_before
        count = len(line)
        last_number = last_kind = older_number = 0
        for at, one in enumerate(line):
            number, kind = one.number, one.kind
            near = glued[at]
            key = (last_number << _BITS | number) << 1 | near
            sums = two.get(key)
            if sums is None:
                sums = self._sums_of_two(key, line[at - 1].word if at else None, one.word, near)
            found[at] += sums[0]
            if at:
                found[at - 1] += sums[1]
            behind, far = (line[at + 1].kind, glued[at + 1]) if at + 1 < count else (0, False)
            key = ((last_kind << _BITS | kind) << _BITS | behind) << 2 | near << 1 | far
            weight = three.get(key)
            if weight is None:
                weight = self._sum_of_three(key, line, at, (near, far))
            found[at] += weight
            key = (older_number << _BITS | last_number) << _BITS | kind
            weight = two_before.get(key)
            if weight is None:
                weight = self._sum_of_two_before(key, line, at)
            found[at] += weight
            older_number, last_number, last_kind = last_number, number, kind
        key = last_number << _BITS << 1
        sums = two.get(key) or self._sums_of_two(key, line[-1].word, None, near=False)
        found[-1] += sums[1]

    def _add_around(self, line: Sequence[Judged], found: list[float]) -> None:
        """Add what depends on the nearest words."""
        around = self._around
        for side, places in ((0, range(len(line))), (1, range(len(line) - 1, -1, -1))):
            nearest, age, text = 0, 0, EDGE
            for at in places:
                one = line[at]
                far = age > FARTHEST
                key = ((-1 if far else nearest) << _BITS | one.kind) << 1 | side
                weight = around.get(key)
                if weight is None:
                    word = "" if far else text
                    names = features.of_words_around(word, one.word, word)
                    weight = self._kept(around, key, self._sum(names[side : side + 1]))
                found[at] += weight
                age += 1
                if one.word.letters:
                    nearest, age, text = one.number, 0, one.word.lower

    def _add_stretches(self, line: Sequence[Judged], found: list[float]) -> None:
        """Add what depends on the words between two signs."""
        words = [one.word for one in line]
        for low, high in features.stretches(words):
            before = words[low - 1].lower if low else EDGE
            behind = words[high].lower if high < len(words) else EDGE
            if high - low > SHORT_STRETCH:
                for at in range(low, high):
                    key = (before, behind, line[at].kind)
                    weight = self._long.get(key)
                    if weight is None:
                        names = features.of_stretch(words[low:high], before, behind)[at - low]
                        weight = self._kept(self._long, key, self._sum(names))
                    found[at] += weight
                continue
            kinds = [one.kind for one in line[low:high]]
            # By number: signs and numbers of one kind are told apart.
            signs = (
                line[low - 1].number if low else 0,
                line[high].number if high < len(words) else 0,
            )
            weights = self._short.get((*signs, *kinds))
            if weights is None:
                names_of = features.of_stretch(words[low:high], before, behind)
                weights = self._kept(self._short, (*signs, *kinds), tuple(map(self._sum, names_of)))
            for at, weight in enumerate(weights, low):
                found[at] += weight

    def _sums_of_two(
        self,
        key: int,
        before: Word | None,
        word: Word | None,
        near: bool,  # noqa: FBT001
    ) -> tuple[float, float]:
        own, of_before = features.of_two(before, word, glued=near)
        return self._kept(self._two, key, (self._sum(own), self._sum(of_before)))

    def _sum_of_three(
        self, key: int, line: Sequence[Judged], at: int, glued: tuple[bool, bool]
    ) -> float:
        before = line[at - 1].word if at else None
        behind = line[at + 1].word if at + 1 < len(line) else None
        name = features.of_three(before, line[at].word, behind, glued)
        return self._kept(self._three, key, self._sum([name]))

    def _sum_of_two_before(self, key: int, line: Sequence[Judged], at: int) -> float:
        second = line[at - 2].word if at > 1 else None
        first = line[at - 1].word if at else None
        name = features.of_two_before(second, first, line[at].word)
        return self._kept(self._two_before, key, self._sum([name]))

    @staticmethod
    def _kept(sums: dict[_Key, _Sum], key: _Key, found: _Sum) -> _Sum:
        """Remember a sum."""
        if len(sums) >= MOST_KEPT * 4:
            sums.clear()
        sums[key] = found
        return found
