"""
How far the rules of a scrubber look, so that a stream knows how much text to hold back.

Promise: what a rule does at a place depends on no character further away than this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.detect.confirm import LABEL_REACH
from scrubber.redact.operators import NUMBER_CONTEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.detect.confirm import Detector

# One character of a decoded view stands for at most this many raw ones in what is cut inside a
# line.
_WIDEST_ENCODING: Final = 6
_SLACK: Final = 1024


@dataclass(frozen=True, slots=True)
class Reach:
    """How far rules look, in code points.

    Attributes:
        back: before a match.
        ahead: from the start of a match to the last character it may depend on.
    """

    back: int
    ahead: int

    @classmethod
    def of(cls, detectors: Iterable[Detector]) -> Reach:
        """Take the widest of all rules."""
        back = [0]
        ahead = [0]
        for detector in detectors:
            rule = detector.rule
            window = rule.context.window if rule.context else 0
            back += (rule.reach_back, window)
            ahead += (rule.width + rule.reach_ahead, rule.width + window)
            ahead.append(2 * rule.blob.reach if rule.blob else 0)
            ahead.append(LABEL_REACH if detector.labeller else 0)
        return cls(
            _WIDEST_ENCODING * max(back) + NUMBER_CONTEXT,
            _WIDEST_ENCODING * max(ahead) + _SLACK,
        )
