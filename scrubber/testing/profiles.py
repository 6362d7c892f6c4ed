"""
How many examples Hypothesis tries: few at every save, many by night.

Promise: no check of Hypothesis is switched off; nothing is registered before it is asked for.
"""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLES: Final[Mapping[str, int]] = MappingProxyType(
    {"fast": 25, "balanced": 200, "expensive": 5000}
)
"""Examples of each test, by profile."""


def load_profile(name: str) -> None:
    """Make every test of Hypothesis that runs from now on try so many examples.

    `fast` tries 25, `balanced` 200 and `expensive` 5000. None has a deadline, since the first text
    compiles patterns and the rest takes the time of the machine. Where `CI` is set, examples are
    the same in every run; elsewhere they are drawn anew. A test's own settings go over it.

    Args:
        name: `fast`, `balanced` or `expensive`.

    Raises:
        ValueError: there is no such profile.
        ModuleNotFoundError: Hypothesis is not here.
    """
    if name not in EXAMPLES:
        raise ValueError(f"no such profile; known: {', '.join(EXAMPLES)}")
    try:
        from hypothesis import settings
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "scrubber.testing.profiles needs hypothesis: pip install 'crashscrub[testing]'"
        ) from None
    registered = f"crashscrub-{name}"
    steady = bool(os.environ.get("CI"))
    settings.register_profile(
        registered,
        max_examples=EXAMPLES[name],
        deadline=None,
        derandomize=steady,
        # What reproduces an example in a log reproduces what was planted in it.
        print_blob=False,
    )
    settings.load_profile(registered)
