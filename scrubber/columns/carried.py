"""
A value that is sent to every process of a cluster, and made there once.

Who scrubs a table on a cluster is called with each block of it; to load rules and make an engine
for each block would take longer than to scrub it.

Promise: a process makes it once, however often it is sent. `repr` shows nothing of it. What is sent
is compressed, and may hold a key: it goes from memory to memory.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from typing import Any, Final

_MOST: Final = 4
_made: dict[bytes, Any] = {}


class Carried:
    """A value on its way."""

    __slots__ = ("_data", "_digest")

    def __init__(self, value: object) -> None:
        """Pack a value that can be pickled."""
        data = pickle.dumps(value)
        self._digest = hashlib.sha256(data).digest()
        self._data = zlib.compress(data)

    def __call__(self) -> Any:  # noqa: ANN401  # whatever it is
        """Give the value, made in this process at first use."""
        found = _made.get(self._digest)
        if found is None:
            while len(_made) >= _MOST:  # a process that many jobs share
                _made.pop(next(iter(_made)), None)
            # Packed by this class, and come the way that the code itself came.
            found = pickle.loads(zlib.decompress(self._data))  # noqa: S301
            found = _made.setdefault(self._digest, found)
        return found

    def __repr__(self) -> str:
        """Say nothing of it."""
        return "Carried()"
