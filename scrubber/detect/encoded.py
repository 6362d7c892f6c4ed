r"""
What a scanner looks for to tell which lines have something to decode.

The views of a line are made in Python, which costs more than all its rules. So the screen looks for
escapes and base64 with the same scan as for rules.

Promise: a line that is `decodable` has a match of one of these, over its folded bytes.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.decoding.base64_text import HINTS, SHORTEST_RUN
from scrubber.encodings import ESCAPES

_HEX: Final = "[0A-Fa-f]"
_LETTERS: Final = "".join(f"\\x{ord(one):02x}" for one in ESCAPES)


def _folded(expression: str) -> str:
    """Fold the classes of an expression: with one digit they have the zero that stands for it."""
    plain = expression.replace("\\w", "0-9A-Z_a-z").replace("}?", "}")
    return re.sub(r"\[[^\]]*[0-9][^\]]*\]", lambda found: f"[0{found[0][1:]}", plain)


def _in_run(hint: str, groups: int) -> tuple[str, ...]:
    """Say that a hint stands in a run that is long enough: half of the rest is on one side."""
    further = -(-(SHORTEST_RUN - 4 * groups) // 2)
    run = f"[0A-Za-z+/_-]{{{further}}}"
    return (f"{run}{hint}", f"{hint}{run}") if further > 0 else (hint,)


EXPRESSIONS: Final = (
    f"%{_HEX}{{2}}",
    # Bytes, octal digits and code points begin with letters; what is behind is looked at then.
    rf"\\[{_LETTERS}xuU]",
    r"&(?:[A-Za-z][0A-Za-z]{1,31}|\x23[0Xx][0A-Fa-f]{0,7});",
    # Commands to a terminal.
    r"\x1b",
    r"\xc2\x9b",
    # What nobody sees: soft hyphen, zero-width and direction marks.
    r"\xc2\xad",
    r"\xe2\x80[\x8b-\x8f\xaa-\xae]",
    r"\xe2\x81[\xa0-\xa4\xa6-\xa9]",
    r"\xef\xbb\xbf",
    *(one for hint, groups in HINTS.items() for one in _in_run(_folded(hint), groups)),
)
