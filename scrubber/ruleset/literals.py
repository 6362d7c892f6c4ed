"""
Words without which a rule cannot match: the proof that lets an engine skip it.

Most rules hold a piece of fixed text (`ghp_`, `password`, `@`). Where none of those pieces stands
in a text, in any case, the rule has no match there, and looking for a few words is far cheaper than
running a pattern. The words come from the parsed pattern, never from its text: what they say is
derived from the same tree that is compiled.

Words and texts are compared *folded*: in lower case, with every digit a `0`. So `[0-9]` is one
character, and a card number needs a run of fourteen zeros.

Promise: whatever a pattern matches in a text, the folded text holds at least one word of its set.
The set may be empty, which says nothing.
"""

from __future__ import annotations

import string
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
MOST_JOINED: Final = 16
LONGEST_WORD: Final = 24
LONG_ENOUGH: Final = 5
MOST_CHOICES: Final = 8
MOST_TIMES: Final = 20
LARGEST_SET: Final = 26

_FOLDED: Final = str.maketrans(
    string.ascii_uppercase + string.digits, string.ascii_lowercase + "0" * len(string.digits)
)
_EMPTY: Final = frozenset({""})


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the texts a node matches, folded.

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


def folded(text: str) -> str:
    """Fold a text: in lower case, every digit a `0`, each character where it was.

    >>> folded("Port 8080")
    'port 0000'
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # `İ` becomes two
        lowered = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return lowered.translate(_FOLDED)


def required_words(node: Node) -> tuple[str, ...]:
    """Give words of which every text with a match of a pattern holds at least one.

    Args:
        node: a parsed pattern.

    Returns:
        The words, folded and sorted; empty when the pattern has no fixed piece.
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


@lru_cache(maxsize=1024)
def _characters(charset: CharSet) -> frozenset[str] | None:
    """Give the characters of a small set, folded."""
    size = sum(high - low + 1 for low, high in charset.ranges)
    if not 0 < size <= LARGEST_SET:
        return None
    found = frozenset(
        folded(chr(point)) for low, high in charset.ranges for point in range(low, high + 1)
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
            joined = item.exact or _EMPTY
        run = joined
        words = _better(words, run)
    return _Known(run if whole else None, words)


def _joined(left: frozenset[str], right: frozenset[str] | None) -> frozenset[str] | None:
    if right is None or len(left) * len(right) > MOST_JOINED:
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
    """Give the set whose shortest word is longer, up to a length; then the smaller one.

    The empty word says nothing. A word that holds another of its set is not needed. What is longer
    still hardly skips more, and one word is looked for sooner than the five ways to go on from it.
    """
    if not _says_something(one):
        return _least(other) if _says_something(other) else frozenset()
    if not _says_something(other):
        return _least(one)
    return min(_least(one), _least(other), key=_rank)


@lru_cache(maxsize=1024)
def _rank(words: frozenset[str]) -> tuple[int, int, int, list[str]]:
    shortest = min(map(len, words))
    return -min(shortest, LONG_ENOUGH), len(words), -shortest, sorted(words)


@lru_cache(maxsize=1024)
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
