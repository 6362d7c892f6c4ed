"""
Where the files of a job are done: on this machine, or on a cluster.

Promise: all engines do the same with a file, `work.do`, so their results are the same. The module
of an engine is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from scrubber.archive.tasks import Engine

ENGINES: Final = ("local", "ray", "spark")


def engine(name: str, jobs: int, **settings: object) -> Engine:
    """Give an engine.

    Args:
        name: one of `ENGINES`.
        jobs: how many processes; 0 for one a core.
        settings: what the engine takes besides; see `make` of its module.

    Raises:
        ConfigError: there is no such engine.
        ModuleNotFoundError: what it needs is not installed.

    >>> engine("local", 1)
    Local(jobs=1)
    """
    if name not in ENGINES:
        raise ConfigError(f"there is no engine of that name; choose one of {', '.join(ENGINES)}")
    module = import_module(f"scrubber.archive.engines.{name}")
    return cast("Engine", module.make(jobs, **settings))
