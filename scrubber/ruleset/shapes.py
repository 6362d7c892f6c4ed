r"""
What a pattern says of a line whose digits are not known.

A screen remembers lines by their *shape*: every digit a `0`. A scanner tells which rules such a
line may concern, roughly. This tells it nearly exactly, once for a shape: the pattern itself, with
what it says of single digits taken back.

    (?<![0-9])[1-5][0-9]{2}(?![0-9])   ->   (?<![0-9])[0]0{2}(?![0-9])

Promise: where a pattern matches in a line, its shape pattern matches in the shape of that line.
"""

from __future__ import annotations

from typing import Final

from scrubber.ruleset.charset import DIGIT, NEWLINE, CharSet
from scrubber.ruleset.measure import consumed_set
from scrubber.ruleset.nodes import (
    Alt,
    Atomic,
    Chars,
    Group,
    Look,
    Node,
    Repeat,
    Seq,
    Taking,
    alternation,
    sequence,
    walk,
)

_ZERO: Final = CharSet.of("0")

TO_SHAPE: Final = str.maketrans("123456789", "0" * 9)
"""Gives the shape of a line: `line.translate(TO_SHAPE)`."""


def shape_pattern(node: Node) -> Node:  # noqa: PLR0911 - one return for each kind of node
    """Give the pattern of the shapes of what a pattern matches.

    Args:
        node: a parsed pattern.

    Returns:
        A pattern that takes nothing for good: what is possessive or atomic may take more here than
        it does of the line, so it gives back.
    """
    match node:
        case Chars(charset):
            digits = charset.intersection(DIGIT)
            return Chars(charset.difference(DIGIT).union(_ZERO)) if digits.ranges else node
        case Seq(items):
            return sequence(map(shape_pattern, items))
        case Alt(branches):
            return alternation(map(shape_pattern, branches))
        case Repeat(body, low, high, taking):
            kept: Taking = "lazy" if taking == "lazy" else "greedy"
            return Repeat(shape_pattern(body), low, high, kept)
        case Group(body=body) | Atomic(body=body):
            return shape_pattern(body)
        case Look() if _looks_back(node):
            return Seq(())
        case Look(body, negative=True):
            # What must not stand there is told from the shape as it is, or not at all: what it
            # takes for good could not be given back here.
            return node if tells_no_digits_apart(body) else Seq(())
        case Look(body, ahead, negative):
            return Look(shape_pattern(body), ahead=ahead, negative=negative)
        case _:
            return node


def _looks_back(node: Node) -> bool:
    """Tell whether a node sees over the newline before a line, which a shape does not show."""
    return any(
        isinstance(one, Look) and not one.ahead and consumed_set(one.body).intersects(NEWLINE)
        for one in walk(node)
    )


def tells_no_digits_apart(node: Node) -> bool:
    """Tell whether a node matches in a shape just what it matches in the line."""
    return all(
        not one.charset.intersects(DIGIT) or one.charset.contains(DIGIT)
        for one in walk(node)
        if isinstance(one, Chars)
    )
