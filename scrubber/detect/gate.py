"""
Rules that skip a text which cannot have a match of theirs, with proof.

The proof is the rule's own (`needs`): words of which its pattern, as parsed, needs one. Looking for
a word costs a hundredth of running a pattern, so most rules cost next to nothing on most lines.

Promise: what the rules of a `Gated` find is what the same rules find as a plain tuple.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from scrubber.detect.confirm import Detector

if TYPE_CHECKING:
    from collections.abc import Sequence


class Gated(tuple[Detector, ...]):  # noqa: SLOT001  # a tuple takes none, and the words are kept
    """Detectors in a fixed order that know which of them a text may concern."""

    @cached_property
    def _places(self) -> list[tuple[str, tuple[int, ...]]]:
        """Each word with the places of the detectors that need it first."""
        places: dict[str, list[int]] = {}
        for place, detector in enumerate(self):
            for word in detector.rule.needs[0] if detector.rule.needs else ():
                places.setdefault(word, []).append(place)
        return [(word, tuple(found)) for word, found in places.items()]

    @cached_property
    def _always(self) -> list[int]:
        return [place for place, detector in enumerate(self) if not detector.rule.needs]

    def concerning(self, text: str) -> list[Detector]:
        """Give the detectors that may have a match in a text, in their order.

        Args:
            text: the text, raw or one of its views.

        Returns:
            All but those of which it is proven that they have none.
        """
        lowered = text.lower()
        hit = {place for word, places in self._places if word in lowered for place in places}
        hit.update(self._always)
        return [self[place] for place in sorted(hit) if _met(self[place], lowered)]


def concerning(detectors: Sequence[Detector], text: str) -> Sequence[Detector]:
    """Give the detectors to run on a text: all, unless they are `Gated`."""
    return detectors.concerning(text) if isinstance(detectors, Gated) else detectors


def _met(detector: Detector, lowered: str) -> bool:
    return all(any(word in lowered for word in words) for words in detector.rule.needs[1:])
