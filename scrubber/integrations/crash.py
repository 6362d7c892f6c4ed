"""
Something to be done when the program crashes, behind the hooks that tell of it.

An exception that nobody catches ends the main thread, and other threads may keep the process alive
for long, or it is about to be killed. So what waits to be written is written at once.

Promise: the hooks that were there before are called first, whatever happens here, and come back
when this is over, unless somebody has put another one on top.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def after_crash(act: Callable[[], object]) -> Callable[[], None]:
    """Have something done after an exception that nobody caught was told of.

    Args:
        act: what is done; what it raises is swallowed.

    Returns:
        A function that undoes this.
    """
    undo = [_chain(sys, act), _chain(threading, act)]

    def undone() -> None:
        for one in undo:
            one()

    return undone


def _chain(module: Any, act: Callable[[], object]) -> Callable[[], None]:  # noqa: ANN401
    before = module.excepthook
    active = True

    def hook(*args: object) -> None:
        try:
            before(*args)
        finally:
            if active:
                with suppress(Exception):
                    act()

    def undo() -> None:
        nonlocal active
        active = False  # it may be held by a hook that was put on top
        if module.excepthook is hook:
            module.excepthook = before

    module.excepthook = hook
    return undo
