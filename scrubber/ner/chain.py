"""
A chain of two labels: how likely it is that each token of a line is part of a name.

The sums over all labellings of Lafferty, McCallum and Pereira, "Conditional Random Fields", ICML
2001, for two labels: what is carried from token to token is one number, the log odds.

Promise: probabilities are those of the model that was trained, to rounding.
"""

from __future__ import annotations

from math import exp, log1p
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST: Final = 30.0
"""Log odds beyond which nothing changes."""


class Transitions(NamedTuple):
    """Weights of two labels in a row: `o` is no name, `p` is part of one."""

    oo: float
    op: float
    po: float
    pp: float


def probabilities(scores: Sequence[float], moves: Transitions) -> list[float]:
    """Give how likely each token is part of a name.

    Args:
        scores: how much more each token's features weigh for a name than against, in nats.
        moves: weights of two labels in a row.

    Returns:
        A probability for each token.
    """
    forward = []
    odds = 0.0
    for at, score in enumerate(scores):
        odds = score + (
            _step(odds, moves.op - moves.oo, moves.pp - moves.po, moves.po - moves.oo)
            if at
            else 0.0
        )
        forward.append(odds)
    found = []
    odds = 0.0
    for at in range(len(scores) - 1, -1, -1):
        found.append(_probability(forward[at] + odds))
        odds = _step(
            odds + scores[at], moves.po - moves.oo, moves.pp - moves.op, moves.op - moves.oo
        )
    return found[::-1]


def _step(odds: float, enter: float, stay: float, leave: float) -> float:
    """Carry log odds over a transition.

    log((e^enter + e^(odds + leave + stay)) / (1 + e^(odds + leave)))

    Args:
        odds: of the label before.
        enter: from no name into one, over staying out.
        stay: going on in a name, over leaving it.
        leave: leaving a name, over staying out.
    """
    inside = max(-_MOST, min(_MOST, odds + leave))
    if inside + stay > enter:
        return inside + stay + log1p(exp(enter - inside - stay)) - log1p(exp(inside))
    return enter + log1p(exp(inside + stay - enter)) - log1p(exp(inside))


def _probability(odds: float) -> float:
    if odds >= 0:
        return 1 / (1 + exp(-min(odds, _MOST)))
    raised = exp(max(odds, -_MOST))
    return raised / (1 + raised)
