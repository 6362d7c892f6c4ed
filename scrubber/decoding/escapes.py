"""Undo one layer of escapes: percent, backslash, HTML entities; leave out what nobody sees.

Promise: linear time, whatever the text; a line with nothing to undo costs one search. A URL in a
terminal's hyperlink is kept, between BELs: it may hold what no one sees.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.decoding.view import Decoded, Writer
from scrubber.encodings import ESCAPES
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_BELL: Final = "\a"
_LAST_CODE_POINT: Final = 0x10FFFF
_LATIN_1_CONTROLS: Final = bytes(range(0x80, 0xA0))

# Escapes of one byte, and how many characters each takes.
_UNSEEN: Final = frozenset({"invisible", "bell"})
_RUNS: Final = {"percent": 3, "bytes": 4, "octal": 4}

# Soft hyphen, zero-width and direction marks: shown by nobody, pasted by everybody.
_INVISIBLE: Final = r"\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
HINT: Final = lazy_pattern(rf"[%\\&\x1b\x9b{_INVISIBLE}]")
UNSEEN: Final = lazy_pattern(rf"[\x1b\x9b{_INVISIBLE}]")

# Possessive, so that no input is read twice.
TOKEN: Final = lazy_pattern(
    rf"""
      (?P<percent> (?: % [0-9A-Fa-f]{{2}} )++ )
    | (?P<bytes> (?: \\x [0-9A-Fa-f]{{2}} )++ )
    | (?P<octal> (?: \\ [0-3][0-7]{{2}} )++ )
    | \\u (?P<high> [Dd][89ABab][0-9A-Fa-f]{{2}} ) \\u (?P<low> [Dd][C-Fc-f][0-9A-Fa-f]{{2}} )
    | (?: \\u (?P<unit> [0-9A-Fa-f]{{4}} )
        | \\U (?P<wide> 00[01][0-9A-Fa-f]{{5}} )
        | \\u \{{ (?P<braced> [0-9A-Fa-f]{{1,6}} ) \}} )
    | \\ (?P<letter> [{re.escape("".join(ESCAPES))}] )
    | & (?: (?P<name> [A-Za-z][A-Za-z0-9]{{1,31}}+ )
          | \# (?: (?P<decimal> [0-9]{{1,7}}+ ) | [Xx] (?P<hex> [0-9A-Fa-f]{{1,6}}+ ) ) ) ;
    | (?P<invisible>
        (?: \x1b\[ | \x9b ) [0-?]*+ [\x20-/]*+ [@-~]        # CSI: colours, cursor
      | \x1b [()*+] [0-9A-Za-z]                              # character sets
      | \x1b [78=>cDEHMNOZ]                                  # other commands of two characters
      | \x1b\]8;;(?: \x1b\\ | \x07 )                         # the end of a hyperlink
      | [{_INVISIBLE}]++ )
    | (?P<bell> \x1b\] [0-9]{{0,4}}+ ; | \x1b\\ )            # other OSC: titles, links; their end
    """,
    re.VERBOSE,
)

# One character of UTF-8 (surrogates included: Java and JavaScript write them), or one stray byte.
_CHARACTER: Final = lazy_pattern(
    rb"[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|.",
    re.DOTALL,
)


def decode_layer(
    text: str, *, parent: Decoded | None = None, shown_only: bool = False
) -> Decoded | None:
    r"""Undo one layer of all encodings at once.

    Args:
        text: the text to decode.
        parent: the view whose text it is, so that spans map through it; None for raw text.
        shown_only: only leave out what a terminal would not show; the backslashes of a coloured
        path
            of Windows stay what they are.

    Returns:
        The view, or None when there is nothing to undo.

    >>> decode_layer("caf%C3%A9 &amp; C:\\\\x").text
    'café & C:\\x'
    """
    hint = HINT.search(text)
    if hint is None:
        return None
    writer = Writer()
    copied = 0
    for token in TOKEN.finditer(text, hint.start()):
        kind = token.lastgroup or ""
        if shown_only and kind not in _UNSEEN:
            continue
        characters = _bytes(token, kind) if kind in _RUNS else _character(token, kind)
        for start, end, character in characters:
            if start > copied:
                writer.write(text[copied:start], copied, copied + 1)
            if character:
                writer.write(character, start, end)
            copied = end
    if not copied:
        return None
    if copied < len(text):
        writer.write(text[copied:], copied, copied + 1)
    return writer.decoded(len(text), parent, escapes=True)


def _character(token: re.Match[str], kind: str) -> tuple[tuple[int, int, str], ...]:
    """Give the range and the character of a token, unless it stays as it is."""
    if kind == "letter":
        character = ESCAPES[token["letter"]]
    elif kind == "invisible":
        character = ""
    elif kind == "bell":
        character = _BELL
    elif kind == "name":
        from html.entities import html5

        # The few names of two characters are left alone: no name of a person needs them.
        character = html5.get(f"{token['name']};", "")
        if len(character) != 1:
            return ()
    elif kind == "low":
        high, low = int(token["high"], 16), int(token["low"], 16)
        character = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    else:
        code = int(token[kind], 10 if kind == "decimal" else 16)
        if code > _LAST_CODE_POINT:
            return ()
        character = chr(code)
    return ((*token.span(), character),)


def _bytes(token: re.Match[str], kind: str) -> Iterator[tuple[int, int, str]]:
    """Give the ranges and the characters of a run of escaped bytes."""
    run, start, width = token[0], token.start(), _RUNS[kind]
    if kind == "octal":
        data = bytes(int(code, 8) for code in run.split("\\")[1:])
    else:
        data = bytes.fromhex(run.replace("%", "").replace("\\x", ""))
    for match in _CHARACTER.finditer(data):
        found = match[0]
        if len(found) > 1:
            character = found.decode("utf-8", "surrogatepass")
        elif kind == "percent" and found in _LATIN_1_CONTROLS:
            continue  # No URL means these; in a repr they are what they say.
        else:
            character = chr(found[0])
        yield start + width * match.start(), start + width * match.end(), character
