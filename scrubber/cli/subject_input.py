"""
Whom `scrubber subject` is asked about: from a file, from stdin, or typed without echo.

Never from the command line: every user of a machine sees the arguments of every process, and shells
keep them for years.

Promise: nothing that was given is repeated in a message, not even what was given in the wrong
place.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scrubber.cli.messages import say
from scrubber.errors import ConfigError, InputError
from scrubber.files.reasons import reason_of
from scrubber.retention.identifiers import read_identifiers, warnings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.retention.identifiers import Identifier

REFUSED: Final = (
    "an argument or option that is not known. Identifiers are never given on the command line,"
    " where other users and the shell's history see them: use --identifiers FILE, --identifiers -"
    " for stdin, or none to be asked"
)
_NOT_READ: Final = (
    "--identifiers: the file cannot be read ({}); give the name of a file that holds the"
    " identifiers, one a line, not an identifier"
)
_LONGEST: Final = 1 << 20
_OTHERS: Final = 0o077


def refuse_more(given: Sequence[str]) -> None:
    """Refuse whatever else stands on the command line.

    Raises:
        click.UsageError: something does.
    """
    if given:
        raise click.UsageError(REFUSED)


def identifiers_from(given: str | None, folder: Path) -> list[Identifier]:
    """Read the identifiers of one person, and say what may find others, too.

    Args:
        given: the name of a file, `-` for stdin, None to ask.
        folder: where they are looked for; their file must not be in it.

    Returns:
        The identifiers.

    Raises:
        ConfigError: the file cannot be read, or lies in the folder.
        InputError: what it holds is none.
    """
    where = "what was typed"
    if given is None:
        text = _asked()
    elif given == "-":
        where = "stdin"
        text = _decoded(sys.stdin.buffer.read(_LONGEST + 1))
    else:
        where = "the file of identifiers"
        text = _decoded(_read(Path(given), folder))
    try:
        found = read_identifiers(text)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    for warning in warnings_of(found):
        say(f"{where}: {warning}")
    return found


def _read(path: Path, folder: Path) -> bytes:
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            data = file.read(_LONGEST + 1)
    except OSError as error:
        raise ConfigError(_NOT_READ.format(reason_of(error))) from None
    except ValueError:
        raise ConfigError(_NOT_READ.format("no such name is possible")) from None
    if folder in Path(os.path.realpath(path)).parents:
        raise ConfigError("the file of identifiers lies in the folder; keep it elsewhere")
    if os.name == "posix" and stat.S_ISREG(status.st_mode) and status.st_mode & _OTHERS:
        say("the file of identifiers can be read by others; chmod 600 it")
    return data


def _decoded(data: bytes) -> str:
    if len(data) > _LONGEST:
        raise InputError("the identifiers are longer than 1 MiB; they are of one person")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("the identifiers are not in UTF-8") from None


def _asked() -> str:
    """Ask for identifiers, without echo, until one is empty."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise ConfigError("nobody can be asked here; use --identifiers FILE, or - for stdin")
    lines: list[str] = []
    while True:
        one = click.prompt(
            f"Identifier {len(lines) + 1} (not shown; empty ends)",
            default="",
            hide_input=True,
            show_default=False,
            err=True,
        )
        if not one.strip():
            return "\n".join(lines)
        lines.append(one)
