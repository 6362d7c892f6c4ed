"""
Sets and tables of texts as sorted 32-bit hashes, so that a hundred thousand take half a megabyte.

A text that is not in a table has the hash of one that is once in 2**32 divided by the table's size:
for a hundred thousand entries, once in forty thousand. That makes a word a name, or a feature a
little heavier, once in a long while; no promise hangs on it.

Promise: reading and writing are inverse, and what was put in is found.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from scrubber.errors import ScrubberError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HEAD: Final = struct.Struct("<I")
_FOUR_BYTES: Final = "I"
_TWO_BYTES: Final = "h"
_WIDEST: Final = 32767


def hash_of(text: str) -> int:
    """Give the hash of a text: CRC-32 of its UTF-8."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


class HashedSet:
    """A set of texts."""

    __slots__ = ("_hashes",)

    def __init__(self, hashes: Iterable[int]) -> None:
        """Take hashes, in any order."""
        self._hashes = array(_FOUR_BYTES, sorted(set(hashes)))

    def __contains__(self, text: str) -> bool:
        """Tell whether a text is in the set."""
        found = hash_of(text)
        at = bisect_left(self._hashes, found)
        return at < len(self._hashes) and self._hashes[at] == found

    def __len__(self) -> int:
        """Give how many hashes there are."""
        return len(self._hashes)

    def written(self) -> bytes:
        """Give its bytes."""
        return _HEAD.pack(len(self._hashes)) + _little(_steps(self._hashes))

    @classmethod
    def read(cls, data: memoryview) -> tuple[HashedSet, memoryview]:
        """Read one.

        Args:
            data: begins with what `written` gave.

        Returns:
            The set, and the bytes behind it.

        Raises:
            ScrubberError: the bytes end before it does.
        """
        found = cls(())
        steps, rest = _read(data, _FOUR_BYTES)
        found._hashes = array(_FOUR_BYTES, accumulate(steps))
        return found, rest


class HashedWeights:
    """Numbers by text; 0 for what it does not have.

    A dictionary of hashes: it takes more memory than the sets do, and a word that is new is asked
    for twenty times.
    """

    __slots__ = ("_scale", "_weights")

    def __init__(self, weights: Mapping[str, float], scale: float = 1024.0) -> None:
        """Take numbers between plus and minus 31.

        Args:
            weights: by text.
            scale: they are kept as whole numbers of its inverse.
        """
        self._scale = 1 / scale
        self._weights = {
            hash_of(text): max(-_WIDEST, min(_WIDEST, round(one * scale)))
            for text, one in weights.items()
        }

    def __getitem__(self, text: str) -> float:
        """Give the number of a text."""
        return self._weights.get(hash_of(text), 0) * self._scale

    def __len__(self) -> int:
        """Give how many numbers there are."""
        return len(self._weights)

    def written(self) -> bytes:
        """Give its bytes; the scale is not among them."""
        head = _HEAD.pack(len(self._weights))
        hashes = sorted(self._weights)
        steps = _steps(array(_FOUR_BYTES, hashes))
        numbers = array(_TWO_BYTES, [self._weights[one] for one in hashes])
        return head + _little(steps) + head + _little(numbers)

    @classmethod
    def read(cls, data: memoryview) -> tuple[HashedWeights, memoryview]:
        """Read what `written` gave; see `HashedSet.read`."""
        found = cls({})
        steps, rest = _read(data, _FOUR_BYTES)
        numbers, rest = _read(rest, _TWO_BYTES)
        if len(steps) != len(numbers):
            raise ScrubberError("a table of weights is not whole; install the package anew")
        found._weights = dict(zip(accumulate(steps), numbers, strict=True))
        return found, rest


def _steps(hashes: array[int]) -> array[int]:
    """Give the distances between sorted hashes, which pack better than they do."""
    return array(_FOUR_BYTES, (b - a for a, b in pairwise((0, *hashes))))


def _little(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


def _read(data: memoryview, code: str) -> tuple[array[int], memoryview]:
    values = array(code)
    if len(data) < _HEAD.size:
        raise ScrubberError("a table of the tagger is cut off; install the package anew")
    (count,) = _HEAD.unpack(data[: _HEAD.size])
    end = _HEAD.size + count * values.itemsize
    if len(data) < end:
        raise ScrubberError("a table of the tagger is cut off; install the package anew")
    values.frombytes(data[_HEAD.size : end])
    if sys.byteorder == "big":
        values.byteswap()
    return values, data[end:]
