"""
Templates, and what they become: a text whose labels and stays know their places.

A template is text as a program prints it, with three kinds of marks:

    «kind:argument#2|encoding»   a fill; a sensitive one is labelled
    ‹text›                       must stay; plain fills may stand in it
    ⟦encoding:text⟧              all in it is written so; `a/b` is one of them, `*` any of the split

Promise: what is labelled and what stays never overlap, or the template is refused.
"""  # noqa: RUF002  # marks

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from .cases import Label, Path, Stay
from .writing import ALONE, WHOLE, WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKS: Final = re.compile("[«»‹›⟦⟧]")  # noqa: RUF001
FILL: Final = re.compile(
    r"(?P<kind>[A-Za-z0-9_]+)(?::(?P<argument>[^#|]*))?(?:#(?P<number>\d+))?(?:\|(?P<encoding>[\w*/]+))?"
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A value to plant."""

    entity: str
    sort: str
    value: str
    parts: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: planted, staying, or neither."""

    text: str
    planted: Planted | None = None
    stays: bool = False


class World(Protocol):
    """What gives the fills of one case."""

    def fill(self, kind: str, argument: str, number: int) -> Planted | str:
        """Return a value to plant, or plain text."""

    def encoding(self, choice: str) -> str:
        """Return one of the encodings that a template leaves open."""


def filled(template: str, world: World) -> list[Piece]:
    """Fill a template.

    Args:
        template: text with marks.
        world: gives the fills.

    Returns:
        The pieces of the text, in order.

    Raises:
        ValueError: If the marks of the template do not fit together.
    """
    pieces, end = _inner(template, 0, "", world)
    if end != len(template):
        raise ValueError("a mark is closed that was not opened")
    return pieces


def _inner(template: str, start: int, closing: str, world: World) -> tuple[list[Piece], int]:
    pieces: list[Piece] = []
    while match := MARKS.search(template, start):
        if match.start() > start:
            pieces.append(Piece(template[start : match.start()]))
        mark, start = match[0], match.end()
        if mark == closing:
            return pieces, start
        if mark == "«":
            end = template.index("»", start)
            pieces += _fill(template[start:end], world)
            start = end + 1
        elif mark == "‹":  # noqa: RUF001
            inner, start = _inner(template, start, "›", world)  # noqa: RUF001
            if any(piece.planted for piece in inner):
                raise ValueError("what stays holds a planted value")
            pieces.append(Piece("".join(piece.text for piece in inner), stays=True))
        elif mark == "⟦":
            colon = template.index(":", start)
            encoding = world.encoding(template[start:colon])
            inner, start = _inner(template, colon + 1, "⟧", world)
            pieces += written(inner, encoding)
        else:
            raise ValueError("a mark is closed that was not opened")
    if closing:
        raise ValueError("a mark is not closed")
    return [*pieces, Piece(template[start:])], len(template)


def _fill(inner: str, world: World) -> list[Piece]:
    match = FILL.fullmatch(inner)
    if match is None:
        raise ValueError(f"no fill: {inner}")
    got = world.fill(match["kind"], match["argument"] or "", int(match["number"] or 0))
    piece = Piece(got) if isinstance(got, str) else Piece(got.value, got)
    return written([piece], world.encoding(match["encoding"])) if match["encoding"] else [piece]


def written(pieces: Sequence[Piece], encoding: str) -> list[Piece]:
    """Write pieces in an encoding."""
    write = WRITERS[encoding]
    if encoding in WHOLE:
        planted = [piece.planted for piece in pieces if piece.planted]
        if len(planted) > 1 or any(piece.stays for piece in pieces):
            raise ValueError(f"{encoding} leaves one planted value and nothing else")
        joined = Piece("".join(piece.text for piece in pieces), next(iter(planted), None))
        return [_layer(joined, write(joined.text), encoding)]
    alone = encoding in ALONE
    return [
        piece if alone and not piece.planted else _layer(piece, write(piece.text), encoding)
        for piece in pieces
    ]


def _layer(piece: Piece, text: str, encoding: str) -> Piece:
    planted = piece.planted
    if planted and text != piece.text:
        planted = replace(planted, layers=(*planted.layers, encoding))
    return replace(piece, text=text, planted=planted)


def encoding_name(layers: Sequence[str]) -> str:
    """Name the layers of a written form, the innermost first."""
    names: list[str] = []
    for layer in layers:
        if names and names[-1] == layer:
            names[-1] = f"{layer}_twice"
        else:
            names.append(layer)
    return "+".join(names) or "raw"


def laid_out(pieces: Sequence[Piece], path: Path) -> tuple[str, list[Label], list[Stay]]:
    """Join pieces to one string.

    Args:
        pieces: as `filled` gives them.
        path: the place of the string in its event, () in a text.

    Returns:
        The string, its labels and its stays.
    """
    labels, stays, at = [], [], 0
    for piece in pieces:
        end = at + len(piece.text)
        if planted := piece.planted:
            name = encoding_name(planted.layers)
            labels.append(
                Label(
                    planted.entity, planted.sort, planted.value, planted.parts, name, path, at, end
                )
            )
        elif piece.stays and piece.text:
            stays.append(Stay(piece.text, path))
        at = end
    return "".join(piece.text for piece in pieces), labels, stays


def fills(template: str) -> Iterator[re.Match[str]]:
    """Iterate over the fills of a template, as `FILL` reads them."""
    for inner in re.findall("«([^»]*)»", template):
        if match := FILL.fullmatch(inner):
            yield match
