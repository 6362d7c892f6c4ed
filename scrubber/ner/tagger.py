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
from typing import TYPE_CHECKING, Final

from scrubber.errors import ScrubberError
from scrubber.lazy import lazy_pattern
from scrubber.ner.chain import probabilities
from scrubber.ner.code_words import of_code
from scrubber.ner.model import read_model
from scrubber.ner.scores import Scores
from scrubber.ner.spans import PAIRED, name_spans, with_pairs
from scrubber.ner.tokens import tokens
from scrubber.ner.words import mostly_latin
from scrubber.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.ner.model import Model
    from scrubber.ner.scores import Judged
    from scrubber.ner.tokens import Token
    from scrubber.ner.words import Word

RULE_ID: Final = "ner.tagger"
LIKE_NAMES: Final = "ner.unreached"
MOST_KEPT: Final = 1 << 14
"""Words that are known to be no parts of names."""

_LETTERS: Final = lazy_pattern(r"[^\W\d_]+")
_MARKS: Final = lazy_pattern(
    r"[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]"
)
_INITIAL: Final = lazy_pattern(r"(?<![^\W_])[^\W\d_a-z]\.(?![^\W\d_])")
"""`Doe, J.`"""
_DOUBTFUL: Final = 0.3
_UNLIKELY: Final = 0.02
LONGEST: Final = 1 << 12
"""Code points of a line that is looked at; what is longer is data, not a sentence."""


class EmbeddedTagger:
    """Tags names of people. Safe to share between threads: what is remembered is added up alike."""

    def __init__(self, model: Model | None = None) -> None:
        """Take a model; None for the packaged one, which is read when it is first needed."""
        self._given = model
        self._no_names: set[str] = set()

    def __reduce__(self) -> tuple[object, ...]:
        """Carry nothing of the packaged model: the other process reads its own file."""
        return (EmbeddedTagger, (self._given,))

    @cached_property
    def _scores(self) -> Scores:
        return Scores(self._model)

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
        if len(line) > LONGEST or self._plain(line):
            return []
        found, words, likely = self._likely(line)
        threshold = self._model.threshold
        if max(likely, default=0.0) < PAIRED:
            return []
        likely = with_pairs(found, words, likely, threshold)
        return [
            Span(start, end, "PERSON", RULE_ID, round(sure, 3))
            for start, end, sure in name_spans(line, found, words, likely, threshold)
            if not of_code(line, start, end)
        ]

    def plausible(self, line: str, spans: Iterable[Span]) -> list[Span]:
        """Give those of somebody else's names that may be some.

        A model of general text takes `Info` and `uid` for people; one word of a name has to be like
        a part of one, and not wholly unlikely there.

        Args:
            line: without a newline.
            spans: names in it.

        Returns:
            The plausible ones.
        """
        places = [
            one
            for one, word, sure in zip(*self._likely(line), strict=True)
            if word.may_name and sure >= _UNLIKELY
        ]
        return [
            span
            for span in spans
            if any(one.start < span.end and span.start < one.end for one in places)
            and not of_code(line, span.start, span.end)
        ]

    def like_names(self, line: str) -> list[Span]:
        """Find words that may be parts of names, whatever stands around them.

        Args:
            line: without a newline, of any length.

        Returns:
            A span for each, under a rule of its own.
        """
        return [
            Span(one.start, one.end, "PERSON", LIKE_NAMES, _DOUBTFUL)
            for one, known in zip(*self._judged(line), strict=True)
            if known.word.may_name and (len(one.text) > 1 or not one.text.isascii())
        ]

    def _plain(self, line: str) -> bool:
        """Tell whether all words of a line are known to be no parts of names, as fast as can be."""
        if not line.isascii() and _MARKS.search(line) is not None:
            return False  # with its mark, a word may be another one
        if _INITIAL.search(line) is not None:
            return False
        runs = _LETTERS.findall(line)
        if self._no_names.issuperset(runs):
            return True
        new = [run for run in runs if run not in self._no_names]
        if len(self._no_names) + len(new) > MOST_KEPT:
            self._no_names = set()
        for run in new:
            if any(known.word.tells for known in self._judged(run)[1]):
                return False
            self._no_names.add(run)
        return self._no_names.issuperset(runs)

    def _likely(self, line: str) -> tuple[list[Token], list[Word], list[float]]:
        """Give the tokens of a line, their words, and how likely each is part of a name."""
        found, judged = self._judged(line)
        if not found:
            return [], [], []
        scores = self._scores.of(judged, [one.glued for one in found])
        words = [one.word for one in judged]
        return found, words, probabilities(scores, self._model.moves)

    def _judged(self, line: str) -> tuple[list[Token], list[Judged]]:
        """Cut a line, and judge its tokens."""
        found = tokens(line)
        texts = [one.text for one in found]
        return found, self._scores.judged(texts, latin=mostly_latin(texts))


def packaged() -> Model:
    """Give the packaged model, read once in a process.

    Raises:
        ScrubberError: its file is not there, or not whole; it is not read again then.
    """
    found = _read()
    if isinstance(found, str):
        raise ScrubberError(found)
    return found


@cache
def _read() -> Model | str:
    """Read the packaged model; give what is wrong with it where that cannot be."""
    try:
        return read_model()
    except ScrubberError as error:
        return str(error)


@cache
def embedded() -> EmbeddedTagger:
    """Give a tagger of the packaged model, one for the process."""
    return EmbeddedTagger()
