"""
Which words are given names, surnames or parts of the names of places somewhere.

Promise: a list is no verdict. `Page`, `Grace` and `Long` are names and words; what stands around
them tells which, and that is the tagger's to learn.
"""

from __future__ import annotations

from dataclasses import dataclass

from scrubber.ner.hashed import HashedSet


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Lists of names, in small letters, composed.

    Attributes:
        givens: given names.
        surnames: surnames, and their parts where they are several words.
        places: words of the names of countries, regions and cities.
    """

    givens: HashedSet
    surnames: HashedSet
    places: HashedSet

    def given(self, word: str) -> bool:
        """Tell whether a word is on the list of given names."""
        return word in self.givens

    def surname(self, word: str) -> bool:
        """Tell whether a word is on the list of surnames."""
        return word in self.surnames

    def place(self, word: str) -> bool:
        """Tell whether a word is part of the name of a place."""
        return word in self.places

    def written(self) -> bytes:
        """Give its bytes."""
        return self.givens.written() + self.surnames.written() + self.places.written()

    @classmethod
    def read(cls, data: memoryview) -> tuple[Gazetteer, memoryview]:
        """Read what `written` gave.

        Args:
            data: begins with it.

        Returns:
            The lists, and the bytes behind them.

        Raises:
            ScrubberError: the bytes end before they do.
        """
        givens, rest = HashedSet.read(data)
        surnames, rest = HashedSet.read(rest)
        places, rest = HashedSet.read(rest)
        return cls(givens, surnames, places), rest
