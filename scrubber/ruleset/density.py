r"""From how many starts one character of a text can be reached by a repeat.

A repeat that runs over 5,000 characters is cheap when one start can reach them, and costs 5,000
steps a character when each start can. What comes before it in the pattern tells which:

- A *fence*: `(?<![\w.])[\w.]{1,5000}@`. While all that was matched is of the class that cannot
  stand before the start, there is one start in that run of the class.
- A *separator*: `=[^=\s]{1,5000};`. The repeat cannot match its separator, so a second start that
  reaches the same run has the same separator, and there are as many as what stands before it can
  have widths. A separator may be a text: `%2F` before a repeat of `[^%]|%(?![0-9A-F]{2})`.

Promise: `density` is never less than the number of starts, UNBOUNDED when nothing limits it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final, TypeAlias

from scrubber.ruleset.charset import NEWLINE, NOTHING, WORD, CharSet
from scrubber.ruleset.measure import UNBOUNDED, consumed_set, last_set, max_width, min_width
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
    inner,
    spine,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Text: TypeAlias = tuple[CharSet, ...]

# More and longer texts than these make a separator no better.
_MOST_TEXTS: Final = 64
_LONGEST_TEXT: Final = 16


@dataclass(frozen=True, slots=True)
class Separator:
    """What stands before a place: how it can end, from how many starts, how far before."""

    endings: tuple[Text, ...]
    starts: int
    distance: int

    def density(self, body: Node) -> int:
        """Return from how many starts a run of the body can be reached past the separator."""
        leaves = list(_leaves(body))
        if any(_stands_in(ending, leaves) for ending in self.endings):
            return UNBOUNDED
        return self.starts * (self.distance + max(map(len, self.endings)))


@dataclass(frozen=True, slots=True)
class Place:
    """What is known about a place in a pattern.

    Attributes:
        fence: the nodes without width before anything else.
        consumed: the characters that may stand between the start and here.
        spread: from how many starts the same place in a text can be reached, whatever the fence.
        separators: what must stand before here.
    """

    fence: tuple[Node, ...] = ()
    consumed: CharSet = NOTHING
    spread: int = 1
    separators: tuple[Separator, ...] = ()

    def past(self, node: Node) -> Place:
        """Return the place after a node."""
        if not max_width(node):
            at_start = not self.consumed.ranges
            return replace(self, fence=(*self.fence, node)) if at_start else self
        width = max_width(node)
        there = Place(
            self.fence,
            self.consumed.union(consumed_set(node)),
            self.starts() + width - min_width(node),
            tuple(replace(one, distance=one.distance + width) for one in self.separators),
        )
        if not min_width(node):
            return there
        starts = there.starts()
        ends = (Separator(one, starts, 0) for one in (((last_set(node),),), _endings(node)))
        return replace(there, separators=(*there.separators, *ends))

    def starts(self) -> int:
        """Return from how many starts this place in a text can be reached."""
        return min(self.spread, _fenced(Seq(self.fence), self.consumed))

    def density(self, body: Node) -> int:
        """Return from how many starts a run of the body from here can reach one character."""
        fenced = _fenced(Seq(self.fence), self.consumed.union(consumed_set(body)))
        return min(fenced, *(one.density(body) for one in self.separators), UNBOUNDED)


def _fenced(node: Node, charset: CharSet) -> int:  # noqa: PLR0911 - one for each kind of node
    """Return in how many places of one run of a set a node without width can hold."""
    match node:
        case Seq(items):
            return min((_fenced(item, charset) for item in items), default=UNBOUNDED)
        case Alt(branches):
            return min(UNBOUNDED, sum(_fenced(branch, charset) for branch in branches))
        case Atomic(body):
            return _fenced(body, charset)
        case Look(body, ahead=False, negative=True):
            excluded = body.branches if isinstance(body, Alt) else (body,)
            sets = (one.charset for one in excluded if isinstance(one, Chars))
            return 1 if CharSet().union(*sets).contains(charset) else UNBOUNDED
        case Look(body, ahead=False):
            return _behind(body, charset)
        case LineEdge(start=True):
            return 1 if charset.isdisjoint(NEWLINE) else UNBOUNDED
        case Boundary(negative=False):
            return 1 if WORD.contains(charset) else UNBOUNDED
        case _:
            return UNBOUNDED


def _behind(body: Node, charset: CharSet) -> int:
    """Return how far into a run of a set a look-behind can hold that needs what is not in it."""
    distance = 0
    for item in reversed(spine(body)):
        if min_width(item) and last_set(item).isdisjoint(charset):
            return distance + 1
        distance += max_width(item)
    return UNBOUNDED


def _endings(node: Node) -> tuple[Text, ...]:
    """Return texts one of which every match of a mandatory node ends with, none of them empty."""
    if isinstance(node, Repeat) and min_width(node.body):
        return _endings(node.body)
    texts = _texts(node)
    if texts and all(texts):
        return texts
    if isinstance(node, Alt):
        return tuple(text for branch in node.branches for text in _endings(branch))
    return ((last_set(node),),)


def _texts(node: Node) -> tuple[Text, ...]:
    """Return all texts the node matches, or none of them when they are many or depend on others."""
    match node:
        case Chars(charset):
            return ((charset,),)
        case Alt(branches):
            choices = [_texts(branch) for branch in branches]
            return _few(text for texts in choices for text in texts) if all(choices) else ()
        case Repeat(body, low, int(high)) if high <= _LONGEST_TEXT:
            runs = [_product([_texts(body)] * count) for count in range(low, high + 1)]
            return _few(text for texts in runs for text in texts) if all(runs) else ()
        case Seq() | Group():
            return _product([_texts(item) for item in spine(node)])
        case _:
            return ()


def _product(choices: Sequence[tuple[Text, ...]]) -> tuple[Text, ...]:
    joined: tuple[Text, ...] = ((),)
    for texts in choices:
        joined = _few(head + tail for head in joined for tail in texts)
    return joined


def _few(texts: Iterable[Text]) -> tuple[Text, ...]:
    few = tuple(islice(texts, _MOST_TEXTS + 1))
    return few if len(few) <= _MOST_TEXTS and max(map(len, few), default=0) <= _LONGEST_TEXT else ()


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A character of a node, and the texts that may not stand after it."""

    charset: CharSet
    refused: tuple[Text, ...]

    def shuts_out(self, text: Text) -> bool:
        """Tell whether this cannot be the first character of a text."""
        after = text[1:]
        return self.charset.isdisjoint(text[0]) or any(
            len(refused) <= len(after)
            and all(one.contains(other) for one, other in zip(refused, after, strict=False))
            for refused in self.refused
        )


def _leaves(node: Node) -> Iterator[_Leaf]:
    items = spine(node)
    for index, item in enumerate(items):
        if isinstance(item, Chars):
            looks = takewhile(lambda one: isinstance(one, Look), items[index + 1 :])
            yield _Leaf(item.charset, tuple(text for look in looks for text in _refused(look)))
        elif not isinstance(item, Look):
            for one in inner(item):
                yield from _leaves(one)


def _refused(node: Node) -> Iterator[Text]:
    match node:
        case Look(body, ahead=True, negative=True):
            for branch in body.branches if isinstance(body, Alt) else (body,):
                yield from _texts(branch)
        case _:
            return


def _stands_in(text: Text, leaves: Sequence[_Leaf]) -> bool:
    """Tell whether a text may stand in a run of the leaves."""
    return not any(
        all(leaf.shuts_out(text[index:]) for leaf in leaves) for index in range(len(text))
    )
