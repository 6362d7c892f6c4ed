"""
Tar archives: each file scrubbed in its place, with its mode and its time, and without its owner.

An archive is read forward, so it may come out of a packed file of any size.

    name, names of links     scrubbed, made relative; a link that leads out is left out
    mode, time               kept
    owner, group             0, no names
    pax and GNU headers      only those a name or a time needs
    devices, named pipes     left out
    sparse files             with their holes written out

Promise: an archive that is cut off, damaged, or goes on behind its end is an error, where `tarfile`
stops as if it were whole.
"""

from __future__ import annotations

import posixpath
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Final, Self, cast

from scrubber.archive.formats.members import held, leave_out, pieces, safe_path, scrub_member
from scrubber.archive.names import Names
from scrubber.errors import InputError
from scrubber.files.compressed import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.archive.context import Context

DAMAGED: Final = "is cut off or damaged, or not tar data"

_LONGEST_HEADER: Final = 1 << 20
_MODE: Final = 0o7777
_HEADERS: Final = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a tar archive; see `scrubber.archive.context.Reads`."""
    damaged = False
    try:
        _Archive(context, target).copy(source)
    except (tarfile.TarError, EOFError, OverflowError):
        damaged = True
    if damaged:
        raise InputError(DAMAGED)


class _Archive:
    """One archive on its way."""

    def __init__(self, context: Context, target: BinaryIO) -> None:
        self._context = context
        self._target = target
        self._names = Names(context.scrubber)
        self._left_out: set[str] = set()

    def copy(self, source: BinaryIO) -> None:
        reader = tarfile.open(  # noqa: SIM115  # closed below
            fileobj=source, mode="r|", tarinfo=_Strict, encoding="utf-8", errors="surrogateescape"
        )
        writer = tarfile.open(  # noqa: SIM115  # as above
            fileobj=self._target,
            mode="w|",
            format=tarfile.PAX_FORMAT,
            encoding="utf-8",
            errors="surrogateescape",
        )
        with closing(reader), closing(writer):
            while (member := reader.next()) is not None:
                self._member(member, reader, writer)
                # Or they would be as many as there are files.
                reader.members.clear()  # type: ignore[attr-defined]  # not in its stubs
                writer.members.clear()  # type: ignore[attr-defined]
            _ends(reader)

    def _member(
        self, member: tarfile.TarInfo, reader: tarfile.TarFile, writer: tarfile.TarFile
    ) -> None:
        inner = self._context.inner(member.name, _hour(member.mtime))
        path = safe_path(member.name)
        new = tarfile.TarInfo(self._names.of(path) or ".")
        new.mode = member.mode & _MODE
        new.mtime = member.mtime
        if member.isdir():
            new.type = tarfile.DIRTYPE
            writer.addfile(new)
        elif member.isreg():
            data = cast("BinaryIO", reader.extractfile(member))
            with held() as spool:
                if scrub_member(_whole(data, member.size), spool, inner):
                    new.size = spool.tell()
                    spool.seek(0)
                    writer.addfile(new, spool)
                else:
                    self._left_out.add(_plain(path))
        else:
            link = self._link(member, path)
            if link:
                new.type, new.linkname = member.type, link
                writer.addfile(new)
            else:
                leave_out(inner)
                self._left_out.add(_plain(path))

    def _link(self, member: tarfile.TarInfo, path: str) -> str:
        """Give where a link leads; "" for nowhere in this archive, and for what is no link."""
        leads = safe_path(member.linkname)
        if member.islnk():
            known = _plain(leads) not in self._left_out
            return self._names.of(leads) if known and not _leads_out(leads) else ""
        if not member.issym() or leads.startswith("/"):
            return ""
        folder = posixpath.dirname(_plain(path))
        whole = posixpath.normpath(posixpath.join(folder, leads))
        if _leads_out(whole):
            return ""
        start = posixpath.dirname(self._names.of(path)) or "."
        return posixpath.relpath(self._names.of(whole) or ".", start)


class _Strict(tarfile.TarInfo):
    """A header that is an error where it is damaged, and no end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header.

        Raises:
            InputError: it is damaged, missing, or announces too long a name.
        """
        damaged = False
        try:
            found = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if type(error).__name__ == "EOFHeaderError":
                raise
            damaged = True
        if damaged:
            raise InputError(DAMAGED)
        if found.type in _HEADERS and found.size > _LONGEST_HEADER:
            raise InputError("has a header that is longer than any name")
        return found


def _whole(data: BinaryIO, size: int) -> Iterator[bytes]:
    """Give what a file holds; less than announced is an error."""
    for piece in pieces(data):
        size -= len(piece)
        yield piece
    if size:
        raise InputError(DAMAGED)


def _ends(reader: tarfile.TarFile) -> None:
    """See to it that nothing follows the end of an archive."""
    rest = cast("BinaryIO", reader.fileobj)
    while piece := rest.read(CHUNK):
        if piece.strip(b"\0"):
            raise InputError("goes on behind its end; what is there would be lost")


def _plain(path: str) -> str:
    return posixpath.normpath(path).lstrip("/")


def _leads_out(path: str) -> bool:
    return path.startswith("/") or ".." in posixpath.normpath(path).split("/")


def _hour(moment: float) -> str:
    try:
        return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H")
    except (ValueError, OverflowError, OSError):
        return ""
