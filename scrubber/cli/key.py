"""
`scrubber key`: which key this installation's pseudonyms have, and a new one.

Promise: nothing here prints the key, with any option. What is printed is its id, which is computed
from it and says nothing about it.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrubber.cli.messages import printable, say
from scrubber.errors import ConfigError
from scrubber.redact.key import FILE_VARIABLE, find_key, key_path, rotate_key

if TYPE_CHECKING:
    from collections.abc import Callable


@click.group()
def key() -> None:
    """Show or replace the key of pseudonyms."""


def _verbose_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "-v", "--verbose", is_flag=True, help="Say what decides where the key is; never the key."
    )(command)


@key.command()
@_verbose_option
def show(*, verbose: bool) -> None:
    """Show the key's id, epoch, age and place; never the key."""
    path = _path(verbose=verbose)
    found = find_key(path)
    if found is None:
        say("there is no key yet; the first pseudonym makes one")
        _lines(("file", _shown(path)))
        return
    _lines(
        ("id", found.id),
        ("epoch", str(found.epoch)),
        ("made", found.made),
        ("file", _shown(path)),
        ("permissions", _permissions(path)),
    )


@key.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@_verbose_option
def rotate(*, yes: bool, verbose: bool) -> None:
    """Make a new key: from then on nothing has its old pseudonym.

    Programs that run keep the old key until they are started again.
    """
    path = _path(verbose=verbose)
    if not yes and not _confirmed():
        say("nothing was changed")
        raise click.exceptions.Exit(2)
    made = rotate_key(path)
    _lines(("id", made.id), ("epoch", str(made.epoch)), ("file", _shown(path)))
    say("old pseudonyms match no more: what was `[user:~...]` before has another name from now on")


def _path(*, verbose: bool) -> Path:
    try:
        path = key_path()
    except ModuleNotFoundError as error:
        raise ConfigError(str(error)) from None
    if verbose:
        named = bool(os.environ.get(FILE_VARIABLE))
        say(f"the place is {f'what {FILE_VARIABLE} names' if named else 'the one by default'}")
    return path


def _confirmed() -> bool:
    try:
        return click.confirm("Old pseudonyms will match no more. Make a new key?", err=True)
    except click.Abort as error:
        # click says the same of Ctrl-C and of an input that has ended.
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        say("nobody answered; --yes does not ask")
        return False


def _shown(path: Path) -> str:
    """Give a path with the home as `~`: who the user is is nobody's business."""
    with suppress(RuntimeError, ValueError):
        return printable(str(Path("~") / path.relative_to(Path.home())))
    return printable(str(path))


def _permissions(path: Path) -> str:
    return stat.filemode(path.stat().st_mode) if os.name == "posix" else "those of its folder"


def _lines(*pairs: tuple[str, str]) -> None:
    width = max(len(name) for name, _ in pairs) + 2
    for name, value in pairs:
        click.echo(f"{name.ljust(width)}{value}")
