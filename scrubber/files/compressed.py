"""
Compressed files, known by their suffix: .gz, .bz2, .xz and .zst.

Promise: a file that is cut off or damaged is an error, never a shorter text. Nothing of the
original's header is written into the new file: a gzip header holds the name and the time of what
was packed.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from scrubber.errors import InputError
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

CHUNK: Final = 1 << 20
"""Bytes that are read at once."""
# zstandard does not bound what one piece unpacks to: 1 KiB may give 32 MiB.
_ZST_CHUNK: Final = 1 << 10
NEEDS_ZSTD: Final = "zst files need zstandard: pip install 'crashscrub[zstd]'"

_KINDS: Final = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}
_MAGIC: Final = (
    (b"\x1f\x8b\x08", "gz"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    *((b"BZh%d1AY&SY" % level, "bz2") for level in range(1, 10)),
)


class Readable(Protocol):
    """What bytes come from."""

    def read(self, size: int, /) -> bytes | None:
        """Give at most `size` bytes; none at the end."""
        ...


class Writable(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> Any:  # noqa: ANN401  # no two libraries agree on what it returns
        """Take bytes."""
        ...


def compression_of(path: Path) -> str:
    """Tell from its suffix how a file is compressed: `gz`, `bz2`, `xz`, `zst` or ""."""
    return _KINDS.get(path.suffix.lower(), "")


def refuse_compressed(head: bytes) -> None:
    """Refuse compressed data that no suffix announced: scanned as it is, it would look clean.

    Args:
        head: the first bytes of a document.

    Raises:
        InputError: it is compressed.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise InputError(
                f"holds {kind} data; give it as a file that ends in .{kind}, or unpack it first"
            )


def read_chunks(raw: Readable, kind: str) -> Iterator[bytes]:
    """Read what a file holds, piece by piece.

    Args:
        raw: the file, at its start.
        kind: how it is compressed, or "".

    Yields:
        Pieces of what is in it, as they come.

    Raises:
        InputError: it cannot be read to its end.
    """
    try:
        yield from _unpacked(raw, kind)
    except (EOFError, zlib.error, lzma.LZMAError):
        reason = f"is cut off, or not {kind} data"
    except OSError as error:
        # The decompressors raise OSError too, without a number.
        reason = reason_of(error) if error.errno else ""
        reason = f"cannot be read: {reason}" if reason else f"is cut off, or not {kind} data"
    else:
        return
    # Not in the handlers: the error of a library would be the context of this one, with its text.
    raise InputError(reason)


@contextmanager
def writing(raw: Writable, kind: str) -> Iterator[Writable]:
    """Compress what is written into a file.

    Args:
        raw: the file.
        kind: how to compress, or "".

    Yields:
        Where to write; the compressed data is whole when the block ends.
    """
    target: Any = raw
    if kind == "gz":
        with gzip.GzipFile("", "wb", 6, target, mtime=0) as packed:
            yield packed
    elif kind == "bz2":
        with bz2.BZ2File(target, "wb") as packed_bz2:
            yield packed_bz2
    elif kind == "xz":
        with lzma.LZMAFile(target, "wb") as packed_xz:
            yield packed_xz
    elif kind == "zst":
        with _zst_writer(target) as packed_zst:
            yield packed_zst
    else:
        yield raw


def _unpacked(raw: Any, kind: str) -> Iterator[bytes]:  # noqa: ANN401  # any object with read
    if kind == "gz":
        with gzip.GzipFile(fileobj=raw, mode="rb") as packed:
            yield from _pieces(packed)
    elif kind == "bz2":
        with bz2.BZ2File(raw, "rb") as packed_bz2:
            yield from _pieces(packed_bz2)
    elif kind == "xz":
        with lzma.LZMAFile(raw, "rb") as packed_xz:
            yield from _pieces(packed_xz)
    elif kind == "zst":
        yield from _zst_pieces(raw)
    else:
        yield from _pieces(raw)


def _pieces(source: Readable) -> Iterator[bytes]:
    while piece := source.read(CHUNK):
        yield piece


def _zst_pieces(raw: Readable) -> Iterator[bytes]:
    if sys.version_info >= (3, 14):
        from compression import zstd

        try:
            with zstd.ZstdFile(raw) as packed:
                yield from _pieces(packed)
        except zstd.ZstdError:
            raise EOFError from None
    else:
        zstandard = _zstandard()
        # Not its stream_reader: that one takes a file that is cut off for a whole one.
        frames = zstandard.ZstdDecompressor()
        frame, begun = frames.decompressobj(), False
        try:
            while piece := raw.read(_ZST_CHUNK):
                while piece:
                    begun = True
                    data = frame.decompress(piece)
                    piece = frame.unused_data if frame.eof else b""
                    if frame.eof:
                        frame, begun = frames.decompressobj(), False
                    for start in range(0, len(data), CHUNK):
                        yield data[start : start + CHUNK]
        except zstandard.ZstdError:
            raise EOFError from None
        if begun:
            raise EOFError


def _zst_writer(raw: Any) -> Any:  # noqa: ANN401  # two libraries, one method
    if sys.version_info >= (3, 14):
        from compression import zstd

        return zstd.ZstdFile(raw, "wb")
    return _zstandard().ZstdCompressor().stream_writer(raw, closefd=False)


def _zstandard() -> ModuleType:
    try:
        import zstandard
    except ModuleNotFoundError:
        raise InputError(NEEDS_ZSTD) from None
    return zstandard
