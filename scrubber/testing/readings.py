r"""
Everything a patient reader can make of a text.

A value that was planted may come out encoded, wrapped, encoded and then wrapped, in UTF-16 inside
base64 inside JSON. Here all that is undone, step by step, in two ways: by the decoder of this
package and by the standard library, so that what the one does not understand the other does.

Promise: linear time for a number of layers; a text with nothing to undo costs some searches.
"""

from __future__ import annotations

import binascii
import html
import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from scrubber.decoding import DEPTH, decode_layer
from scrubber.encodings import ESCAPES
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

BETWEEN: Final = "\x1e"
"""Stands between what was put together here: no letter, and no line ends there."""

# How a long text is broken: at a column; with indents, or one literal behind another; with the end
# of the line escaped; with each line marked; and as an escape itself. Each may be what stood there
# before, so that only one at a time is undone. All begin with what is rare, since that is searched.
_END: Final = r"(?:\r\n|[\n\r\x85\u2028\u2029])"
_BLANKS: Final = r"[\x20\t]*+"
_NEXT_LITERAL: Final = (
    rf"(?P<quote>[\"']){_BLANKS}[+\\]?{_BLANKS}[\r\n]*+{_BLANKS}[+]?{_BLANKS}"
    r"[bBrRuUfF]{0,2}(?P=quote)"
)
_BREAKS: Final = tuple(
    lazy_pattern(pattern)
    for pattern in (
        _END,
        rf"{_END}{_BLANKS}|{_NEXT_LITERAL}",
        rf"\\{_END}{_BLANKS}|{_END}{_BLANKS}",
        rf"{_END}{_BLANKS}(?:[|>\#*][\x20\t]?)?+",
        r"\\{1,8}(?:r\\{1,8})?n[\x20\t]*+",
    )
)
_INDENTED: Final = _BREAKS[1]
_LINE_END: Final = re.compile(r"[\n\r\x85\u2028\u2029\"']|\\n")
_ESCAPE: Final = lazy_pattern(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>000?[01]?[0-9A-Fa-f]{4,5})"
    r"|u\{(?P<b>[0-9A-Fa-f]{1,5})\}|(?P<o>[0-7]{3})|(?P<one>.))",
    re.DOTALL,
)
_UNSEEN: Final = lazy_pattern(
    r"(?:\x1b\[|\x9b)[0-?]*+[\x20-/]*+[@-~]|[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_SURROGATE: Final = lazy_pattern(r"[\ud800-\udfff]")
_MOJIBAKE: Final = lazy_pattern(r"(?:[\xc2-\xf4][\x80-\xbf]{1,3})+")
_BASE64: Final = lazy_pattern(r"[A-Za-z0-9+/_-]{8,}+")
_HEX: Final = lazy_pattern(r"(?:[0-9A-Fa-f]{2}[\x20:,-]?+){6,}+[0-9A-Fa-f]?")
_NOT_HEX: Final = re.compile(r"[^0-9A-Fa-f]")
_URL_ALPHABET: Final = str.maketrans("-_", "+/")
_LEGIBLE: Final = lazy_pattern(r"[^\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]{6,}+")
_WRAPPED: Final = " wrapped"
_WIDE: Final = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_LAST_CODE_POINT: Final = 0x10FFFF


def readings(text: str) -> Iterator[tuple[str, str]]:
    """Give every reading of a text, each text once.

    Args:
        text: any text.

    Yields:
        How it was come by (`raw`, `decoded`, `base64`, `hex` or `wide`, with ` wrapped` behind it
        where ends of lines were taken out), and the reading; the text itself first.

    >>> [reading for how, reading in readings("%6a%61ne")]
    ['%6a%61ne', 'jane']
    """
    seen: set[str] = set()
    runs: dict[str, set[str]] = {"base64": set(), "hex": set()}
    layer = [("raw", text)]
    for depth in range(DEPTH + 1):
        fresh: list[tuple[str, str]] = []
        for how, one in layer:
            for reading in _alike(how, one):
                if reading[1] not in seen:
                    seen.add(reading[1])
                    fresh.append(reading)
        yield from fresh
        if depth < DEPTH:
            layer = [deeper for how, one in fresh for deeper in _deeper(how, one, runs)]


def texts_of(data: bytes) -> list[str]:
    """Give what bytes say, in UTF-8 and, where they may be meant so, in wider or older encodings.

    Args:
        data: any bytes.

    Returns:
        The texts; bytes that are no character become U+FFFD.
    """
    found = [data.decode("utf-8", "replace")]
    if not data.isascii() or b"\0" in data:
        found.append(data.decode("latin-1"))
        for wide in _WIDE:
            offsets = range(2 if "16" in wide else 4)
            found += [data[offset:].decode(wide, "replace") for offset in offsets]
    return list(dict.fromkeys(found))


def _alike(how: str, text: str) -> Iterator[tuple[str, str]]:
    """Give a text, and what it is once it is put together again, without undoing a layer."""
    for kind, whole in _unbroken(how, text):
        yield kind, whole
        if not whole.isascii() or "\x1b" in whole:
            yield kind, _characters(whole)


def _unbroken(how: str, text: str) -> Iterator[tuple[str, str]]:
    """Give a text, and what it is without zeros and ends of lines."""
    yield how, text
    if "\0" in text:
        how, text = _named(how, "wide"), text.replace("\0", "")
        yield how, text
    if not how.endswith(_WRAPPED) and _LINE_END.search(text):
        wrapped = f"{how}{_WRAPPED}"
        for pattern in _BREAKS:
            yield wrapped, pattern.sub("", text)
        yield wrapped, _INDENTED.sub(" ", text)


def _characters(text: str) -> str:
    """Give a text in its normal form, without what nobody sees, and its characters mended."""
    if _SURROGATE.search(text):
        try:
            text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        except UnicodeEncodeError:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _MOJIBAKE.sub(_mended, _UNSEEN.sub("", text))
    return unicodedata.normalize("NFKC", text)


def _mended(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except ValueError:
        return found[0]


def _deeper(how: str, text: str, runs: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Give what a text says with one layer undone, by each way to undo it; of new runs only."""
    decoded = _named(how, "decoded")
    view = decode_layer(text)
    if view is not None:
        yield decoded, view.text
    # One kind alone, too: what looks like an escape of another may be a part of the value.
    if "%" in text:
        yield decoded, unquote(text)
    if "&" in text:
        yield decoded, html.unescape(text)
    if "\\" in text:
        yield decoded, _ESCAPE.sub(_escaped, text)
    for kind, unpack in (("base64", _from_base64), ("hex", _from_hex)):
        packed = BETWEEN.join(dict.fromkeys(unpack(text, runs[kind])))
        if packed:
            yield _named(how, kind), packed


def _named(how: str, kind: str) -> str:
    """Name a reading by what says most of how it was come by; ends of lines stay told."""
    before, _, wrapped = how.partition(" ")
    name = before if kind == "decoded" and before != "raw" else kind
    return f"{name} {wrapped}" if wrapped else name


def _escaped(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if kind == "one":
        return ESCAPES.get(found["one"], found["one"])
    code = int(found[kind], 8 if kind == "o" else 16)
    return chr(code) if code <= _LAST_CODE_POINT else found[0]


def _from_base64(text: str, runs: set[str]) -> Iterator[str]:
    """Give what every run of base64 says, wherever its groups begin."""
    for run in _new(_BASE64.findall(text), runs):
        letters = run.translate(_URL_ALPHABET)
        for offset in range(4):
            groups = letters[offset : len(letters) - ((len(letters) - offset) % 4 == 1)]
            yield from _legible(binascii.a2b_base64(groups + "=" * (-len(groups) % 4)))


def _new(found: list[str], runs: set[str]) -> list[str]:
    """Give the runs that were not seen in another reading of the text, and take note of them."""
    new = [run for run in dict.fromkeys(found) if run not in runs]
    runs.update(new)
    return new


def _from_hex(text: str, runs: set[str]) -> Iterator[str]:
    for run in _new(_HEX.findall(text), runs):
        digits = _NOT_HEX.sub("", run)
        for offset in range(2):
            half = digits[offset : len(digits) - (len(digits) - offset) % 2]
            yield from _legible(bytes.fromhex(half))


def _legible(data: bytes) -> Iterator[str]:
    """Give the stretches of bytes that may be text: what decoded by accident seldom has any."""
    zeros = data.count(0)
    yield from _LEGIBLE.findall(data.decode("utf-8", "replace"))
    if zeros * 8 >= len(data) and zeros:
        yield from _LEGIBLE.findall(data.replace(b"\0", b"").decode("utf-8", "replace"))
        for wide in _WIDE[:2]:
            yield from _LEGIBLE.findall(data.decode(wide, "replace"))
