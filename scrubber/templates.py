"""
A `%` template and its arguments in, arguments out whose message is scrubbed.

Reports are grouped by the template of a message (`"login of %s failed"`), so it must stay while
what it shows goes. A finding may need both (`"password=%s"`), so the whole is scrubbed, and the
result is split along the template's own words. That any split of a scrubbed text is a scrubbed
text is what makes this safe; where no split fits, the arguments that a finding touches are replaced
and the whole is scrubbed again to prove that it stands still.

Promise: a message of what comes out scrubs to itself, and no object of the caller's is changed.
What cannot be told apart gives None: then the text stands for the template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from scrubber.redact.placeholders import placeholder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrubber.types import Finding

_CONVERSION: Final = re.compile(
    r"%(?:\((?P<key>[^()]*)\))?[#0\- +]*(?P<width>\*|\d*)(?:\.(?P<precision>\*|\d*))?[hlL]?"
    r"(?P<kind>[diouxXeEfFgGcrsa])"
)
_TEXTS: Final = "sra"
_INTEGERS: Final = "diouxX"


class Scrubs(Protocol):
    """What is asked of a scrubber here."""

    def scrub_text(self, text: str) -> str:
        """Scrub a text."""

    def scan(self, text: str) -> list[Finding]:
        """Find what would be redacted."""


class Shown(str):
    """A text that looks the same under `%s` and `%r`, as the object did that it stands for."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str.__str__(self)


@dataclass(frozen=True, slots=True)
class Conversion:
    """One place of a template that is filled.

    Attributes:
        spec: as it is written: `%-10s`.
        key: the key it asks for, or None.
        kind: its letter.
        stars: values it takes for its width and precision.
        padded: it has a width.
    """

    spec: str
    key: str | None
    kind: str
    stars: int
    padded: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A conversion with what fills it. Its `repr` would show that: it is never printed.

    Attributes:
        conversion: the place.
        stars: values of its width and precision.
        value: the argument.
        text: what it shows.
    """

    conversion: Conversion
    stars: tuple[object, ...]
    value: object
    text: str


Piece = str | Conversion


def read_template(template: str) -> list[Piece] | None:
    """Take a template apart.

    Args:
        template: as given to a logger.

    Returns:
        Its words and conversions in order, words never beside words; None where Python would
        refuse it, or reads it otherwise than this does.

    >>> read_template("5%% of %s")
    ['5% of ', Conversion(spec='%s', key=None, kind='s', stars=0, padded=False)]
    """
    pieces: list[Piece] = []
    words: list[str] = []
    at = 0
    while True:
        sign = template.find("%", at)
        words.append(template[at : sign if sign >= 0 else len(template)])
        if sign < 0:
            break
        if template.startswith("%%", sign):
            words.append("%")
            at = sign + 2
            continue
        match = _CONVERSION.match(template, sign)
        if match is None:
            return None
        if any(words):
            pieces.append("".join(words))
        words = []
        stars = (match["width"] == "*") + (match["precision"] == "*")
        pieces.append(
            Conversion(match[0], match["key"], match["kind"], stars, bool(match["width"]))
        )
        at = match.end()
    if any(words):
        pieces.append("".join(words))
    return pieces


def fill(pieces: Sequence[Piece], args: object) -> list[str | Filled] | None:
    """Fill a template, each argument asked once for its text.

    Args:
        pieces: of `read_template`.
        args: as a record holds them: a tuple, or the one mapping that was given.

    Returns:
        Words, and conversions with what they show; None when the two do not fit.
    """
    keyed = [one.key is not None for one in pieces if isinstance(one, Conversion)]
    if not keyed or any(keyed) is not all(keyed):
        return None
    if keyed[0]:
        return _fill_by_key(pieces, args) if isinstance(args, Mapping) else None
    values = list(args) if isinstance(args, tuple) else [args]
    filled: list[str | Filled] = []
    for piece in pieces:
        if isinstance(piece, str):
            filled.append(piece)
            continue
        if len(values) <= piece.stars:
            return None
        stars, value = tuple(values[: piece.stars]), values[piece.stars]
        del values[: piece.stars + 1]
        filled.append(Filled(piece, stars, value, piece.spec % (*stars, value)))
    return None if values else filled


def _fill_by_key(
    pieces: Sequence[Piece], args: Mapping[object, object]
) -> list[str | Filled] | None:
    filled: list[str | Filled] = []
    for piece in pieces:
        if isinstance(piece, str):
            filled.append(piece)
        elif piece.stars:
            return None
        else:
            filled.append(Filled(piece, (), args[piece.key], piece.spec % args))
    return filled


def _text(piece: str | Filled) -> str:
    return piece if isinstance(piece, str) else piece.text


def scrub_args(
    template: str, args: object, scrubber: Scrubs, *, known: tuple[str, str] = ("", "")
) -> object | None:
    """Scrub the arguments of a template.

    Args:
        template: it stays as it is.
        args: as a record holds them.
        scrubber: what looks and replaces.
        known: a message and what was made of it, so that the same is not asked for twice.

    Returns:
        New arguments, of which every one that shows nothing is the same object; None when the text
        of the message must stand for the template.
    """
    scrub = scrubber.scrub_text
    pieces = read_template(template)
    filled = None if pieces is None else fill(pieces, args)
    if filled is None or scrub(template) != template:
        return None
    whole = "".join(map(_text, filled))
    scrubbed = known[1] if whole == known[0] else scrub(whole)

    def fitting(texts: Sequence[str]) -> object | None:
        changed = _arguments(filled, texts, args, scrubber)
        message = template % changed
        return changed if message == scrubbed or scrub(message) == message else None

    split = align(filled, scrubbed)
    found = None if split is None else fitting(split)
    return fitting(_cover(filled, whole, scrubber)) if found is None else found


def align(filled: Sequence[str | Filled], scrubbed: str) -> list[str] | None:
    """Split a scrubbed message along its template.

    Args:
        filled: what the message was before.
        scrubbed: the message.

    Returns:
        A text for each piece; together they are the message. None when its words are not all there.
    """
    texts = [_text(piece) for piece in filled]
    start, first = 0, 0
    while first < len(texts) and scrubbed.startswith(texts[first], start):
        start += len(texts[first])
        first += 1
    if first == len(texts):
        return texts if start == len(scrubbed) else None
    end, last = len(scrubbed), len(texts) - 1
    while last > first and end - len(texts[last]) >= start:
        if not scrubbed.endswith(texts[last], start, end):
            break
        end -= len(texts[last])
        last -= 1
    for at in range(first, last + 1):
        if isinstance(filled[at], str):  # the words before these were found with the last argument
            if not scrubbed.startswith(texts[at], start):
                return None
            start += len(texts[at])
            continue
        stop = end if at == last else _next(texts, at + 1, last, scrubbed, start, end)
        if stop < 0:
            return None
        texts[at] = scrubbed[start:stop]
        start = stop
    return texts if start == end else None


def _next(texts: Sequence[str], at: int, last: int, scrubbed: str, start: int, end: int) -> int:  # noqa: PLR0913, PLR0917
    """Find where the next piece begins, with the one after it if that stayed."""
    anchor = texts[at]
    both = scrubbed.find(anchor + texts[at + 1], start, end) if at < last else -1
    return both if both >= 0 else scrubbed.find(anchor, start, end) if anchor else -1


def _cover(filled: Sequence[str | Filled], whole: str, scrubber: Scrubs) -> list[str]:
    """Replace what findings cover of each argument by their placeholders."""
    findings = scrubber.scan(whole)
    texts = []
    start = 0
    for piece in filled:
        text, at = _text(piece), start
        end = start + len(text)
        if isinstance(piece, Filled):
            parts = []
            for one in findings:
                if one.start < end and one.end > start:
                    parts += [whole[at : max(at, one.start)], placeholder(one.entity)]
                    at = min(one.end, end)
            text = "".join((*parts, whole[at:end]))
        texts.append(text)
        start = end
    return texts


def _arguments(
    filled: Sequence[str | Filled], texts: Sequence[str], args: object, scrubber: Scrubs
) -> object:
    """Make the arguments that show these texts."""
    by_key: dict[object, object] = {}
    row: list[object] = []
    keyed = False
    for piece, text in zip(filled, texts, strict=True):
        if isinstance(piece, str):
            continue
        value = _argument(piece, text, scrubber)
        row += (*piece.stars, value)
        if piece.conversion.key is not None:
            keyed = True
            if value is not piece.value:
                by_key.setdefault(piece.conversion.key, value)
    return {**dict(args), **by_key} if keyed and isinstance(args, Mapping) else tuple(row)


def _argument(piece: Filled, text: str, scrubber: Scrubs) -> object:
    if text == piece.text:
        if not isinstance(piece.value, str | dict | list | tuple | set | frozenset):
            return piece.value
        # A precision may hide a part of it, which other readers of the record see.
        shown = str(piece.value)
        clean = scrubber.scrub_text(shown)
        return piece.value if clean == shown else Shown(clean)
    kind = piece.conversion.kind
    if kind in _TEXTS:
        new = text.strip(" ") if piece.conversion.padded else text
        return new if kind == "s" else Shown(new)
    if kind == "c":
        return "?"
    return 0.0 if isinstance(piece.value, float) and kind not in _INTEGERS else 0
