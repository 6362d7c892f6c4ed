"""
The corpus as a stream of cases, each with what must go and what must stay.

Scoring, in one place since both sides must agree: a planted value has leaked when it occurs in the
output, in any form, more often than it occurs in the content outside the labels that hold it. The
same holds for its parts. So an account that is also a word (`/home/summer/summer.csv`) is counted
fairly, and nobody has to know where in the output a place of the input went.

Promise: the same version, split, seed and size give the same cases on every machine and version of
Python; `size` only cuts: the first cases of a large corpus are those of a small one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS_VERSION: Final = "2"
SEED: Final = 8
SIZE: Final = 3000

Split = Literal["dev", "test"]
Kind = Literal["event", "text"]
Path = tuple[str | int, ...]
SPLITS: Final[tuple[Split, ...]] = ("dev", "test")


@dataclass(frozen=True, slots=True)
class Label:
    """One planted value, and where it stands.

    Attributes:
        entity: what it is, by scrubber's names.
        sort: how it is told: "email", "home-path user", "url credential", ...
        value: the value itself, as it was before it was encoded.
        parts: what alone already tells: a surname, an address without its last octet.
        encoding: how it is written; layers are joined by "+", the innermost first.
        path: the place of the string in an event, () in a text.
        start: where the written form begins, in code points.
        end: where it ends.
    """

    entity: str
    sort: str
    value: str = field(repr=False)
    parts: tuple[str, ...] = field(repr=False)
    encoding: str
    path: Path
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stay:
    """What must be there afterwards, byte for byte.

    Attributes:
        text: what stays.
        path: the place of the string in an event, () in a text.
    """

    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class Case:
    """One event or text.

    Attributes:
        id: "dev-17".
        split: "dev" or "test".
        kind: "event" or "text".
        shape: what it looks like: "python event", "nginx log", ...
        content: the event, or the text.
        labels: what must go.
        stays: what must stay.
    """

    id: str
    split: Split
    kind: Kind
    shape: str
    content: dict[str, Any] | str = field(repr=False)
    labels: tuple[Label, ...]
    stays: tuple[Stay, ...] = field(repr=False)


def cases(split: Split, *, seed: int = SEED, size: int | None = None) -> Iterator[Case]:
    """Make the cases of a split, one by one.

    Args:
        split: "dev" to look at, "test" to be scored with.
        seed: another one gives other cases from the same templates.
        size: how many; 3,000 unless told.

    Returns:
        The cases, in their order.
    """
    from .making import made

    return made(split, seed=seed, size=SIZE if size is None else size)
