"""
The embedded tagger: names of people in a line of a message, by a linear chain of two labels.

It is trained with CRFsuite and run by these few lines, not by CRFsuite: what a word says is the
same each time it comes, so it is added up once, and most tokens of a program's messages have come
before. That makes it faster than the compiled library, which reads every feature's name each time,
and no compiled package is needed for it.

Promise: the spans of a line depend on the line alone, its digits read as `0`; lines without a word
that may be part of a name have none.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from scrubber.ner.chain import probabilities
from scrubber.ner.features import NEIGHBOURS, of_neighbour, of_several, of_word
from scrubber.ner.model import read_model
from scrubber.ner.spans import name_spans
from scrubber.ner.tokens import tokens
from scrubber.ner.words import mostly_latin, word_of
from scrubber.types import Span

if TYPE_CHECKING:
    from scrubber.ner.model import Model
    from scrubber.ner.tokens import Token
    from scrubber.ner.words import Word

RULE_ID: Final = "ner.tagger"
LIKE_NAMES: Final = "ner.unreached"
_DOUBTFUL: Final = 0.3
LONGEST: Final = 2048
"""Code points of a line that is looked at; what is longer is data, not a sentence."""

MOST_KEPT: Final = 1 << 14
"""Words, and combinations of them, that are remembered, each."""


_Judged: TypeAlias = "tuple[Word, float, tuple[float, ...]]"
"""A word, what it says of itself, and what of each of its neighbours."""


class EmbeddedTagger:
    """Tags names of people. Safe to share between threads: what is remembered is added up alike."""

    def __init__(self, model: Model | None = None) -> None:
        """Take a model; None for the packaged one, which is read when it is first needed."""
        self._given = model
        # For lines of other letters, and of Latin ones.
        self._words: tuple[dict[str, _Judged], dict[str, _Judged]] = ({}, {})
        self._several: dict[tuple[str, ...], float] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Carry nothing of the packaged model: the other process reads its own file."""
        return (EmbeddedTagger, (self._given,))

    @cached_property
    def _model(self) -> Model:
        return packaged() if self._given is None else self._given

    def tag(self, line: str) -> list[Span]:
        """Find names of people in a line.

        Args:
            line: without a newline.

        Returns:
            Disjoint spans in order, with the probability of their least likely token.
        """
        if len(line) > LONGEST:
            return []
        found = tokens(line)
        latin = mostly_latin(found)
        judged = [self._judged(one.text, latin=latin) for one in found]
        if not any([word.may_name for word, _, _ in judged]):  # noqa: C419  # twice as fast
            return []
        likely = probabilities(self._scores(found, judged), self._model.moves)
        return [
            Span(start, end, "PERSON", RULE_ID, round(sure, 3))
            for start, end, sure in name_spans(
                line, found, [word for word, _, _ in judged], likely, self._model.threshold
            )
        ]

    def like_names(self, line: str) -> list[Span]:
        """Find words that may be parts of names, whatever stands around them.

        Args:
            line: without a newline, of any length.

        Returns:
            A span for each, under a rule of its own.
        """
        found = tokens(line)
        latin = mostly_latin(found)
        return [
            Span(one.start, one.end, "PERSON", LIKE_NAMES, _DOUBTFUL)
            for one in found
            if len(one.text) > 1 and self._judged(one.text, latin=latin)[0].may_name
        ]

    def _judged(self, text: str, *, latin: bool) -> _Judged:
        """Give a token's word, what it says of itself, and of its neighbours."""
        known = self._words[latin].get(text)
        if known is None:
            if len(self._words[latin]) >= MOST_KEPT:
                self._words[latin].clear()
            weights = self._model.weights
            word = word_of(text, self._model.gazetteer, latin=latin)
            known = self._words[latin][text] = (
                word,
                sum(weights[name] for name in of_word(word)),
                tuple(
                    sum(weights[name] for name in of_neighbour(word, -distance))
                    for distance in NEIGHBOURS
                ),
            )
        return known

    def _scores(self, found: list[Token], judged: list[_Judged]) -> list[float]:
        """Give how much more each token's features weigh for a name than against one."""
        scores = [own for _, own, _ in judged]
        last = len(scores)
        for at, (_, _, says) in enumerate(judged):
            for distance, said in zip(NEIGHBOURS, says, strict=True):
                if 0 <= at + distance < last:
                    scores[at + distance] += said
        several = self._several
        if len(several) >= MOST_KEPT * 4:
            several = self._several = {}
        words = [word for word, _, _ in judged]
        for at, names in enumerate(of_several(words, [one.glued for one in found])):
            for name in names:
                weight = several.get(name)
                if weight is None:
                    weight = several[name] = self._model.weights["|".join(name)]
                scores[at] += weight
        return scores


@cache
def packaged() -> Model:
    """Give the packaged model, read once in a process.

    Raises:
        ScrubberError: its file is not there, or not whole.
    """
    return read_model()


@cache
def embedded() -> EmbeddedTagger:
    """Give a tagger of the packaged model, one for the process."""
    return EmbeddedTagger()
