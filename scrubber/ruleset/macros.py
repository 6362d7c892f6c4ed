r"""Macros of patterns: `%{name}` and `%{name:CLASS}`, replaced by their source before parsing.

How a character is written in reports is one table (`scrubber.encodings`); a pattern says
`/home%{sep}` and never spells it out again. Three macros depend on more than the table:

    %{left:CLASS}    a token can start here: not after CLASS, where "after" means after the text and
                     not after its encoding, so that `\n` + `jane` in a repr starts a token, and the
                     letter of `\n` is never the first of one
    %{right:CLASS}   a token can end here: not before CLASS
    %{keys}          the rule's `keys`, in any case, their words joined by `_`, `-`, `.`, a blank or
                     nothing

Promise: what comes out has no macro left in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.encodings import ESCAPE_LETTERS, MACROS

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLASS: Final = r"\[(?:\\.|[^\]\\])+\]|\\[wdsWDS]"
_MACRO: Final = re.compile(rf"%\{{(?P<name>\w+)(?::(?P<class>{_CLASS}))?\}}|%\{{")
_WITH_CLASS: Final = ("left", "right")
_JOIN: Final = re.compile(r"[_\-. ]+")
_JOINED: Final = r"[_\-.\x20]?"


class MacroError(ValueError):
    """A macro that is unknown or misused; its text says what and what to do."""


def expand(pattern: str, *, keys: Iterable[str] = ()) -> str:
    r"""Replace the macros of a pattern by their source.

    Args:
        pattern: the pattern as its rule has it.
        keys: what `%{keys}` stands for.

    Returns:
        The pattern without macros.

    Raises:
        MacroError: a macro is unknown, malformed, lacks its class or has one it does not take, or
            `%{keys}` stands in a rule without keys.

    >>> expand(r"%{right:\w}x")
    '(?!\\w)x'
    """
    names = tuple(keys)
    return _MACRO.sub(lambda match: _source(match["name"], match["class"], names), pattern)


def _source(name: str | None, group: str | None, keys: tuple[str, ...]) -> str:
    if name is None:
        raise MacroError(
            "malformed macro; write %{name} or %{name:[class]}, and %\\{ for the characters"
        )
    if name in _WITH_CLASS:
        if group is None:
            raise MacroError(f"%{{{name}}} needs a class: write %{{{name}:[class]}}")
        return _left(group) if name == "left" else f"(?!{group})"
    if group is not None:
        raise MacroError(f"%{{{name}}} takes no class; only {_listed(_WITH_CLASS)} do")
    if name == "keys":
        return _keys(keys)
    if name not in MACROS:
        raise MacroError(
            f"unknown macro %{{{name}}}; known: {_listed((*MACROS, 'keys', *_WITH_CLASS))}"
        )
    return MACROS[name]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _left(group: str) -> str:
    letter = f"[{ESCAPE_LETTERS}]"
    return rf"(?:(?<!{group})(?:(?<!\\)|(?!{letter}))|(?<=\\{letter}))"


def _keys(keys: tuple[str, ...]) -> str:
    words = {tuple(word for word in _JOIN.split(key) if word) for key in keys} - {()}
    if not words:
        raise MacroError("%{keys} needs keys in its rule")
    # Longest first: an alternation takes the first that fits, and "token" would hide "token_id".
    ordered = sorted(words, key=lambda parts: (-sum(map(len, parts)), parts))
    return f"(?i:{'|'.join(_JOINED.join(map(re.escape, one)) for one in ordered)})"
