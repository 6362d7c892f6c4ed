"""How many processes share the work: the value of `--jobs`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from typing import Any


class _Jobs(click.ParamType):  # type: ignore[type-arg]  # generic in a newer click only
    name = "number"

    def convert(
        self,
        value: Any,  # noqa: ANN401  # as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """Read a number; `auto` and 0 are one a core."""
        text = str(value)
        if text in ("auto", "0"):
            return cores()
        if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
            self.fail("give a number of processes, or auto for one a core", param, ctx)
        return int(text)


_MOST_DIGITS: Final = 3
JOBS: Final = _Jobs()


def cores() -> int:
    """Give how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
