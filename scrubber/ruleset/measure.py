"""How long a match can be, how far it can look, and which characters it can begin with.

Widths are in code points. Promise: no match is shorter than the least width, longer than the
greatest, or depends on text further away than the two look-around widths.
"""

from __future__ import annotations

from typing import Final

from scrubber.ruleset.charset import NOTHING, CharSet
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
    alternation,
    inner,
    sequence,
)

# A number and not None: it compares and adds up like any width, and is above every limit.
UNBOUNDED: Final = 1 << 62
"""The greatest width of what has no bound, which only `parse(..., unbounded=True)` lets through."""


def min_width(node: Node) -> int:
    """Return the least number of characters a match of the node has."""
    match node:
        case Chars():
            return 1
        case Seq(items):
            return sum(min_width(item) for item in items)
        case Alt(branches):
            return min(min_width(branch) for branch in branches)
        case Repeat(body=body, low=low):
            return low * min_width(body)
        case Group(body=body) | Atomic(body=body):
            return min_width(body)
        case _:
            return 0


def max_width(node: Node) -> int:
    """Return the greatest number of characters a match of the node has, at most UNBOUNDED."""
    match node:
        case Chars():
            return 1
        case Seq(items):
            return min(UNBOUNDED, sum(max_width(item) for item in items))
        case Alt(branches):
            return max(max_width(branch) for branch in branches)
        case Repeat(body=body, high=high):
            width = max_width(body)
            return min(UNBOUNDED, width * (UNBOUNDED if high is None else high))
        case Group(body=body) | Atomic(body=body):
            return max_width(body)
        case _:
            return 0


def lookbehind_width(node: Node) -> int:
    """Return how many characters before a match its outcome can depend on."""
    return _look_width(node, ahead=False)


def lookahead_width(node: Node) -> int:
    """Return how many characters after a match its outcome can depend on."""
    return _look_width(node, ahead=True)


def _look_width(node: Node, *, ahead: bool) -> int:
    match node:
        case Chars():
            return 0
        case Boundary():
            return 1
        case LineEdge(start):
            return int(start != ahead)
        case Look(body=body) if node.ahead == ahead:
            return min(UNBOUNDED, max_width(body) + _look_width(body, ahead=ahead))
        case _:
            return max((_look_width(one, ahead=ahead) for one in inner(node)), default=0)


def first_set(node: Node) -> CharSet:
    """Return the characters a match of the node can begin with, whatever its look-arounds say."""
    match node:
        case Chars(charset):
            return charset
        case Seq(items):
            firsts: list[CharSet] = []
            for item in items:
                firsts.append(first_set(item))
                if min_width(item):
                    break
            return NOTHING.union(*firsts)
        case Look():
            return NOTHING
        case _:
            return NOTHING.union(*(first_set(one) for one in inner(node)))


def consumed_set(node: Node) -> CharSet:
    """Return the characters a match of the node can have."""
    match node:
        case Chars(charset):
            return charset
        case Look():
            return NOTHING
        case _:
            return NOTHING.union(*(consumed_set(one) for one in inner(node)))


def mirrored(node: Node) -> Node:  # noqa: PLR0911 - one return for each kind of node
    """Return the pattern of the same texts written backwards; a look-behind is matched so."""
    match node:
        case Seq(items):
            return sequence(mirrored(item) for item in reversed(items))
        case Alt(branches):
            return alternation(mirrored(branch) for branch in branches)
        case Repeat(body, low, high, taking):
            return Repeat(mirrored(body), low, high, taking)
        case Group(body, name):
            return Group(mirrored(body), name)
        case Atomic(body):
            return Atomic(mirrored(body))
        case Look(body, ahead, negative):
            return Look(mirrored(body), ahead=not ahead, negative=negative)
        case LineEdge(start):
            return LineEdge(start=not start)
        case _:
            return node


def last_set(node: Node) -> CharSet:
    """Return the characters a match of the node can end with, whatever its look-arounds say."""
    return first_set(mirrored(node))
