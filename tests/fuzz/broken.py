"""What a target of the fuzzer says when a promise does not hold.

Promise: the words are those of a target; nothing of the data is in them, nor in what they replace.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class BrokenError(AssertionError):
    """A promise does not hold."""


def holds(promise: str, fact: object) -> None:
    """Fail where a promise does not hold.

    Args:
        promise: what must be, in words.
        fact: whether it is.

    Raises:
        BrokenError: it is not.
    """
    if not fact:
        raise BrokenError(promise)


def failure_of(check: Callable[[bytes], None], data: bytes) -> str:
    """Run a target and say how it failed, without the message of an error: it may quote the data.

    Args:
        check: the target.
        data: what it is given.

    Returns:
        The promise that does not hold, or the kind of an error and where it came from; "" when all
        is as it should be.
    """
    try:
        check(data)
    except BrokenError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001  # whatever it is, it was found
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = last.filename.replace("\\", "/").rpartition("/")[2]
        return f"{type(error).__name__} in {last.name} of {place}"
    return ""
