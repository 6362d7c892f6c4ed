"""Paths of every system in one message each: Windows, macOS, shares, clusters, notebooks."""
# [plants] home_windows home_macos unc cluster colab home_linux home_short
# [stays] cannot merge checkpoints

from __future__ import annotations

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start

KINDS = ("home_windows", "home_macos", "unc", "cluster", "colab", "home_linux", "home_short")


def merge(paths: list[str]) -> None:
    """Merge checkpoints."""
    errors = [FileNotFoundError(2, "No such file or directory", path) for path in paths]
    raise ExceptionGroup(f"cannot merge checkpoints: {', '.join(paths)}", errors)


start()
merge([of(kind) for kind in KINDS])
