"""
The variables of the environment that switch the package off, or a part of it.

They are read when something is about to happen, not at import, so that a running process follows
them.

Promise: "", "0", "false", "no" and "off" mean no, in any case and with blanks around them; whatever
else it is means yes: who sets `SCRUBBER_DISABLE` to a word of their own wants nothing to be sent.
"""

from __future__ import annotations

import os
from typing import Final

DISABLE: Final = "SCRUBBER_DISABLE"
NO_IDENTITY: Final = "SCRUBBER_NO_IDENTITY"

NO: Final = ("", "0", "false", "no", "off")
"""What means no, in lower case."""


def disabled() -> bool:
    """Tell whether hooks drop what they are given instead of scrubbing it."""
    return _set(DISABLE)


def identity_disabled() -> bool:
    """Tell whether the names of this machine are not asked for."""
    return _set(NO_IDENTITY)


def _set(name: str) -> bool:
    # `in` first: it takes a third of the time of `get`, and a filter of logs asks for every line.
    return name in os.environ and os.environ.get(name, "").strip().lower() not in NO
