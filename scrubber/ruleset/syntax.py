"""The dialect of patterns, in one import: its nodes, how they are read, printed and measured.

Promise: only re-exports; what each does is said where it is written.
"""

from __future__ import annotations

from scrubber.ruleset.measure import (
    UNBOUNDED,
    consumed_set,
    first_set,
    last_set,
    lookahead_width,
    lookbehind_width,
    max_width,
    min_width,
    mirrored,
)
from scrubber.ruleset.nodes import (
    Alt,
    Atomic,
    Boundary,
    Chars,
    Group,
    LineEdge,
    Look,
    Node,
    Repeat,
    Seq,
    Taking,
    alternation,
    has_value_group,
    inner,
    sequence,
    walk,
)
from scrubber.ruleset.parse import DialectError, parse
from scrubber.ruleset.render import render

__all__ = [
    "UNBOUNDED",
    "Alt",
    "Atomic",
    "Boundary",
    "Chars",
    "DialectError",
    "Group",
    "LineEdge",
    "Look",
    "Node",
    "Repeat",
    "Seq",
    "Taking",
    "alternation",
    "consumed_set",
    "first_set",
    "has_value_group",
    "inner",
    "last_set",
    "lookahead_width",
    "lookbehind_width",
    "max_width",
    "min_width",
    "mirrored",
    "parse",
    "render",
    "sequence",
    "walk",
]
