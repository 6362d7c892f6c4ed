"""
A folder that was redacted, looked through once more.

Every file in it is looked at, whoever put it there, and every name. Promise: nothing is written;
what holds a finding, would be changed, or was left by a run that was stopped has failed.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scrubber.archive import places
from scrubber.archive.names import Names
from scrubber.archive.run import Heard, Unwatched, package_version, word_of
from scrubber.archive.summary import Summary
from scrubber.archive.tasks import Outcome, Task
from scrubber.archive.walk import LEFT, refuse_missing, walk
from scrubber.archive.whole import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.archive.run import Watch
    from scrubber.archive.tasks import Engine, Job
    from scrubber.archive.walk import Item

NAME: Final = "its name still holds a finding"


def check(
    sources: Sequence[str], job: Job, *, engine: Engine, watch: Watch | None = None
) -> Summary:
    """Look whether anything is still to be found.

    Args:
        sources: folders, files and URLs.
        job: what to look with.
        engine: where.
        watch: is told how far it has got.

    Returns:
        What was found; every file that holds something has failed.

    Raises:
        ConfigError: a source is not there.
    """
    begin = time.monotonic()
    refuse_missing(sources, job.options)
    watch = watch or Unwatched()
    scrubber = job.scrubber.for_looking() if job.scrubber.policy.needs_key else job.scrubber
    job = replace(job, scrubber=scrubber, check=True, unknown="list")
    summary = Summary(mode="verify", rules=word_of(job, dry_run=True), version=package_version())
    names, heard = Names(job.scrubber), Heard(watch)
    files = [
        (_judged(item, names), names.of(item.name, under=item.under))
        for item in walk([places.local(source) for source in sources], job.options)
    ]

    def settle(outcome: Outcome) -> None:
        item, name = files[outcome.index]
        summary.add(name, item.size, outcome)
        heard.done(outcome.index, outcome, item.size, name)

    due = [index for index, (item, _) in enumerate(files) if not (item.state or item.folder)]
    watch.begin(len(due), sum(files[index][0].size for index in due))
    try:
        for index, (item, _) in enumerate(files):
            if item.state:
                settle(Outcome(index, item.state, reason=item.reason))
        tasks = (_task(index, files[index][0]) for index in due)
        for outcome in whole(tasks, job, engine, heard.read):
            settle(outcome)
    finally:
        watch.end()
    summary.seconds = time.monotonic() - begin
    return summary


def _task(index: int, item: Item) -> Task:
    return Task(index, item.place, "", item.size, item.mtime_ns)


def _judged(item: Item, names: Names) -> Item:
    """Give an item, as failed where its name says who, or it is no file of a whole run."""
    if names.holds(item.name, under=item.under):
        return replace(item, folder=False, state="failed", reason=NAME)
    if item.reason == LEFT:
        return replace(item, state="failed")
    return item
