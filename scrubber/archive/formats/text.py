"""
Logs and all other text, as the command redacts them: in the encoding they have, streamed.

MLflow keeps one value a file, under the name of what it is: `tags/mlflow.user` holds `jane` and
nothing else. Such a file is scrubbed as a value under its name.

Promise: memory holds a few blocks, whatever the size; what is no finding is the same bytes, line
ends and bytes that are no characters included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from scrubber.archive.named import Named
from scrubber.files.opened import Opened
from scrubber.files.passing import pass_through

if TYPE_CHECKING:
    from scrubber.archive.context import Context

_LONGEST_VALUE: Final = 4000


def scrub(source: BinaryIO, target: BinaryIO, context: Context) -> None:
    """Scrub a text; see `scrubber.archive.context.Reads`."""
    if (name := _value_name(context.name)) and (value := _value(source)) is not None:
        found = Named(context.scrubber).redact(name, value)
        context.found.add(found.report, lines=1, hour=context.hour)
        target.write(found.text.encode())
        return
    lines = _Lines(source)
    report = pass_through(context.scrubber, Opened(lines), target.write)
    context.found.add(report, lines=lines.count, hour=context.hour)


def _value_name(name: str) -> str:
    """Give the name of the value that a file holds alone; "" for any other file.

    >>> _value_name("0/3f/tags/mlflow.user"), _value_name("3f/params/user"), _value_name("user")
    ('user', 'user', '')
    """
    *folders, last = name.replace("\\", "/").split("/")
    if last.startswith("mlflow.") or (folders and folders[-1] in {"tags", "params"}):
        return last.rpartition(".")[2]
    return ""


def _value(source: BinaryIO) -> str | None:
    """Read a value of one line; None for anything else."""
    begin = source.tell()
    data = source.read(_LONGEST_VALUE + 1)
    if len(data) <= _LONGEST_VALUE and b"\n" not in data.rstrip(b"\n"):
        try:
            return data.decode()
        except UnicodeDecodeError:
            pass
    source.seek(begin)
    return None


class _Lines:
    """A text that counts its lines as it is read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._ends = 0
        self._open = False

    @property
    def count(self) -> int:
        """Lines that were read, the last one with or without its end."""
        return self._ends + self._open

    def read(self, size: int, /) -> bytes:
        data = self._source.read(size)
        if data:
            self._ends += data.count(b"\n")
            self._open = not data.endswith(b"\n")
        return data
