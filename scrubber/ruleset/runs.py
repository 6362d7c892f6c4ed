"""
How long an unbroken run of letters and digits a rule cannot match without.

Keys without a fixed piece, forty hexadecimal digits behind a word, have no literal to look for. But
they are long, and most lines hold no run of letters, digits, `_` and `-` that long: this too proves
that a rule has no match.

Promise: whatever a pattern matches holds a run of at least that many such characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.charset import WORD, CharSet
from scrubber.ruleset.nodes import Alt, Atomic, Chars, Group, Node, Repeat, Seq

if TYPE_CHECKING:
    from collections.abc import Iterable

TOKEN: Final = WORD.union(CharSet.of("-"))


@dataclass(frozen=True, slots=True)
class _Run:
    """The runs every match of a node has, in characters.

    Attributes:
        whole: all of it is one run.
        start: the run it begins with.
        end: the run it ends with.
        best: the longest.
    """

    whole: bool
    start: int
    end: int
    best: int


_NOTHING: Final = _Run(whole=True, start=0, end=0, best=0)
_BREAK: Final = _Run(whole=False, start=0, end=0, best=0)
_ONE: Final = _Run(whole=True, start=1, end=1, best=1)


def least_run(node: Node) -> int:
    """Give the length of a run of letters, digits, `_` and `-` that every match has.

    Args:
        node: a parsed pattern.

    Returns:
        The length in characters; 0 when nothing is known.
    """
    return _run(node).best


def _run(node: Node) -> _Run:  # noqa: PLR0911 - one return for each kind of node
    match node:
        case Chars(charset):
            return _ONE if TOKEN.contains(charset) else _BREAK
        case Seq(items):
            return _joined(_run(item) for item in items)
        case Alt(branches):
            runs = [_run(branch) for branch in branches]
            return _Run(
                all(one.whole for one in runs),
                min(one.start for one in runs),
                min(one.end for one in runs),
                min(one.best for one in runs),
            )
        case Repeat(body=body, low=low):
            inside = _run(body)
            if inside.whole:
                length = low * inside.best
                return _Run(whole=True, start=length, end=length, best=length)
            return inside if low else _BREAK
        case Group(body=body) | Atomic(body=body):
            return _run(body)
        case _:
            return _NOTHING


def _joined(runs: Iterable[_Run]) -> _Run:
    left = _NOTHING
    for right in runs:
        middle = left.end + right.start
        left = _Run(
            left.whole and right.whole,
            middle if left.whole else left.start,
            middle if right.whole else right.end,
            max(left.best, right.best, middle),
        )
    return left
