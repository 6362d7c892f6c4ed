r"""What a pattern that can be parsed must still promise to be used as a rule.

The engine scans line by line where it can, and a stream is cut at line ends. Both are right only
when a rule without `multiline` gives the same result on a line alone as on a block of lines: it
must not match across a line end, nor be able to tell a line end from the edge of the text. Hence no
class of such a rule may hold a newline, neither one that consumes nor one in a look-around;
`^ $ \b \B` cannot tell the two apart anyway.

A match must not be empty (it would hide nothing, and a search would have to step over it), must
have a bound, and its `value` must be in every match: a span that is sometimes missing is a leak.

Promise: every reason says what to write instead; none depends on any text but the pattern's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.ruleset.charset import NEWLINE, SPACE, CharSet
from scrubber.ruleset.measure import UNBOUNDED, max_width, min_width
from scrubber.ruleset.nodes import Alt, Chars, Group, Look, Node, Repeat, inner, walk
from scrubber.ruleset.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = CharSet.of(" \t")
_VALUE = "value"


def problems(node: Node, *, multiline: bool, max_length: int) -> list[str]:
    """List what is wrong with a pattern, apart from what it costs.

    Args:
        node: the pattern.
        multiline: whether it may match across line ends.
        max_length: the greatest length of a match, in code points.

    Returns:
        One reason for each thing wrong, without repetitions; empty when the pattern can be used.
    """
    reasons = [*_widths(node, max_length), *_values(node), *_empty_repeats(node)]
    if not multiline:
        reasons += _newlines(node)
    return list(dict.fromkeys(reasons))


def _widths(node: Node, max_length: int) -> Iterator[str]:
    if not min_width(node):
        yield "the pattern may match nothing; make a part of it mandatory"
    width = max_width(node)
    if width >= UNBOUNDED:
        yield "the pattern has no bound; give each repeat one"
    elif width > max_length:
        yield f"a match may have {width} characters and must not exceed {max_length}; lower a bound"


def _values(node: Node) -> Iterator[str]:
    groups = [one for one in walk(node) if isinstance(one, Group)]
    for group in groups:
        if group.name != _VALUE:
            yield f"the only named group is `value`; write (?:...) for `{group.name}`"
    values = [group for group in groups if group.name == _VALUE]
    if len(values) > 1:
        yield "`value` is there twice; one group, once, is the span"
    for value in values:
        if not min_width(value):
            yield "`value` may be empty; make a part of it mandatory"
    for place, kind in (("a repeat", Repeat), ("a look-around", Look), ("an alternation", Alt)):
        if any(isinstance(one, kind) and _holds_value(one) for one in walk(node)):
            yield f"`value` is in {place}, so not once in every match; put it around or outside"


def _holds_value(node: Node) -> bool:
    return any(isinstance(one, Group) and one.name == _VALUE for one in walk(node))


def _empty_repeats(node: Node) -> Iterator[str]:
    for one in walk(node):
        if isinstance(one, Repeat) and not min_width(one.body):
            shown = render(one, shown=True)
            yield f"{shown} repeats what may match nothing; make a part of it mandatory"


def _newlines(node: Node, around: Look | None = None) -> Iterator[str]:
    if isinstance(node, Look):
        around = node
    if isinstance(node, Chars) and node.charset.intersects(NEWLINE):
        yield _newline_reason(node, around)
    for one in inner(node):
        yield from _newlines(one, around)


def _newline_reason(node: Chars, around: Look | None) -> str:
    source = render(node, shown=True)
    rest = _without_newline(node.charset)
    if not rest.ranges:
        fix = "write $ for the end of a line" if around else "set multiline = true"
    elif around and not around.negative:
        fix = f"write (?:{render(Chars(rest), shown=True)}|{'$' if around.ahead else '^'})"
    else:
        fix = f"write {render(Chars(rest), shown=True)}"
    if around:
        return f"{source} in a look-around tells a line end from the edge of the text; {fix}"
    return f"{source} may match a line end; {fix}"


def _without_newline(charset: CharSet) -> CharSet:
    """Return what an author most likely meant: blanks where all white space stood by name."""
    if charset.contains(SPACE) and charset.difference(SPACE).isdisjoint(_CONTROLS):
        return charset.difference(SPACE).union(_BLANK)
    return charset.difference(NEWLINE)


# A class that has these as well is a negated one, not one that names white space.
_CONTROLS = CharSet.spanning([(0x00, 0x08), (0x0E, 0x1F)])
