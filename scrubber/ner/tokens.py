r"""
A line, cut into the tokens a tagger looks at.

A token is a run of letters (`don't` is one, `Jean-Luc` three), a run of digits, one character of a
script that writes no blanks between words, or one sign. Words of code are cut as people read them:
`JohnSmith` is two, `patient_john` three. Digits are read as `0`, so that what is said of a line
holds for every line of its shape.

Promise: tokens are in order, do not overlap, and leave out nothing but blanks.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import regex

from scrubber.lazy import lazy_pattern

# Letters with their marks: without these, words of Hindi, Tamil or Thai would fall apart.
_TOKEN: Final = regex.compile(
    r"[\p{Han}]"
    r"|[\p{Hiragana}\p{Katakana}\u30FC]+"
    r"|(?:\p{Lu}\p{M}*+(?!\p{Ll}))+"
    r"|(?:\p{Lu}\p{M}*+)?"
    r"(?:(?![\p{Han}\p{Hiragana}\p{Katakana}])[\p{Ll}\p{Lo}\p{Lm}\p{Lt}]\p{M}*+)+"
    r"(?:['\u2019](?:t|re|ll|ve|m)\b)?"
    r"|\p{Lu}\p{M}*+"
    r"|\p{Nd}+"
    r"|\p{M}+"
    r"|[^\s\x1c-\x1f]"  # blanks to `re`, too
)

# The same for a line of ASCII, by the faster library.
_PLAIN_TOKEN: Final = lazy_pattern(
    r"(?:[A-Z](?![a-z]))+|[A-Z]?[a-z]+(?:'(?:t|re|ll|ve|m)\b)?|[A-Z]|[0-9]+|[^\s]"
)


FOLD: Final = {ord(digit): "0" for digit in "123456789"}
"""For `str.translate`: the shape of a line, as the table of that name gives it of bytes."""


class Token(NamedTuple):
    """A token of a line.

    Attributes:
        text: as it stands there, each digit a `0`.
        start: first code point.
        end: one past the last one.
        glued: no blank stands before it.
    """

    text: str
    start: int
    end: int
    glued: bool


def tokens(line: str) -> list[Token]:
    """Cut a line.

    Args:
        line: without a newline.

    Returns:
        Its tokens.

    >>> [one.text for one in tokens("JaneDoe_42 doesn't")]
    ['Jane', 'Doe', '_', '00', "doesn't"]
    """
    pattern = _PLAIN_TOKEN if line.isascii() else _TOKEN
    found = []
    behind = -1
    for match in pattern.finditer(line):
        start, end = match.span()
        text = match[0]
        if text[0].isdecimal():
            text = "0" * len(text)
        found.append(Token(text, start, end, start == behind))
        behind = end
    return found
