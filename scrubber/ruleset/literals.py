"""
Words without which a rule cannot match: the proof that lets an engine skip it.

Most rules hold a piece of fixed text (`ghp_`, `password`, `@`). Where none of those pieces stands
in a text, in any case, the rule has no match there, and looking for a few words is far cheaper than
running a pattern. The words come from the parsed pattern, never from its text: what they say is
derived from the same tree that is compiled.

Promise: whatever a pattern matches in a text, the lower-cased text holds at least one word of its
set. The set may be empty, which says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.nodes import Alt, Atomic, Chars, Group, Look, Node, Repeat, Seq

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrubber.ruleset.charset import CharSet

# Looking for a word costs about a hundredth of running a pattern: more of them do not pay.
MOST_WORDS: Final = 64
LONGEST_WORD: Final = 24
MOST_CHOICES: Final = 8
MOST_TIMES: Final = 4

_ASCII_END: Final = 0x80
_EMPTY: Final = frozenset({""})


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the texts a node matches, lower-cased.

    Attributes:
        exact: all of them, or None when they are too many.
        words: one of these stands in each, or empty when nothing is known.
    """

    exact: frozenset[str] | None
    words: frozenset[str] = frozenset()

    @property
    def best(self) -> frozenset[str]:
        """The words, from the texts themselves where those say more."""
        return _better(self.words, self.exact or frozenset())


def required_words(node: Node) -> tuple[str, ...]:
    """Give words of which every text with a match of a pattern holds at least one.

    Args:
        node: a parsed pattern.

    Returns:
        The words, lower-cased and sorted; empty when the pattern has no fixed piece.
    """
    return tuple(sorted(_known(node).best))


def _known(node: Node) -> _Known:  # noqa: PLR0911 - one return for each kind of node
    match node:
        case Chars(charset):
            return _Known(_characters(charset))
        case Seq(items):
            return _sequence(_known(item) for item in items)
        case Alt(branches):
            return _choice([_known(branch) for branch in branches])
        case Repeat(body=body, low=low, high=high):
            return _repeat(_known(body), low, high)
        case Group(body=body) | Atomic(body=body):
            return _known(body)
        case Look(body=body, negative=False):
            # It has no width, so it parts nothing, and what it sees stands in the text as well.
            return _Known(_EMPTY, _known(body).best)
        case _:
            return _Known(_EMPTY)


@lru_cache(maxsize=4096)
def _characters(charset: CharSet) -> frozenset[str] | None:
    """Give the characters of a small ASCII set, lower-cased."""
    size = sum(high - low + 1 for low, high in charset.ranges)
    if not 0 < size <= 2 * MOST_CHOICES or charset.ranges[-1][1] >= _ASCII_END:
        return None
    found = frozenset(
        chr(point).lower() for low, high in charset.ranges for point in range(low, high + 1)
    )
    return found if len(found) <= MOST_CHOICES else None


def _sequence(items: Iterable[_Known]) -> _Known:
    """Put texts side by side as long as they are few; remember the best words on the way."""
    run: frozenset[str] = _EMPTY
    words: frozenset[str] = frozenset()
    whole = True
    for item in items:
        words = _better(words, item.words)
        joined = _joined(run, item.exact)
        if joined is None:
            whole = False
            words = _better(words, run)
            run = item.exact or _EMPTY
        else:
            run = joined
    return _Known(run if whole else None, _better(words, run))


def _joined(left: frozenset[str], right: frozenset[str] | None) -> frozenset[str] | None:
    if right is None or len(left) * len(right) > MOST_WORDS:
        return None
    joined = frozenset(one + other for one, other in product(left, right))
    return joined if max(map(len, joined)) <= LONGEST_WORD else None


def _choice(branches: list[_Known]) -> _Known:
    exact: frozenset[str] | None = None
    if all(one.exact is not None for one in branches):
        exact = frozenset().union(*(one.exact or _EMPTY for one in branches))
        exact = exact if len(exact) <= MOST_WORDS else None
    words: frozenset[str] = frozenset()
    if all(_says_something(one.best) for one in branches):
        words = frozenset().union(*(one.best for one in branches))
    return _Known(exact, words if len(words) <= MOST_WORDS else frozenset())


def _repeat(body: _Known, low: int, high: int | None) -> _Known:
    if low == high and low <= MOST_TIMES:
        return _sequence([body] * low)
    if low == 0:
        # Absent, it says nothing; only a text that may be left out is still one of few.
        optional = body.exact | _EMPTY if high == 1 and body.exact is not None else None
        return _Known(optional)
    return _Known(None, _sequence([body] * min(low, MOST_TIMES)).best)


def _says_something(words: frozenset[str]) -> bool:
    return bool(words) and "" not in words


def _better(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Give the set whose shortest word is longer, or the smaller one; the empty word says nothing.

    A word that holds another of its set is not needed.
    """
    if not _says_something(one):
        return _least(other) if _says_something(other) else frozenset()
    if not _says_something(other):
        return _least(one)
    shortest, other_shortest = min(map(len, one)), min(map(len, other))
    if shortest != other_shortest:
        return _least(one if shortest > other_shortest else other)
    return min(_least(one), _least(other), key=lambda words: (len(words), sorted(words)))


def _least(words: frozenset[str]) -> frozenset[str]:
    if len(words) == 1:
        return words
    return frozenset(_without_longer(sorted(words, key=len)))


def _without_longer(words: Iterable[str]) -> Iterator[str]:
    kept: list[str] = []
    for word in words:
        if not any(one in word for one in kept):
            kept.append(word)
            yield word
