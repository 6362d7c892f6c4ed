r"""How many steps one attempt at a match can take, whatever the text.

A step is one character, word boundary or line edge tested. The matcher meant is a backtracking one,
as `regex` is; a look-behind is matched from right to left. For nodes one after the other

    T(e1 ... en) = work(e1) + ways(e1) * T(e2 ... en)

where `work` is what it takes to try all ways in which e1 can match from one place, and `ways` how
often what follows is begun. Most repeats would have as many ways as they have lengths, and two such
repeats the product. They seldom do: when `\d{1,9}` gives back a digit, the `\.` after it fails at
once. So what follows is known by two things, its `first` characters and its `quick` cost: unless
one of `first` comes next, it fails within `quick` steps. A way counts only where that is not so;
the others add `quick` to the work.

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
    Chars,
    Group,
    Look,
    Node,
    Repeat,
    Seq,
    spine,
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


# What stands for a bound that is not there.
_MANY: Final = 1 << 16

# Accepting takes no step, and any character may come next.
END: Final = Follow(ANYTHING, 0)


def attempt_steps(node: Node) -> int:
    """Return an upper bound of the steps of one attempt at a match, at most CAP."""
    return cost(node, END).work


def cost(node: Node, follow: Follow) -> Cost:  # noqa: PLR0911 - one return for each kind of node
    """Return what a node costs before what follows it."""
    match node:
        case Chars(charset):
            return Cost(1, 1, Follow(charset, 1))
        case Seq(items):
            return _sequence(items, follow)
        case Alt(branches):
            return _together([spine(branch) for branch in branches], follow)
        case Repeat():
            return _repeat(node, follow)
        case Group(body=body):
            return cost(body, follow)
        case Atomic(body):
            return _atomic(body, follow)
        case Look():
            return _look(node, follow)
        case _:
            return Cost(1, 1, Follow(follow.first, follow.quick + 1))


def _sequence(items: Sequence[Node], follow: Follow) -> Cost:
    work, ways = 0, 1
    for item in reversed(items):
        one = cost(item, follow)
        work = min(CAP, one.work + one.ways * work)
        ways = min(CAP, one.ways * ways)
        follow = one.entry
    return Cost(work, ways, follow)


def _atomic(body: Node, follow: Follow) -> Cost:
    one = cost(body, END)
    if min_width(body):
        return Cost(one.work, 1, one.entry)
    first = first_set(body).union(follow.first)
    return Cost(one.work, 1, Follow(first, one.work + follow.quick))


def _repeat(node: Repeat, follow: Follow) -> Cost:
    high = _MANY if node.high is None else node.high
    last = cost(node.body, follow)
    head = last.entry
    either = Follow(head.first.union(follow.first), head.quick + follow.quick)
    entry = head if node.low else either
    again = last if high == 1 else cost(node.body, head)
    if node.taking == "possessive":
        # Once it has enough it is never made to try again, so from there each body is tried once.
        tries = _powers(again.ways, node.low) + high - node.low
        return Cost(min(CAP, tries * again.work), 1, entry)
    joint = last if high == 1 else cost(node.body, either)
    if joint.ways == 1:
        work = high * joint.work
        if head.first.intersects(follow.first):
            return Cost(work, high - node.low + 1, entry)
        return Cost(work + (high - node.low) * follow.quick, 1, entry)
    work = _powers(again.ways, high) * (again.work + last.work)
    ways = last.ways * _powers(again.ways, high) + (not node.low)
    return Cost(min(CAP, work), min(CAP, ways), entry)


def _powers(base: int, count: int) -> int:
    """Return 1 + base + base**2 + ..., `count` terms, at most CAP."""
    if base == 1:
        return count
    total, term = 0, 1
    for _ in range(count):
        total += term
        term *= base
        if total >= CAP:
            return CAP
    return total


def _look(node: Look, follow: Follow) -> Cost:
    body = node.body if node.ahead else mirrored(node.body)
    work = cost(body, END).work
    first = follow.first
    if node.ahead and node.negative and isinstance(body, Chars):
        first = first.difference(body.charset)
    elif node.ahead and not node.negative and min_width(body):
        first = first.intersection(first_set(body))
    return Cost(work, 1, Follow(first, work + follow.quick))


@dataclass(frozen=True, slots=True)
class _Branch:
    """A branch where some character comes next: what it costs where that is one of its first."""

    entry: Follow
    work: int
    ways: int
    rest: tuple[Node, ...] | None


def _branch(items: tuple[Node, ...], follow: Follow) -> _Branch:
    if not items:
        return _Branch(follow, 0, 1, None)
    if isinstance(items[0], Chars):
        return _Branch(Follow(items[0].charset, 1), 0, 0, items[1:])
    whole = _sequence(items, follow)
    return _Branch(whole.entry, whole.work, whole.ways, None)


def _together(texts: Sequence[tuple[Node, ...]], follow: Follow) -> Cost:
    """Return the cost of trying all branches on the same text."""
    if len(texts) == 1:
        return _sequence(texts[0], follow)
    branches = [_branch(items, follow) for items in texts]
    quick = sum(branch.entry.quick for branch in branches)
    work, ways = 0, 0
    for alike in _alike(branches):
        rests = [branch.rest for branch in alike if branch.rest is not None]
        rest = _together(rests, follow) if rests else Cost(0, 0, END)
        work = max(work, rest.work + sum(branch.work for branch in alike))
        ways = max(ways, rest.ways + sum(branch.ways for branch in alike))
    first = CharSet().union(*(branch.entry.first for branch in branches))
    return Cost(min(CAP, quick + work), min(CAP, ways), Follow(first, quick))


def _alike(branches: Sequence[_Branch]) -> list[list[_Branch]]:
    """Return the branches in groups; a character begins branches of one group only."""
    groups: list[tuple[CharSet, list[_Branch]]] = []
    for branch in branches:
        first, members = branch.entry.first, [branch]
        apart: list[tuple[CharSet, list[_Branch]]] = []
        for group in groups:
            if group[0].isdisjoint(branch.entry.first):
                apart.append(group)
            else:
                first, members = first.union(group[0]), [*group[1], *members]
        groups = [*apart, (first, members)]
    return [members for _, members in groups]
