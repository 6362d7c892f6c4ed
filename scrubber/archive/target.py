"""
The folder that a run writes to.

Promise: one run at a time writes to a folder, whatever its manifest is, where the system can tell
runs apart; for it would remove what another one has not yet given its name.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from scrubber.archive import places
from scrubber.archive.walk import LEFT, walk
from scrubber.errors import ConfigError, InputError
from scrubber.files.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.archive.tasks import Job

BUSY: Final = "another run writes to that target; wait until it has ended"


@contextmanager
def target_at(target: str) -> Iterator[None]:
    """Make the folder of a run, and take it for this process.

    Args:
        target: the folder, or its URL, which is neither made nor taken.

    Raises:
        ConfigError: it cannot be made, or another run has it.
    """
    if places.is_url(target):
        yield
        return
    try:
        os.makedirs(target, exist_ok=True)  # noqa: PTH103  # a str, as it was given
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "no such name is possible"
        raise ConfigError(f"the target cannot be made: {reason}") from None
    descriptor = _taken(target)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def clear(target: str, job: Job) -> None:
    """Remove what a run that was stopped left in a target: files that have no name yet.

    Args:
        target: the folder, or its URL.
        job: for what `fsspec` is given besides a URL.
    """
    with suppress(InputError):
        for item in walk([target], job.options):
            if item.reason == LEFT:
                with suppress(InputError):
                    places.remove(item.place, job.options)


def _taken(folder: str) -> int | None:
    """Take a folder until what this gives is closed; None where no folder can be taken.

    Raises:
        ConfigError: another run has it.
    """
    if sys.platform == "win32":  # which opens no folder
        return None
    import fcntl

    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
    except OSError:  # a file system without locks
        return descriptor
    else:
        return descriptor
    raise ConfigError(BUSY)
