"""
The id of an installation: random, and another one every 90 days.

A hash of a network card's address was rejected: there are few enough of them that whoever has the
hash tries them all within a minute, and it follows a machine for its whole life.

Promise: an id is drawn from the system's random numbers and from nothing else. Epochs are counted
from 1970 for everybody, so that not even the day of an installation is kept.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Final

from scrubber.lazy import lazy_pattern

EPOCH: Final = 90
"""Days an id lasts at most."""

_DAY: Final = 24 * 60 * 60
_ID: Final = lazy_pattern(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Installation:
    """An id and when it is valid.

    Attributes:
        id: 32 hexadecimal digits.
        epoch: of how many days that many times `EPOCH` it is; see `current_epoch`.
    """

    id: str
    epoch: int

    @classmethod
    def new(cls) -> Installation:
        """Draw one for now."""
        return cls(os.urandom(16).hex(), current_epoch())

    @classmethod
    def read(cls, found: object) -> Installation | None:
        """Give one as it was written, or None where it is none."""
        if type(found) is not dict:
            return None
        named, epoch = found.get("id"), found.get("epoch")
        if type(named) is str and _ID.fullmatch(named) and type(epoch) is int:
            return cls(named, epoch)
        return None

    @property
    def current(self) -> bool:
        """Whether it is of this epoch; one of a later epoch was made while a clock was wrong."""
        return self.epoch == current_epoch()


def current_epoch() -> int:
    """Give the number of whole epochs since 1970."""
    return int(time.time() // (EPOCH * _DAY))
