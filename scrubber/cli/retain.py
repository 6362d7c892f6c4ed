"""
`scrubber retain`: logs and reports that are too old, anonymised in place or deleted.

Promise: a file is seen as it was or as it is to be, never half; what was done is not done twice;
`--dry-run` changes no byte, and names what a run without it would touch.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scrubber.cli.messages import many, say
from scrubber.cli.options import engine_options
from scrubber.cli.redact import NER_IS_OFF
from scrubber.cli.retained import Retained
from scrubber.errors import InputError
from scrubber.files.atomic import rewriting
from scrubber.files.compressed import compression_of, writing
from scrubber.files.log_texts import BINARY, is_text
from scrubber.files.open_elsewhere import open_elsewhere
from scrubber.files.opened import Opened
from scrubber.files.passing import pass_through
from scrubber.files.reasons import reason_of
from scrubber.files.stored_events import StoredEvents, may_hold_events
from scrubber.retention.ages import read_age
from scrubber.retention.done import NAME, Done, done_in
from scrubber.retention.due import Due, Plan, plan, unchanged
from scrubber.retention.folder import refuse_roots
from scrubber.retention.made_with import made_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.pipeline import Scrubber
    from scrubber.report import Report

_LINKED: Final = "has other names (hard links), under which its text would stay"
_CHANGED: Final = "changed since it was found to be due"
_OPEN: Final = "is open in another process"


@click.command()
@click.argument("folder", metavar="DIR")
@click.option(
    "--older-than",
    metavar="AGE",
    required=True,
    help="How long ago a file was last written: 365d, 52w, 36h.",
)
@click.option(
    "--action",
    type=click.Choice(("anonymize", "delete")),
    required=True,
    help="What becomes of what is older.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a table.")
@engine_options
def retain(  # noqa: PLR0913  # one for each option
    *,
    folder: str,
    older_than: str,
    action: str,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    scrubber: Scrubber,
) -> None:
    """Anonymise or delete the logs and crash reports in DIR that are older than AGE.

    Logs and reports are told by their names (.log .txt .out .err .json .jsonl ..., rotated and
    compressed ones too); every other file is left alone and listed. The age is the time since the
    file was last written, and stays as it is when the file is anonymised. Links are not followed.

    A run that was stopped goes on where it was: what is done is noted in DIR, in
    .scrubber-retain.jsonl, without names.

    Ends with 0; with 2 when a file that is due could not be done, or a unit could not be scrubbed
    and was replaced by [scrub-failed].
    """
    age = read_age(older_than)
    place = refuse_roots(Path(folder))
    found = plan(place, older_than=age, now_ns=time.time_ns(), own=NAME)
    told = Retained.of(found, folder=place, action=action, older_than=older_than, dry_run=dry_run)
    if action == "delete":
        _delete(found, told, dry_run=dry_run, yes=yes, as_json=as_json)
    else:
        with done_in(place, made_with(scrubber), read_only=dry_run) as done:
            _Anonymizing(scrubber, done, told, dry_run=dry_run).all_of(found)
    if not dry_run:
        told.removed_leftovers = sum(_removed(path) for path in found.leftovers)
    click.echo(told.as_json() if as_json else told.as_table())
    if action == "anonymize" and not as_json and not scrubber.policy.tags_everything:
        say(NER_IS_OFF)
    if told.wrong:
        sys.exit(2)


@dataclass(frozen=True, slots=True)
class _Anonymizing:
    """Anonymises the files of a plan.

    Attributes:
        scrubber: what to scrub with.
        done: what was done before.
        told: what is told in the end.
        dry_run: write nothing.
    """

    scrubber: Scrubber
    done: Done
    told: Retained
    dry_run: bool

    def all_of(self, found: Plan) -> None:
        """Anonymise every file that is due; one that cannot be does not stop the others."""
        for due in found.due:
            if self.done.holds(due.name, due.status):
                self.told.before += 1
                continue
            try:
                self._one(due)
            except InputError as error:
                self.told.fail(due.path, str(error))

    def _one(self, due: Due) -> None:
        if not is_text(due.path):
            self.told.left_out.append((due.path, BINARY))
            return
        if due.linked:
            raise InputError(_LINKED)
        if self.dry_run:
            self.told.add(due, _look(self.scrubber, due))
            return
        report = _rewrite(self.scrubber, due)
        # The note comes last: a run that is killed before it does the file again, to no effect.
        self.done.note(due.name, due.path.lstat())
        self.told.add(due, report)


def _rewrite(scrubber: Scrubber, due: Due) -> Report:
    """Anonymise a file in its place; one in which nothing is found is not touched."""
    kind = compression_of(due.path)
    with rewriting(due.path) as rewrite:
        if not unchanged(due):
            raise InputError(_CHANGED)
        with writing(rewrite.target, kind) as packed:
            report = _passed(scrubber, due, Opened(rewrite.source, kind), packed.write)
        rewrite.keep = not report.findings and not report.failures
    return report


def _look(scrubber: Scrubber, due: Due) -> Report:
    """Count what is in a file."""
    try:
        with due.path.open("rb", buffering=0) as raw:
            if open_elsewhere(raw.fileno()):
                raise InputError(_OPEN)
            return _passed(scrubber, due, Opened(raw, compression_of(due.path)), _nowhere)
    except OSError as error:
        raise InputError(f"cannot be read: {reason_of(error)}") from None


def _passed(
    scrubber: Scrubber, due: Due, document: Opened, sink: Callable[[bytes], object]
) -> Report:
    """Scrub one document: the events in it as events, then all of it as text."""
    if not may_hold_events(due.path.name):
        return pass_through(scrubber, document, sink)
    events = StoredEvents(scrubber, document)
    report = pass_through(scrubber, Opened(events), sink)
    return report + events.report


def _nowhere(_data: bytes) -> None:
    """Write nothing."""


def _delete(found: Plan, told: Retained, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Delete the files that are due and are text and not in use."""
    listed = []
    for due in found.due:
        try:
            if not is_text(due.path):
                told.left_out.append((due.path, BINARY))
            elif _in_use(due.path):
                told.fail(due.path, _OPEN)
            else:
                listed.append(due)
        except InputError as error:
            told.fail(due.path, str(error))
    if not (dry_run or yes) and listed and not _confirmed(listed, as_json=as_json):
        say("nothing was deleted")
        raise click.exceptions.Exit(2)
    for due in listed:
        if not dry_run:
            # Looked at once more: somebody may have thought long about the answer.
            if not unchanged(due) or _in_use(due.path):
                told.fail(due.path, _CHANGED)
                continue
            try:
                due.path.unlink()
            except OSError as error:
                told.fail(due.path, f"cannot be deleted: {reason_of(error)}")
                continue
        told.add(due)


def _in_use(path: Path) -> bool:
    try:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb", buffering=0) as raw:  # noqa: PTH123  # O_NOFOLLOW
            return open_elsewhere(raw.fileno())
    except OSError:
        return False


def _removed(path: Path) -> bool:
    """Remove what a killed run left beside a file: scrubbed text, perhaps half of it."""
    if _in_use(path):
        return False
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _confirmed(listed: list[Due], *, as_json: bool) -> bool:
    if not as_json:
        for due in listed:
            say(f"to be deleted: {click.format_filename(due.path)}")
    try:
        return click.confirm(f"Delete {many(len(listed), 'file')} for good?", err=True)
    except click.Abort as error:
        # click says the same of Ctrl-C and of an input that has ended.
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        say("nobody answered; --yes does not ask, --dry-run lists")
        return False
