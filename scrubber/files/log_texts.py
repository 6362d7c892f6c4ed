"""
Whether a file of a folder is text, and that text piece by piece.

A name says that a file is a log; its first bytes say whether it can be read as one. What has NULs
and is not UTF-16 or UTF-32 is binary, and so is what was packed under another name. The exception
are logs with holes, which a power cut or a rotation that truncates leaves: under the name of a log,
text between NULs is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from scrubber.errors import InputError
from scrubber.files.compressed import compression_of, read_chunks, refuse_compressed
from scrubber.files.reasons import reason_of
from scrubber.files.text_files import HEAD, Decoder, TextFormat, detect
from scrubber.retention.log_names import log_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scrubber.files.compressed import Readable

BINARY: Final = "is binary"

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0E-\x1A\x1C-\x1F]")
_FEW: Final = 16
# What terminals write is no sign of numbers: a bell, a backspace.
_NUMBERS: Final = re.compile(rb"[\x01-\x06\x0E-\x1A\x1C-\x1F]")


@dataclass(slots=True)
class LogText:
    """A document being read as text.

    Attributes:
        text_format: how it is written.
        pieces: its text, piece by piece.
        tail: what stands behind the text and is no character; known when the pieces have ended.
    """

    text_format: TextFormat
    pieces: Iterator[str]
    tail: bytes = b""


def is_text(path: Path) -> bool:
    """Tell whether a file holds text.

    Args:
        path: a regular file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with path.open("rb", buffering=0) as raw:
            head, rest = _head(read_chunks(raw, compression_of(path)))
            named = log_name(path.name)
            if named:
                head = _behind_hole(head, rest)
    except OSError as error:
        raise InputError(f"cannot be read: {reason_of(error)}") from None
    return _is_text(head, named=named)


def read_text(raw: Readable, kind: str) -> LogText:
    """Read a document as text.

    Args:
        raw: the file, at its start.
        kind: how it is compressed, or "".

    Returns:
        The text; `tail` and what ends the reading early come with its pieces.

    Raises:
        InputError: it cannot be read, or is compressed though its name does not say so.
    """
    head, chunks = _head(read_chunks(raw, kind))
    refuse_compressed(head)
    text_format = detect(head[:HEAD])
    text = LogText(text_format, iter(()))
    text.pieces = _decoded(text, chain((head[len(text_format.mark) :],), chunks))
    return text


def _decoded(text: LogText, chunks: Iterator[bytes]) -> Iterator[str]:
    decoder = Decoder(text.text_format)
    for chunk in chunks:
        if piece := decoder.decode(chunk):
            yield piece
    last, text.tail = decoder.finish()
    if last:
        yield last


def _head(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= HEAD:
            break
    return head, chunks


def _behind_hole(head: bytes, rest: Iterator[bytes]) -> bytes:
    """Give the first piece that is more than NULs, or the last one."""
    while not head.strip(b"\0") and (more := next(rest, b"")):
        head = more
    return head


def _is_text(head: bytes, *, named: bool) -> bool:
    try:
        refuse_compressed(head)
    except InputError:
        return False
    if b"\0" not in head:
        return True
    codec = detect(head[:HEAD]).codec
    if codec == "utf-8":
        return named and bool(head.strip(b"\0")) and _NUMBERS.search(head) is None
    # Tables of small numbers have NULs where ASCII has them, too.
    text = head[: HEAD & ~3].decode(codec, "replace")
    return len(_CONTROLS.findall(text)) <= len(text) / _FEW
