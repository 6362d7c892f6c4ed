r"""
Expressions for a scanner of bytes that match wherever a rule does.

A rule's whole pattern is a poor thing to scan for: look-arounds are not to be had there, hundreds
of long patterns take a minute to compile, and most of a pattern says little. So a rule is given a
*superset*: the stretch of its pattern that is cheapest to look for, as expressions over the bytes
of folded UTF-8 (`bytesets`). They are generated from the parsed pattern by kind of node, never from
its text; a kind this module does not know ends the stretch.

    (?<![\w.])[\w.]{1,64}@[\w-]{1,63}\.example   ->   \w@[\w-]+\.exampl

What is relaxed: an upper bound of a repeat may fall away; a look-around in the middle is left out,
one at the edge becomes a byte (or a text) that is consumed, and where it may be the edge of the
text a newline stands for that: the scanned buffer begins and ends with one, and between two units
there is one.

Promise: where a pattern matches in a unit, one of its expressions ends inside that match, inside
the text its look-arounds need, or one byte behind. For a rule that sees one line, that is in the
same line or its newline; no expression goes over a newline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.bytesets import (
    ALL,
    WORD,
    ByteSet,
    of_charset,
    render,
    spelled,
)
from scrubber.ruleset.charset import CharSet
from scrubber.ruleset.nodes import Alt, Atomic, Chars, Look, Node, Repeat, spine
from scrubber.ruleset.stretches import MOST_COST, Piece, one_letter, together, without_width, write
from scrubber.ruleset.typical import frequency, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.ruleset.model import Context

# How rare a stretch is to be, in bits; a longer one hardly skips more.
_RARE: Final = 36.0
_LONGEST_TEXT: Final = 8000

# Nanoseconds, as measured: see `_Choice.price`.
_PER_HIT: Final = 2000.0
_PER_LITERAL: Final = 5.0
_PER_END: Final = 7.0
_PER_BYTE: Final = 0.6
_PER_DIGIT: Final = 0.4
_MOST_DIGITS: Final = 6
_PER_STATE: Final = 0.00005
_PER_TEXT: Final = 0.008
_PER_LOOSE: Final = 0.03
_PER_BRANCH: Final = 0.012
_FOREVER: Final = 1e9

# How many of those that seem best are tried on typical lines, and how long those may be.
_TRIED: Final = 8
_LONGEST_TRIED: Final = 800
_END: Final = 3

_NO_DIGIT: Final = re.compile(r"\\x..|\{[^}]*\}")
_CONTEXT_BITS: Final = 3.0
_NOT_ALNUM: Final[ByteSet] = (ALL - WORD) | {ord("_")}


@dataclass(frozen=True, slots=True)
class _Choice:
    """Expressions of which one matches wherever the pattern does.

    Attributes:
        texts: the expressions.
        hits: at how many bytes one of them ends, as a part of all.
        rows: fixed texts a scanner looks for first.
        work: what else it costs, in nanoseconds a byte.
    """

    texts: tuple[str, ...] = ()
    hits: float = 0.0
    rows: frozenset[str] = frozenset()
    work: float = 0.0

    @property
    def price(self) -> float:
        """Estimate what looking for it costs, in nanoseconds a byte.

        A hit costs a call and a rule that runs on a line; a fixed text that comes up, a look at
        what is around it, and so does the end of one; where there is none, each byte is a step.
        """
        if not self.texts:
            return _FOREVER
        ends = {row[-_END:] for row in self.rows}
        return (
            _PER_HIT * self.hits
            + _PER_LITERAL * sum(map(share, self.rows))
            + _PER_END * sum(map(share, ends))
            + self.work
        )


def superset(node: Node, context: Context | None = None) -> tuple[str, ...]:
    """Give the expressions of a pattern.

    Args:
        node: a parsed pattern.
        context: words near a match; they too are looked for where they are required.

    Returns:
        Expressions over folded UTF-8, `.` unused and no flags needed; none when nothing is known.
    """
    found = _choose(node)
    if context is not None and context.required:
        found = min(found, _words(context.words), key=_price)
    return tuple(dict.fromkeys(found.texts))


def _price(choice: _Choice) -> float:
    return choice.price


def _words(words: Sequence[str]) -> _Choice:
    """Look for context words; one may end where a match begins, so no bound stands behind it."""
    bound = render(_NOT_ALNUM)
    texts = tuple(f"{bound}{''.join(map(_letter, word))}" for word in words)
    rarity = together(_CONTEXT_BITS * len(word) for word in words)
    return _Choice(texts, 2.0**-rarity)


def _letter(character: str) -> str:
    """Write a character in either case, as `(?i:)` under ASCII has it."""
    charset = CharSet.of(character).folded()
    return spelled(charset)[0] if spelled(charset) else render(of_charset(charset))


def _choose(node: Node) -> _Choice:
    """Choose the stretch of a node that is best looked for."""
    items = spine(node)
    if len(items) == 1 and isinstance(items[0], Alt):
        return _any_of(_choose(branch) for branch in items[0].branches)
    found = [_inside(item) for item in items]
    for start, first in enumerate(items):
        # A place alone says nothing of where the match is: a newline would be the line before.
        if all(map(without_width, items[start:])):
            break
        if without_width(first) and start and without_width(items[start - 1]):
            continue  # looked at together with the one before
        if start and one_letter(first) and one_letter(items[start - 1]):
            continue  # a word is looked for from its beginning
        pieces: list[Piece] = []
        pieces.append(write(items[start:], _RARE, lead=True, tail=True, shorter=pieces))
        if isinstance(first, Look) and not first.ahead and not first.negative:
            one = write(items[start:], _RARE, lead=True, tail=True, near=True, shorter=pieces)
            pieces.append(one)
        pieces = [one for one in pieces if _usable(one)]
        found += map(_choice, pieces)
    found.sort(key=_price)
    found = list(map(_tried, found[:_TRIED]))
    return min(found, key=_price, default=_Choice())


def _usable(piece: Piece) -> bool:
    return not piece.empty and piece.cost <= MOST_COST and len(piece.text) <= _LONGEST_TEXT


def _choice(piece: Piece) -> _Choice:
    """Reckon what a piece costs."""
    common = max(2.0**-piece.literal, sum(map(share, set(piece.rows))))
    count = len(piece.forms)
    work = _PER_STATE * piece.cost + _PER_TEXT * count + _PER_LOOSE * piece.loose * count
    if piece.loose:
        work += _PER_BRANCH * piece.text.count("|")
    if piece.literal:
        work += _PER_LITERAL * 2.0**-piece.literal
    else:
        # Digits are in every line, so that the steps of rows of them never rest.
        digits = _NO_DIGIT.sub("", piece.text).count("0")
        work += _PER_BYTE * count + _PER_DIGIT * min(digits, _MOST_DIGITS)
    hits = common * 2.0 ** (piece.literal - piece.bits)
    return _Choice(piece.forms, hits, frozenset(piece.rows), work)


def _tried(choice: _Choice) -> _Choice:
    """Count the hits among typical lines, unless that takes long."""
    if choice.rows and not any(map(share, choice.rows)):
        return choice
    if any(len(text) > _LONGEST_TRIED or text.count(")*") > 1 for text in choice.texts):
        return choice
    return replace(choice, hits=max(choice.hits, sum(map(frequency, choice.texts))))


def _inside(item: Node) -> _Choice:
    """Choose a stretch inside an item that every match has."""
    match item:
        case Alt(branches):
            return _any_of(_choose(branch) for branch in branches)
        case Atomic(body=body) | Look(body=body, negative=False):
            return _choose(body)
        case Repeat(body=body, low=low) if low and not isinstance(body, Chars):
            return _choose(body)
        case _:
            return _Choice()


def _any_of(choices: Iterable[_Choice]) -> _Choice:
    found = list(choices)
    if not all(one.texts for one in found):
        return _Choice()
    return _Choice(
        tuple(text for one in found for text in one.texts),
        sum(one.hits for one in found),
        frozenset(row for one in found for row in one.rows),
        sum(one.work for one in found),
    )
