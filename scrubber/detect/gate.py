"""
Rules that skip the lines which cannot have a match of theirs, with proof.

The proof is the rule's own: words of which its pattern, as parsed, needs one (`needs`), and how
long a run of letters and digits it needs (`run`). Which words a line may hold is asked once for all
rules, by runs of three characters, so most rules cost nothing on most lines.

Promise: what the rules of a `Gated` find is what the same rules find as a plain tuple.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import regex

from scrubber.decoding import encoded_lines
from scrubber.detect.confirm import Detector, confirm
from scrubber.detect.patterns import FLAGS
from scrubber.ruleset.literals import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scrubber.detect.confirm import Ranges
    from scrubber.types import Span

# In a short text a rule runs on all of it; in a long one on lines with a word, if they are few.
SHORT: Final = 2048
FEW: Final = 4

# Few lines hold a run this long; names of classes and functions are shorter.
LONG: Final = 24
_LONG_RUN: Final = regex.compile(rf"[a-z0_\-]{{{LONG},}}+", FLAGS)

# How often letters stand in English, rarest first; every other character is rarer still.
_FREQUENT: Final = "kvbywpgfmcudlhrsinoate "

Words = tuple[tuple[str, ...], ...]
Chosen: TypeAlias = "Sequence[tuple[Detector, Ranges]]"
Claimed: TypeAlias = "tuple[list[Span], Sequence[tuple[int, int]]]"


class Gated(tuple[Detector, ...]):  # noqa: SLOT001  # a tuple takes none, and the words are kept
    """Detectors in a fixed order that know which of them a text may concern, and where."""

    def made(self, detectors: Iterable[Detector]) -> Gated:
        """Make the like of others."""
        return Gated(detectors)

    @cached_property
    def parts(self) -> tuple[Gated, Gated]:
        """The detectors that see one line, and those that may see several."""
        single = self.made(one for one in self if not one.rule.multiline)
        several = self.made(one for one in self if one.rule.multiline)
        return single, several

    def look(self, text: str) -> tuple[Chosen, list[tuple[int, int]]]:
        """Give what a text may concern.

        Args:
            text: the raw text.

        Returns:
            What `concerning` does, and what `encoded_lines` does.
        """
        return self.concerning(text), encoded_lines(text)

    def claimed(self, text: str, start: int) -> Claimed:
        """Give what they claim in a text as it stands.

        Args:
            text: the raw text.
            start: matches that begin before this code point are not wanted.

        Returns:
            The spans, and what `encoded_lines` gives.

        Raises:
            TimeoutError: the clock's last fuse blew.
        """
        return _claimed(self.look(text), text, start)

    @cached_property
    def _long(self) -> frozenset[int]:
        """The places of detectors that need a long run."""
        return frozenset(place for place, one in enumerate(self) if one.rule.run >= LONG)

    @cached_property
    def _always(self) -> frozenset[int]:
        """The places of detectors of which nothing is known."""
        return frozenset(
            place
            for place, one in enumerate(self)
            if not one.rule.needs and place not in self._long
        )

    @cached_property
    def _further(self) -> list[Words]:
        """What each detector needs besides what brings it up."""
        return [
            one.rule.needs if place in self._long else one.rule.needs[1:]
            for place, one in enumerate(self)
        ]

    @cached_property
    def _by_gram(self) -> dict[tuple[str, ...], list[tuple[str, tuple[int, ...]]]]:
        """The words, each with the places that need it, by a rare run of three characters."""
        places: dict[str, list[int]] = {}
        for place, one in enumerate(self):
            if place not in self._long:
                for word in one.rule.needs[0] if one.rule.needs else ():
                    places.setdefault(word, []).append(place)
        grams: dict[tuple[str, ...], list[tuple[str, tuple[int, ...]]]] = {}
        for word, found in places.items():
            grams.setdefault(_rarest(word), []).append((word, tuple(found)))
        return grams

    def _candidates(self, plain: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Give the words of which a text holds the rare run, with their places."""
        grams = self._by_gram.keys()
        # Looked up as they come: a megabyte of rare characters has a million different runs.
        found = grams & zip(plain, strict=True)
        found |= grams & pairwise(plain)
        found |= grams & zip(plain, plain[1:], plain[2:], strict=False)
        for gram in found:
            yield from self._by_gram[gram]

    def concerning(self, text: str) -> list[tuple[Detector, Ranges]]:
        """Give the detectors that may have a match in a text, in their order.

        Args:
            text: the text, raw or one of its views.

        Returns:
            All but those of which it is proven that they have none, each with the lines where it
            may have one, or None for anywhere.
        """
        plain = folded(text)
        if len(text) > SHORT and "\n" in text:
            return self._by_line(plain)
        hit = set(self._always)
        for word, places in self._candidates(plain):
            if word in plain:
                hit.update(places)
        if _LONG_RUN.search(plain):
            hit |= self._long
        return [(self[place], None) for place in sorted(hit) if _met(self._further[place], plain)]

    def _by_line(self, plain: str) -> list[tuple[Detector, Ranges]]:
        """As `concerning`, line by line where lines with a word are few."""
        most = plain.count("\n") // FEW
        whole = set(self._always)
        lines: dict[int, set[tuple[int, int]]] = {}
        for word, places in self._candidates(plain):
            count = plain.count(word)
            if count and (count > most or "\n" in word):
                whole.update(places)
            elif count:
                found = list(_lines_with(plain, word))
                for place in places:
                    lines.setdefault(place, set()).update(found)
        long = {_line_at(plain, match.start()) for match in _LONG_RUN.finditer(plain)}
        lines.update((place, long) for place in self._long if long)
        chosen: list[tuple[Detector, Ranges]] = []
        for place in sorted(whole | lines.keys()):
            further = self._further[place]
            if place in whole or self[place].rule.multiline:
                if _met(further, plain):
                    chosen.append((self[place], None))
                continue
            found = sorted(lines[place])
            if further:
                found = [one for one in found if _met(further, plain[slice(*one)])]
            if found:
                chosen.append((self[place], found))
        return chosen


def claimed(detectors: Sequence[Detector], text: str, start: int) -> Claimed:
    """Give what detectors claim in a text as it stands, and which of its lines have views."""
    if isinstance(detectors, Gated):
        return detectors.claimed(text, start)
    return _claimed((concerning(detectors, text), encoded_lines(text)), text, start)


def concerning(detectors: Sequence[Detector], text: str) -> Chosen:
    """Give the detectors to run on a text and where: all, anywhere, unless they are `Gated`."""
    if isinstance(detectors, Gated):
        return detectors.concerning(text)
    return [(detector, None) for detector in detectors]


def parts(detectors: Sequence[Detector]) -> tuple[Sequence[Detector], Sequence[Detector]]:
    """Part detectors into those that see one line and those that may see several."""
    if isinstance(detectors, Gated):
        return detectors.parts
    single = [one for one in detectors if not one.rule.multiline]
    return single, [one for one in detectors if one.rule.multiline]


def _claimed(looked: tuple[Chosen, Sequence[tuple[int, int]]], text: str, start: int) -> Claimed:
    chosen, encoded = looked
    spans = [
        span
        for detector, ranges in chosen
        for span in confirm(detector, text, start=start, ranges=ranges)
    ]
    return spans, encoded


def _met(needs: Words, plain: str) -> bool:
    return all(any(word in plain for word in words) for words in needs)


def _rarest(word: str) -> tuple[str, ...]:
    """Give the run of three characters of a word, or all of a shorter one, that is rarest."""
    runs = [tuple(word[at : at + 3]) for at in range(max(1, len(word) - 2))]
    return min(runs, key=lambda run: sum(1 + _FREQUENT.find(one) for one in run))


def _lines_with(plain: str, word: str) -> Iterator[tuple[int, int]]:
    """Give the range of each line that holds a word, newline excluded."""
    at = plain.find(word)
    while at >= 0:
        line = _line_at(plain, at)
        yield line
        at = plain.find(word, line[1])


def _line_at(text: str, at: int) -> tuple[int, int]:
    high = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if high < 0 else high
