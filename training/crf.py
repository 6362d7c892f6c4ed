"""
Training of the embedded tagger, with CRFsuite (Okazaki, 2007), and the export of its weights.

Promise: the features are those of `scrubber.ner`, made by its own functions; what is exported tags
as CRFsuite does, to rounding, which `tests/extras/test_training.py` checks.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from scrubber.ner.chain import Transitions
from scrubber.ner.features import features
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


def features_of(found: Sequence[Token], lists: Gazetteer) -> list[list[str]]:
    """Give the names of the features of each token of a line."""
    texts = [one.text for one in found]
    latin = mostly_latin(texts)
    words = [_word(text, latin, lists) for text in texts]
    return features(words, [one.glued for one in found])


@cache
def _word(text: str, latin: bool, lists: Gazetteer) -> Word:  # noqa: FBT001  # a key
    return word_of(text, lists, latin=latin)


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
    for message in messages:
        found = tokens(message.text)
        if found:
            trainer.append(features_of(found, lists), labels(message, found))
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
