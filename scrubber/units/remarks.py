"""
What was changed in an event, told as Sentry tells it: remarks under `_meta`.

    {"exception": {"values": {"0": {"value": {"": {"rem": [["contact.email", "s", 8, 15]]}}}}}}

A remark is `[rule, kind]` or `[rule, kind, start, end]`: kind `s` for replaced by another text, `m`
masked, `p` replaced by a pseudonym, `x` removed; the range is half-open, in bytes of UTF-8 of the
new text. The form is that of Sentry's documentation of event metadata.

Promise: no text, and no length unless that is asked for; remarks that were there stay, without
their ranges where the text they count in is another one now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scrubber.types import Span

KINDS: Final = {"hash": "p", "mask": "m", "pseudonym": "p", "remove": "x"}
"""The kind of remark of an operator; `s` of any other."""

META: Final = "_meta"
_RANGED: Final = 4


@dataclass(frozen=True, slots=True)
class Remark:
    """What was done at one place.

    Attributes:
        rule_id: by which rule.
        kind: one letter, as above.
        start: first byte in the new text; -1 where there is none.
        end: one past the last one.
    """

    rule_id: str
    kind: str = "s"
    start: int = -1
    end: int = -1

    def written(self) -> list[object]:
        """Give it as Sentry writes it."""
        where = [self.start, self.end] if self.start >= 0 else []
        return [self.rule_id, self.kind, *where]


@dataclass(frozen=True, slots=True)
class Remarked:
    """A value that was changed.

    Attributes:
        path: the keys and places that lead to it.
        remarks: what was done.
        length: code points before, where that may be told; -1 where not.
    """

    path: tuple[str, ...]
    remarks: tuple[Remark, ...]
    length: int = -1


def remarks_of(
    spans: Sequence[Span],
    text: str,
    pieces: Sequence[tuple[int, int, int, int]],
    operator_for: dict[str, str],
) -> tuple[Remark, ...]:
    """Tell what was done to a text.

    Args:
        spans: the final spans, disjoint, in order.
        text: what became of the text.
        pieces: for each span, where it began and ended before, and where its replacement does now.
        operator_for: the operator of each entity of the spans.

    Returns:
        A remark for each span.
    """
    plain = text.isascii()
    found: list[Remark] = []
    cursor = size = 0
    for span, (_, _, start, end) in zip(spans, pieces, strict=True):
        kind = KINDS.get(operator_for.get(span.entity, ""), "s")
        if plain:
            found.append(Remark(span.rule_id, kind, start, end))
            continue
        size += _bytes(text[cursor:start])
        begin = size
        size += _bytes(text[start:end])
        cursor = end
        found.append(Remark(span.rule_id, kind, begin, size))
    return tuple(found)


def whole_remark(rule_id: str, kind: str, new: str) -> Remark:
    """Tell that a text was replaced as a whole."""
    return Remark(rule_id, kind, 0, _bytes(new))


def with_remarks(event: dict[str, object], remarked: Iterable[Remarked]) -> dict[str, object]:
    """Put remarks into an event that may have some.

    Args:
        event: the new event, whose `_meta` was scrubbed with it.
        remarked: what was changed.

    Returns:
        The event; without changes, as it was.
    """
    found = list(remarked)
    if not found:
        return event
    meta = event.get(META)
    root: dict[str, object] = meta if isinstance(meta, dict) else {}
    for one in found:
        _add(root, one)
    event[META] = root
    return event


def with_error(event: dict[str, object], kind: str, data: Mapping[str, int]) -> dict[str, object]:
    """Put into an event, as a whole, what could not be done for it.

    Args:
        event: the new event.
        kind: what, in one word.
        data: numbers of it.

    Returns:
        The event.
    """
    meta = event.get(META)
    root: dict[str, object] = meta if isinstance(meta, dict) else {}
    node = root.get("")
    if not isinstance(node, dict):
        node = root[""] = {}
    told = node.get("err")
    kept = list(told) if isinstance(told, list | tuple) else []
    entry = [kind, dict(data)]
    node["err"] = [*(one for one in kept if one != entry), entry]
    event[META] = root
    return event


def _add(root: dict[str, object], one: Remarked) -> None:
    node = root
    for name in (*one.path, ""):
        below = node.get(name)
        if not isinstance(below, dict):
            below = node[name] = {}
        node = below
    was = node.get("rem")
    kept = [_unranged(remark) for remark in was] if isinstance(was, list | tuple) else []
    added = [remark.written() for remark in one.remarks]
    node["rem"] = [remark for remark in kept if remark not in added] + added
    if one.length >= 0:
        node.setdefault("len", one.length)


def _unranged(remark: object) -> object:
    """Take the range from a remark that counts in a text of the past."""
    if isinstance(remark, list | tuple) and len(remark) == _RANGED:
        return list(remark[:2])
    return remark


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
