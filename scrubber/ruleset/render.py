r"""A parsed pattern printed back, in one canonical spelling.

What was judged must be what runs, so the print is what is compiled, with `regex.V0 | regex.ASCII`.
Nothing depends on what the package makes of a text beyond the dialect: every character with a
meaning anywhere is escaped, all that is not printable ASCII is written as a number, and `^ $` are
spelled as the look-arounds they stand for. The print is verbose too, and parses to itself.

Case-insensitive literals are printed as `(?i:password)`: `regex` finds that six times faster than
`[Pp][Aa]...`. Classes have both cases in them, whatever `regex` folds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from scrubber.ruleset.charset import DIGIT, SPACE, WORD, CharSet
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
    sequence,
)

_SHORT: Final = {
    **{charset: name for name, charset in ((r"\d", DIGIT), (r"\w", WORD), (r"\s", SPACE))},
    **{
        charset.complement(): name
        for name, charset in ((r"\D", DIGIT), (r"\W", WORD), (r"\S", SPACE))
    },
}
_SHORT_IN_CLASS: Final = ((r"\w", WORD), (r"\s", SPACE))
_CONTROLS: Final = {"\t": r"\t", "\n": r"\n", "\v": r"\v", "\f": r"\f", "\r": r"\r"}
_PLAIN: Final = frozenset("_!\"%',/:;<=>@`~&-")
_PLAIN_IN_CLASS: Final = frozenset("_!\"%',/:;<=>@`.$()*+?{}")
_SUFFIX: Final = {"greedy": "", "lazy": "?", "possessive": "+"}

_ASCII_END: Final = 0x80
_TWO_DIGITS: Final = 0xFF
_FOUR_DIGITS: Final = 0xFFFF

# A case-insensitive run shorter than this reads better as classes.
_LEAST_LETTERS: Final = 2


def render(node: Node, *, shown: bool = False) -> str:
    """Print a pattern.

    Args:
        node: the pattern.
        shown: it is for people, and is not to be compiled: `[^y]` stays what it is.

    Returns:
        Its source, for `regex.compile(source, regex.V0 | regex.ASCII)`.
    """
    if isinstance(node, Alt):
        return "|".join(_run(branch, shown=shown) for branch in node.branches)
    return _run(node, shown=shown)


def _run(node: Node, *, shown: bool) -> str:
    """Print what stands in one branch."""
    flat = sequence([node])
    items = flat.items if isinstance(flat, Seq) else (flat,)
    printed: list[str] = []
    at = 0
    while at < len(items):
        codes = _caseless(items[at:])
        if codes:
            printed.append(f"(?i:{''.join(map(_literal, codes))})")
        else:
            printed.append(_item(items[at], shown=shown))
        at += len(codes) or 1
    return "".join(printed)


def _caseless(items: tuple[Node, ...]) -> list[int]:
    """Return the leading literals that are to be printed as one run in any case, if there are."""
    codes: list[int] = []
    letters = 0
    length = 0
    for item in items:
        code = _in_any_case(item)
        if code is None:
            break
        codes.append(code)
        if chr(code).isalpha():
            letters += 1
            length = len(codes)
        elif not letters:
            break
    return codes[:length] if letters >= _LEAST_LETTERS else []


def _in_any_case(node: Node) -> int | None:
    """Return the (lower-case) code point of a literal in any case, or None for all other nodes."""
    return _one_letter(node.charset) if isinstance(node, Chars) else None


@lru_cache(maxsize=4096)
def _one_letter(charset: CharSet) -> int | None:
    last = charset.ranges[-1][1]
    return last if last < _ASCII_END and CharSet.of([chr(last)]).folded() == charset else None


def _item(node: Node, *, shown: bool) -> str:  # noqa: PLR0911 - one return for each kind of node
    match node:
        case Chars(charset):
            return _chars(charset, shown=shown)
        case Repeat(body, low, high, taking):
            return _unit(body, shown=shown) + _times(low, high) + _SUFFIX[taking]
        case Group(body, name):
            return f"(?P<{name}>{render(body, shown=shown)})"
        case Atomic(body):
            return f"(?>{render(body, shown=shown)})"
        case Look(body, ahead, negative):
            return f"(?{'' if ahead else '<'}{'!' if negative else '='}{render(body, shown=shown)})"
        case Boundary(negative):
            return r"\B" if negative else r"\b"
        case LineEdge(start):
            return r"(?<![^\n])" if start else r"(?![^\n])"
        case _:
            return f"(?:{render(node, shown=shown)})"


def _unit(node: Node, *, shown: bool) -> str:
    """Print a node so that a repeat after it means all of it."""
    if isinstance(node, Chars | Group | Atomic):
        return _item(node, shown=shown)
    return f"(?:{render(node, shown=shown)})"


def _times(low: int, high: int | None) -> str:
    if (low, high) == (0, 1):
        return "?"
    if high is None:
        return {0: "*", 1: "+"}.get(low, f"{{{low},}}")
    return f"{{{low}}}" if low == high else f"{{{low},{high}}}"


@lru_cache(maxsize=4096)
def _chars(charset: CharSet, *, shown: bool) -> str:
    single = charset.single()
    if single is not None:
        return _literal(single)
    if charset in _SHORT:
        return _SHORT[charset]
    straight = f"[{_members(charset)}]"
    excluded = charset.complement()
    # Beside a run in any case, `regex` takes the letters of `[^k]` in any case when it looks for
    # where a match may begin, and passes over a "K". What is spelled straight only gains by that.
    if not excluded.ranges or (excluded.folded() != excluded and not shown):
        return straight
    return min(straight, f"[^{_members(excluded)}]", key=len)


def _members(charset: CharSet) -> str:
    names = ""
    for name, short in _SHORT_IN_CLASS:
        rest = charset.difference(short)
        if charset.contains(short) and len(rest.ranges) <= len(charset.ranges):
            names += name
            charset = rest
    return names + "".join(_range(low, high) for low, high in charset.ranges)


def _range(low: int, high: int) -> str:
    if high - low > 1:
        return f"{_member(low)}-{_member(high)}"
    return _member(low) if low == high else _member(low) + _member(high)


def _literal(code: int) -> str:
    return _escaped(code, _PLAIN)


def _member(code: int) -> str:
    return _escaped(code, _PLAIN_IN_CLASS)


def _escaped(code: int, plain: frozenset[str]) -> str:
    character = chr(code)
    if not character.isascii():
        return _numbered(code)
    if character.isalnum() or character in plain:
        return character
    if character in _CONTROLS:
        return _CONTROLS[character]
    return f"\\{character}" if "!" <= character <= "~" else _numbered(code)


def _numbered(code: int) -> str:
    if code <= _TWO_DIGITS:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _FOUR_DIGITS else f"\\U{code:08x}"
