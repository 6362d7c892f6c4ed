"""
Texts that come near a match, or are one in a place where nobody expects it.

What a fast scanner gets wrong is seldom noise and often a near miss: a look-alike whose other case
is ASCII, a character of several bytes beside a class, a match cut short, or glued to the next. So
what is planted is broken here in these ways.

Promise: nothing is promised of what comes out. Whether something must go from it nobody can say:
`jane@example` may be half an address. These texts are for `assert_engines_agree` and
`assert_idempotent`; the near misses of numbers, whose checksums fail, tell of damage as well.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from hypothesis import strategies as st

from scrubber.testing.planting import Planted, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import SearchStrategy

    Source = SearchStrategy[Planted] | SearchStrategy[Sample] | SearchStrategy[str]

LOOK_ALIKES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "k": "\u212a\u043a",
        "K": "\u212a\u041a",
        "s": "\u017f\u0455",
        "S": "\u017f\u0405",
        "i": "\u0131\u0456",
        "I": "\u0130\u0406",
        "a": "\u0430\uff41",
        "A": "\u0410\uff21",
        "c": "\u0441\uff43",
        "e": "\u0435\uff45",
        "o": "\u043e\u03bf",
        "p": "\u0440\uff50",
        "x": "\u0445\uff58",
        "y": "\u0443\uff59",
        "@": "\uff20\ufe6b",
        ".": "\u3002\uff0e",
        "-": "\u2010\u2212",
        "/": "\u2044\uff0f",
        "\\": "\uff3c\u2216",
        ":": "\uff1a\u02d0",
        "=": "\uff1d\ua78a",
        " ": "\xa0\u3000",
        '"': "\u201d\uff02",
        "'": "\u2019\uff07",
        **{chr(48 + at): chr(0x660 + at) + chr(0xFF10 + at) for at in range(10)},
    }
)
"""What looks like a character, or folds into it: the Kelvin sign, the long s, Cyrillic, wide
letters, digits of other scripts."""

STRANGE: Final = (
    *("\x00", "\x7f", "\x85", "\xa0", "\xad", "\xe9", "\u0130", "\u017f", "\u212a", "\u2028"),
    *("\u200b", "\u202e", "\u30c6", "\ufeff", "\uff10", "\uffff", "\U0001f600", "\U0010ffff"),
    *(
        "\ud800",
        "\udc80",
        "\r",
        "\n",
        "\t",
        "\x0b",
        "\x1b",
        "\x1b[31m",
        "\\",
        "%",
        "&",
        "\\u",
        "%4",
    ),
)
"""Characters of one to four bytes, what nobody sees, what no encoder takes, begun escapes."""

JOINTS: Final = (
    "",
    " ",
    ",",
    ":",
    "=",
    "@",
    "/",
    ".",
    "-",
    "_",
    "\\n",
    "\t",
    "0",
    "x",
    "\xe9",
    "'",
)
"""What stands between two matches, or beside one."""


def _texts(strategy: Source) -> SearchStrategy[str]:
    def text(one: object) -> str:
        if isinstance(one, Planted):
            return one.value
        return str(one.content if isinstance(one, Sample) else one)

    return cast("SearchStrategy[object]", strategy).map(text)


def _missed(text: str, at: int, other: str, how: Callable[[str, int, str], str]) -> str:
    return how(text, at % len(text), other) if text else other


_CHANGES: Final[tuple[Callable[[str, int, str], str], ...]] = (
    lambda text, at, _: text[:at] + text[at + 1 :],
    lambda text, at, _: text[:at] + text[at] + text[at:],
    lambda text, at, other: text[:at] + other + text[at + 1 :],
    lambda text, at, other: text[:at] + other + text[at:],
    lambda text, at, _: text[:at] + text[at:].swapcase(),
    lambda text, at, _: text[:at] + text[at:][1:2] + text[at] + text[at + 2 :],
    lambda text, at, _: text[:at] + _next(text[at]) + text[at + 1 :],
    lambda text, *_: text.upper(),
)


def _next(character: str) -> str:
    """Give the next digit or letter, so that a checksum fails."""
    return chr(ord(character) + 1) if character not in "9zZ" and character.isalnum() else "0"


def near_misses(strategy: Source) -> SearchStrategy[str]:
    """Give texts that are one change away from others: a character less, twice, other, swapped.

    Args:
        strategy: values, samples or texts.

    >>> from hypothesis import find
    >>> find(near_misses(st.just("jane@example.com")), lambda text: True)
    'ane@example.com'
    """
    return st.builds(
        _missed,
        _texts(strategy),
        st.integers(0, 999),
        st.sampled_from(STRANGE),
        st.sampled_from(_CHANGES),
    )


def _twin(text: str, places: list[tuple[int, int]]) -> str:
    known = [at for at, one in enumerate(text) if one in LOOK_ALIKES]
    for place, which in places:
        if known:
            at = known[place % len(known)]
            twins = LOOK_ALIKES.get(text[at], text[at])
            text = text[:at] + twins[which % len(twins)] + text[at + 1 :]
    return text


def twinned(strategy: Source) -> SearchStrategy[str]:
    r"""Give texts with look-alikes in place of one to three of their characters.

    Args:
        strategy: values, samples or texts.

    >>> from hypothesis import find
    >>> ascii(find(twinned(st.just("key")), lambda text: True))
    "'\\u212aey'"
    """
    places = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 1)), min_size=1, max_size=3)
    return st.builds(_twin, _texts(strategy), places)


def glued(strategy: Source) -> SearchStrategy[str]:
    """Give texts in which two to four matches stand side by side, or a word beside them.

    Args:
        strategy: values, samples or texts.

    >>> from hypothesis import find
    >>> find(glued(st.just("192.0.2.1")), lambda text: True)
    '192.0.2.1192.0.2.1'
    """
    joint = st.sampled_from(JOINTS)
    pieces = st.lists(st.tuples(_texts(strategy), joint), min_size=2, max_size=4)
    return st.builds(
        lambda before, row: before + "".join(text + after for text, after in row), joint, pieces
    )


def _part(text: str, low: int, high: int, around: tuple[str, str]) -> str:
    start = low % (len(text) + 1)
    end = len(text) - high % (len(text) + 1 - start)
    return around[0] + text[start:end] + around[1]


def cut(strategy: Source) -> SearchStrategy[str]:
    """Give texts cut short at either end or at both, at the end of a text or in one.

    Args:
        strategy: values, samples or texts.

    >>> from hypothesis import find
    >>> find(cut(st.just("jane@example.com")), lambda text: len(text) < 16)
    'jane@example.co'
    """
    return st.builds(
        _part,
        _texts(strategy),
        st.integers(0, 999),
        st.integers(0, 999),
        st.sampled_from((("", ""), ("see ", ""), ("", " now"), ("x", ""), ("", "\n"))),
    )
