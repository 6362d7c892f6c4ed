"""
Units to compare engines on: examples of rules, changed in the ways that break a fast path.

Generated noise seldom comes near a rule, and what a scanner of bytes gets wrong is near misses: the
other case, a look-alike, a character of several bytes beside a class, a match cut short or glued to
the next. So units begin as what rules match, and are written, broken and put together anew.

Promise: the same seed gives the same units, and every unit holds fills and reserved names only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.encodings import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

    from scrubber.ruleset.model import Rule

    Mutator = Callable[[Random, str], str]

# Of one to four bytes; what folds into ASCII, what nobody sees, what no encoder takes.
STRANGE: Final = (
    *("\x00", "\x7f", "\x85", "\xa0", "\xad", "\xe9", "\xff", "\u0130", "\u0131", "\u017f"),
    *("\u212a", "\u2028", "\u200b", "\u202e", "\u30c6", "\ufeff", "\uff20", "\uff10", "\uffff"),
    *("\u0661", "\U0001f600", "\U0010ffff", "\ud800", "\udfff", "\udc80", "\udcff", "\udcc3\udca9"),
    *("\r", "\t", "\x0b", "\x0c", "\x1b", "\x1b[31m", "\x9b", "\\", "%", "&", "\\u", "%4"),
)
LOOK_ALIKES: Final = {
    "k": "\u212a",
    "K": "\u212a",
    "s": "\u017f",
    "S": "\u017f",
    "i": "\u0131",
    "I": "\u0130",
    "@": "\uff20",
    "0": "\u0660",
    "1": "\uff11",
    "a": "\u0430",
    ".": "\u3002",
    "-": "\u2010",
    "/": "\u2044",
    ":": "\uff1a",
    "=": "\uff1d",
    "o": "\u043e",
    " ": "\xa0",
    '"': "\u201d",
}
AROUND: Final = ("{}", " {} ", "x{}x", "0{}0", '"{}"', "'{}'", "({})", "[{}]", "={}&", "/{}/")
CLEAN: Final = (
    "a line with nothing of interest in it, as most lines of most logs",
    "loss=0.4123456789012345 step=1234 lr=1e-03",
    "\u6570\u636e \u0434\u0430\u043d\u043d\u044b\u0435 donn\xe9es",
    "",
)
_JOINTS: Final = ("", "", " ", ", ", ":", "=", "@", "\t", "/", ".")


def _at(draw: Random, text: str) -> int:
    return draw.randrange(len(text) + 1)


def _inserted(draw: Random, text: str) -> str:
    at = _at(draw, text)
    return text[:at] + draw.choice(STRANGE) + text[at:]


def _replaced(draw: Random, text: str) -> str:
    at = _at(draw, text)
    return text[:at] + draw.choice(STRANGE) + text[at + 1 :]


def _alike(draw: Random, text: str) -> str:
    places = [at for at, one in enumerate(text) if one in LOOK_ALIKES]
    for at in draw.sample(places, min(len(places), draw.randrange(1, 3))):
        text = text[:at] + LOOK_ALIKES[text[at]] + text[at + 1 :]
    return text


def other_digits(draw: Random, text: str) -> str:
    """Give a text of the same shape: each digit another, or the same."""
    return "".join(draw.choice("0123456789") if "0" <= one <= "9" else one for one in text)


def _cut(draw: Random, text: str) -> str:
    low, high = sorted((_at(draw, text), _at(draw, text)))
    return draw.choice((text[low:], text[:high], text[:low] + text[high:]))


MUTATORS: Final[tuple[Mutator, ...]] = (
    lambda _, text: text,
    lambda _, text: text.swapcase(),
    lambda _, text: text.upper(),
    lambda _, text: text.lower(),
    lambda draw, text: draw.choice(AROUND).replace("{}", text),
    lambda draw, text: text + draw.choice(_JOINTS) + text,
    lambda draw, text: draw.choice(CLEAN) + draw.choice(_JOINTS) + text,
    lambda draw, text: ENCODINGS[draw.choice(sorted(ENCODINGS))].encode(text),
    lambda draw, text: text.replace("\n", draw.choice(("\r\n", " ", "\\n"))),
    _inserted,
    _replaced,
    _alike,
    other_digits,
    _cut,
)


def units(rules: Sequence[Rule], draw: Random) -> Iterator[str]:
    """Give units without end.

    Args:
        rules: whose examples to begin with.
        draw: decides everything.

    Yields:
        Units, some of several lines.
    """
    examples = [[*(one.text for one in rule.match), *rule.no_match] for rule in rules]
    while True:
        text = draw.choice(draw.choice(examples))
        if not draw.randrange(6):
            text += draw.choice(_JOINTS) + draw.choice(draw.choice(examples))
        for _ in range(draw.randrange(4)):
            text = draw.choice(MUTATORS)(draw, text)
        yield text
