r"""
Hostile texts for a rule: a head, a piece that is repeated without end, and a tail.

The pieces come from the rule's own examples and pattern, so that a new rule is tried without
anybody writing texts for it.

    kinds of pieces               for a rule that finds `key="..."`
    examples, whole and cut       key="abc"  key="abc  key="a  key
    near matches                  key="abd  (the last character is another)
    openings without closings     key="key="key="
    a long word without an end    key="abcabcabc
    runs of its classes           ====  kkkk  aaaa
    what every rule meets         16,000 slashes, nested brackets and separators, long lines

Promise: the same rule gives the same texts; a text has the size that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.nodes import Chars, walk
from scrubber.ruleset.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.ruleset.charset import CharSet
    from scrubber.ruleset.model import Rule

SLASHES: Final = 16_000
_MOST_CLASSES: Final = 12
_WORDS: Final = 8
_PRINTABLE: Final = "a0/A.:-=\"' _\\([{<%&@,;\t\n"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A text of any size.

    Attributes:
        piece: what is repeated.
        head: what stands before, once.
        tail: what stands behind, once.
    """

    piece: str
    head: str = ""
    tail: str = ""

    def text(self, size: int) -> str:
        """Write it with so many code points.

        >>> Hostile("ab", "<", ">").text(6)
        '<abab>'
        """
        room = max(size - len(self.head) - len(self.tail), 0)
        body = (self.piece * (room // len(self.piece) + 1))[:room]
        return (self.head + body + self.tail)[:size]


EVERYWHERE: Final = tuple(
    Hostile(piece)
    for piece in (
        *(
            "a",
            "0",
            "A",
            "/",
            "\\",
            ".",
            ":",
            "-",
            "=",
            '"',
            "'",
            " ",
            "[",
            "{",
            "%",
            "&",
            "@",
            "\t",
        ),
        *(
            "a.",
            "a-",
            "a_",
            "a:",
            "a=",
            'a"',
            "a@",
            "1.",
            "1:",
            "1-",
            "1 ",
            "a ",
            "/a",
            "\\a",
            "a,",
        ),
        *("a\n", "\n", "é", "\x00", '{"', "http://a:", "key=", "user=", "[[1, ", "0x", "Aa0"),
        *(
            "/" * SLASHES + "\n",
            "\\/",
            "%2F%252F",
            "%25",
            "\\\\\\u005c",
            "&amp;",
            "&#x2f;",
            "\x1b[1m",
        ),
        *(
            "([{<",
            "(((",
            "<a>",
            "<!--",
            "'\"",
            '\\"',
            "::",
            "://",
            "a@a.",
            "../",
            "{{%",
            "${",
            "===",
        ),
    )
)
"""What every rule meets."""


def texts_for(rule: Rule) -> Iterator[Hostile]:
    """Give the hostile texts of a rule, those for every rule among them; some twice."""
    found = chain(_of_examples(rule), _of_words(rule), _of_classes(rule), EVERYWHERE)
    return (one for one in found if one.piece)


def _of_examples(rule: Rule) -> Iterator[Hostile]:
    for text in (*(example.text for example in rule.match), *rule.no_match):
        yield Hostile(text)
        yield Hostile(f"{text} ")
        yield Hostile(text[: len(text) // 2])
        yield Hostile(text[: len(text) * 3 // 4])
        yield Hostile(text[:-1])
        yield Hostile(text[:-1] + ("b" if text[-1:] == "a" else "a"))
        yield Hostile(text[-1:], head=text)
        yield Hostile(text[:1], tail=text)
    for example in rule.match:
        start, end = example.spans[0]
        opening, value = example.text[:start], example.text[start:end]
        yield Hostile(opening)
        yield Hostile(value, head=opening)
        yield Hostile("a", head=example.text[: start + 1])
        yield Hostile(value[:1], head=opening, tail=example.text[end:])
        yield Hostile(opening[-1:], tail=value)


def _of_words(rule: Rule) -> Iterator[Hostile]:
    for words in rule.needs:
        for word in words[:_WORDS]:
            yield from map(Hostile, (word, f"{word} ", f"{word}=", f"{word}a", f"{word}\n"))
            yield Hostile("a", head=word)


def _of_classes(rule: Rule) -> Iterator[Hostile]:
    """Give runs of what the first classes of the pattern hold, and of neighbours."""
    sets = [one.charset for one in walk(parse(rule.pattern)) if isinstance(one, Chars)]
    members = [_member(charset) for charset in dict.fromkeys(sets)][:_MOST_CLASSES]
    yield from map(Hostile, members)
    for one, other in pairwise(members):
        yield Hostile(one + other)
        yield Hostile(other, head=one)


def _member(charset: CharSet) -> str:
    """Give a character of a set: a usual one, or its first."""
    usual = (
        one for one in _PRINTABLE if any(low <= ord(one) <= high for low, high in charset.ranges)
    )
    return next(usual, chr(charset.ranges[0][0]) if charset.ranges else "")
