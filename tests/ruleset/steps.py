"""A matcher that tries as `regex` tries, and counts what it tests.

`regex` does not say how much it did, and a clock says what else the machine did. The steps of this
one are the same each time.

Promise: each character or edge that is tested is one step, whether it holds or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from scrubber.ruleset.syntax import (
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
    mirrored,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.ruleset.charset import CharSet

# One instruction: its kind, what it tests, and where to go on if it is a choice.
Step: TypeAlias = tuple[str, "Node | list[Step] | None", int, int]


class OutOfStepsError(Exception):
    """The matcher took more steps than it may."""


def compiled(node: Node) -> list[Step]:  # noqa: PLR0911 - one return for each kind of node
    """Return a backtracking program; repeats are written out, jumps are relative."""
    match node:
        case Seq(items):
            return [step for item in items for step in compiled(item)]
        case Alt(branches):
            *others, last = [compiled(branch) for branch in branches]
            program = last
            for branch in reversed(others):
                skip: Step = ("jump", None, len(program) + 1, 0)
                program = [("choose", None, 1, len(branch) + 2), *branch, skip, *program]
            return program
        case Repeat(body, low, int(high), taking):
            once = compiled(body)
            optional: list[Step] = []
            for _ in range(high - low):
                beyond = len(once) + len(optional) + 1
                first, second = (beyond, 1) if taking == "lazy" else (1, beyond)
                optional = [("choose", None, first, second), *once, *optional]
            program = once * low + optional
            return [("atomic", program, 0, 0)] if taking == "possessive" else program
        case Group(body=body):
            return compiled(body)
        case Atomic(body):
            return [("atomic", compiled(body), 0, 0)]
        case Look(body):
            inside = compiled(body if node.ahead else mirrored(body))
            name = f"{'ahead' if node.ahead else 'behind'}{' not' if node.negative else ''}"
            return [(name, inside, 0, 0)]
        case _:
            return [("test", node, 0, 0)]


class Matcher:
    """Counts the characters and edges tested."""

    def __init__(self, text: str, most: int) -> None:
        self.texts = (text, text[::-1])
        self.left = most

    def end(self, program: Sequence[Step], start: int, *, backwards: bool = False) -> int | None:
        """Return where the first way to match ends."""
        text = self.texts[backwards]
        tries = [(0, start)]
        while tries:
            at, place = tries.pop()
            going = True
            while going and at < len(program):
                kind, what, first, second = program[at]
                if kind == "choose":
                    tries.append((at + second, place))
                    at += first
                    continue
                if kind == "jump":
                    at += first
                    continue
                there: int | None = place
                if isinstance(what, list):
                    behind = kind.startswith("behind")
                    begin = len(text) - place if behind else place
                    there = self.end(what, begin, backwards=backwards != behind)
                    if kind != "atomic":
                        there = place if (there is None) == kind.endswith("not") else None
                elif what is not None:
                    there = self.tested(what, text, place)
                going = there is not None
                at += 1
                place = place if there is None else there
            if going:
                return place
        return None

    def tested(self, node: Node, text: str, place: int) -> int | None:
        """Return the place after a test that holds."""
        self.left -= 1
        if self.left < 0:
            raise OutOfStepsError
        before, after = text[place - 1 : place] if place else "", text[place : place + 1]
        if isinstance(node, Chars):
            return place + 1 if after and has(node.charset, after) else None
        if isinstance(node, LineEdge):
            beside = before if node.start else after
            return place if beside in ("", "\n") else None
        assert isinstance(node, Boundary)
        words = [one.isalnum() or one == "_" for one in (before, after)]
        return place if (words[0] != words[1]) != node.negative else None


def has(charset: CharSet, character: str) -> bool:
    """Tell whether a set has a character."""
    return any(low <= ord(character) <= high for low, high in charset.ranges)


def steps_from(node: Node, text: str, *, most: int) -> list[int]:
    """Return the steps of an attempt from each place of a text."""
    program = compiled(node)
    counts = []
    for start in range(len(text) + 1):
        matcher = Matcher(text, most)
        matcher.end(program, start)
        counts.append(most - matcher.left)
    return counts
