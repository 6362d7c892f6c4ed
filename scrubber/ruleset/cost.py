r"""How many steps one attempt at a match can take, whatever the text.

A step is one character, word boundary or line edge tested. The matcher meant is a backtracking one,
as `regex` is; a look-behind is matched from right to left. For nodes one after the other

    T(e1 ... en) = work(e1) + ways(e1) * T(e2 ... en)

where `work` is what it takes to try all ways in which e1 can match from one place, and `ways` how
often what follows is begun. Most repeats would have as many ways as they have lengths, and two such
repeats the product. They seldom do: when `\d{1,9}` gives back a digit, the `\.` after it fails at
once. So what follows is known by two things, its `first` characters and its `quick` cost: unless
one of `first` comes next, it fails within `quick` steps. A way counts only where that is not so; the
others add `quick` to the work.

- A repeat is followed by itself and by what comes after. If the body can end in one way only where
  one of the two can begin, and the two cannot begin alike, the repeat has one way. Otherwise its
  ways add up over the iterations, and multiply where the body can also go on in several ways.
- Branches run over the same text. They are followed character by character, all that fit the same
  character together, so that a hundred keywords have one way unless one begins like another.
- What is atomic or possessive has one way, and all of its work.

Promise: no attempt takes more steps than `attempt_steps` says (`CAP` stands for "too many").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.charset import ANYTHING, CharSet
from scrubber.ruleset.measure import first_set, min_width, mirrored
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
    sequence,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

CAP: Final = 1 << 40
"""The count at which counting stops."""


@dataclass(frozen=True, slots=True)
class Follow:
    """What comes next: it takes at most `quick` steps unless one of `first` comes next."""

    first: CharSet
    quick: int


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a node before some follow.

    Attributes:
        work: steps to try all its ways, and to fail in the follow where that is quick.
        ways: how often the follow is begun where it is not quick.
        entry: the node with its follow, seen from before.
    """

    work: int
    ways: int
    entry: Follow


# Accepting takes no step, and any character may come next.
END: Final = Follow(ANYTHING, 0)


def attempt_steps(node: Node) -> int:
    """Return an upper bound of the steps of one attempt at a match, at most CAP."""
    return cost(node, END).work


def cost(node: Node, follow: Follow) -> Cost:
    """Return what a node costs before what follows it."""
    match node:
        case Chars(charset):
            return Cost(1, 1, Follow(charset, 1))
        case Seq(items):
            return _sequence(items, follow)
        case Alt(branches):
            return _alternation(branches, follow)
        case Repeat():
            return _repeat(node, follow)
        case Group(body=body):
            return cost(body, follow)
        case Atomic(body):
            return _atomic(node, cost(body, END).work, follow)
        case Look():
            return _look(node, follow)
        case Boundary() | LineEdge():
            return Cost(1, 1, Follow(follow.first, follow.quick + 1))


def _sequence(items: Sequence[Node], follow: Follow) -> Cost:
    work, ways = 0, 1
    for item in reversed(items):
        one = cost(item, follow)
        work = min(CAP, one.work + one.ways * work)
        ways = min(CAP, one.ways * ways)
        follow = one.entry
    return Cost(work, ways, follow)


def _atomic(node: Node, work: int, follow: Follow) -> Cost:
    if min_width(node):
        return Cost(work, 1, cost_entry(node))
    return Cost(work, 1, Follow(first_set(node).union(follow.first), work + follow.quick))


def _look(node: Look, follow: Follow) -> Cost:
    body = node.body if node.ahead else mirrored(node.body)
    work = cost(body, END).work
    first = follow.first
    if node.ahead and node.negative and isinstance(body, Chars):
        first = first.difference(body.charset)
    elif node.ahead and not node.negative and min_width(body):
        first = first.intersection(first_set(body))
    return Cost(work, 1, Follow(first, work + follow.quick))
