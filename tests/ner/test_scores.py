"""Scores: what is added up and remembered is the sum of the features, whatever was seen before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.ner import scores
from scrubber.ner.scores import Scores
from scrubber.ner.tokens import tokens
from scrubber.ner.words import mostly_latin
from tests.ner.lines import lines
from tests.ner.models import names_of, small

if TYPE_CHECKING:
    from collections.abc import Sized


def added_up(one: Scores, line: str) -> list[float]:
    """Give the scores of the tokens of a line."""
    found = tokens(line)
    texts = [token.text for token in found]
    judged = one.judged(texts, latin=mostly_latin(texts))
    return one.of(judged, [token.glued for token in found]) if judged else []


def by_hand(line: str) -> list[float]:
    """Add up the weights of the features of the tokens of a line."""
    weights = small().weights
    return [sum(weights[name] for name in row) for row in names_of(line)]


REMEMBERING = Scores(small())


@given(lines)
def test_scores_are_the_sums_of_features(line: str) -> None:
    """By one that has seen other lines, and by one that has not."""
    expected = pytest.approx(by_hand(line), abs=1e-9)
    assert added_up(REMEMBERING, line) == expected
    assert added_up(REMEMBERING, line) == expected
    assert added_up(Scores(small()), line) == expected


@given(st.lists(lines, max_size=6), st.integers(1, 9))
def test_what_is_forgotten_is_added_up_anew(many: list[str], kept: int) -> None:
    """However little is remembered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scores, "MOST_KEPT", kept)
        one = Scores(small())
        for line in (*many, *many):
            assert added_up(one, line) == pytest.approx(by_hand(line), abs=1e-9)


def test_the_weights_are_not_nothing() -> None:
    """Or equal sums would show nothing."""
    assert all(by_hand("user Jane Doe not found"))


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words beyond it make room for themselves."""
    monkeypatch.setattr(scores, "MOST_KEPT", 5)
    one = Scores(small())
    for number in range(40):
        added_up(one, f"word{'x' * number} is here")
    held: list[Sized] = [*one._words, one._two, one._three, one._around, one._two_before]  # noqa: SLF001
    assert max(len(one) for one in held) <= 5 * 4 + 4
