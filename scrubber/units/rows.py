"""
Names and numbers of an event, written so that they can be told apart and put back.

Promise: no code of the caller's objects runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

PAIR: Final = 2
"""Items of a list that may be a `[name, value]` pair."""

_FLAG: Final = lazy_pattern(r"(?P<quote>['\"]?)(?P<flag>-{1,2}[A-Za-z][\w.-]{0,61})(?P=quote)")
"""A flag on a command line, `--api-key`, or what `repr` writes of it."""

_NO_NAME: Final = lazy_pattern(r"[=\[\]{}/\\]|: ")
"""What is in no name, but in what is written of one and its value."""

_CARDS: Final = (1e11, 1e19)
"""Floats that may be numbers of cards, made of a column with gaps."""

NO_NUMBERS: Final = frozenset({"nan", "inf", "-inf"})
"""What floats write that are no numbers."""


def distinct(names: Sequence[tuple[str, bool]]) -> list[str]:
    """Number the names that collide.

    Args:
        names: each name, and whether it must stay as it is. Those that must are distinct.

    Returns:
        The names in the same order, all distinct.
    """
    taken = {name for name, stays in names if stays}
    numbers: dict[str, int] = {}
    result = []
    for name, stays in names:
        free = name
        while not stays and free in taken:
            numbers[name] = numbers.get(name, 1) + 1
            free = f"{name} ({numbers[name]})"
        taken.add(free)
        result.append(free)
    return result


def number_text(number: float) -> str:
    """Give the unit of a number."""
    if type(number) is float and _CARDS[0] <= abs(number) < _CARDS[1] and number.is_integer():
        return repr(int(number))
    return repr(number)  # of an exact int or float: no code of the caller's


def flag_of(item: object) -> str:
    """Give the flag that announces the next item of a command line, or "".

    Args:
        item: an item, or what `repr` writes of it.

    >>> [flag_of(item) for item in ("--api-key", "'-p'", "--x=1", "y")]
    ['--api-key', '-p', '', '']
    """
    if not isinstance(item, str) or not item or item[0] not in "-'\"":
        return ""
    flag = _FLAG.fullmatch(item)
    return flag["flag"] if flag else ""


def is_pair(row: Sequence[object], *, within: bool) -> bool:
    """Tell whether a row is a name and its value.

    Two texts by themselves (`["user", "assistant"]`) are a list of two; among other rows they are
    a header or a tag.

    Args:
        row: a list or a tuple.
        within: whether it stands in another one.

    >>> is_pair(["token", "x"], within=True), is_pair(["token", "x"], within=False)
    (True, False)
    """
    if len(row) != PAIR or not isinstance(row[0], str) or _NO_NAME.search(row[0]):
        return False
    return within or not isinstance(row[1], str)


def within_key(item: object, before: bool) -> bool:  # noqa: FBT001  # as `reduce` would call it
    """Tell whether the next item of a row is a line of a private key that was split.

    Args:
        item: an item.
        before: whether it is such a line itself.

    >>> within_key("-----BEGIN RSA PRIVATE KEY-----", False), within_key("-----END X", True)
    (True, False)
    """
    if not isinstance(item, str) or "-----" not in item:
        return before
    if "-----END" in item:
        return False
    return before or ("-----BEGIN" in item and "PRIVATE KEY" in item)
