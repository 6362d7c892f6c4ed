"""
What is said aloud when nothing is collected though nobody refused: once in a process.

Promise: names of applications and words of our own; no path, no value. Nothing here raises.
"""

from __future__ import annotations

from contextlib import suppress

_said: set[tuple[str, str]] = set()


def warn_once(app: str, problem: str, advice: str) -> None:
    """Log a warning, unless this process has logged the same.

    Args:
        app: the application whose settings have the problem.
        problem: what it is, as a clause.
        advice: what to do about it, as a clause.
    """
    with suppress(Exception):
        if (app, problem) in _said:
            return
        _said.add((app, problem))  # before: logging may come back here
        import logging  # takes some milliseconds, which most programs have paid

        logging.getLogger("scrubber").warning(
            "crashscrub sends nothing for %s: %s; %s", app, problem, advice
        )
