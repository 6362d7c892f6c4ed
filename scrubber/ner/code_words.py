"""
Words of code that look like names, told by where they stand.

`optimizer=Adam`, `'Mark' object has no attribute 'Jordan'`: nobody is meant, and whoever debugs
needs the word. Around them is what no sentence about people has.

Promise: it looks at the same line only, a few characters to either side.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern

_REACH: Final = 48
_BEFORE: Final = lazy_pattern(
    r"""
    (?: (?<![A-Za-z])
        (?: activation | algorithm | arch | architecture | backbone | criterion | dist
          | distribution | estimator | init | initializer | kernel | loss | metric | norm
          | optim | optimi[sz]er | prior | sampler | sched | scheduler | solver )
        ["']? [\x20\t]{0,2} [=:] [\x20\t]{0,2} ["']?
      | (?: has [ ] no [ ] attribute | cannot [ ] import [ ] name | type [ ] object ) [ ] ["']
      | ::
    )\Z
    """,
    re.VERBOSE,
)
_BEHIND: Final = lazy_pattern(
    r"""["'] (?:object|instance) (?:has|is|does|can)|["']? has no attribute """
    r"""|(?:\.\w{1,40})?\(\)|::"""
)


def of_code(line: str, start: int, end: int) -> bool:
    """Tell whether one word stands where only code does.

    Args:
        line: the line.
        start: where the word begins, in code points.
        end: where it ends.

    >>> of_code("optimizer=Adam", 10, 14), of_code("customer=Adam", 9, 13)
    (True, False)
    """
    if " " in line[start:end]:
        return False
    if _BEFORE.search(line, max(0, start - _REACH), start) is not None:
        return True
    return _BEHIND.match(line, end) is not None
