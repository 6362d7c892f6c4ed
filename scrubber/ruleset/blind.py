r"""
On which lines a pattern tells no digits apart.

Lines of one shape (every digit a `0`) differ in their digits alone. A pattern that tells none apart
matches the same ranges in all of them, so that it need be tried on one. Most patterns do tell some
apart somewhere: `v8`, `x86`, `\0`, an address behind `rank0_`. But on most lines nothing of that is
ever tried, for a word is missing that must stand beside it.

    a node that tells digits apart, in  (?<! ec2 - ) [0-9]{1,3}:   the words of its branch: "ec0-"

Promise: on a line that lacks one word of each node's, in the shape of the line, what a pattern
matches does not depend on the line's digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from scrubber.ruleset.charset import DIGIT
from scrubber.ruleset.nodes import Atomic, Chars, Group, Node, Repeat, Seq, inner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrubber.ruleset.charset import CharSet

_LAST_ASCII: Final = 0x7F

Tellings: TypeAlias = "tuple[tuple[str, ...], ...]"


def tellings(node: Node) -> Tellings:
    """Give what a line must have so that a pattern tells its digits apart.

    Args:
        node: a parsed pattern.

    Returns:
        For each node of it that does, the words of which a line must have all, in its shape and in
        lower case; without any for a node that is tried everywhere.
    """
    found = {_fewest(words) for words in _told(node, frozenset())}
    sets = sorted(found, key=lambda words: (len(words), sum(map(len, words)), sorted(words)))
    # Where the words of one are among those of another, the other adds nothing.
    return tuple(
        tuple(sorted(words))
        for place, words in enumerate(sets)
        if not any(_implied(other, words) for other in sets[:place])
    )


def blind(found: Tellings, shape: str) -> bool:
    """Tell whether a pattern tells no digits of a line apart.

    Args:
        found: what `tellings` gave for the pattern.
        shape: the shape of the line, in lower case.
    """
    return all(any(word not in shape for word in words) for words in found)


def _told(node: Node, around: frozenset[str]) -> Iterator[frozenset[str]]:
    """Yield the words beside each node that tells digits apart."""
    match node:
        case Chars(charset):
            if charset.intersects(DIGIT) and not charset.contains(DIGIT):
                yield around
        case Seq(items):
            # A sequence matches only where all of it does.
            beside = around.union(_words(items))
            for one in items:
                yield from _told(one, beside)
        case _:
            for one in inner(node):
                yield from _told(one, around)


def _words(items: Iterable[Node]) -> Iterator[str]:
    """Yield the words of which a sequence has each."""
    run: list[str] = []
    for one in _flat(items):
        letter = _letter(one.charset) if isinstance(one, Chars) else ""
        if letter:
            run.append(letter)
            continue
        yield "".join(run)
        run = []
        if isinstance(one, Repeat) and one.low and isinstance(one.body, Chars):
            yield _letter(one.body.charset) * one.low
    yield "".join(run)


def _flat(items: Iterable[Node]) -> Iterator[Node]:
    for one in items:
        if isinstance(one, Seq):
            yield from _flat(one.items)
        elif isinstance(one, Group | Atomic):
            yield from _flat((one.body,))
        else:
            yield one


def _letter(charset: CharSet) -> str:
    """Give what all characters of a set are in a shape in lower case, or "" where they differ."""
    if DIGIT.contains(charset):
        return "0"
    ends = {point for both in charset.ranges for point in both}
    cases = {chr(point).lower() for point in ends}
    # Two cases of a letter are two ranges of one; beyond ASCII nobody knows what is a case of what.
    single = len(charset.ranges) == len(ends) and len(cases) == 1
    return cases.pop() if single and max(ends) <= _LAST_ASCII else ""


def _implied(other: frozenset[str], words: frozenset[str]) -> bool:
    """Tell whether a line with some words has others, too."""
    return all(any(one in word for word in words) for one in other)


def _fewest(words: frozenset[str]) -> frozenset[str]:
    """Leave out words that stand in others."""
    return frozenset(
        one for one in words if one and not any(one in other for other in words if other != one)
    )
