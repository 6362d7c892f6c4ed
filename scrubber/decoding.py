r"""Undo encodings, and know where everything came from.

A report is text inside text: a path in a repr in a JSON string in a URL. Rules are written for
plain text; here it is given to them, one *layer* of every encoding undone at once, layer after
layer, and a range found there is mapped back to the raw range that wrote it.

Promises:
    - a mapped range covers whole escape sequences, so that replacing it splits none;
    - maps are monotone, and cover everything but what a terminal would not show;
    - linear time and memory, whatever the text; a line with nothing to undo costs one search.

Ambiguity is not resolved but doubled: `C:\new` has a line feed in its decoded view and none in the
raw text, and both are looked at. A URL in a terminal's hyperlink is kept, between BELs: it may hold
what no one sees.
"""

from __future__ import annotations

import binascii
import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING, Final

from scrubber.encodings import ESCAPES

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH: Final = 3
"""How many layers are undone: JSON in a repr in a URL."""

_BELL: Final = "\a"
_LAST_CODE_POINT: Final = 0x10FFFF
_LATIN_1_CONTROLS: Final = bytes(range(0x80, 0xA0))
_LETTER_WIDTH: Final = 2
_LETTERS: Final = frozenset(character for letter, character in ESCAPES.items() if letter.isalnum())

# Escapes of one byte, and how many characters each takes.
_RUNS: Final = {"percent": 3, "bytes": 4, "octal": 4}

# Soft hyphen, zero-width and direction marks: shown by nobody, pasted by everybody.
_INVISIBLE: Final = r"\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_HINT: Final = re.compile(rf"[%\\&\x1b\x9b{_INVISIBLE}]")

# Possessive, so that no input is read twice.
_TOKEN: Final = re.compile(
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
_CHARACTER: Final = re.compile(
    rb"[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|.",
    re.DOTALL,
)

# Base64 text in either alphabet, and what its bytes must look like to be a text.
_BASE64_RUN: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}+")
_BASE64_BYTES: Final = 12
_URL_ALPHABET: Final = str.maketrans("-_", "+/")
_PRINTABLE: Final = re.compile(
    rb"(?:[\t\n\r\x20-\x7e]++|\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})++"
)


def _base64_of(*patterns: str) -> str:
    """Write what base64 makes of bytes, each given as eight bits, "." for either."""
    bits = "".join(patterns)
    alphabet = f"{ascii_uppercase}{ascii_lowercase}{digits}"
    characters = {f"{code:06b}": character for code, character in enumerate(alphabet)}
    characters |= {f"{62:06b}": "+-", f"{63:06b}": "/_"}
    classes = (
        "".join(text for code, text in characters.items() if re.fullmatch(sextet, code))
        for sextet in (bits[i : i + 6] for i in range(0, len(bits), 6))
    )
    return "".join(f"[{re.escape(one)}]" for one in classes)


# What a byte can be shows in the characters of base64. A text has two groups of ASCII bytes near
# one another, or three characters of two bytes in a row (Greek, Cyrillic, Hebrew, Arabic), or two
# of three (the rest); paths, hashes and names of modules seldom look so.
_PLAIN: Final = "0......."
_LEAD_2: Final = "110....."
_LEAD_3: Final = "1110...."
_NEXT: Final = "10......"
_BASE64_HINT: Final = re.compile(
    "|".join(
        (
            r"{0}(?:[\w+/-]{{4}}){{0,2}}?{0}".format(_base64_of(*(_PLAIN,) * 3)),
            _base64_of(*(_LEAD_2, _NEXT) * 3),
            _base64_of(*(_LEAD_3, _NEXT, _NEXT) * 2),
            _base64_of(*(_NEXT, _LEAD_3, _NEXT) * 2),
            _base64_of(*(_NEXT, _NEXT, _LEAD_3) * 2),
        )
    )
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A view of a text with encodings undone.

    Attributes:
        text: what a reader would see.
        parent: the view it was decoded from, or None for the raw text.
        escapes: whether escapes were undone, which must stay whole; base64 has none.
    """

    text: str
    # Stretch k begins at character positions[k] of the text. That one was written by the range
    # starts[k]..ends[k] of the parent's text, and each character on, both move on by one. The last
    # stretch is empty and stands at the ends of both texts.
    positions: array[int] = field(repr=False)
    starts: array[int] = field(repr=False)
    ends: array[int] = field(repr=False)
    parent: Decoded | None = field(repr=False)
    escapes: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a range back to the raw text.

        Args:
            start: first code point in this view's text.
            end: one past the last; `0 <= start <= end <= len(text)`.

        Returns:
            The half-open raw range that covers exactly the whole escape sequences of the range;
            invisible sequences inside it are covered, those at its edges are not. An empty range
            gives an empty one.
        """
        first = self._written(start)[0]
        found = first, self._written(end - 1)[1] if start < end else first
        return found if self.parent is None else self.parent.span(*found)

    def widen(self, start: int, end: int) -> tuple[int, int]:
        r"""Widen a range of the parent's text so that it splits no escape of that text.

        What a rule found in a text as it is may begin inside an escape, since the end of one can
        look like a word: `u0041` of `\u0041`. The letter of `\n` is left alone: it may as well be
        the first of a name after a backslash, and rules for words know better (`%{left}`).

        Args:
            start: first code point in the parent's text.
            end: one past the last.

        Returns:
            The range, or a wider one.
        """
        return self._around(start)[0], self._around(end)[1]

    def _written(self, position: int) -> tuple[int, int]:
        stretch = bisect_right(self.positions, position) - 1
        further = position - self.positions[stretch]
        return self.starts[stretch] + further, self.ends[stretch] + further

    def _around(self, edge: int) -> tuple[int, int]:
        """Give the escape an edge stands inside of, or the empty range at the edge."""
        following = bisect_right(self.starts, edge)
        if not self.escapes or following == len(self.starts):
            return edge, edge
        stretch = following - 1
        shown_to = 0
        if stretch >= 0:
            start, end = self.starts[stretch], self.ends[stretch]
            position = self.positions[stretch]
            if start < edge < end and (
                end - start > _LETTER_WIDTH or self.text[position] not in _LETTERS
            ):
                return start, end
            shown_to = end + self.positions[following] - position - 1
        return (shown_to, self.starts[following]) if edge > shown_to else (edge, edge)


class _Writer:
    """Collects the text of a view and its map, from left to right."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.positions = array("q")
        self.starts = array("q")
        self.ends = array("q")

    def write(self, text: str, start: int, end: int) -> None:
        """Add a text whose first character was written by a range; the next follow one by one."""
        self.positions.append(self.length)
        self.starts.append(start)
        self.ends.append(end)
        self.parts.append(text)
        self.length += len(text)

    def decoded(self, length: int, parent: Decoded | None, *, escapes: bool) -> Decoded:
        """Give what was collected from a text of a length."""
        self.write("", length, length)
        text = "".join(self.parts)
        return Decoded(text, self.positions, self.starts, self.ends, parent, escapes)


def decode_layer(text: str, *, parent: Decoded | None = None) -> Decoded | None:
    r"""Undo one layer of all encodings at once.

    Args:
        text: the text to decode.
        parent: the view whose text it is, so that spans map through it; None for raw text.

    Returns:
        The view, or None when there is nothing to undo.

    >>> decode_layer("caf%C3%A9 &amp; C:\\\\x").text
    'café & C:\\x'
    """
    hint = _HINT.search(text)
    if hint is None:
        return None
    writer = _Writer()
    copied = 0
    for token in _TOKEN.finditer(text, hint.start()):
        kind = token.lastgroup or ""
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


def base64_views(text: str, *, parent: Decoded | None = None) -> list[Decoded]:
    """Give the texts that stand in base64 inside a text.

    A text is a stretch of 12 or more bytes of printable UTF-8 in a run of 16 or more characters of
    base64, in the standard or the URL alphabet, wherever in the run its groups begin. Fewer are not
    told from words and paths. A run that nowhere looks like text (`_BASE64_HINT`) is passed over.

    Args:
        text: where to look.
        parent: the view whose text it is, so that spans map through it; None for raw text.

    Returns:
        At most four views, one for each place in a run where groups can begin; in each, the texts
        on lines of their own. Each character maps to its whole groups of four.
    """
    writers: dict[int, _Writer] = {}
    for run in _BASE64_RUN.finditer(text):
        if _BASE64_HINT.search(text, *run.span()) is None:
            continue
        characters = run[0].translate(_URL_ALPHABET)
        for offset in range(4):
            # A last group of one character holds no byte.
            groups = characters[offset : len(characters) - ((len(characters) - offset) % 4 == 1)]
            data = binascii.a2b_base64(groups + "=" * (-len(groups) % 4))
            for stretch in _PRINTABLE.finditer(data):
                if len(stretch[0]) >= _BASE64_BYTES:
                    writer = writers.setdefault(offset, _Writer())
                    _write_base64(writer, stretch, run.start() + offset, _run_end(text, run.end()))
    return [writers[offset].decoded(len(text), parent, escapes=False) for offset in sorted(writers)]


def _run_end(text: str, end: int) -> int:
    """Take the padding of a run in."""
    return end + (text.startswith("=", end)) * (1 + text.startswith("==", end))


def _write_base64(writer: _Writer, stretch: re.Match[bytes], origin: int, limit: int) -> None:
    """Write a stretch of bytes, on a line of its own; `origin` is where their groups begin."""
    position = stretch.start()
    if writer.length:
        before, after = writer.ends[-1], origin + 4 * (position // 3)
        # Two stretches can share a group; then the line feed between them does, too.
        writer.write("\n", min(before, after), max(before, after))
    for character in stretch[0].decode():
        following = position + len(character.encode())
        start = origin + 4 * (position // 3)
        end = min(origin + 4 * ((following - 1) // 3) + 4, limit)
        writer.write(character, start, end)
        position = following


def decoded_views(text: str, *, depth: int = DEPTH) -> list[Decoded]:
    r"""Give every view of a text with up to so many layers undone, the outermost first.

    Args:
        text: the raw text.
        depth: how many layers to undo at most.

    Returns:
        The views, without the raw text itself; all their spans are raw ranges.

    >>> [view.text for view in decoded_views("%255C")]
    ['%5C', '\\']
    """
    views: list[Decoded] = []
    layer: list[Decoded | None] = [None]
    for _ in range(depth):
        found: list[Decoded] = []
        for view in layer:
            source = text if view is None else view.text
            decoded = decode_layer(source, parent=view)
            found += [decoded] if decoded is not None else []
            found += base64_views(source, parent=view)
        views += found
        layer = [*found]
    return views


def encoded_lines(text: str) -> list[tuple[int, int]]:
    """Give the ranges of lines that may hold something encoded: what no range holds has no views.

    No escape and no run of base64 reaches over a line feed, so the views of a range are those of its
    lines, and a long text is decoded only where there is something to decode.

    Args:
        text: the raw text.

    Returns:
        Half-open ranges of whole lines without the last one's line feed, in order, adjacent lines in
        one range.

    >>> encoded_lines("plain\\na%20b\\nc%20d\\nplain")
    [(6, 17)]
    """
    ranges: list[tuple[int, int]] = []
    position = 0
    hint = _HINT.search(text)
    run = _next_base64(text, 0)
    while hint is not None or run is not None:
        places = [found.start() for found in (hint, run) if found is not None]
        first = min(places)
        start = text.rfind("\n", position, first) + 1 or position
        end = text.find("\n", first)
        end = len(text) if end < 0 else end
        if ranges and ranges[-1][1] + 1 == start:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
        position = end + 1
        if hint is not None and hint.start() < position:
            hint = _HINT.search(text, position)
        if run is not None and run.start() < position:
            run = _next_base64(text, position)
    return ranges


def _next_base64(text: str, position: int) -> re.Match[str] | None:
    """Find the next run of base64 that looks like text."""
    for run in _BASE64_RUN.finditer(text, position):
        if _BASE64_HINT.search(text, *run.span()) is not None:
            return run
    return None
