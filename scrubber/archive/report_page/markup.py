"""
Text on its way into a page: escaped, visible, and numbers as people read them.

Promise: what is filled into a page is escaped unless it is `Markup`, so that no name of a file is
ever taken for a tag; control and format characters are seen and do nothing.
"""

from __future__ import annotations

import html
import unicodedata
from typing import Final

_UNITS: Final = ("bytes", "kB", "MB", "GB", "TB", "PB")
_STEP: Final = 1000
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


class Markup(str):
    """HTML that is whole and escaped."""

    __slots__ = ()


def fill(template: str, **values: str) -> Markup:
    """Put values into HTML.

    Args:
        template: HTML of ours, with names in braces.
        values: what goes there; escaped unless it is `Markup`.

    >>> fill("<p>{text}</p>", text="<b>")
    '<p>&lt;b&gt;</p>'
    """
    escaped = {
        name: value if isinstance(value, Markup) else html.escape(visible(value))
        for name, value in values.items()
    }
    return Markup(template.format_map(escaped))


def joined(*parts: Markup) -> Markup:
    """Put HTML one after the other."""
    return Markup("\n".join(parts))


def visible(text: str) -> str:
    r"""Make every character visible and encodable.

    >>> visible("a\x1bb\u202ec\udc80")
    'a\\x1bb\\u202ec\\udc80'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char
        if unicodedata.category(char) not in _HIDDEN
        else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def amount(count: int) -> str:
    """Write a count.

    >>> amount(1234567)
    '1,234,567'
    """
    return f"{count:,}"


def many(count: int, noun: str) -> str:
    """Write a count and its noun.

    >>> many(1, "file"), many(2000, "file")
    ('1 file', '2,000 files')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def size(count: float) -> str:
    """Write bytes in the largest unit that leaves something before the point.

    >>> size(0), size(999), size(1_500_000), size(3e16)
    ('0 bytes', '999 bytes', '1.5 MB', '30.0 PB')
    """
    for unit in _UNITS:
        if count < _STEP or unit == _UNITS[-1]:
            break
        count /= _STEP
    return f"{count:.0f} {unit}" if unit == _UNITS[0] else f"{count:.1f} {unit}"


def time(seconds: float) -> str:
    """Write how long something took.

    >>> time(1.25), time(75), time(3725)
    ('1.2 s', '1 min 15 s', '1 h 2 min 5 s')
    """
    if seconds < 60:  # noqa: PLR2004  # a minute
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min {rest} s" if hours else f"{minutes} min {rest} s"
