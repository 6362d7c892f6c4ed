"""
How old a file may get, as privacy policies say it: `365d`, `52w`, `36h`.

Months and years were left out: they are not all as long as each other, and a promise that is
checked by a program should not depend on which month it runs in.

Promise: an age is at least an hour, so that no unit mistake makes today's logs due.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.errors import ConfigError

HOUR: Final = 3600
SECONDS: Final = {"h": HOUR, "d": 24 * HOUR, "w": 7 * 24 * HOUR}
"""Seconds of each unit."""

_AGE: Final = re.compile(r"([1-9][0-9]{0,5})([hdw])")


def read_age(text: str) -> int:
    """Read an age.

    Args:
        text: a whole number and `h`, `d` or `w`: hours, days or weeks.

    Returns:
        The age in seconds.

    Raises:
        ConfigError: it is no age.

    >>> read_age("365d") // SECONDS["d"], read_age("12w") // SECONDS["d"]
    (365, 84)
    """
    match = _AGE.fullmatch(text)
    if match is None:
        raise ConfigError("an age is a whole number from 1 and h, d or w: 36h, 365d, 52w")
    return int(match[1]) * SECONDS[match[2]]
