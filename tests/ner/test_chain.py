"""The chain: its probabilities are those of all labellings, added up."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ner.chain import Transitions, probabilities

weights = st.floats(-8, 8)
moves = st.builds(Transitions, weights, weights, weights, weights)


def by_hand(scores: list[float], move: Transitions) -> list[float]:
    """Add up all labellings of a line."""
    named, every = [0.0] * len(scores), 0.0
    for labels in product((0, 1), repeat=len(scores)):
        nats = math.fsum(score for score, label in zip(scores, labels, strict=True) if label)
        nats += math.fsum(move[2 * before + after] for before, after in pairwise(labels))
        weight = math.exp(nats)
        every += weight
        named = [sum_ + weight * label for sum_, label in zip(named, labels, strict=True)]
    return [one / every for one in named]


@given(st.lists(weights, max_size=8), moves)
def test_probabilities_are_those_of_all_labellings(scores: list[float], move: Transitions) -> None:
    """To rounding, for lines of up to eight tokens."""
    assert probabilities(scores, move) == pytest.approx(by_hand(scores, move), abs=1e-9)


def test_a_token_alone_has_the_odds_of_its_score() -> None:
    """There is nothing beside it."""
    assert probabilities([0.0], Transitions(5, 5, 5, 5)) == [0.5]
    assert probabilities([], Transitions(0, 0, 0, 0)) == []


@given(st.lists(st.floats(-1e300, 1e300), max_size=60), moves)
def test_no_weight_is_too_large(scores: list[float], move: Transitions) -> None:
    """What comes out is a probability, whatever goes in."""
    assert all(0.0 <= one <= 1.0 for one in probabilities(scores, move))


def test_a_likely_name_makes_its_neighbour_likelier() -> None:
    """Where names go on rather than end."""
    alone, beside = (
        probabilities([0.0, score], Transitions(0, 0, 0, 2))[0] for score in (-5.0, 5.0)
    )
    assert alone < beside
