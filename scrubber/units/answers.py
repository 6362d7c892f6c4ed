"""
What becomes of the parts of an event, and what became of them.

Promise: values and functions only; what walks an event is in `rebuild`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Replacement = Mapping[str, str] | Callable[[str], str]


def _never(_reason: str) -> bool:
    """Take every number under a sensitive name for a sensitive one."""
    return False


@dataclass(frozen=True, slots=True)
class Answers:
    """What becomes of the parts of an event.

    Attributes:
        replacement: the new text of each unit, as a mapping or a function.
        sensitive: why what stands under a key of this name is sensitive (a rule, an entity), or
            None.
        whole: (that, text) -> what a sensitive text becomes. What it gave must come back unchanged
            when given to it again.
        in_code: the new text where a frame or an exception names code: its module, function, type
            or file; as `replacement` where it is None.
        in_source: the new text of a line of source; as `replacement` where it is None.
        counts: whether a number is no less a number where its name is sensitive for this reason.
        told: (words, text) -> the new text of what words announce: `("user=", "jdoe")` for
            `{"USER": "jdoe"}`, the text as its replacement left it; None to announce nothing.
        path: (text, file) -> the new text of a path, as its replacement left it; the file that its
            frame names, or "". None to leave it.
        argument: the same for a text of a command line.
        identity: (entity, text) -> what an identity becomes, by a value its place can hold; `whole`
            where it is None.
        templated: (template, params) -> the params of a template that may stay, scrubbed as part of
            the text that both make; None where they cannot be, and each is scrubbed by itself.
        noted: whether changes are told.
    """

    replacement: Replacement
    sensitive: Callable[[str], str | None]
    whole: Callable[[str, str], str]
    in_code: Replacement | None = None
    in_source: Replacement | None = None
    counts: Callable[[str], bool] = _never
    told: Callable[[str, str], str] | None = None
    path: Callable[[str, str], str] | None = None
    argument: Callable[[str], str] | None = None
    identity: Callable[[str, str], str] | None = None
    templated: Callable[[str, object], object | None] | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """A value that is no longer what it was.

    Attributes:
        path: the keys and places that lead to it in the new event.
        old: the text before; None for what was no text.
        new: the text after; None for what was taken out, or is no text.
        reason: why it went as a whole (the answer of `sensitive`, the entity of its field, or one
            word), or "" where parts of it were found.
    """

    path: tuple[str, ...]
    old: str | None
    new: str | None
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Rebuilt:
    """A new event, and what is new about it.

    Attributes:
        event: the event.
        changes: in order, where they were asked for.
    """

    event: dict[str, object]
    changes: tuple[Change, ...]


class _Asked(dict[str, str]):
    """Answers of a function, each asked for once."""

    def __init__(self, replacement: Callable[[str], str]) -> None:
        super().__init__()
        self._replacement = replacement

    def __missing__(self, text: str) -> str:
        self[text] = self._replacement(text)
        return self[text]


def asked(replacement: Replacement) -> Mapping[str, str]:
    """Give answers as a mapping: one of their own, or what asks a function once for each."""
    return replacement if isinstance(replacement, Mapping) else _Asked(replacement)
