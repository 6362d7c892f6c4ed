"""
A chain of two labels: how likely it is that each token of a line is part of a name.

The sums over all labellings of Lafferty, McCallum and Pereira, "Conditional Random Fields", ICML
2001, section 3. Of two labels only the odds have to be carried from token to token, and a
transition is a fraction of two lines: (a + b * odds) / (1 + c * odds).

Promise: probabilities are those of the model that was trained, to rounding.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST: Final = 200.0
"""Nats beyond which nothing changes; no product of three such odds is too large for a float."""


class Transitions(NamedTuple):
    """Weights of two labels in a row: `o` is no name, `p` is part of one.

    Attributes:
        oo: no name, no name.
        op: a name begins.
        po: a name has ended.
        pp: a name goes on.
    """

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
    enter, leave = exp(moves.op - moves.oo), exp(moves.po - moves.oo)
    stay = exp(moves.pp - moves.oo)
    own = [exp(max(-_MOST, min(_MOST, score))) for score in scores]
    forward = []
    odds = 0.0
    for at, one in enumerate(own):
        odds = one * (enter + stay * odds) / (1 + leave * odds) if at else one
        forward.append(odds)
    found = []
    odds = 1.0
    for one, before in zip(reversed(own), reversed(forward), strict=True):
        both = before * odds
        found.append(both / (1 + both))
        odds *= one
        odds = (leave + stay * odds) / (1 + enter * odds)
    found.reverse()
    return found
