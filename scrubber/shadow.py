"""
Both engines on a sample of the work, to show in service what tests can only make likely.

One look in so many goes through the specification, too: every rule, nothing skipped. What either of
them finds is redacted, a difference is counted and told once, without any text.

Promise: what a sample lets through is what both let through. From the first difference on nothing
is trusted any more: every look goes through both.
"""

from __future__ import annotations

import os
from contextlib import suppress
from copy import copy
from itertools import count
from typing import TYPE_CHECKING, Final

from scrubber.detect.reference import find
from scrubber.detect.sieve import Sieve
from scrubber.errors import ConfigError
from scrubber.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.detect.confirm import Detector
    from scrubber.reach import Reach
    from scrubber.report import Report
    from scrubber.segments import Stages
    from scrubber.types import Span

VARIABLE: Final = "SCRUBBER_SHADOW"
"""Says one in how many, where the program does not."""

_STRAY: Final = "surrogateescape"


class Tally:
    """How often the engines differed."""

    __slots__ = ("differences",)

    def __init__(self) -> None:
        """Begin with none."""
        self.differences = 0

    def note(self, rules: Iterable[str] = ()) -> None:
        """Count a difference; the first is told.

        Args:
            rules: the ids of those that differed, as far as is known.
        """
        self.differences += 1  # a count lost between two threads is still a count
        if self.differences == 1:
            named = ", ".join(sorted(set(rules))) or "unknown"
            with suppress(Exception):  # a handler that fails must not decide what is sent
                import logging  # takes some milliseconds, which most programs have paid

                logging.getLogger("scrubber").warning(
                    "crashscrub: the engines differ, both are used; rules: %s", named
                )


class Shadow:
    """Decides which looks go through both engines, and compares them."""

    def __init__(self, every: int, tally: Tally | None = None) -> None:
        """Begin to count.

        Args:
            every: one in how many.
            tally: where differences are counted.

        Raises:
            ConfigError: it is no positive number.
        """
        if every.__class__ is not int or every < 1:
            raise ConfigError("shadow must be a positive whole number: one look in so many")
        self.every = every
        self.tally = tally or Tally()
        self._turns = count(1)

    def due(self) -> bool:
        """Tell whether the next look goes through both engines."""
        return next(self._turns) % self.every == 0 or self.tally.differences > 0

    def always(self) -> Shadow:
        """Give one that is always due and counts in the same place."""
        return Shadow(1, self.tally)

    def stages(self, stages: Stages) -> Stages:
        """Give the same stages, their detectors run by both engines."""
        engine, tally = stages.engine, self.tally

        def both(detectors: Sequence[Detector], text: str, *, start: int = 0) -> list[Span]:
            found = engine(detectors, text, start=start)
            try:
                plain = find(tuple(detectors), text, start=start)
            except Exception:
                tally.note()
                raise
            odd = set(found) ^ set(plain)
            if odd:
                tally.note(one.rule_id for one in odd)
            return [*found, *odd.intersection(plain)]

        shadowed = copy(stages)
        object.__setattr__(shadowed, "engine", both)
        return shadowed

    def sieve(self, sieve: Sieve, detectors: Sequence[Detector]) -> Sieve:
        """Give the same sieve; what it calls clean is looked at."""
        return _Checked(sieve, detectors, self.tally)

    def section(
        self, stages: Stages, reach: Reach, data: bytes, redacted: bytes
    ) -> tuple[bytes, Report] | None:
        """Look at a section that was scrubbed line by line, if that is due.

        Args:
            stages: what its lines went through, run by both engines.
            reach: how far their rules look.
            data: the section.
            redacted: what became of it.

        Returns:
            What both engines make of it, and what they found; None when that is no other.
        """
        if not self.due():
            return None
        stream = Stream(stages, reach=reach)
        text = stream.feed(data.decode("utf-8", _STRAY)) + stream.finish()
        both = text.encode("utf-8", _STRAY)
        if both == redacted:
            return None
        self.tally.note()
        return both, stream.report


class _Checked(Sieve):
    """A sieve that is not believed."""

    def __init__(self, sieve: Sieve, detectors: Sequence[Detector], tally: Tally) -> None:
        super().__init__(sieve.screen)
        self._detectors = tuple(detectors)
        self._tally = tally

    def clean(self, text: str) -> bool:
        """Tell whether neither engine finds anything in a text."""
        return super().clean(text) and not self._missed(text)

    def suspects(self, texts: Sequence[str]) -> list[int]:
        """Give the places of the texts in which either engine may find something."""
        found = set(super().suspects(texts))
        missed = (at for at, text in enumerate(texts) if at not in found and self._missed(text))
        return sorted(found.union(missed))

    def suspect_lines(self, data: bytes) -> list[int]:
        """Give where lines begin in which either engine may find something."""
        found = set(super().suspect_lines(data))
        start = 0
        for line in data.split(b"\n"):
            if start not in found and self._missed(line.decode("utf-8", _STRAY)):
                found.add(start)
            start += len(line) + 1
        return sorted(found)

    def _missed(self, text: str) -> bool:
        found = find(self._detectors, text)
        if found:
            self._tally.note(one.rule_id for one in found)
        return bool(found)


def shadow_of(every: int | None) -> int:
    """Give what was asked for, by the program or in the environment.

    Args:
        every: one look in how many; None for what `SCRUBBER_SHADOW` says.

    Returns:
        That number; 0 for none, and where the environment has no number.
    """
    if every is not None:
        return every
    said = os.environ.get(VARIABLE, "")
    return int(said) if said.isascii() and said.isdecimal() else 0
