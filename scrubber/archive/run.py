"""
A run over folders: what is found is planned, done by an engine, and written down.

Promise: a file that fails does not stop the others, and leaves nothing in the target, not even what
an earlier run made of it; a run that was stopped goes on where it was, and ends as if it had not
been. A dry run writes nothing.
"""

from __future__ import annotations

import os
import time
from contextlib import nullcontext
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from scrubber.archive import places
from scrubber.archive.entries import Entry
from scrubber.archive.manifest import manifest_at
from scrubber.archive.names import Names
from scrubber.archive.one_file import as_redacted
from scrubber.archive.overlap import real_path, refuse_overlap
from scrubber.archive.parts import parts_at, parts_of
from scrubber.archive.summary import Summary
from scrubber.archive.target import clear, target_at
from scrubber.archive.tasks import Outcome, Task
from scrubber.archive.walk import refuse_missing, walk
from scrubber.archive.whole import whole
from scrubber.errors import InputError
from scrubber.files.reasons import reason_of
from scrubber.redact.key import key_path, load_key
from scrubber.retention.made_with import made_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber.archive.manifest import Manifest
    from scrubber.archive.tasks import Engine, Job
    from scrubber.archive.walk import Item

LINKED: Final = "a folder on its way in the target is a link"
_MADE: Final = frozenset({"done", "copied"})


class Watch(Protocol):
    """Who is told how far a run has got."""

    def begin(self, files: int, size: int) -> None:
        """Take note of how many files there are to do, and of their bytes."""

    def read(self, size: int) -> None:
        """Take note of bytes of a long file that is under way."""

    def done(self, outcome: Outcome, size: int, name: str) -> None:
        """Take note of a file.

        Args:
            outcome: what became of it.
            size: its bytes, as it was found, but those that were told of while it was read.
            name: its name, scrubbed.
        """

    def end(self) -> None:
        """Take note that all is done, or that it was stopped."""


class Heard:
    """Tells who watches of bytes, and of each of them once, though a file may be begun twice."""

    def __init__(self, watch: Watch) -> None:
        """Take who watches."""
        self._watch = watch
        self._read: dict[int, int] = {}

    def read(self, index: int, size: int) -> None:
        """Take note of bytes of a file that is under way."""
        self._read[index] = self._read.get(index, 0) + size
        self._watch.read(size)

    def done(self, index: int, outcome: Outcome, size: int, name: str) -> None:
        """Take note of a file."""
        self._watch.done(outcome, size - self._read.pop(index, 0), name)


class Unwatched:
    """Nobody is told."""

    def begin(self, files: int, size: int) -> None:
        """Say nothing."""

    def read(self, size: int) -> None:
        """Say nothing."""

    def done(self, outcome: Outcome, size: int, name: str) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


def run(  # noqa: PLR0913  # each is a choice of its own
    sources: Sequence[str],
    target: str,
    job: Job,
    *,
    engine: Engine,
    manifest: Path | None = None,
    dry_run: bool = False,
    watch: Watch | None = None,
) -> Summary:
    """Redact folders into another one.

    Args:
        sources: folders, files and URLs.
        target: the folder, or its URL; made where it is not there. A dry run needs none.
        job: what to do.
        engine: where.
        manifest: where it is written down; None for `manifest_of(target)`.
        dry_run: write nothing, and tell what would be found.
        watch: is told how far it has got.

    Returns:
        What it came to.

    Raises:
        ConfigError: a source is not there, or lies in the target or the other way round; another
            run has the target or the manifest, or that cannot be used. Nothing was written.
    """
    begin = time.monotonic()
    path = None if dry_run else (manifest or manifest_of(target))
    refuse_overlap(sources, target, path)
    refuse_missing(sources, job.options)
    job = replace(job, check=dry_run, parts="")
    if dry_run and job.scrubber.policy.needs_key:
        job = replace(job, scrubber=job.scrubber.for_looking())
    if path is not None:
        parts = parts_of(target, Path(os.path.abspath(path)), far=engine.far)  # noqa: PTH100  # keeps links
        job = replace(job, parts=parts)
        refuse_overlap(sources, target, Path(parts))
    word = word_of(job, dry_run=dry_run)
    summary = Summary(
        mode="dry-run" if dry_run else "redact", rules=word, version=package_version()
    )
    place = places.local(target)
    with (
        nullcontext() if dry_run else target_at(place),
        manifest_at(path, word) as book,
        parts_at(job),
    ):
        _Run(job, book, place, watch or Unwatched(), summary).over(sources, engine)
    summary.seconds = time.monotonic() - begin
    return summary


def manifest_of(target: str) -> Path:
    """Give where the manifest of a target lies by default: beside it; in this folder for a URL."""
    place = places.local(target)
    if not places.is_url(place):
        path = Path(real_path(place))
        return path.parent / f"{path.name or 'target'}.manifest.jsonl"
    name = places.shown(place).rstrip("/").rpartition("/")[2]
    return Path(f"{name or 'target'}.manifest.jsonl")


def word_of(job: Job, *, dry_run: bool = False) -> str:
    """Give the word for all that decides what is made of a file: rules, policy, key and version."""
    if job.scrubber.policy.needs_key and not dry_run:
        # Made now: a run that is killed and one that goes on have the same.
        load_key(key_path())
    return f"{made_with(job.scrubber)}-{job.unknown}-{package_version()}"


class _Run:
    """One run."""

    def __init__(
        self, job: Job, book: Manifest, target: str, watch: Watch, summary: Summary
    ) -> None:
        """Begin.

        Args:
            job: what to do.
            book: what was done before, and what is done now.
            target: the folder; "" in a dry run without one.
            watch: is told how far it has got.
            summary: what it comes to.
        """
        self.job, self.book, self.target = job, book, target
        self.watch, self.summary = watch, summary
        self._files: list[tuple[Item, str]] = []
        self._links: dict[str, bool] = {}
        self._heard = Heard(watch)

    def over(self, sources: Sequence[str], engine: Engine) -> None:
        """Do all files of the sources, and write the manifest anew."""
        if not self.job.check:
            clear(self.target, self.job)
        failed = True
        try:
            due, settled = self._plan(sources)
            size = sum(self._files[index][0].size for index in due)
            self.watch.begin(len(due) + len(settled), size)
            for outcome in settled:
                self._settle(outcome.index, outcome)
            for outcome in whole(self._tasks(due), self.job, engine, self._heard.read):
                self._settle(outcome.index, outcome)
            self._keep_others()
            self.book.finish()
            failed = bool(self.summary.failed)
        finally:
            self.watch.end()
            if failed and not self.job.check:
                clear(self.target, self.job)

    def _plan(self, sources: Sequence[str]) -> tuple[list[int], list[Outcome]]:
        """Find all files; give those to do, and what became of those that are not done at all."""
        names = Names(self.job.scrubber)
        due: list[int] = []
        settled: list[Outcome] = []
        for item in walk(sources, self.job.options):
            name = names.of(item.name, under=item.under)
            if item.folder:
                reason = self._make_folder(name)
                if not reason:
                    continue
                item = replace(item, folder=False, state="failed", reason=reason)  # noqa: PLW2901
            index = len(self._files)
            self._files.append((item, name))
            if item.state:
                settled.append(Outcome(index, item.state, reason=item.reason))
            elif self._leads_out(name):
                settled.append(Outcome(index, "failed", reason=LINKED))
            elif not self._kept(index, item, name):
                due.append(index)
        return due, settled

    def _tasks(self, due: Sequence[int]) -> Iterator[Task]:
        for index in due:
            item, name = self._files[index]
            place = places.joined(self.target, name)
            yield Task(index, item.place, place, item.size, item.mtime_ns)

    def _kept(self, index: int, item: Item, name: str) -> bool:
        """Tell whether an earlier run did a file, and what it made of it is there."""
        entry = self.book.known(self.book.id_of(item.name))
        if (
            entry is None
            or not item.mtime_ns
            or (entry.size, entry.mtime_ns) != (item.size, item.mtime_ns)
            or (entry.input, entry.output) != (name, name)
            or entry.outcome.state not in _MADE
        ):
            return False
        if not self._is_there(entry):
            return False
        self.book.keep(index, entry)
        self.summary.add(name, item.size, entry.outcome, before=True)
        return True

    def _is_there(self, entry: Entry) -> bool:
        """Tell whether what was made of a file lies where it was put."""
        try:
            there = places.size_and_time(places.joined(self.target, entry.output), self.job.options)
        except InputError:
            return False
        return there[0] == entry.outcome.written

    def _keep_others(self) -> None:
        """Keep what is known of files that are gone: what was made of them is in the target."""
        names = {name for _, name in self._files}
        index = len(self._files)
        for entry in self.book.all_known():
            if entry.output and entry.output not in names and self._is_there(entry):
                self.book.keep(index, entry)
                index += 1

    def _settle(self, index: int, outcome: Outcome) -> None:
        """Take note of what became of a file, once it is in its place."""
        item, name = self._files[index]
        if self.job.check:
            outcome = as_redacted(outcome)
        else:
            made = name if outcome.state in _MADE else ""
            if not made and name in self.book.outputs:
                outcome = self._without(name, outcome)
            key = self.book.id_of(item.name)
            self.book.note(index, Entry(name, key, item.size, item.mtime_ns, made, outcome))
        self.summary.add(name, item.size, outcome)
        self._heard.done(index, outcome, item.size, name)

    def _without(self, name: str, outcome: Outcome) -> Outcome:
        """Remove what an earlier run made of a file, perhaps with other rules."""
        if self._leads_out(name):
            return outcome
        try:
            places.remove(places.joined(self.target, name), self.job.options)
        except InputError:
            reason = f"{outcome.reason}; what was made of it before could not be removed"
            return replace(outcome, state="failed", reason=reason)
        return outcome

    def _make_folder(self, name: str) -> str:
        """Make a folder of the target; give why it could not be made, or ""."""
        if self.job.check or places.is_url(self.target):
            return ""
        path = places.joined(self.target, name)
        if self._leads_out(f"{name}/"):
            return LINKED
        try:
            os.makedirs(path, exist_ok=True)  # noqa: PTH103  # a str, as it was given
        except (OSError, ValueError) as error:
            why = reason_of(error) if isinstance(error, OSError) else "no such name is possible"
            return f"the folder cannot be made: {why}"
        return ""

    def _leads_out(self, name: str) -> bool:
        """Tell whether a folder of the target that a file would lie in is a link."""
        if self.job.check or places.is_url(self.target):
            return False
        folder = name.rpartition("/")[0]
        if not folder:
            return False
        if folder not in self._links:
            here = os.path.islink(places.joined(self.target, folder))  # noqa: PTH114  # a str
            self._links[folder] = here or self._leads_out(folder)
        return self._links[folder]


def package_version() -> str:
    """Give the version of this package, or "" where it is not installed."""
    try:
        return version("crashscrub")
    except PackageNotFoundError:
        return ""
