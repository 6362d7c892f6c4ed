r"""
Pieces of an expression, and what is known of them when they stand side by side.

A scanner looks for fixed texts first and goes on from there. It can look back from one over what
has one length only, so a piece of a few lengths is kept apart as forms, each an expression of its
own, as long as no fixed text is found that comes up seldom. What is reckoned here says how dear an
expression is, never what it matches: see `stretches`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import log2
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.bytesets import (
    CONTINUED,
    HIGH,
    NEWLINE,
    bits,
    fixed,
    of_charset,
    render,
    spelled,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.ruleset.charset import CharSet

MOST_FORMS: Final = 16
# With so many bits a fixed text is found seldom enough; further forms only take longer to compile.
_ENOUGH: Final = 14.0
_CLOSE: Final = 2.0
_MOST_CHOICES: Final = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression for a part of a pattern.

    Attributes:
        forms: expressions of which one matches.
        bits: how rare they are together.
        cost: about how many states they take.
        literal: how rare the fixed text in them is that a scanner can look for first, in bits.
        rows: these fixed texts, in lower case.
        fixed: they are nothing but fixed bytes.
        loose: how many parts match texts of several lengths; no scanner looks back over one.
        width: how many bytes each matches, -1 where they differ.
        empty: they may match without a byte of what they were made of, a look-behind aside.
        whole: they stand for all they were made of, so that what follows may be put behind them.
    """

    forms: tuple[str, ...] = ("",)
    bits: float = 0.0
    cost: int = 0
    literal: float = 0.0
    rows: tuple[str, ...] = ()
    fixed: bool = False
    loose: int = 0
    width: int = 0
    empty: bool = False
    whole: bool = True

    @property
    def text(self) -> str:
        """All forms as one expression."""
        return self.forms[0] if len(self.forms) == 1 else f"(?:{'|'.join(self.forms)})"


NOTHING: Final = Piece(empty=True)


def together(rarities: Iterable[float]) -> float:
    """Give how rare it is that one of several stands somewhere, in bits."""
    return -log2(min(1.0, sum(2.0**-one for one in rarities)))


_CODED: Final = re.compile(r"\[[^\]]*(..)\]|\\x(..)")


@lru_cache(maxsize=4096)
def _plain(form: str) -> str:
    """Give the fixed text an expression stands for, in lower case."""
    return _CODED.sub(lambda one: chr(int(one[1] or one[2], 16)), form).lower()


class Writer:
    """Puts pieces side by side."""

    def __init__(self, budget: float, *, lead: bool = False, tail: bool = False) -> None:
        self.budget = budget
        self.lead = lead
        self.tail = tail
        self.forms: list[str] = [""]
        self.bits = 0.0
        self.cost = 0
        self.literal = 0.0
        self.rows: tuple[str, ...] = ()
        self._row = 0.0
        self._late = 0.0
        self._ends: list[str] = [""]
        self._loose = 0
        self._width = 0
        self._fixed = True
        self._empty = True

    def add(self, piece: Piece) -> None:
        """Put a piece behind what is written."""
        # A scanner looks back over what has one length only, so lengths are kept apart as forms.
        apart = not self._loose and (piece.fixed or self.literal < _ENOUGH)
        loose = self._loose
        if apart and len(self.forms) * len(piece.forms) <= MOST_FORMS:
            self.forms = [one + other for one, other in product(self.forms, piece.forms)]
            fixed_here = piece.fixed
            if fixed_here:
                plain = map(_plain, piece.forms)
                self._ends = [one + other for one, other in product(self._ends, plain)]
            self._loose += piece.loose
        else:
            self.forms = [one + piece.text for one in self.forms]
            fixed_here = False
            self._loose += piece.loose or int(piece.width < 0)
        self.bits += piece.bits
        self.cost += piece.cost
        self._row = self._row + piece.bits if fixed_here else 0.0
        if fixed_here:
            self._found(self._row, tuple(self._ends))
        else:
            self._ends = [""]
        if not loose:
            self._found(piece.literal, piece.rows)
        else:
            self._late = max(self._late, self._row, piece.literal)
        self._width = -1 if min(self._width, piece.width) < 0 else self._width + piece.width
        self._fixed &= fixed_here
        self._empty &= piece.empty

    def _found(self, literal: float, rows: tuple[str, ...]) -> None:
        if literal > self.literal:
            self.literal, self.rows = literal, rows

    @property
    def leads(self) -> bool:
        """Whether nothing is written yet, nor anything before it."""
        return self.lead and not self.cost

    @property
    def left(self) -> float:
        """How much rarer it is to be."""
        return self.budget - self.bits

    @property
    def after_digit(self) -> bool:
        """Whether all that is written ends with a digit."""
        return all(one.endswith("0") for one in self.forms)

    def piece(self, *, whole: bool) -> Piece:
        """Give all that is written as one piece."""
        # A scanner goes by the rarest text, even where it cannot look back from it.
        late = self._late > max(0.0, self.literal - _CLOSE)
        return Piece(
            tuple(dict.fromkeys(self.forms)),
            self.bits,
            self.cost,
            0.0 if late else self.literal,
            () if late else self.rows,
            self._fixed and self.forms != [""],
            self._loose,
            self._width,
            self._empty,
            whole,
        )


@lru_cache(maxsize=16384)
def character(charset: CharSet, *, ends: bool, leads: bool, after_digit: bool) -> Piece:
    """Write one character of a set; not `whole` if it may be a newline."""
    chosen = of_charset(charset)
    rarity = bits(chosen)
    wide = _wide(charset)
    # Between digits a few separators are spelled out: rows of fixed text are found soonest.
    apart = after_digit and not wide and len(chosen) <= _MOST_CHOICES
    if NEWLINE in chosen or (ends and not apart and not spelled(charset)):
        whole = NEWLINE not in chosen
        return Piece((render(chosen),), rarity, 1, fixed=fixed(chosen), width=1, whole=whole)
    if leads and wide:
        return Piece((render(chosen | HIGH),), rarity, 1, width=1)  # its last byte
    is_fixed = not wide and (apart or fixed(chosen - HIGH) or chosen <= HIGH)
    width = -1 if wide or spelled(charset) else 1
    forms = _forms(charset, apart=apart)
    return Piece(forms, rarity, 1, fixed=is_fixed, loose=int(wide), width=width)


def _wide(charset: CharSet) -> bool:
    """Tell whether a set holds characters above ASCII that are too many to spell."""
    return bool(of_charset(charset) & HIGH) and not spelled(charset)


def _forms(charset: CharSet, *, apart: bool = False) -> tuple[str, ...]:
    """Write one character of a set: what is ASCII, and what has more bytes."""
    chosen = of_charset(charset)
    plain = chosen - HIGH
    forms = [render(frozenset({one})) for one in sorted(plain)] if apart else []
    if plain and not apart:
        forms.append(render(plain))
    if _wide(charset):
        forms.append(render(chosen & HIGH) + CONTINUED)
    return (*forms, *spelled(charset))
