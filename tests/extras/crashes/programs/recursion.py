"""A search that never ends: a thousand frames, each with the same locals."""
# [plants] home_linux email
# [stays] maximum recursion depth exceeded

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


def walk(folder: str, owner: str, depth: int) -> int:
    """Go down."""
    return walk(folder, owner, depth + 1) + 1


start()
walk(of("home_linux").rpartition("/")[0], of("email"), 0)
