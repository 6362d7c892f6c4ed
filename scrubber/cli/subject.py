"""
`scrubber subject`: one person in a folder of logs, found, erased, or exported for them.

Every text file of the folder is looked at, whatever its name, since a request is about all that is
held. Nothing is kept between runs: an erasure that was stopped is begun again, and passes over what
is done because there is nothing left in it.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scrubber.cli.messages import many, say
from scrubber.cli.subject_input import identifiers_from, refuse_more
from scrubber.cli.subject_told import FileTold, SubjectTold
from scrubber.errors import ConfigError, InputError
from scrubber.files.atomic import replacing, rewriting
from scrubber.files.compressed import compression_of, writing
from scrubber.files.log_texts import BINARY, is_text, read_text
from scrubber.files.open_elsewhere import open_elsewhere
from scrubber.files.reasons import reason_of
from scrubber.files.stored_events import told_by_fields
from scrubber.redact.operators import Operators
from scrubber.redact.pseudonyms import OnDemand
from scrubber.retention.concerning import concerning
from scrubber.retention.done import NAME
from scrubber.retention.folder import refuse_roots, walk
from scrubber.retention.person import Person
from scrubber.retention.windows import windows
from scrubber.wiring import choose_policy, load_ruleset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from scrubber.pipeline import Scrubber

# What is not known is refused by `refuse_more`, whose message does not repeat it.
_LENIENT: Final = {"ignore_unknown_options": True, "allow_extra_args": True}
_READ_IT: Final = (
    "read it before it is sent: what a program knows of other people's data has limits"
)


class _Actions(click.Group):
    """A group that does not repeat what it does not know."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for."""
        if args[0] not in self.commands:
            raise click.UsageError(f"the first word is one of: {', '.join(sorted(self.commands))}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Actions, context_settings=_LENIENT)
def subject() -> None:
    """Find, erase or export what logs hold of one person.

    The person's e-mail addresses, user names, IP addresses, names and phone numbers are read from a
    file, one a line; never from the command line.
    """


def _identifiers_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--identifiers",
        metavar="FILE",
        help="The person's identifiers, one a line; - for stdin. Without, they are asked for.",
    )(command)


def _json_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--json", "as_json", is_flag=True, help="One JSON document instead of lines."
    )(command)


@subject.command(context_settings=_LENIENT)
@click.argument("folder", metavar="DIR")
@_identifiers_option
@click.option("--lines", is_flag=True, help="Say file, line and column of each place, too.")
@_json_option
@click.pass_context
def find(
    ctx: click.Context, *, folder: str, identifiers: str | None, lines: bool, as_json: bool
) -> None:
    """Count where one person stands in the files of DIR, without showing any text.

    Ends with 0 where nothing is found, 1 where something is, 2 when a file could not be looked at.
    """
    place = _begun(ctx, folder)
    person = Person(identifiers_from(identifiers, place))
    told = SubjectTold(place, "find")
    _over(place, person, told, lambda one: _look(person, one, keep=lines))
    click.echo(told.as_json() if as_json else told.as_table())
    _end(told, found=1)


@subject.command(context_settings=_LENIENT)
@click.argument("folder", metavar="DIR")
@_identifiers_option
@click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing.")
@click.option(
    "--policy", metavar="NAME", help="Replace as this policy does; else [subject] stands there."
)
@_json_option
@click.pass_context
def erase(  # noqa: PLR0913  # one for each option
    ctx: click.Context,
    *,
    folder: str,
    identifiers: str | None,
    dry_run: bool,
    policy: str | None,
    as_json: bool,
) -> None:
    """Remove one person's identifiers from the files of DIR, in place; all other text stays.

    A file is replaced whole or not at all, and keeps its mode, owner and time. A run that was
    stopped is begun again. Names of files are left as they are, and told of.

    Ends with 0; with 2 when a file could not be done.
    """
    place = _begun(ctx, folder)
    person = Person(identifiers_from(identifiers, place), operators=_operators(policy))
    told = SubjectTold(place, "would" if dry_run else "erase")
    work = _look if dry_run else _erase
    _over(place, person, told, lambda one: work(person, one), clean_up=not dry_run)
    click.echo(told.as_json() if as_json else told.as_table())
    _end(told)


@subject.command(context_settings=_LENIENT)
@click.argument("folder", metavar="DIR")
@_identifiers_option
@click.option(
    "-o", "--output", metavar="OUT", required=True, help="The file to write, for its owner only."
)
@click.option(
    "--policy", metavar="NAME", default="strict", show_default=True, help="What others' data is."
)
@_json_option
@click.pass_context
def export(  # noqa: PLR0913  # one for each option
    ctx: click.Context,
    *,
    folder: str,
    identifiers: str | None,
    output: str,
    policy: str,
    as_json: bool,
) -> None:
    """Write the lines of DIR that concern one person to OUT, without what they say of others.

    Names of people in sentences are looked for, too. Each line has the number of its file in the
    list this prints, and of the line; names of files are not in OUT.

    Ends with 0; with 2 when a file could not be read or a line could not be scrubbed.
    """
    place = _begun(ctx, folder)
    target = Path(output)
    if place in Path(os.path.realpath(target)).parents:
        raise ConfigError("OUT lies in the folder; write it elsewhere")
    if os.path.lexists(target):
        raise ConfigError("OUT exists; give a new file")
    person = Person(identifiers_from(identifiers, place))
    told = SubjectTold(place, "export")
    scrubber = _scrubber(policy)
    try:
        with _private(), replacing(target) as out:
            _over(place, person, told, lambda one: _export(person, scrubber, one, told, out))
    except OSError as error:
        raise InputError(f"OUT cannot be written: {reason_of(error)}") from None
    click.echo(told.as_json() if as_json else told.as_table())
    say(_READ_IT)
    _end(told)


def _begun(ctx: click.Context, folder: str) -> Path:
    refuse_more(ctx.args)
    return refuse_roots(Path(folder))


def _end(told: SubjectTold, *, found: int = 0) -> None:
    if told.failed or told.markers:
        sys.exit(2)
    if found and told.files:
        sys.exit(found)


def _operators(policy: str | None) -> Operators | None:
    if policy is None:
        return None
    chosen = choose_policy(load_ruleset(examples=False), policy)
    return Operators(chosen, OnDemand(None))


def _scrubber(policy: str) -> Scrubber:
    from scrubber.pipeline import Scrubber

    return Scrubber(policy, ner="on")


def _over(
    folder: Path,
    person: Person,
    told: SubjectTold,
    work: Callable[[FileTold], None],
    *,
    clean_up: bool = False,
) -> None:
    """Do something with every text file of a folder; one that fails does not stop the others."""
    for entry in walk(folder, own=NAME):
        path = entry.path
        if entry.leftover:
            if clean_up:
                _remove(path)
            continue
        if entry.unread:
            told.failed.append((path, entry.reason))
            continue
        if entry.reason:
            told.left_out.append((path, entry.reason))
            continue
        one = FileTold(path)
        try:
            one.in_name = bool(person.places(path.relative_to(folder).as_posix()))
            if is_text(path):
                work(one)
                one.read = True
            else:
                told.left_out.append((path, BINARY))
        except InputError as error:
            told.failed.append((path, str(error)))
        told.add(one)


def _look(person: Person, one: FileTold, *, keep: bool = False) -> None:
    """Find a person in a file."""
    with _opened(one.path) as raw:
        text = read_text(raw, compression_of(one.path))
        stream = person.stream(on_place=lambda place: one.note(place, keep=keep))
        for piece in text.pieces:
            stream.feed(piece)
        stream.finish()
    if stream.report.failures:
        raise InputError("could not be searched")


def _erase(person: Person, one: FileTold) -> None:
    """Erase a person from a file in its place; one without them is not touched."""
    found = FileTold(one.path)
    kind = compression_of(one.path)
    with rewriting(one.path) as rewrite:
        with writing(rewrite.target, kind) as packed:
            text = read_text(rewrite.source, kind)
            stream = person.stream(on_place=lambda place: found.note(place, keep=False))
            packed.write(text.text_format.mark)
            for piece in text.pieces:
                packed.write(text.text_format.encode(stream.feed(piece)))
            packed.write(text.text_format.encode(stream.finish()) + text.tail)
        if stream.report.failures:
            raise InputError("could not be searched; nothing was written")
        rewrite.keep = not found.counts
    one.counts = found.counts


def _export(
    person: Person, scrubber: Scrubber, one: FileTold, told: SubjectTold, out: BinaryIO
) -> None:
    """Write the lines of a file that concern a person."""
    number = len(told.files) + 1
    marked = 0
    fields = partial(told_by_fields, scrubber)
    with _opened(one.path) as raw:
        text = read_text(raw, compression_of(one.path))
        for window in windows(text.pieces):
            for line in concerning(window, person, scrubber, fields=fields):
                if line.failed:
                    # Of a line that is too long there are several windows.
                    if line.number == marked:
                        continue
                    marked = line.number
                    told.markers += 1
                one.lines += 1
                one.counts.update(line.kinds)
                # What is no character is no text that a person could read.
                out.write(f"{number}:{line.number}: {line.text}\n".encode("utf-8", "replace"))


def _opened(path: Path) -> BinaryIO:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        return open(os.open(path, flags), "rb", buffering=0)  # noqa: PTH123  # O_NOFOLLOW
    except OSError as error:
        raise InputError(f"cannot be read: {reason_of(error)}") from None


@contextmanager
def _private() -> Iterator[None]:
    """Have new files made for their owner only."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _remove(path: Path) -> None:
    """Remove what a killed run left beside a file, unless somebody is at work on it."""
    try:
        with _opened(path) as raw:
            busy = open_elsewhere(raw.fileno())
        if not busy:
            path.unlink()
    except (OSError, InputError):
        say(f"{many(1, 'file')} left by a run that was stopped could not be removed")
