"""
What comes out when a column cannot be scrubbed: our own words, and never a cell.

Libraries of columns put cells into the text of their errors (`Could not convert 'jane' with type
str`), and an error goes into logs and crash reports.

Promise: work that fails ends in an error of ours that has no other one behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from scrubber.errors import ScrubberError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

FAILED_INSIDE: Final = "the column could not be scrubbed, so nothing of it is given"
NO_TEXT: Final = (
    "this column can hold no text, so nothing in it would be scrubbed; convert it first"
)


class RefusedError(TypeError):
    """A column of a kind that cannot be scrubbed; its message holds no cell."""


def closed(work: Callable[[], T]) -> T:
    """Do work whose errors may hold cells.

    Args:
        work: what is done.

    Returns:
        What it gives.

    Raises:
        RefusedError: the work met a kind of column or of cell that cannot be scrubbed.
        ScrubberError: anything else failed.
    """
    refused = ""
    try:
        return work()
    except RefusedError as error:
        refused = str(error)
    except Exception:  # noqa: BLE001, S110  # promise 1; what it says may be a cell
        pass
    # Not in the handlers, where the error of the library would be the context of this one.
    if refused:
        raise RefusedError(refused)
    raise ScrubberError(FAILED_INSIDE)
