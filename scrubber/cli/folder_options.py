"""What `scrubber redact` is asked for when it redacts folders, and whether it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from scrubber.archive.engines import ENGINES
from scrubber.archive.limits import Limits
from scrubber.archive.places import is_url
from scrubber.archive.tasks import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_UNITS: Final = {"": 0, "k": 10, "m": 20, "g": 30, "t": 40}


class _Size(click.ParamType):  # type: ignore[type-arg]  # generic in a newer click only
    name = "size"

    def convert(
        self,
        value: Any,  # noqa: ANN401  # as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """Read a number of bytes: `500000`, `20G`."""
        match = re.fullmatch(r"([0-9]{1,18})([kmgt]?)i?b?", str(value).lower())
        if match is None or not int(match[1]):
            self.fail("give a number of bytes, such as 500000, 64M or 20G", param, ctx)
        return int(match[1]) << _UNITS[match[2]]


@dataclass(frozen=True, slots=True)
class FolderOptions:
    """The options of a job over folders.

    Attributes:
        engine: where it is done; None for what is usual.
        unknown: what becomes of files that no format knows.
        manifest: where it is written down; "" for what is usual.
        dry_run: write nothing.
        verify: look through what was written.
        report: where the page of what it came to goes, or "".
        with_identity: the names of this machine are removed, too.
        storage_option: what `fsspec` is given besides a URL, each `name=value`.
        max_ratio: bytes unpacked for each byte stored.
        max_unpacked: bytes that one file may unpack to.
    """

    engine: str | None
    unknown: str
    manifest: str
    dry_run: bool
    verify: bool
    report: str
    with_identity: bool
    storage_option: tuple[str, ...]
    max_ratio: int
    max_unpacked: int

    @property
    def asked(self) -> bool:
        """Tell whether one of the options is of jobs over folders only."""
        return bool(self.engine or self.manifest or self.report or self.dry_run or self.verify)

    def wanted(self, files: Sequence[str], output: str | None) -> bool:
        """Tell whether folders are to be redacted, and not documents one behind the other.

        Args:
            files: what is to be read.
            output: where to write, if that was said.
        """
        if self.asked or any(map(is_url, files)):
            return True
        if output is None:
            return False
        if is_url(output) or output.endswith(("/", "\\")) or _is_folder(output):
            return True
        return any(map(_is_folder, files))


def folder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of jobs over folders; the command gets them as `folders`."""

    @wraps(command)
    def with_folders(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # what click hands on
        names = [one.name for one in fields(FolderOptions)]
        folders = FolderOptions(**{name: kwargs.pop(name) for name in names})
        return command(*args, folders=folders, **kwargs)

    limits = Limits()
    options = (
        click.option(
            "--engine",
            type=click.Choice(ENGINES),
            help="Where folders are done: processes of this machine, Ray or Spark.",
        ),
        click.option(
            "--unknown",
            type=click.Choice(UNKNOWN),
            default=UNKNOWN[0],
            show_default=True,
            help="What becomes of files of a folder that no format knows.",
        ),
        click.option(
            "--manifest",
            metavar="FILE",
            default="",
            help="Where it is noted what became of each file; beside the target, if not given.",
        ),
        click.option(
            "--dry-run", is_flag=True, help="Say what would be found in folders; write nothing."
        ),
        click.option(
            "--verify",
            is_flag=True,
            help="Look through what was written; without -o, through FILES, and write nothing.",
        ),
        click.option(
            "--report", metavar="FILE", default="", help="Write a page of what it came to."
        ),
        click.option(
            "--with-identity",
            is_flag=True,
            help="Remove the names of this machine from folders, too.",
        ),
        click.option(
            "--storage-option",
            metavar="NAME=VALUE",
            multiple=True,
            help="What fsspec is given besides a URL; may be repeated.",
        ),
        click.option(
            "--max-ratio",
            metavar="N",
            type=click.IntRange(min=1),
            default=limits.ratio,
            show_default=True,
            help="How many bytes may be unpacked for each byte of a file.",
        ),
        click.option(
            "--max-unpacked",
            metavar="SIZE",
            type=_Size(),
            default="1T",
            show_default=True,
            help="How many bytes one file may be unpacked to.",
        ),
    )
    wrapped: Callable[..., Any] = with_folders
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False
