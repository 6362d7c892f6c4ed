"""
How much one file may unpack to, and how deep archives may lie in each other.

Some 40 KB of zip unpack to petabytes. What is unpacked is therefore counted over all layers of a
file together, and compared with what is stored.

Promise: a file that would go over a limit ends in an `InputError` before more of it is unpacked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scrubber.errors import InputError

FREE: Final = 64 << 20
"""Bytes that any file may unpack to, whatever it is stored in: logs of one line pack well."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file of a job may cost.

    Attributes:
        ratio: bytes unpacked for each byte stored.
        unpacked: bytes unpacked, in all.
        members: files in archives, in all.
        depth: archives in one another.
    """

    ratio: int = 200
    unpacked: int = 1 << 40
    members: int = 1_000_000
    depth: int = 4


class Spent:
    """What of its limits one file has used, over all its layers."""

    def __init__(self, limits: Limits, stored: int) -> None:
        """Begin a file.

        Args:
            limits: what it may cost.
            stored: bytes it is stored in.
        """
        self._most = min(limits.unpacked, max(FREE, limits.ratio * stored))
        self._members = limits.members
        self._depth = limits.depth

    def unpacked(self, size: int) -> None:
        """Take note of bytes that were unpacked.

        Raises:
            InputError: they are too many.
        """
        self._most -= size
        if self._most < 0:
            raise InputError("unpacks to more than the limits allow; see --max-ratio")

    def member(self, depth: int) -> None:
        """Take note of one more file in an archive.

        Args:
            depth: how many archives it lies in.

        Raises:
            InputError: there are too many, or they lie too deep.
        """
        self._members -= 1
        if self._members < 0:
            raise InputError("holds more files than the limits allow")
        if depth > self._depth:
            raise InputError("holds archives in archives, deeper than the limits allow")
