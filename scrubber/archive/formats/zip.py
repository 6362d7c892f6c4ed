"""
Zip archives: each file scrubbed in its place, with its date, its mode and its compression.

Names and comments are scrubbed; extra fields (owners, further times, names in other encodings) are
left out. A file is looked up where the archive's table says, so what lies outside of it (a program
that unpacks itself, something hidden between files) is not taken over.

Promise: an archive that is encrypted, cut off, damaged, or packed in a way that Python does not
know is an error.
"""

from __future__ import annotations

import lzma
import posixpath
import shutil
import stat
import struct
import tempfile
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from scrubber.archive.formats.members import held, leave_out, pieces, safe_path, scrub_member
from scrubber.archive.names import Names
from scrubber.errors import InputError
from scrubber.files.compressed import CHUNK

if TYPE_CHECKING:
    from scrubber.archive.context import Context

_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_LONGEST_COMMENT: Final = 0xFFFF
_MODE_SHIFT: Final = 16
_LONGEST_LINK: Final = 4096
_EARLIEST: Final = 1980


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a zip archive; see `scrubber.archive.context.Reads`."""
    damaged = ""
    try:
        with zipfile.ZipFile(source) as reader, tempfile.TemporaryFile() as spool:
            with zipfile.ZipFile(spool, "w") as writer, warnings.catch_warnings():
                # Two files of one name, as updating in place leaves them, are two files still.
                warnings.simplefilter("ignore", UserWarning)
                _Archive(context, reader, writer).copy()
            spool.seek(0)
            shutil.copyfileobj(spool, target, CHUNK)
    except (zipfile.BadZipFile, EOFError, struct.error, UnicodeError, zlib.error, lzma.LZMAError):
        damaged = "is cut off or damaged, or not zip data"
    except NotImplementedError:
        damaged = "is packed in a way that is not known here"
    if damaged:
        raise InputError(damaged)


class _Archive:
    """One archive on its way."""

    def __init__(self, context: Context, reader: zipfile.ZipFile, writer: zipfile.ZipFile) -> None:
        self._context = context
        self._reader, self._writer = reader, writer
        self._names = Names(context.scrubber)

    def copy(self) -> None:
        self._writer.comment = self._comment(self._reader.comment)
        for member in self._reader.infolist():
            if member.flag_bits & _ENCRYPTED:
                raise InputError("is encrypted; unpack it first")
            self._member(member)

    def _member(self, member: zipfile.ZipInfo) -> None:
        inner = self._context.inner(member.filename)
        path = safe_path(member.filename)
        name = self._names.of(path) or "_"
        new = zipfile.ZipInfo(name, max(member.date_time, (_EARLIEST, 1, 1, 0, 0, 0)))
        new.compress_type = member.compress_type
        new.create_system = member.create_system
        new.external_attr = member.external_attr
        new.comment = self._comment(member.comment)
        if member.is_dir():
            new.filename += "/"
            new.compress_type = zipfile.ZIP_STORED
            self._writer.writestr(new, b"")
        elif stat.S_ISLNK(member.external_attr >> _MODE_SHIFT):
            leads = self._link(member, path)
            if leads:
                self._writer.writestr(new, leads)
            else:
                leave_out(inner)
        else:
            with self._reader.open(member) as data, held() as spool:
                if scrub_member(pieces(cast("BinaryIO", data)), spool, inner):
                    new.file_size = spool.tell()
                    spool.seek(0)
                    with self._writer.open(new, "w") as packed:
                        shutil.copyfileobj(spool, packed, CHUNK)

    def _link(self, member: zipfile.ZipInfo, path: str) -> str:
        """Give where a link leads; "" for nowhere in this archive."""
        with self._reader.open(member) as data:
            raw = data.read(_LONGEST_LINK + 1)
        leads = safe_path(raw.decode("utf-8", "replace"))
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), leads))
        if len(raw) > _LONGEST_LINK or leads.startswith("/") or whole.split("/")[0] in {"..", ""}:
            return ""
        start = posixpath.dirname(self._names.of(path)) or "."
        return posixpath.relpath(self._names.of(whole) or ".", start)

    def _comment(self, raw: bytes) -> bytes:
        if not raw:
            return raw
        found = self._context.scrubber.redact(raw.decode("utf-8", "surrogateescape"))
        self._context.found.add(found.report, lines=1, hour=self._context.hour)
        return found.text.encode("utf-8", "surrogateescape")[:_LONGEST_COMMENT]
