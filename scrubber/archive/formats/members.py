"""
Documents that lie in others: what a packed file holds, the files of an archive.

What is unpacked comes piece by piece, and is counted as it comes. A format that reads a document
from its beginning to its end is handed that stream; one that must seek gets a temporary file that
has no name.

Promise: no more than a few blocks of a document are in memory, and nothing of it is on disk under a
name.
"""

from __future__ import annotations

import io
import re
import tempfile
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from scrubber.archive.context import NotKnownError
from scrubber.archive.formats import scrub_document
from scrubber.archive.kinds import BINARY, IMAGE, kind_of
from scrubber.errors import InputError
from scrubber.files.compressed import CHUNK
from scrubber.files.text_files import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrubber.archive.context import Context
    from scrubber.files.compressed import Readable, Writable

IN_MEMORY: Final = 8 << 20
"""Bytes up to which what is held back stays in memory."""

_STREAMED: Final = frozenset(
    {"text", "jsonl", "csv", "tsv", "journal", "tar", "gz", "bz2", "xz", "zst"}
)

_IN: Final = "holds a file that "
_WINDOWS: Final = re.compile(r"(?:\A|[/\\])\.\.\\|\\\.\.(?:[/\\]|\Z)|\A[A-Za-z]:\\|\A\\")
_DRIVE: Final = re.compile(r"\A[A-Za-z]:[/\\]+")


class Unpacked(io.RawIOBase):
    """What comes out of a packed document; read forward, but for its first bytes."""

    def __init__(self, chunks: Iterable[bytes], context: Context) -> None:
        """Begin a document.

        Args:
            chunks: its bytes, in pieces of any size.
            context: is told how much was unpacked.
        """
        self._chunks = iter(chunks)
        self._context = context
        self._held = b""
        self._at = 0
        # Where what is held begins in the document.
        self._begin = 0

    @property
    def head(self) -> bytes:
        """The first bytes, if no more than those were read."""
        while len(self._held) < HEAD and self._more():
            pass
        return self._held[:HEAD]

    def readable(self) -> bool:
        """Say so."""
        return True

    def seekable(self) -> bool:
        """Say so: back to the beginning, from within the first bytes."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Give that many bytes, fewer only at the end."""
        while (size < 0 or len(self._held) - self._at < size) and self._more():
            pass
        end = len(self._held) if size < 0 else self._at + size
        data = self._held[self._at : end]
        self._at += len(data)
        if self._begin + self._at > HEAD:
            self._begin += self._at
            self._held, self._at = self._held[self._at :], 0
        return data

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401  # any buffer
        """Fill a buffer, as far as there is something."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def tell(self) -> int:
        """Tell how many bytes were read."""
        return self._begin + self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place among the bytes that are held.

        Raises:
            io.UnsupportedOperation: they are gone.
        """
        place = offset - self._begin
        if whence != io.SEEK_SET or not 0 <= place <= len(self._held):
            raise io.UnsupportedOperation("a packed document is read forward")
        self._at = place
        return offset

    def _more(self) -> bool:
        piece = next(self._chunks, b"")
        self._context.spent.unpacked(len(piece))
        self._held += piece
        return bool(piece)


def pieces(source: Readable) -> Iterator[bytes]:
    """Give what a file holds, piece by piece."""
    while piece := source.read(CHUNK):
        yield piece


def scrub_inner(chunks: Iterable[bytes], target: Writable, context: Context) -> str:
    """Scrub a document that lies in another one.

    Args:
        chunks: its bytes.
        target: where the redacted document is written.
        context: of the inner document.

    Returns:
        What it was taken for.

    Raises:
        NotKnownError: no format knows it.
        InputError: it cannot be read, or not be scrubbed.
    """
    source = Unpacked(chunks, context)
    if kind_of(source.head, context.name) in _STREAMED:
        # Without a buffer, a line would be read byte by byte.
        buffered = cast("BinaryIO", io.BufferedReader(source, CHUNK))
        return scrub_document(buffered, cast("BinaryIO", target), context)
    with held() as spool:
        for piece in pieces(source):
            spool.write(piece)
        spool.seek(0)
        return scrub_document(spool, cast("BinaryIO", target), context)


def scrub_member(chunks: Iterable[bytes], target: Writable, context: Context) -> bool:
    """Scrub a file of an archive, and note what became of it.

    Args:
        chunks: its bytes.
        target: where the redacted file is written.
        context: of the file.

    Returns:
        Whether there is one; one that no format knows is left out.

    Raises:
        InputError: it cannot be read, or not be scrubbed.
    """
    try:
        kind = scrub_inner(chunks, target, context)
    except NotKnownError:
        leave_out(context)
        return False
    except InputError as error:
        reason = str(error)
    else:
        context.found.members["copied" if kind in {BINARY, IMAGE} else "done"] += 1
        return True
    raise InputError(reason if reason.startswith(_IN) else f"{_IN}{reason}")


def leave_out(context: Context) -> None:
    """Note a file of an archive that is left out."""
    context.found.members["dropped" if context.unknown == "drop" else "listed"] += 1


def held() -> BinaryIO:
    """Give a temporary file without a name; to be closed."""
    return cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))


def safe_path(name: str) -> str:
    r"""Give the path of a file in an archive, in which no system sees a way out of its folder.

    >>> safe_path("logs/a.log"), safe_path("..\\..\\a.log"), safe_path("C:\\x\\a.log")
    ('logs/a.log', '../../a.log', 'x/a.log')
    """
    if _WINDOWS.search(name):
        name = name.replace("\\", "/")
    return _DRIVE.sub("", name)
