"""
The `repr` of any object, bounded, with summaries where it holds bulk data.

Rejected: cutting what `repr` gives. It is built whole before it can be cut, three megabytes for a
photo, and its first kilobytes are the first row of that photo.

Promise: at most `LONGEST` characters and a few brackets; a cut leaves no beginning of a word, and
no number before it, since half an address or half a card number is one that no rule knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scrubber.integrations.sentry.class_facts import (
    MISSING,
    class_name,
    full_name,
    is_one_of,
    own_dict,
    owner_of,
)
from scrubber.integrations.sentry.containers import MOST_FIELDS, opened
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.integrations.sentry.containers import Opened

    Summary = Callable[[object], str | None]

LONGEST: Final = 8192
"""Characters of a text."""

_LONGEST_STRING: Final = 1024
_DEEPEST: Final = 6
_CUT: Final = "..."

_PLAIN: Final = (int, float, complex, bool, type(None))
_TEXT: Final = (str, bytes, bytearray)
_WORD: Final = lazy_pattern(r"\S+")
_DIGIT: Final = lazy_pattern(r"\d")
_NAME: Final = lazy_pattern(r"[A-Za-z_]\w{0,63}")
# What the text of an object shows of data: an array, numbers or escapes in a row, base64.
_BULK: Final = lazy_pattern(
    r"\b(?:[Aa]rray|[Tt]ensor)\(\s{0,8}+[\[\d]"
    r"|(?<![\w.+-])(?:[-+]?\d[\w.+-]{0,40}+[\s,;()\[\]]{1,40}+){16}"
    r"|(?:\\x[0-9a-f]{2}[^\\]{0,4}+){8}"
    r"|(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{60,100}+\s{1,4}+){3}"
)


def cut(text: str, longest: int = LONGEST) -> str:
    """Shorten a text to whole words, the last of them no number.

    Args:
        text: any text.
        longest: characters that may stay.

    Returns:
        The text, or its first words and three dots.

    >>> cut("mail from jane@example.com", 18), cut("card 4111 1111 1111", 16), cut("ok", 16)
    ('mail from ...', 'card ...', 'ok')
    """
    if len(text) <= longest:
        return text
    words = [*_WORD.finditer(text, 0, longest)]
    if words and not text[longest].isspace():
        words.pop()
    while words and _DIGIT.search(words[-1][0]):
        words.pop()
    return f"{text[: words[-1].end()]} {_CUT}" if words else _CUT


def bounded_repr(value: object, summary: Summary) -> str:
    """Give a text of any object, as `repr` does.

    Args:
        value: the object.
        summary: what gives the text of bulk data, and None for anything else.

    Returns:
        The text.
    """
    return _Writer(summary).text(value, 0)


class _Writer:
    """Writes one text."""

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._left = LONGEST
        self._open: set[int] = set()

    def text(self, value: object, depth: int) -> str:
        """Write an object that stands so deep in others."""
        if self._left <= 0:
            return _CUT
        text = self._summary(value)
        if text is None:
            kind = type(value)
            if is_one_of(kind, _PLAIN):
                text = repr(value)
            elif is_one_of(kind, _TEXT):
                text = self._string(value)
            elif depth >= _DEEPEST or id(value) in self._open:
                text = f"<{class_name(kind)}>"
            else:
                held = opened(value)
                if held is not None:
                    return self._container(value, held, depth)
                text = cut(_asked(value, kind, self._summary), self._left)
        self._left -= len(text)
        return text

    def _string(self, value: Any) -> str:  # noqa: ANN401
        most = min(_LONGEST_STRING, self._left)
        return repr(cut(value, most) if type(value) is str else value)

    def _container(self, value: object, held: Opened, depth: int) -> str:
        self._open.add(id(value))
        parts = []
        for name, item in held.entries:
            if self._left <= 0:
                break
            parts.append(self._entry(name, item, depth + 1))
            self._left -= 2
        self._open.discard(id(value))
        if held.more or len(parts) < len(held.entries):
            parts.append(_CUT)
        return held.head + ", ".join(parts) + held.tail

    def _entry(self, name: object, item: Any, depth: int) -> str:  # noqa: ANN401
        if name is MISSING:
            key = self.text(item[0], depth)
            return f"{key}: {self.text(item[1], depth)}"
        shown = name if type(name) is str and _NAME.fullmatch(name) else ""
        self._left -= len(shown)
        return f"{shown}={self.text(item, depth)}" if shown else self.text(item, depth)


def _asked(value: object, kind: type, summary: Summary) -> str:
    """Ask an object for its text, unless it would show data."""
    if full_name(kind) == ("builtins", "method"):
        return _method(value)
    bulk = "" if prints_itself(kind) or _prints_layers(kind) else _bulk_of(value, summary)
    text = "" if bulk else cut(_shown(value))
    return text if text and not shows_bulk(text) else f"<{class_name(kind)}{bulk}>"


def _method(value: Any) -> str:  # noqa: ANN401
    """Name a method; its `repr` is one of the object that has it."""
    name = getattr(value.__func__, "__name__", "")
    return f"<bound method {class_name(type(value.__self__))}.{name}>"


def _bulk_of(value: object, summary: Summary) -> str:
    """Tell the attributes that are bulk data; others the object may have reasons to hide."""
    told = []
    for name, item in [*own_dict(value).items()][:MOST_FIELDS]:
        text = summary(item)
        if text is not None and _NAME.fullmatch(name):
            told.append(f" {name}={text}")
    return "".join(told)


def _prints_layers(kind: type) -> bool:
    """Tell a module of torch, which prints its layers and none of their weights."""
    return full_name(owner_of(kind, "__repr__")) == ("torch", "Module")


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except BaseException:  # noqa: BLE001  # `SystemExit`, too: Sentry takes nothing else from it
        return f"<{class_name(type(value))}>"
    return str.__str__(text)


def shows_bulk(text: str) -> bool:
    """Tell whether the text of an object shows the data it holds.

    >>> shows_bulk("Batch(array([[1, 2]]))"), shows_bulk("Config(lr=0.1)")
    (True, False)
    """
    return _BULK.search(text) is not None


def prints_itself(kind: type) -> bool:
    """Tell a class whose `repr` is short and shows no other object.

    >>> prints_itself(int), prints_itself(list)
    (True, False)
    """
    return is_one_of(owner_of(kind, "__repr__"), _SAFE)


_SAFE: Final = (object, int, bool, str, float, complex, type(None), bytes, bytearray, type, range)
