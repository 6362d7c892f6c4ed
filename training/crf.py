"""
Training of the embedded tagger, with CRFsuite (Okazaki, 2007), and the export of its weights.

Promise: the features are those of `scrubber.ner`, made by its own functions; what is exported tags
as CRFsuite does, to rounding, which `tests/training` checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scrubber.ner.chain import Transitions
from scrubber.ner.features import NEIGHBOURS, of_neighbour, of_several, of_word
from scrubber.ner.gazetteer import Gazetteer
from scrubber.ner.hashed import HashedSet, HashedWeights, hash_of
from scrubber.ner.model import Model
from scrubber.ner.tokens import tokens
from scrubber.ner.words import mostly_latin, word_of
from training.names import listed, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from scrubber.ner.tokens import Token
    from scrubber.ner.words import Word
    from training.messages import Message

SETTINGS: Final = {
    "c1": 0.15,
    "c2": 0.02,
    "max_iterations": 100,
    "feature.possible_transitions": True,
    "feature.minfreq": 2,
}
_LIGHTEST: Final = 0.02
"""Weights nearer to 0 are left out."""


def gazetteer(parts: Iterable[str]) -> Gazetteer:
    """Give the lists of names of some parts."""
    givens, surnames = listed(parts)
    return Gazetteer(*(HashedSet(map(hash_of, one)) for one in (givens, surnames, places())))


class Featurizer:
    """Gives the features of lines; what a word gives is made once."""

    def __init__(self, lists: Gazetteer) -> None:
        """Take the lists of names."""
        self._lists = lists
        self._known: dict[tuple[str, bool], tuple[Word, list[str], list[list[str]]]] = {}

    def features(self, found: Sequence[Token]) -> list[list[str]]:
        """Give the names of the features of each token of a line."""
        latin = mostly_latin(found)
        judged = [self._judged(one.text, latin=latin) for one in found]
        rows = [[*own] for _, own, _ in judged]
        for at, (_, _, says) in enumerate(judged):
            for distance, said in zip(NEIGHBOURS, says, strict=True):
                if 0 <= at + distance < len(rows):
                    rows[at + distance] += said
        words = [word for word, _, _ in judged]
        glued = [one.glued for one in found]
        for row, names in zip(rows, of_several(words, glued), strict=True):
            row += map("|".join, names)
        return rows

    def _judged(self, text: str, *, latin: bool) -> tuple[Word, list[str], list[list[str]]]:
        if (text, latin) not in self._known:
            word = word_of(text, self._lists, latin=latin)
            says = [of_neighbour(word, -distance) for distance in NEIGHBOURS]
            self._known[text, latin] = (word, of_word(word), says)
        return self._known[text, latin]


def labels(message: Message, found: Sequence[Token]) -> list[str]:
    """Give each token's label: `P` for part of a name, else `O`."""
    return [
        "P" if any(one.start < end and start < one.end for start, end in message.spans) else "O"
        for one in found
    ]


def train(messages: Iterable[Message], lists: Gazetteer, file: Path) -> None:
    """Train a model of CRFsuite.

    Args:
        messages: what to train on.
        lists: the lists of names, as they are known in training.
        file: where CRFsuite writes it.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=SETTINGS, verbose=False)
    featurizer = Featurizer(lists)
    for message in messages:
        found = tokens(message.text)
        if found:
            trainer.append(featurizer.features(found), labels(message, found))
    trainer.train(str(file))


def exported(file: Path, lists: Gazetteer, threshold: float) -> Model:
    """Read what CRFsuite has written as a model of `scrubber.ner`.

    Args:
        file: of CRFsuite.
        lists: the lists of names the model is packaged with.
        threshold: the probability from which a token is part of a name.
    """
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(file))
    told: Any = tagger.info()
    weights: dict[str, float] = {}
    for (name, label), weight in told.state_features.items():
        weights[name] = weights.get(name, 0.0) + (weight if label == "P" else -weight)
    moves = told.transitions
    return Model(
        HashedWeights({name: one for name, one in weights.items() if abs(one) >= _LIGHTEST}),
        Transitions(
            *(moves.get(pair, 0.0) for pair in (("O", "O"), ("O", "P"), ("P", "O"), ("P", "P")))
        ),
        threshold,
        lists,
    )
