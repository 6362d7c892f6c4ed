"""
What was planted, written as reports write it: escaped, quoted, in base64, over several lines.

The encodings are those of the one table that the scrubber's decoder is built from
(`scrubber.encodings`); lines are broken where programs break them: base64 after 64 or 76
characters, a repr between words as `pprint` does, a command before a blank, a message of several
lines by an indent.

Promise: an encoding is used only where it can be undone: base64 of fewer than twelve bytes is not
told from a word, so it is left out.
"""

from __future__ import annotations

import re
from pprint import pformat
from textwrap import indent
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from hypothesis import strategies as st

from scrubber.encodings import ENCODINGS
from scrubber.testing.planting import Planted, Sample
from scrubber.testing.strategies.frames import frames, stands_alone
from scrubber.testing.strategies.templates import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hypothesis.strategies import SearchStrategy

_LEAST_BASE64: Final = 12
_BASE64: Final = {"base64_64": 64, "base64_76": 76}
_WIDTH: Final = 60
_INDENT: Final = "    "
_BEFORE: Final = "a worker said so when it was asked for its state again:"
_AFTER: Final = "and so the whole run was ended, as its settings say"


def _broken(width: int) -> Callable[[str], str]:
    def broken(text: str) -> str:
        return "\n".join(text[at : at + width] for at in range(0, len(text), width))

    return broken


def _printed(text: str) -> str:
    return pformat({"message": f"{_BEFORE} {text} {_AFTER}"}, width=_WIDTH)


def _continued(text: str) -> str:
    return f"python train.py --epochs 3 \\\n    {text} \\\n    --fast"


def _indented(text: str) -> str:
    return indent(text, _INDENT)


WRAPPINGS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "none": str,
        **{name: _broken(width) for name, width in _BASE64.items()},
        "pprint": _printed,
        "backslash": _continued,
        "indent": _indented,
    }
)
"""How a text goes over several lines, by name; those of base64 are for base64 alone."""


DEFAULT: Final = tuple(ENCODINGS)
"""Every encoding of the table."""


def _unbroken(sample: Sample, line: int, before: int) -> bool:
    """Tell whether each value stands in one line, in lines of so many bytes of a text.

    Of a value in two lines of base64 neither half is found, and no text of fewer than twelve bytes.

    Args:
        sample: the text.
        line: bytes of a line.
        before: bytes before the text.
    """
    data = bytes(before) + sample.content.encode("utf-8", "surrogatepass")
    for one in sample.planted:
        value = re.escape(one.value.encode("utf-8", "surrogatepass"))
        for match in re.finditer(value, data):
            first, last = match.start() // line, (match.end() - 1) // line
            if first != last or len(data) - first * line < _LEAST_BASE64:
                return False
    return all(stands_alone(one) for one in sample.planted)


def _goes(sample: Sample, encoding: str, wrapping: str) -> bool:
    """Tell whether a text can be written so, and what was planted still be known."""
    if not encoding.startswith("base64"):
        if wrapping != "pprint":
            return wrapping not in _BASE64
        text = ENCODINGS[encoding].encode(sample.content)
        # One layer more, and broken between words: around a value, not in it.
        return ENCODINGS[encoding].layers <= 1 and repr(text)[1:-1] in _printed(text)
    if len(sample.content.encode("utf-8", "surrogatepass")) < _LEAST_BASE64:
        return False
    if wrapping in _BASE64:
        before = int(encoding.removeprefix("base64_"))
        return _unbroken(sample, _BASE64[wrapping] // 4 * 3, before)
    return wrapping == "none"


def _written(sample: Sample, encoding: str, wrapping: str, frame: str) -> Sample:
    text = WRAPPINGS[wrapping](ENCODINGS[encoding].encode(sample.content))
    plain = encoding == "raw" and wrapping == "none"
    stays = sample.stays if plain else ()
    return Sample(Template.of(frame).filled({"value": text}).content, sample.planted, stays)


_AROUND: Final = (
    "{value}",
    "body: {value}",
    "'{value}'",
    '"{value}"',
    "({value})",
    "first\n{value}\nlast",
)


def _ways(
    sample: Sample, encodings: tuple[str, ...], wrappings: tuple[str, ...]
) -> list[tuple[str, str]]:
    return [
        (encoding, wrapping)
        for encoding in encodings
        for wrapping in wrappings
        if _goes(sample, encoding, wrapping)
    ]


def encoded(
    strategy: SearchStrategy[Planted] | SearchStrategy[Sample],
    *,
    encodings: Iterable[str] = DEFAULT,
    wrappings: Iterable[str] = tuple(WRAPPINGS),
) -> SearchStrategy[Sample]:
    """Give texts in which what was planted is written in some encoding.

    A value that is known wherever it stands is encoded alone, or together with the text around it;
    what is known by its neighbours is encoded together with them. What stays is not told, since it
    is encoded, too.

    Args:
        strategy: values, or texts that hold some; texts are encoded whole.
        encodings: names of `scrubber.encodings.ENCODINGS`.
        wrappings: names of `WRAPPINGS`; a line ends nowhere inside a value.

    Returns:
        Texts. One that can be written in none of the ways stays as it is.

    Raises:
        KeyError: no such encoding or wrapping.

    >>> from hypothesis import find
    >>> from scrubber.testing.strategies.addresses import ip_addresses
    >>> found = find(encoded(ip_addresses(), encodings=["url"]), lambda one: "%" in one.content)
    >>> "%20" in found.content or "%3A" in found.content
    True
    """
    names, lines = tuple(encodings), tuple(wrappings)
    for name in names:
        ENCODINGS[name]
    for name in lines:
        WRAPPINGS[name]

    @st.composite
    def written(draw: st.DrawFn) -> Sample:
        drawn = draw(cast("SearchStrategy[Planted | Sample]", strategy))
        if isinstance(drawn, Planted):
            template = Template.of(draw(st.sampled_from(frames(drawn))))
            alone = stands_alone(drawn) and draw(st.booleans())
            sample = Sample(drawn.value, (drawn,)) if alone else template.filled({"value": drawn})
        else:
            sample, alone = drawn, False
        ways = _ways(sample, names, lines)
        if not ways and isinstance(drawn, Planted):
            longest = max(frames(drawn), key=len)
            sample = Template.of(longest).filled({"value": drawn})
            ways = _ways(sample, names, lines)
        if not ways:
            return sample
        encoding, wrapping = draw(st.sampled_from(ways))
        return _written(sample, encoding, wrapping, draw(st.sampled_from(_AROUND)))

    return written()
