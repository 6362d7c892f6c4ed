r"""
Writes a stretch of a pattern as expressions over bytes: see `supersets`, which chooses one.

What is written may be wider than what the nodes say, never narrower. Three things decide how far it
may be cut. *lead*: nothing is written before it, so its first characters may be left out, of one of
several bytes the first ones too, and a look-behind be consumed. *tail*: nothing of the pattern
stands behind it, so it may end anywhere. *whole*: it was written up to its very end, so what stands
behind in the pattern may be put behind it.

Promise: where nodes match, what is written for them matches, and it never goes over a newline; one
may stand at its first or its last byte.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.bytesets import (
    ALL,
    HIGH,
    NEWLINE,
    WORD,
    ByteSet,
    bits,
    fixed,
    of_charset,
    render,
    run_bits,
)
from scrubber.ruleset.charset import DIGIT, CharSet
from scrubber.ruleset.measure import consumed_set, last_set, min_width
from scrubber.ruleset.nodes import (
    Alt,
    Atomic,
    Boundary,
    Chars,
    LineEdge,
    Look,
    Node,
    Repeat,
    spine,
)
from scrubber.ruleset.pieces import MOST_FORMS, NOTHING, Piece, Writer, character, together

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDLESS: Final = float("inf")
"""A budget that is never used up."""

MOST_COST: Final = 700

_LARGEST_BODY: Final = 24
_LONGEST_RUN: Final = 40
_LONGEST_LEAD: Final = 4
_CLOSE_BOUND: Final = 12
_MOST_UNROLLED: Final = 4
_TELLING: Final = 240
_NOT_WORD: Final[ByteSet] = ALL - WORD


def without_width(node: Node) -> bool:
    """Tell whether a node matches a place and no character."""
    return isinstance(node, Look | Boundary | LineEdge)


def write(  # noqa: PLR0913 - how far it may be cut takes saying
    items: Sequence[Node],
    budget: float = ENDLESS,
    *,
    lead: bool = False,
    tail: bool = False,
    near: bool = False,
    shorter: list[Piece] | None = None,
) -> Piece:
    """Write the beginning of a sequence, as far as it takes to be rare.

    Args:
        items: nodes one after the other.
        budget: how rare, in bits.
        lead: nothing is written before it.
        tail: nothing of the pattern stands behind the items.
        near: of a look-behind only the last byte is written.
        shorter: receives each piece that ends earlier.

    Returns:
        The piece; `whole` when what follows the items may be put behind it.
    """
    rest = [one for item in items for one in spine(item)]
    written = Writer(budget, lead=lead, tail=tail)
    while rest:
        if written.bits >= budget:
            return written.piece(whole=False)
        if all(map(without_width, rest)):
            if written.leads:
                written.add(replace(_edge(rest, ahead=False, near=near), empty=True))
                return written.piece(whole=True)
            edge = _edge(rest, ahead=True) if budget != ENDLESS else NOTHING
            written.add(edge)
            # What it consumes may be the first of what follows.
            return written.piece(whole=edge is NOTHING)
        if without_width(rest[0]):
            count = next(at for at, one in enumerate(rest) if not without_width(one))
            if written.leads:
                edge = _edge(rest[:count], ahead=False, near=near, beside=rest[count])
                written.add(replace(edge, empty=True))
            del rest[:count]
        elif _step(rest, written):
            return written.piece(whole=False)
        if shorter is not None and not (rest and one_letter(rest[0])):
            shorter.append(written.piece(whole=False))
    return written.piece(whole=True)


def one_letter(node: Node) -> bool:
    """Tell whether a node is one letter or sign of a word, in one case or in both."""
    return isinstance(node, Chars) and fixed(of_charset(node.charset))


def _step(rest: list[Node], written: Writer) -> bool:
    """Write the first of the items left; tell whether the piece ends with it."""
    item = rest.pop(0)
    ends = written.tail and not rest
    ended = False
    match item:
        case Chars(charset):
            ended = _character(charset, written, ends=ends)
        case Atomic(body=body):
            rest[:0] = spine(body)
        case Alt(branches):
            ended = _branches(branches, rest, written)
        case Repeat(body=Chars(charset), low=low, high=high):
            ended = _run(charset, (low, high), rest, written)
        case Repeat(body=body, low=0, high=high):
            ended = not (ends or written.leads) and _missing(body, high, written)
        case Repeat(body, low, high, taking):
            if low > _MOST_UNROLLED:
                low, high = _MOST_UNROLLED, None
            if written.leads:
                high = low  # what was repeated before stands outside
            further = Repeat(body, low - 1, None if high is None else high - 1, taking)
            rest[:0] = spine(body) if further.high == 0 else [*spine(body), further]
        case _:
            ended = True
    return ended


def _missing(body: Node, high: int | None, written: Writer) -> bool:
    """Write what may be missing; nothing is put behind what may be a newline."""
    written.add(_optional(body, high))
    return NEWLINE in of_charset(consumed_set(body))


def _character(charset: CharSet, written: Writer, *, ends: bool) -> bool:
    """Write one character; nothing is put behind what may be a newline."""
    piece = character(charset, ends=ends, leads=written.leads, after_digit=written.after_digit)
    written.add(piece)
    return not piece.whole


def _run(
    charset: CharSet, times: tuple[int, int | None], rest: Sequence[Node], written: Writer
) -> bool:
    """Write a run of characters of a set, no longer than it takes."""
    low, high = times
    lead = written.leads
    ends = written.tail and not rest
    chosen = of_charset(charset)
    if chosen & HIGH:
        chosen |= HIGH
    if NEWLINE in chosen:
        # It may end with a newline and go no further, so one is all that may be asked for.
        if low:
            written.add(Piece((render(chosen),), bits(chosen), 1, width=1))
        return bool(low) or not lead
    if not low and (lead or ends):
        return False
    need = min(low, _LONGEST_RUN)
    while need > 1 and run_bits(chosen, need - 1) >= written.left:
        need -= 1
    is_fixed = fixed(chosen)
    if lead:
        # At an edge the least is enough: what else there is of the run stands outside.
        if not is_fixed and not all(map(without_width, rest)):
            need = min(need, _LONGEST_LEAD)
        written.add(_times_of(chosen, need))
        return False
    if need and (ends or run_bits(chosen, need) >= written.left):
        written.add(_times_of(chosen, need))
        return True
    high = None if chosen & HIGH or low != need else high
    rarity = run_bits(chosen, need)
    if high is not None and (
        high == need or (high - need < _MOST_UNROLLED and high <= _CLOSE_BOUND)
    ):
        one = render(chosen)
        forms = tuple(
            one * count if is_fixed else _repeated(one, count) for count in range(need, high + 1)
        )
        width = need if need == high else -1
        written.add(
            Piece(forms, rarity, high, fixed=is_fixed and bool(need), width=width, empty=not need)
        )
        return False
    written.add(
        Piece(
            (render(chosen) + _times(need, high),),
            rarity,
            max(need, 1),
            loose=1,
            width=-1,
            empty=not need,
        )
    )
    return False


def _times_of(chosen: ByteSet, count: int) -> Piece:
    one = render(chosen)
    text = one * count if fixed(chosen) else _repeated(one, count)
    return Piece((text,), run_bits(chosen, count), count, fixed=fixed(chosen), width=count)


def _repeated(one: str, count: int) -> str:
    return one + f"{{{count}}}" if count > 1 else one * count


def _times(low: int, high: int | None) -> str:
    if high is not None and high <= _CLOSE_BOUND:
        return f"{{{low},{high}}}"
    return {0: "*", 1: "+"}.get(low, f"{{{low},}}")


def _optional(body: Node, high: int | None) -> Piece:
    """Write what may be left out: as it is when that is small, else as a run of its characters."""
    chosen = of_charset(consumed_set(body))
    if NEWLINE not in chosen:
        whole = write((body,))
        if whole.whole and whole.forms != ("",) and whole.cost <= _LARGEST_BODY:
            if high == 1:
                return Piece(
                    ("", *whole.forms) if whole.fixed else ("", whole.text),
                    0.0,
                    whole.cost,
                    fixed=whole.fixed,
                    loose=whole.loose or int(whole.width < 0 and not whole.fixed),
                    width=-1,
                    empty=True,
                )
            return Piece((f"(?:{whole.text})*",), 0.0, whole.cost, loose=1, width=-1, empty=True)
    if chosen & HIGH:
        chosen |= HIGH
    text = render(chosen - {NEWLINE}) + "*"
    return Piece((text,), 0.0, 1, loose=1, width=-1, empty=True) if chosen else NOTHING


def _branches(branches: Sequence[Node], rest: list[Node], written: Writer) -> bool:
    """Write a choice: branches rare enough by themselves end there, others go on with the rest."""
    lead = written.leads
    tail = written.tail and not rest
    pieces = [write((branch,), written.left, lead=lead, tail=tail) for branch in branches]
    ended = [one for one in pieces if not one.whole]
    whole = [one for one in pieces if one.whole]
    if not ended:
        written.add(_alternation(whole))
        return False
    if whole:
        behind = Writer(written.left)
        behind.add(_alternation(whole))
        behind.add(write(rest, behind.left, tail=written.tail))
        ended.append(behind.piece(whole=False))
    written.add(_alternation(ended))
    return True


def _alternation(pieces: Sequence[Piece]) -> Piece:
    """Put pieces beside each other: fixed ones, if few, as forms of their own, others as one."""
    texts = dict.fromkeys(form for one in pieces for form in one.forms)
    if len(texts) == 1:
        return replace(pieces[0], empty=any(one.empty for one in pieces))
    if len(pieces) == 1:
        return pieces[0]
    if len(texts) <= MOST_FORMS and all(one.fixed for one in pieces):
        rarity = together(one.bits for one in pieces)
        cost = sum(one.cost for one in pieces)
        width = pieces[0].width if len({one.width for one in pieces}) == 1 else -1
        empty = any(one.empty for one in pieces)
        return Piece(tuple(texts), rarity, cost, fixed=True, width=width, empty=empty)
    widths = {one.width for one in pieces}
    width = widths.pop() if len(widths) == 1 else -1
    return Piece(
        (f"(?:{'|'.join(texts)})",),
        together({one.text: one.bits for one in pieces}.values()),
        sum(one.cost for one in pieces),
        together(one.bits if one.fixed else one.literal for one in pieces),
        tuple(row for one in pieces for row in one.rows),
        loose=sum(one.loose for one in pieces) or (len(texts) if width < 0 else 0),
        width=width,
        empty=any(one.empty for one in pieces),
    )


def _edge(
    looks: Sequence[Node], *, ahead: bool, near: bool = False, beside: Node | None = None
) -> Piece:
    """Write what the look-arounds at an edge say, as what is consumed there; the rarest of them."""
    pieces = [_looked(look, ahead=ahead, near=near, beside=beside) for look in looks]
    return max(pieces, key=lambda one: one.bits, default=NOTHING)


def _looked(  # noqa: PLR0911 - one return for each kind of node
    look: Node, *, ahead: bool, near: bool, beside: Node | None
) -> Piece:
    match look:
        case Look(body=body, ahead=False, negative=False) if near and not ahead:
            if not min_width(body):
                return NOTHING
            last = of_charset(last_set(body))
            return _byte(last | HIGH if last & HIGH else last)
        case Look(body=body, ahead=direction, negative=False) if direction == ahead:
            return _seen(body, ahead=ahead)
        case Look(body=body, ahead=direction, negative=True) if direction == ahead:
            return _refused(body.branches if isinstance(body, Alt) else (body,), ahead=ahead)
        case LineEdge(start) if start != ahead:
            return _byte(frozenset({NEWLINE}))
        case Boundary(negative=False) if beside is not None and _begins_word(beside):
            return _byte(_NOT_WORD)
        case _:
            return NOTHING


def _refused(branches: Sequence[Node], *, ahead: bool) -> Piece:
    """Write what stands where none of the branches does, as far as one or two characters tell."""
    plain = [_all_of(one.charset) for one in branches if isinstance(one, Chars)]
    left = ALL.difference(*plain) | {NEWLINE}
    # `(?!\w|\.\d)`: no letter and no dot stands there, or a dot and then no digit.
    alone = left
    forms: list[str] = []
    for one in branches if ahead else ():
        match spine(one):
            case (Chars(first), Chars(second)) if not of_charset(first) & HIGH:
                alone -= _all_of(first) - {NEWLINE}
                both = (of_charset(first) & left) - {NEWLINE}
                forms += [render(both) + render(ALL - _all_of(second) | {NEWLINE})] if both else []
            case _:
                pass
    if alone == left:
        return _byte(left)
    forms = list(dict.fromkeys((render(alone), *forms)))
    return Piece((f"(?:{'|'.join(forms)})",), bits(alone), 2 * len(forms), loose=1, width=-1)


def _seen(body: Node, *, ahead: bool) -> Piece:
    """Write what must be seen, so that it can be consumed right beside what sees it."""
    if ahead:
        return write((body,), SEEN_ENOUGH, tail=True)
    piece = write((body,), lead=True)
    newline = NEWLINE in of_charset(consumed_set(body))
    return piece if piece.whole and not newline and piece.cost <= MOST_COST else NOTHING


SEEN_ENOUGH: Final = 36.0


def _all_of(charset: CharSet) -> ByteSet:
    """Give the bytes whose every character is in a set: folded, a digit stands for ten."""
    chosen = of_charset(charset) - HIGH
    return chosen if charset.contains(DIGIT) else chosen - of_charset(DIGIT)


def _byte(chosen: ByteSet) -> Piece:
    if len(chosen) > _TELLING:
        return NOTHING
    return Piece((render(chosen),), bits(chosen), 1, width=1)


def _begins_word(node: Node) -> bool:
    """Tell whether a match of the node begins with a character of a word."""
    if isinstance(node, Repeat):
        return node.low > 0 and _begins_word(node.body)
    return isinstance(node, Chars) and of_charset(node.charset) <= WORD
