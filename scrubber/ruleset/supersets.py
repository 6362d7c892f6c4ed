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
there is one. Some more have to follow the last: the scanner was seen to lose a match that ends at
the very last byte of a buffer.

Promise: where a pattern matches in a unit, one of its expressions ends inside that match, inside
the text its look-arounds need, or one byte behind. For a rule that sees one line, that is in the
same line or its newline; no expression goes over a newline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.bytesets import (
    ALL,
    CONTINUED,
    WORD,
    ByteSet,
    of_charset,
    render,
    spelled,
)
from scrubber.ruleset.charset import NEWLINE, CharSet
from scrubber.ruleset.measure import consumed_set, min_width
from scrubber.ruleset.nodes import (
    Alt,
    Atomic,
    Chars,
    Group,
    Look,
    Node,
    Repeat,
    Seq,
    alternation,
    sequence,
    spine,
)
from scrubber.ruleset.pieces import Piece, together
from scrubber.ruleset.stretches import MOST_COST, one_letter, without_width, write
from scrubber.ruleset.typical import frequency, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrubber.ruleset.model import Context

# How rare a stretch is to be, in bits; a longer one hardly skips more.
_RARE: Final = 36.0
# Of a long one with many characters of several bytes the scanner lost a match, as measured.
_LONGEST_TEXT: Final = 8000
_LONGEST_WIDE: Final = 2500

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
# How much dearer what begins a match over several lines may be than what stands anywhere in it.
_BEGINNING: Final = 30.0

# How many of those that seem best are tried on typical lines, and how long those may be.
_TRIED: Final = 8
_LONGEST_TRIED: Final = 800
_END: Final = 3

_NO_DIGIT: Final = re.compile(r"\\x..|\{[^}]*\}")
_STAR: Final = re.compile(r"\(\?:(?:\(\?:[^()*+{}]*\)|[^()*+{}]*)\)\*")
_RUN: Final = re.compile(r"[*+]|,\}")
_RUN_OF_MOST: Final = re.compile(r"\[\\x00[^]]*\](?:[*+]|\{\d*,\})")
_MOST_RUNS: Final = 9
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


@dataclass(frozen=True, slots=True)
class Superset:
    """What is looked for in place of a pattern.

    Attributes:
        texts: expressions over folded UTF-8 that need no flags, `.` unused; none when nothing is
            known.
        begins: they end in the line in which the match begins, however many it goes over.
    """

    texts: tuple[str, ...]
    begins: bool = True


def superset(node: Node, context: Context | None = None, *, several: bool = False) -> Superset:
    """Give the superset of a pattern.

    Args:
        node: a parsed pattern.
        context: words near a match; they too are looked for where they are required.
        several: a match may go over several lines.

    Returns:
        The superset.
    """
    node = _parted(node)
    found = _choose(node, first=several)
    anywhere = _choose(node, first=False) if several else found
    if context is not None and context.required:
        anywhere = min(anywhere, _words(context.words), key=_price)
    # What begins a match can be tried on its line alone; what is not rare there is sought anywhere.
    begins = several and found.price <= _BEGINNING * anywhere.price
    chosen = found if begins else anywhere
    return Superset(tuple(dict.fromkeys(chosen.texts)), begins or not several)


def _parted(node: Node) -> Node:  # noqa: PLR0911 - one return for each kind of node
    """Part what may be a newline from what is none: behind the one nothing is written."""
    match node:
        case Chars(charset) if charset.intersects(NEWLINE) and charset != NEWLINE:
            return alternation((Chars(NEWLINE), Chars(charset.difference(NEWLINE))))
        case Repeat(Chars(charset), low, high, taking) if charset.intersects(NEWLINE):
            plain = Chars(charset.difference(NEWLINE))
            if not plain.charset.ranges:
                return node
            to_newline = sequence((Repeat(plain, 0, high, taking), Chars(NEWLINE)))
            return alternation((to_newline, Repeat(plain, low, high, taking)))
        case Seq(items):
            return sequence(map(_parted, items))
        case Alt(branches):
            return alternation(map(_parted, branches))
        case Repeat(body, low, high, taking):
            return Repeat(_parted(body), low, high, taking)
        case Group(body, name):
            return Group(_parted(body), name)
        case Atomic(body):
            return Atomic(_parted(body))
        case Look(body, ahead, False):
            return Look(_parted(body), ahead=ahead, negative=False)
        case _:
            return node


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


def _choose(node: Node, *, first: bool) -> _Choice:
    """Choose the stretch of a node that is best looked for; `first`, before any newline."""
    items = spine(node)
    if len(items) == 1 and isinstance(items[0], Alt):
        return _any_of(_choose(branch, first=first) for branch in items[0].branches)
    found = [_inside(item, first=first) for item in items[: _before_newline(items, first=first)]]
    for start, item in enumerate(items[: _before_newline(items, first=first)]):
        # A place alone says nothing of where the match is: a newline would be the line before.
        if all(map(without_width, items[start:])):
            break
        if without_width(item) and start and without_width(items[start - 1]):
            continue  # looked at together with the one before
        if start and one_letter(item) and one_letter(items[start - 1]):
            continue  # a word is looked for from its beginning
        if first and _begins_behind_newline(items[start:]):
            continue
        pieces: list[Piece] = []
        pieces.append(write(items[start:], _RARE, lead=True, tail=True, shorter=pieces))
        if isinstance(item, Look) and not item.ahead and not item.negative:
            one = write(items[start:], _RARE, lead=True, tail=True, near=True, shorter=pieces)
            pieces.append(one)
        pieces = [one for one in pieces if _usable(one)]
        found += map(_choice, pieces)
    found.sort(key=_price)
    found = list(map(_tried, found[:_TRIED]))
    return min(found, key=_price, default=_Choice())


def _usable(piece: Piece) -> bool:
    most = _LONGEST_WIDE if CONTINUED in piece.text else _LONGEST_TEXT
    return not piece.empty and piece.cost <= MOST_COST and len(piece.text) <= most


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
    if not all(map(_quick, choice.texts)):
        return choice
    return replace(choice, hits=max(choice.hits, sum(map(frequency, choice.texts))))


def _quick(text: str) -> bool:
    """Tell whether an expression is tried in no time: not a repeat in a repeat, nor many."""
    plain = _STAR.sub("", text.replace(CONTINUED, ""))  # the lines are ASCII
    return (
        len(text) <= _LONGEST_TRIED
        and ")*" not in plain
        and len(_RUN.findall(plain)) <= _MOST_RUNS
        and len(_RUN_OF_MOST.findall(plain)) < 2  # noqa: PLR2004 - two next to each other are slow
    )


def _before_newline(items: Sequence[Node], *, first: bool) -> int:
    """Give how many items begin before any newline of a match: all, unless that is asked for."""
    if first:
        for at, item in enumerate(items):
            if consumed_set(item).intersects(NEWLINE):
                # What may be no newline at all would begin with what is behind it.
                return at + 1 if min_width(item) else at
    return len(items)


def _begins_behind_newline(items: Sequence[Node]) -> bool:
    """Tell whether what is written of items may begin behind a newline that may be left out."""
    optional = takewhile(lambda one: not min_width(one), items)
    return any(not without_width(one) and consumed_set(one).intersects(NEWLINE) for one in optional)


def _inside(item: Node, *, first: bool) -> _Choice:
    """Choose a stretch inside an item that every match has."""
    match item:
        case Look(body=body, ahead=False) if first and consumed_set(body).intersects(NEWLINE):
            return _Choice()
        case Alt(branches):
            return _any_of(_choose(branch, first=first) for branch in branches)
        case Atomic(body=body) | Look(body=body, negative=False):
            return _choose(body, first=first)
        case Repeat(body=body, low=low) if low and not isinstance(body, Chars):
            return _choose(body, first=first)
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
