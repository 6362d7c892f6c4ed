"""
What became of a text, piece by piece.

The two texts are compared by lines, and where those differ by words, placeholders as one word: what
was replaced was found by rules that know words, so this shows the findings, where a comparison by
characters shows the letters a secret and its placeholder have in common.

Promise: the pieces in order are both texts, whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_LINE: Final = lazy_pattern(r"[^\n]*\n|[^\n]+")
_MARKS: Final = r"\[[a-z][^\[\]\n]{0,60}\]|<[a-z-]{2,20}>"
_PLACEHOLDER: Final = lazy_pattern(_MARKS)
_TOKEN: Final = lazy_pattern(rf"{_MARKS}|\w+|[^\S\n]+|[\s\S]")
# Between two findings it belongs to neither, but inside one (`/home/jane`, `a@b.c`) to it.
_SEPARATOR: Final = lazy_pattern(r"[^\w\s]{1,3}")
# Comparing takes steps by the product of both: beyond this, placeholders must do.
_MOST_STEPS: Final = 4_000_000


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """A part of a text and what it became. Its `repr` shows nothing of it.

    Attributes:
        raw: the part as it was.
        scrubbed: what stands for it.
    """

    raw: str
    scrubbed: str

    @property
    def kept(self) -> bool:
        """Tell whether nothing changed."""
        return self.raw == self.scrubbed


def pieces(raw: str, scrubbed: str) -> list[Piece]:
    """Compare a text with what it became.

    Args:
        raw: the text.
        scrubbed: what it became.

    Returns:
        Its parts, kept and changed ones by turns.

    >>> [(one.raw, one.scrubbed) for one in pieces("a jane@example.com b", "a [email] b")]
    [('a ', 'a '), ('jane@example.com', '[email]'), (' b', ' b')]
    """
    lines = list(_compared(raw, scrubbed, _LINE.findall))
    return _joined(
        part
        for line in lines
        for part in ([line] if line.kept else _compared(line.raw, line.scrubbed, _TOKEN.findall))
    )


def _joined(parts: Iterable[Piece]) -> list[Piece]:
    """Put neighbours of a kind together, and two changes with what only separates words."""
    found: list[Piece] = []
    for part in parts:
        if not (part.raw or part.scrubbed):
            continue
        joins = bool(found) and found[-1].kept == part.kept
        if len(found) > 1 and not part.kept and _SEPARATOR.fullmatch(found[-1].raw):
            separator = found.pop()
            part = _sum(separator, part)  # noqa: PLW2901  # the part, and what is before it
            joins = True
        found.append(_sum(found.pop(), part) if joins else part)
    return found


def _sum(one: Piece, other: Piece) -> Piece:
    return Piece(one.raw + other.raw, one.scrubbed + other.scrubbed)


def _compared(raw: str, scrubbed: str, cut: Callable[[str], Sequence[str]]) -> Iterator[Piece]:
    old, new = cut(raw), cut(scrubbed)
    if len(old) * len(new) > _MOST_STEPS:
        yield from _around_placeholders(raw, scrubbed)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, i, j, k, m in matcher.get_opcodes():
        yield Piece("".join(old[i:j]), "".join(new[k:m]))


def _around_placeholders(raw: str, scrubbed: str) -> list[Piece]:
    """Find what stands between placeholders in the raw text; all is one change where it is not."""
    found: list[Piece] = []
    at, end, changed = 0, 0, ""
    spans = [match.span() for match in _PLACEHOLDER.finditer(scrubbed)]
    for start, stop in [*spans, (len(scrubbed), len(scrubbed) + 1)]:
        kept = scrubbed[end:start]
        is_last = stop > len(scrubbed)
        begins = len(raw) - len(kept) if is_last else raw.find(kept, at)
        if begins < at or not raw.startswith(kept, begins):
            return [Piece(raw, scrubbed)]
        found += [Piece(raw[at:begins], changed), Piece(kept, kept)]
        at, end, changed = begins + len(kept), stop, scrubbed[start:stop]
    return found
