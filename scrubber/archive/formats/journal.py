r"""
The journal of systemd, as `journalctl -o export` writes it.

    __REALTIME_TIMESTAMP=1764000000000000\n
    _HOSTNAME=gpu07\n
    MESSAGE\n<length, 8 bytes, little-endian>two\nlines\n
    \n

Each value is scrubbed under the name of its field; lengths are written anew. The id of the machine
becomes zeros, and what is no text (the core of a process) a placeholder. A file is read forward, a
few entries at a time.

Promise: what comes out is read as what went in was, field for field. A file that is cut off is an
error.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from scrubber.archive.named import Named
from scrubber.columns.rows import replaced_texts
from scrubber.errors import InputError
from scrubber.redact.placeholders import FAILED, placeholder
from scrubber.redaction import Redaction
from scrubber.report import Report
from scrubber.units.says import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.archive.context import Context

BLOCK: Final = 1 << 20
"""Bytes of values that are looked at together."""
LONGEST: Final = 64 << 20
"""Bytes of the longest value."""

_CUT_OFF: Final = "is cut off or damaged, or not the export of a journal"
_LENGTH: Final = struct.Struct("<Q")
_LONGEST_HOST: Final = 256
_STRAY: Final = "surrogateescape"
_MOMENT: Final = "__REALTIME_TIMESTAMP"
_MACHINE: Final = "_MACHINE_ID"
_NO_MACHINE: Final = "0" * 32
# What these hold says nothing of anyone, and there are some in each entry.
_CLEAN: Final = frozenset(
    {
        *("__CURSOR", "__MONOTONIC_TIMESTAMP", "__SEQNUM", "__SEQNUM_ID", "_BOOT_ID", _MOMENT),
        *("_SOURCE_REALTIME_TIMESTAMP", "_SOURCE_MONOTONIC_TIMESTAMP", "PRIORITY", "_TRANSPORT"),
    }
)
_CLEAN_CHARACTERS: Final = frozenset("0123456789abcdefghijklmnopqrstuvwxyz=;-")


class Field(NamedTuple):
    """A field of an entry; one without a name is the line that ends an entry.

    Attributes:
        name: its name.
        value: its value.
        sized: whether it is written with its length.
    """

    name: str
    value: bytes
    sized: bool = False


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub the export of a journal; see `scrubber.archive.context.Reads`."""
    journal = _Journal(context)
    held: list[Field] = []
    size = 0
    for field in read_fields(source):
        held.append(field)
        size += len(field.value) + len(field.name)
        if size >= BLOCK and not field.name:
            target.write(b"".join(map(written, journal.redact(held))))
            held, size = [], 0
    target.write(b"".join(map(written, journal.redact(held))))


def read_fields(source: BinaryIO) -> Iterator[Field]:
    """Read the fields of an export, one after the other.

    Raises:
        InputError: it is cut off, or no such file.
    """
    while line := _line(source):
        name, equals, value = line.partition(b"=")
        if len(line) == 0 or line == b"\n":
            yield Field("", b"")
        elif equals:
            yield Field(_name(name), value[:-1])
        else:
            (size,) = _LENGTH.unpack(_exactly(source, _LENGTH.size))
            if size > LONGEST:
                raise InputError("has a value that is longer than 64 MiB")
            data = _exactly(source, size + 1)
            if data[-1:] != b"\n":
                raise InputError(_CUT_OFF)
            yield Field(_name(name[:-1]), data[:-1], sized=True)


def written(field: Field) -> bytes:
    r"""Write a field as it was written.

    >>> written(Field("A", b"x")), written(Field("A", b"x", sized=True))
    (b'A=x\n', b'A\n\x01\x00\x00\x00\x00\x00\x00\x00x\n')
    """
    name = field.name.encode()
    if field.sized or b"\n" in field.value:
        return name + b"\n" + _LENGTH.pack(len(field.value)) + field.value + b"\n"
    return name + b"=" + field.value + b"\n" if name else b"\n"


class _Journal:
    """One export on its way."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._named = Named(context.scrubber)
        self._known = lru_cache(1 << 12)(self._host)

    def redact(self, fields: list[Field]) -> list[Field]:
        texts = [_text(field) for field in fields]
        behind = [
            f"{_called(field.name)}: {text}" if _called(field.name) else text
            for field, text in zip(fields, texts, strict=True)
        ]
        changed = replaced_texts(self._context.scrubber, behind)
        reports: dict[str, Report] = defaultdict(Report)
        hour, entries = self._context.hour, 0
        done: list[Field] = []
        for field, text, one in zip(fields, texts, behind, strict=True):
            if field.name == _MOMENT:
                hour = _hour(text) or hour
            entries += not field.name
            found = self._field(field, text, suspect=one in changed)
            if found is not None:
                reports[hour] += found.report
                value = found.text.encode("utf-8", _STRAY)
                done.append(field._replace(value=value))
            else:
                done.append(field)
        for when, report in reports.items():
            self._context.found.add(report, hour=when)
        self._context.found.add(Report(), lines=entries)
        return done

    def _field(self, field: Field, text: str, *, suspect: bool) -> Redaction | None:
        """Scrub a field; None where nothing is in it."""
        if field.name == _MACHINE and text != _NO_MACHINE:
            return Redaction(_NO_MACHINE, Report({("HOSTNAME", "journal.machine_id"): 1}))
        if b"\0" in field.value:
            return Redaction(
                placeholder("BINARY_DATA"), Report({("BINARY_DATA", "journal.binary"): 1})
            )
        if field.name == "_HOSTNAME":
            return self._known(text) if len(text) <= _LONGEST_HOST else self._host(text)
        name = _called(field.name)
        says = self._named.says(name)
        if not text or (says == NOTHING and not suspect):
            return None
        found = self._named.redact(name, text, says)
        return None if found.text == text and not found.report.failures else found

    def _host(self, text: str) -> Redaction | None:
        """Replace the name of the machine, whatever it looks like."""
        event = self._context.scrubber.scrub({"server_name": text})
        new = event.get("server_name") if event is not None else None
        if not isinstance(new, str):
            return Redaction(FAILED, Report(failures=1))
        return None if new == text else Redaction(new, Report({("HOSTNAME", "journal.host"): 1}))


def _text(field: Field) -> str:
    """Give what is looked at of a field."""
    if b"\0" in field.value:
        return ""
    text = field.value.decode("utf-8", _STRAY)
    return (
        ""
        if field.name in _CLEAN and _CLEAN_CHARACTERS.issuperset(text) and (field.name != _MOMENT)
        else text
    )


def _called(name: str) -> str:
    """Give what a field is called: `_HOSTNAME` is a host's name; a message is nothing's value."""
    return "" if name in {"", "MESSAGE"} else name.strip("_")


def _line(source: BinaryIO) -> bytes:
    line = source.readline(LONGEST + 1)
    if line and not line.endswith(b"\n"):
        raise InputError(_CUT_OFF)
    return line


def _name(raw: bytes) -> str:
    if not raw.replace(b"_", b"").isalnum() or not raw.isascii():
        raise InputError(_CUT_OFF)
    return raw.decode()


def _exactly(source: BinaryIO, size: int) -> bytes:
    data = source.read(size)
    if len(data) != size:
        raise InputError(_CUT_OFF)
    return data


def _hour(text: str) -> str:
    try:
        return datetime.fromtimestamp(int(text) // 1_000_000, UTC).strftime("%Y-%m-%dT%H")
    except (ValueError, OverflowError, OSError):
        return ""
