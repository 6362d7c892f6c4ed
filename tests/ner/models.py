"""A model of a few weights, so that tests of the tagger's parts depend on no packaged one."""

from __future__ import annotations

from functools import cache
from random import Random

from scrubber.ner.chain import Transitions
from scrubber.ner.features import features
from scrubber.ner.gazetteer import Gazetteer
from scrubber.ner.hashed import HashedSet, HashedWeights, hash_of
from scrubber.ner.model import Model
from scrubber.ner.tokens import tokens
from scrubber.ner.words import mostly_latin, word_of
from tests.ner.lines import NAMES, WORDS

GAZETTEER = Gazetteer(
    HashedSet(map(hash_of, ("jane", "maria", "john"))),
    HashedSet(map(hash_of, ("doe", "smith", "gonzalez"))),
    HashedSet(map(hash_of, ("london", "gonzalez"))),
)
MOVES = Transitions(0.75, -1.5, -0.5, 1.25)


def names_of(line: str, gazetteer: Gazetteer = GAZETTEER) -> list[list[str]]:
    """Give the names of the features of each token of a line."""
    found = tokens(line)
    latin = mostly_latin([one.text for one in found])
    words = [word_of(one.text, gazetteer, latin=latin) for one in found]
    return features(words, [one.glued for one in found])


@cache
def small() -> Model:
    """Give a model in which every feature of some lines weighs something."""
    draw = Random(7)  # noqa: S311  # the same each time, no secret
    both = [f"{name} {word}" for name in NAMES for word in WORDS]
    weights = {
        feature: draw.randrange(-2048, 2048) / 1024
        for line in (*both, *WORDS, *reversed(both))
        for row in names_of(line.replace("\n", " "))
        for feature in row
    }
    return Model(HashedWeights(weights), MOVES, 0.75, GAZETTEER)
