"""`scrubber redact` on folders: a tree in, the same tree without personal data out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scrubber.archive.check import check
from scrubber.archive.engines import engine
from scrubber.archive.limits import Limits
from scrubber.archive.places import is_url, storage_options
from scrubber.archive.run import manifest_of, run
from scrubber.archive.tasks import Job
from scrubber.cli.folder_progress import folder_progress
from scrubber.cli.messages import many, say
from scrubber.cli.options import another_scrubber
from scrubber.errors import ConfigError, InputError
from scrubber.files.atomic import replacing
from scrubber.files.reasons import reason_of
from scrubber.identity.model import Identity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.archive.summary import Summary
    from scrubber.archive.tasks import Engine
    from scrubber.cli.folder_options import FolderOptions
    from scrubber.pipeline import Scrubber

_MOST: Final = {"failed": 10, "units": 10, "share": 3, "listed": 10}
"""Warnings of one kind that are told one by one; the manifest has all files, the page the rest."""
_WRONG: Final = frozenset({"failed", "units"})
_MORE: Final = {
    "failed": "that failed",
    "units": "with units that could not be scrubbed",
    "share": "rules that hit unusually often; --report shows them",
    "listed": "that were not copied",
}
_NO_TARGET: Final = "folders are written to a folder: give it with -o, or use --dry-run"


def redact_folders(  # noqa: PLR0913  # what the command was given
    files: Sequence[str],
    output: str | None,
    folders: FolderOptions,
    *,
    scrubber: Scrubber,
    jobs: int,
    quiet: bool,
) -> bool:
    """Redact folders as a command.

    Args:
        files: folders, files and URLs.
        output: where to write, if that was said.
        folders: the options.
        scrubber: what the command would redact documents with.
        jobs: how many processes; 0 for one a core.
        quiet: say only what went wrong.

    Returns:
        Whether something went wrong.

    Raises:
        click.UsageError: the options do not go together.
        ScrubberError: nothing could be done.
    """
    _refuse(files, output, folders)
    _refuse_missing(files)
    job = Job(
        _scrubber(scrubber, folders),
        Limits(ratio=folders.max_ratio, unpacked=folders.max_unpacked),
        folders.unknown,
        options=storage_options(folders.storage_option),
    )
    where = _engine(folders.engine or "local", jobs)
    summaries = []
    if output is not None or not folders.verify:
        summaries.append(_run(files, output or "", folders, job, where, quiet=quiet))
    if folders.verify:
        looked = files if output is None else [output]
        watch = folder_progress(quiet=quiet)
        summaries.append(_told(check(looked, job, engine=where, watch=watch), quiet=quiet))
    for summary in summaries:
        summary.engine = folders.engine or "local"
    if folders.report:
        _write_report(summaries, folders.report)
    return any(summary.wrong for summary in summaries)


def _run(  # noqa: PLR0913  # what the command was given
    files: Sequence[str],
    output: str,
    folders: FolderOptions,
    job: Job,
    where: Engine,
    *,
    quiet: bool,
) -> Summary:
    """Redact, and tell what it came to."""
    manifest = None
    if not folders.dry_run:
        manifest = Path(folders.manifest) if folders.manifest else manifest_of(output)
    watch = folder_progress(quiet=quiet)
    summary = run(
        files,
        output,
        job,
        engine=where,
        manifest=manifest,
        dry_run=folders.dry_run,
        watch=watch,
    )
    _told(summary, quiet=quiet)
    if manifest is not None and not quiet:
        say(f"what became of each file is noted in {click.format_filename(manifest)}")
    return summary


def _refuse(files: Sequence[str], output: str | None, folders: FolderOptions) -> None:
    """Refuse options that do not go together."""
    if not files or "-" in files:
        raise click.UsageError("folders are read by their names; stdin is none")
    if output is None and not (folders.dry_run or folders.verify):
        raise click.UsageError(_NO_TARGET)
    if folders.dry_run and folders.verify:
        raise click.UsageError("--dry-run and --verify exclude each other")
    if output is None and folders.manifest:
        raise click.UsageError("--manifest needs -o: it notes what was written")
    if is_url(folders.report):
        raise click.UsageError("--report takes a file of this machine")


def _refuse_missing(files: Sequence[str]) -> None:
    """Refuse a name that is none, before anything is written; of URLs, `run` knows."""
    for name in files:
        if not is_url(name) and not os.path.lexists(name):
            raise click.UsageError(f"{click.format_filename(name)}: is not there")


def _scrubber(scrubber: Scrubber, folders: FolderOptions) -> Scrubber:
    """Give a scrubber that knows no names of this machine, or those of this one everywhere."""
    if not folders.with_identity:
        return another_scrubber(identity=Identity.none())
    return another_scrubber(identity=scrubber.identity, share_identity=True)


def _engine(name: str, jobs: int) -> Engine:
    try:
        return engine(name, jobs)
    except ModuleNotFoundError as error:
        raise ConfigError(str(error)) from None


def _told(summary: Summary, *, quiet: bool) -> Summary:
    """Say what a run came to."""
    warnings = summary.warnings()
    for kind, count in summary.warned.items():
        if quiet and kind not in _WRONG:
            continue
        most = _MOST[kind]
        for one in [one for one in warnings if one.kind == kind][:most]:
            say(str(one))
        if count > most:
            say(f"and {count - most:,} more {_MORE[kind]}")
    if quiet:
        return summary
    counts = ", ".join(f"{entity} {count:,}" for entity, count in summary.report.by_entity.items())
    found = many(summary.report.findings, "finding") if summary.report.findings else "no findings"
    say(f"{found} in {many(summary.files, 'file')}{counts and f': {counts}'}")
    states = [f"{state} {count:,}" for state, count in sorted(summary.states.items()) if count]
    if summary.before:
        states.append(f"done before {summary.before:,}")
    say(f"{summary.mode}: {', '.join(states) or 'nothing to do'}")
    return summary


def _write_report(summaries: Sequence[Summary], name: str) -> None:
    """Write the page of a run, and of the look through what it wrote."""
    from scrubber.archive.report_page import write

    try:
        with replacing(Path(name)) as target:
            page = write(summaries[0], verified=summaries[1] if len(summaries) > 1 else None)
            target.write(page.encode("utf-8", "replace"))
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "no such name is possible"
        raise InputError(f"{click.format_filename(name)}: cannot be written: {reason}") from None
