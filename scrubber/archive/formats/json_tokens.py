r"""
The tokens of JSON, found without building what they stand for.

A document that is parsed and written again is another one: numbers of more digits than a float has,
duplicate keys, blanks and escapes are lost. So its text is cut into tokens, and only the tokens
that hold a finding are written anew.

Promise: linear in the size of the text, whatever it is and however deep it goes.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from scrubber.units.rows import flag_of, is_pair
from scrubber.units.says import (
    NOTHING,
    ROLES_IN_TALKS,
    Says,
    describes,
    holds_value,
    names_one,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STRING: Final = r'"(?:[^"\\\x00-\x1f]|\\.)*+"'
TOKEN: Final = re.compile(
    rf"{STRING}|[{{}}\[\],:]|-?[0-9][0-9.eE+-]*+|true|false|null|NaN|-?Infinity"
)
_ALL: Final = re.compile(rf"\ufeff?(?:[ \t\r\n]++|{TOKEN.pattern})*+")
# An object of strings, numbers and the like, as most lines of JSON are.
_SCALAR: Final = rf"(?:{STRING}|-?[0-9][0-9.eE+-]*+|true|false|null)"
_MEMBER: Final = re.compile(rf"({STRING})\s*+:\s*+({_SCALAR})")
_FLAT: Final = re.compile(
    rf"\s*+\{{\s*+(?:{STRING}\s*+:\s*+{_SCALAR}\s*+(?:,\s*+(?=\")|(?=\}})))*\}}\s*+"
)
LONGEST_KEY: Final = 258
"""Characters of the token of a name of which it is remembered what it says."""

_NAMES: Final = frozenset(
    ("name", "key", "Name", "Key", "field", "header", "variable", "ParameterKey", "id")
)
_NO_NAME: Final = re.compile(r"[=\[]")
_LONGEST_SCHEMA: Final = 512
_PAIR: Final = 2

Edit = tuple[int, int, str]
"""A range of a text, half-open, in code points, and what stands there instead."""


def is_lexical(text: str) -> bool:
    """Tell whether a text is made of tokens of JSON and of blanks alone.

    >>> is_lexical('{"a": [1, NaN]}'), is_lexical("{a: 1}"), is_lexical("")
    (True, False, True)
    """
    return _ALL.fullmatch(text) is not None


def decoded(token: str) -> str:
    """Give what the token of a string stands for; its inside where it is no valid one."""
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token))
    except ValueError:
        return token[1:-1]


def encoded(text: str, like: str) -> str:
    """Write a string as another one is written.

    Args:
        text: the string.
        like: the token of the other one: whether it has characters beyond ASCII, and escapes `/`.
    """
    token = json.dumps(text, ensure_ascii=like.isascii())
    if r"\/" in like and "/" not in like.replace(r"\/", ""):
        token = token.replace("/", r"\/")
    return token


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Put in what stands in the place of ranges; they are disjoint and in order."""
    out: list[str] = []
    cursor = 0
    for start, end, new in edits:
        out += (text[cursor:start], new)
        cursor = end
    out.append(text[cursor:])
    return "".join(out)


class Told(NamedTuple):
    """A string or a number of which a name says something.

    Attributes:
        start: where it begins.
        end: one past its end; of a string with its quotes.
        name: the name.
        says: what it says.
    """

    start: int
    end: int
    name: str
    says: Says


class _Called(NamedTuple):
    """A name, and what it says."""

    name: str
    says: Says


_NOTHING: Final = _Called("", NOTHING)


class _Value(NamedTuple):
    """A value of which a name may say something that is not its key.

    Attributes:
        start: where it begins.
        end: one past its end.
        text: whether it is a string.
    """

    start: int
    end: int
    text: bool


class _Frame:
    """A container that is open."""

    __slots__ = ("begun", "beside", "called", "count", "first", "flag", "key", "named", "start")

    def __init__(self, kind: str, start: int, called: _Called, begun: int) -> None:
        # Where it began, what is said of all that is in it, and how much was told before it.
        self.start, self.called, self.begun = start, called, begun
        # The name of the next value; "" where a name comes next, None in a row.
        self.key: str | None = "" if kind == "{" else None
        self.flag = _NOTHING
        self.first = self.named = ""
        self.count = 0
        self.beside: list[_Value] = []


class Walk:
    """Tells of which strings and numbers of a JSON text a name says something."""

    def __init__(self, says: Callable[[str], Says]) -> None:
        """Begin.

        Args:
            says: what a name says.
        """
        self._says = says
        self._kept = lru_cache(1 << 14)(self._called_so)

    def told(self, text: str) -> list[Told]:
        """Find them.

        Args:
            text: JSON, or what has its tokens.

        Returns:
            In order of their place, disjoint.
        """
        found, ranges = self._walk(text, 0, len(text), _NOTHING)
        last = -1
        for one in sorted(ranges, key=_place):
            if one.start >= last:  # in no other one
                last = one.end
                found += self._walk(text, one.start, one.end, _Called(one.name, one.says))[0]
        # Of two that were told of one value, the first: its own name.
        found.reverse()
        return list({one.start: one for one in sorted(found, key=_place)}.values())

    def flat(self, text: str) -> list[Told] | None:
        """Find them in an object of strings and numbers alone, in a fraction of the time.

        Args:
            text: any text.

        Returns:
            As `told`; None for any other text, and where a value may tell of one beside it.

        >>> walk = Walk(lambda name: Says("auth.any", None) if name == "pin" else NOTHING)
        >>> [one[:3] for one in walk.flat('{"pin": 12, "on": true}')], walk.flat('{"pin": []}')
        ([(8, 10, 'pin')], None)
        """
        if _FLAT.fullmatch(text) is None:
            return None
        members = list(_MEMBER.finditer(text))
        names = {decoded(match[1]) for match in members}
        if not _NAMES.isdisjoint(names) and any(map(holds_value, names)):
            return None
        found: list[Told] = []
        for match in members:
            token, value = match[1], match[2]
            name, says = (self._kept if len(token) <= LONGEST_KEY else self._called_so)(token)
            if says != NOTHING and (value[0] == '"' or value[-1].isdigit()):
                found.append(Told(*match.span(2), name, says))
        return found

    def _called_so(self, token: str) -> _Called:
        name = decoded(token) or " "
        return _Called(name, self._says(name))

    def _walk(
        self, text: str, start: int, end: int, called: _Called
    ) -> tuple[list[Told], list[Told]]:
        """Walk through a range; give what was found, and values beside a name that tells them."""
        found: list[Told] = []
        ranges: list[Told] = []
        stack: list[_Frame] = [_Frame("[", start, called, 0)]
        for match in TOKEN.finditer(text, start, end):
            first, frame = match[0][0], stack[-1]
            if first in "{[":
                stack.append(_Frame(first, match.start(), self._called(frame, ""), len(found)))
            elif first in "}]":
                if len(stack) > 1:
                    ranges += self._closed(text, stack.pop(), stack, match.end(), found)
            elif first == ",":
                frame.key = frame.key and ""
            elif first == '"' and frame.key == "":
                frame.key = decoded(match[0]) or " "
            elif first != ":":
                self._scalar(match, frame, found)
        return found, ranges

    def _called(self, frame: _Frame, text: str) -> _Called:
        """Tell what is said of the next value of a container, and by which name."""
        outer = frame.called
        if frame.key is None:
            flag, frame.flag = frame.flag, _NOTHING
            name = flag_of(text)
            if not name:
                return outer if flag is _NOTHING or outer.says.reason else flag
            frame.flag = _Called(name.lstrip("-"), self._says(name.lstrip("-")))
            return outer
        own = self._says(frame.key)
        said = own.said or (outer.says.said if names_one(frame.key) else None)
        if own.reason or not outer.says.reason:
            return _Called(frame.key, Says(own.reason, said))
        return _Called(outer.name, Says(outer.says.reason, said))

    def _scalar(self, match: re.Match[str], frame: _Frame, found: list[Told]) -> None:
        start, end = match.span()
        is_text = match[0][0] == '"'
        text = decoded(match[0]) if is_text else ""
        called = self._called(frame, text)
        frame.first = frame.first if frame.count else text
        frame.count += 1
        if frame.key is None:
            second = frame.count == _PAIR and bool(frame.first)
        else:
            second = holds_value(frame.key)
            if frame.key in _NAMES and text and not frame.named and not _NO_NAME.search(text):
                frame.named = text
        if second:
            frame.beside.append(_Value(start, end, is_text))
        if called.says != NOTHING and (is_text or match[0][-1].isdigit()):
            found.append(Told(start, end, *called))

    def _closed(
        self, text: str, frame: _Frame, stack: list[_Frame], end: int, found: list[Told]
    ) -> Iterator[Told]:
        """End a container; give the values in it that a name beside them tells."""
        outer = stack[-1]
        outer.count += 1
        if outer.key is not None and holds_value(outer.key):
            outer.beside.append(_Value(frame.start, end, text=False))
        told = frame.named if frame.beside else ""
        named = _Called(told, self._says(told)) if told else _NOTHING
        if frame.key is None:
            named = self._pair(frame, within=outer.key is None and len(stack) > 1)
        elif frame.called.says.reason and end - frame.start <= _LONGEST_SCHEMA:
            value = _loaded(text[frame.start : end])
            if isinstance(value, dict) and describes(value):
                del found[frame.begun :]
        for value in frame.beside if named.says != NOTHING else ():
            yield Told(value.start, value.end, *named)

    def _pair(self, frame: _Frame, *, within: bool) -> _Called:
        """Tell what the first of a pair says of the second."""
        if frame.count != _PAIR or not frame.beside or frame.first in ROLES_IN_TALKS:
            return _NOTHING
        if not is_pair([frame.first, "" if frame.beside[0].text else 0], within=within):
            return _NOTHING
        return _Called(frame.first, self._says(frame.first))


def _place(one: Told) -> int:
    return one.start


def _loaded(text: str) -> Any:  # noqa: ANN401  # the JSON border
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
