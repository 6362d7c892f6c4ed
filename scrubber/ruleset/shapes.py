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

from scrubber.ruleset.charset import DIGIT, CharSet
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
)

_ZERO: Final = CharSet.of("0")
_NEVER: Final = Look(Seq(()), ahead=True, negative=True)

TO_SHAPE: Final = str.maketrans("123456789", "0" * 9)
"""Gives the shape of a line: `line.translate(TO_SHAPE)`."""


def shape_pattern(node: Node) -> Node:
    """Give the pattern of the shapes of what a pattern matches.

    Args:
        node: a parsed pattern.

    Returns:
        A pattern that takes nothing for good: what is possessive or atomic may take more here than
        it does of the line, so it gives back.
    """
    return _shaped(node, wider=True)


def _shaped(node: Node, *, wider: bool) -> Node:  # noqa: PLR0911 - one return for each kind
    """Widen a node, or narrow one that must not match."""
    match node:
        case Chars(charset):
            folded = _folded(charset, wider=wider)
            return Chars(folded) if folded.ranges else _NEVER
        case Seq(items):
            return sequence(_shaped(one, wider=wider) for one in items)
        case Alt(branches):
            return alternation(_shaped(one, wider=wider) for one in branches)
        case Repeat(body, low, high, taking):
            kept: Taking = "lazy" if taking == "lazy" else "greedy"
            return Repeat(_shaped(body, wider=wider), low, high, kept)
        case Group(body=body) | Atomic(body=body):
            return _shaped(body, wider=wider)
        case Look(body, ahead, negative):
            if negative:
                # What must not stand there is told from the shape as it is, or not at all: what it
                # takes for good could not be given back here.
                return node if _tells_no_digits_apart(body) else Seq(())
            return Look(_shaped(body, wider=wider), ahead=ahead, negative=False)
        case _:
            return node


def _tells_no_digits_apart(node: Node) -> bool:
    """Tell whether a node matches in a shape just what it matches in the line."""
    match node:
        case Chars(charset):
            digits = charset.intersection(DIGIT)
            return not digits.ranges or digits == DIGIT
        case Seq(items):
            return all(map(_tells_no_digits_apart, items))
        case Alt(branches):
            return all(map(_tells_no_digits_apart, branches))
        case Repeat(body=body) | Group(body=body) | Atomic(body=body) | Look(body=body):
            return _tells_no_digits_apart(body)
        case _:
            return True


def _folded(charset: CharSet, *, wider: bool) -> CharSet:
    """Fold a set: its zero stands for any of its digits, or, narrowed, for all ten."""
    digits = charset.intersection(DIGIT)
    if not digits.ranges:
        return charset
    plain = charset.difference(DIGIT)
    return plain.union(_ZERO) if wider or digits == DIGIT else plain
