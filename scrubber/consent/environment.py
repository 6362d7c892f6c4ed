"""
The variables of the environment by which people say no for a process and its children.

    DO_NOT_TRACK=1     no, for every program that heeds it
    CI=true            a machine: nobody was asked, and what it does is no use
    MYLIB_SYNC=0       no, for the application `mylib`

They are read when something is about to be sent, so that a running process follows them.

Promise: a variable only ever says no. `MYLIB_SYNC=1` does not undo what somebody chose.
"""

from __future__ import annotations

import os
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.switches import NO

DO_NOT_TRACK: Final = "DO_NOT_TRACK"
CI: Final = "CI"

_YES: Final = ("1", "true", "yes", "on")
_OTHERS: Final = lazy_pattern(r"[^A-Z0-9]")


def variable_of(app: str) -> str:
    """Give the name of an application's own variable.

    Args:
        app: the name of the application.

    >>> variable_of("my-lib")
    'MY_LIB_SYNC'
    """
    return f"{_OTHERS.sub('_', app.upper())}_SYNC"


def refusal(app: str) -> str:
    """Tell which variable says no to an application.

    Args:
        app: the name of the application.

    Returns:
        The name of the variable; "" where none does.
    """
    for name in (DO_NOT_TRACK, CI):
        if name in os.environ and os.environ[name].strip().lower() not in NO:
            return name
    return own_refusal(app)


def own_refusal(app: str) -> str:
    """Tell whether an application's own variable says no.

    Args:
        app: the name of the application.

    Returns:
        The name of the variable; "" where it does not. Whatever is no clear yes is a no: who writes
        `MYLIB_SYNC=never` means it.
    """
    name = variable_of(app)
    said = os.environ.get(name)
    return "" if said is None or said.strip().lower() in _YES else name
