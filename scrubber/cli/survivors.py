"""
Where a canary is still to be seen, in whatever way it is written.

A text is looked at as it is, in any case, and with up to three layers of encodings undone; a canary
is looked for whole, in base64 at any offset, in hexadecimal digits, and by half: half of a secret
is a secret.
"""

from __future__ import annotations

import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scrubber.cli.event_fields import step
from scrubber.decoding import decoded_views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scrubber.cli.canaries import Canary

EVENT: Final = "event"
_BASE64_STARTS: Final = ((0, 0), (1, 2), (2, 3))
"""Bytes before a text, and how many characters of the base64 are not the text's alone."""
_SHORTEST_HALF: Final = 12


@dataclass(frozen=True, slots=True, order=True)
class Survivor:
    """A canary that was seen.

    Attributes:
        name: where it was planted.
        entity: what it is.
        field: the path of the field; what is no event has its type before it.
        written: how: raw, case, decoded, base64, hex or part.
    """

    name: str
    entity: str
    field: str
    written: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an envelope, as it would have been sent.

    Attributes:
        kind: its type.
        headers: its own headers, and those of its envelope.
        payload: what it holds.
    """

    kind: str
    headers: dict[str, object]
    payload: str

    def texts(self) -> Iterator[tuple[str, str]]:
        """Give every string, number and key in it by its path."""
        before = "" if self.kind == EVENT else f"{self.kind}:"
        yield from _leaves(self.headers, f"{before}header")
        try:
            payload = json.loads(self.payload)
        except ValueError:
            yield f"{before}payload", self.payload
        else:
            yield from _leaves(payload, before)


def survivors(items: Iterable[Item], canaries: Sequence[Canary]) -> list[Survivor]:
    """Find canaries.

    Args:
        items: what would have been sent.
        canaries: what must not be in it.

    Returns:
        Each canary for each field in which it is, sorted.
    """
    places: dict[str, set[str]] = {}
    for item in items:
        for path, text in item.texts():
            places.setdefault(text, set()).add(path)
    forms = [(canary, _forms(canary.needle)) for canary in canaries]
    found = set()
    for text, paths in places.items():
        views = _views(text)
        for canary, spelled in forms:
            written = _written(canary.needle, spelled, views)
            if written:
                found |= {Survivor(canary.name, canary.entity, path, written) for path in paths}
    return sorted(found)


def _written(needle: str, forms: dict[str, tuple[str, ...]], views: Sequence[str]) -> str:
    """Tell how a needle is written in one of the views of a text; "" where it is not."""
    if needle in views[0]:
        return "raw"
    for at, view in enumerate(views):
        folded = view.casefold()
        for written, spelled in forms.items():
            if any(one in (view if written == "base64" else folded) for one in spelled):
                return "decoded" if at and written == "case" else written
    return ""


def _views(text: str) -> list[str]:
    return [text, *dict.fromkeys(view.text for view in decoded_views(text))]


def _forms(needle: str) -> dict[str, tuple[str, ...]]:
    folded = needle.casefold()
    data = needle.encode()
    packed = []
    for before, start in _BASE64_STARTS:
        whole = (before + len(data)) * 8 // 6
        packed.append(binascii.b2a_base64(b"\0" * before + data).decode("ascii")[start:whole])
    half = len(folded) // 2
    parts = (folded[:half], folded[half:]) if half >= _SHORTEST_HALF else ()
    return {
        "case": (folded,),
        "base64": tuple(packed),
        "hex": (data.hex(),),
        "part": parts,
    }


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # the JSON border
    if isinstance(value, dict):
        for key, inner in value.items():
            deeper = step(path, key) if not path.endswith(":") else f"{path}{step('', key)}"
            yield deeper, key
            yield from _leaves(inner, deeper)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, step(path, index))
    elif value is not None:
        yield path, str(value)
