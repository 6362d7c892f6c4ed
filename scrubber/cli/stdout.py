"""Stdout as bytes, each piece on its way at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from typing import BinaryIO

    from scrubber.files.compressed import Writable


def stdout() -> Writable:
    """Give stdout.

    Raises:
        ConfigError: it is closed.
    """
    if sys.stdout is None:
        raise ConfigError("stdout is closed")
    return _Flushed(sys.stdout.buffer)


class _Flushed:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes, /) -> None:
        """Write bytes and flush them."""
        self._stream.write(data)
        self._stream.flush()
