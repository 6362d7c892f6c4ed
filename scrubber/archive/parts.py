"""
Where what is made of ranges of long files waits, until all of a file is there.

It may be raw text: whether a line at the edge of a range goes on in what a rule finds is known only
when the range before it is. The target was rejected as the place for it: people share targets, and
a run that is killed leaves what it was at.

Promise: the folder lies outside of the target and is its owner's alone; it is empty when a run
begins and gone when it ends, and what a run left that was killed is removed by the next one.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrubber.archive import places
from scrubber.errors import ConfigError, InputError
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.archive.tasks import Job

UNSHARED: Final = "the folder beside the manifest, where its ranges wait, is not there"
"""Why a range fails on a machine that does not share the disk of the manifest."""

_SUFFIX: Final = ".parts"
_OWNER_ONLY: Final = 0o700


def parts_of(target: str, manifest: Path, *, far: bool) -> str:
    """Give where the ranges of a run wait: beside its manifest, or where other machines reach it.

    Args:
        target: the folder, or its URL.
        manifest: the file.
        far: the run is done on other machines.

    Returns:
        A folder, or the URL of one beside the target; "" where a URL has no room beside it.

    >>> parts_of("s3://logs/out", Path("out.manifest.jsonl"), far=False)
    'out.manifest.jsonl.parts'
    >>> parts_of("s3://logs/out", Path("/x.jsonl"), far=True).rpartition("-")[0]
    's3://logs/out.parts'
    >>> parts_of("s3://logs", Path("out.manifest.jsonl"), far=True)
    ''
    """
    place = places.local(target)
    if not (far and places.is_url(place)):
        return f"{manifest}{_SUFFIX}"
    before, _, name = place.rstrip("/").rpartition("/")
    if not name or before.endswith((":/", ":")):
        return ""
    # Runs with other manifests may be at work beside the same target.
    own = hashlib.blake2b(os.fsencode(os.path.realpath(manifest)), digest_size=8).hexdigest()
    return f"{before}/{name}{_SUFFIX}-{own}"


@contextmanager
def parts_at(job: Job) -> Iterator[None]:
    """Make the folder of a job, empty and private, and remove it at the end.

    Args:
        job: what to do; one without such a folder needs none.

    Raises:
        ConfigError: it cannot be made, or there is one that is not this user's.
    """
    if not job.parts:
        yield
        return
    _clear(job)
    if not places.is_url(job.parts):
        try:
            Path(job.parts).mkdir(_OWNER_ONLY)
        except OSError as error:
            reason = reason_of(error)
        else:
            reason = ""
        if reason:
            raise ConfigError(f"the folder for ranges beside the manifest: {reason}")
    try:
        yield
    finally:
        with suppress(ConfigError):
            _clear(job)


def parts_there(folder: str) -> bool:
    """Tell whether the folder is there: who is on another machine must not make one of its own."""
    return places.is_url(folder) or Path(folder).is_dir()


def _clear(job: Job) -> None:
    """Remove the folder, and what a run left in it.

    Raises:
        ConfigError: there is something that no run of this user left.
    """
    if places.is_url(job.parts):
        with suppress(InputError):
            for one in places.find(f"{job.parts}/", job.options):
                with suppress(InputError):
                    places.remove(one.place, job.options)
        return
    try:
        ours = _removed(Path(job.parts))
    except OSError as error:
        reason = reason_of(error)
    else:
        reason = "" if ours else "what is there was left by no run; move it, or give --manifest"
    if reason:
        raise ConfigError(f"the folder for ranges beside the manifest: {reason}")


def _removed(folder: Path) -> bool:
    """Remove a folder that a run left; tell whether it was one, or there was none."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return True
    strange = not stat.S_ISDIR(status.st_mode)
    if hasattr(os, "getuid"):
        strange = strange or status.st_uid != os.getuid() or bool(status.st_mode & 0o077)
    left = [] if strange else [*folder.iterdir()]
    if strange or not all(one.name.startswith(places.TEMPORARY) for one in left):
        return False
    for one in left:
        one.unlink()
    folder.rmdir()
    return True
