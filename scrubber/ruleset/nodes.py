"""What a parsed pattern consists of.

Nine kinds of node and no more: what has no node here is not in the dialect. Each is judged,
measured and printed by kind, so a construct that nobody thought of cannot pass as text. Literals,
classes and `.` are one kind, since all of them are "one character of this set".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrubber.ruleset.charset import CharSet

Taking: TypeAlias = Literal["greedy", "lazy", "possessive"]


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set."""

    charset: CharSet


@dataclass(frozen=True, slots=True)
class Seq:
    """One node after the other; without any, nothing."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alt:
    """The first branch that fits."""

    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node `low` to `high` times; `high` None is without bound."""

    body: Node
    low: int
    high: int | None
    taking: Taking = "greedy"


@dataclass(frozen=True, slots=True)
class Group:
    """A node whose span has a name."""

    body: Node
    name: str


@dataclass(frozen=True, slots=True)
class Atomic:
    """A node that is not tried again once it fits."""

    body: Node


@dataclass(frozen=True, slots=True)
class Look:
    """What must, or when `negative` must not, stand ahead or behind."""

    body: Node
    ahead: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Boundary:
    r"""Where a word begins or ends (`\b`); when `negative`, anywhere else (`\B`)."""

    negative: bool


@dataclass(frozen=True, slots=True)
class LineEdge:
    """Where a line starts (`^`) or ends (`$`)."""

    start: bool


Node: TypeAlias = Chars | Seq | Alt | Repeat | Group | Atomic | Look | Boundary | LineEdge


def sequence(items: Iterable[Node]) -> Node:
    """Return the nodes one after the other, without a sequence in a sequence or around one node."""
    flat: list[Node] = []
    for item in items:
        flat.extend(item.items if isinstance(item, Seq) else (item,))
    return flat[0] if len(flat) == 1 else Seq(tuple(flat))


def alternation(branches: Iterable[Node]) -> Node:
    """Return the choice between nodes, without a choice as a branch or of one branch."""
    flat: list[Node] = []
    for branch in branches:
        flat.extend(branch.branches if isinstance(branch, Alt) else (branch,))
    return flat[0] if len(flat) == 1 else Alt(tuple(flat))


def inner(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly inside a node, in reading order."""
    match node:
        case Seq(items):
            return items
        case Alt(branches):
            return branches
        case Repeat(body=body) | Group(body=body) | Atomic(body=body) | Look(body=body):
            return (body,)
        case _:
            return ()


def spine(node: Node) -> tuple[Node, ...]:
    """Return what a node has one after the other, names of spans left aside."""
    match node:
        case Seq(items):
            return tuple(one for item in items for one in spine(item))
        case Group(body=body):
            return spine(body)
        case _:
            return (node,)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all nodes inside it, in reading order."""
    yield node
    for child in inner(node):
        yield from walk(child)


def has_value_group(node: Node) -> bool:
    """Tell whether a pattern names its span with `(?P<value>...)`."""
    return any(isinstance(one, Group) and one.name == "value" for one in walk(node))
