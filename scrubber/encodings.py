"""The one table of how characters really appear in reports.

A path, an address or a name seldom reaches a report as it was: `repr` doubled its backslashes, JSON
spelled its accents, a URL its separators, a terminal coloured it. Everything that must know this
reads it here: the macros of patterns (`MACROS`), the decoder (`ESCAPES`), and whoever must find or
test one text in all its forms (`ENCODINGS`).

Promise: an encoder takes any string, lone surrogates and NULs included, and never raises; what a
preserving one wrote, `decoding.decoded_views` gives back in at most `layers` layers.
"""

from __future__ import annotations

import binascii
import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ESCAPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "n": "\n",
        "r": "\r",
        "t": "\t",
        "b": "\b",
        "f": "\f",
        "v": "\v",
        "a": "\a",
        "0": "\0",
        "\\": "\\",
        '"': '"',
        "'": "'",
        "/": "/",
        " ": " ",
    }
)
"""What may follow a backslash, and the character both stand for."""

ESCAPE_LETTERS: Final = "nrtbfv0"
"""The letters after which a new word can begin. No writer of reports uses `\\a`; a Windows domain
before a name (`CORP\\alice`) is far likelier."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """One way a text is written in a report.

    Attributes:
        name: its name in the table.
        description: who writes so.
        encode: gives the encoded form of any text.
        layers: how many layers of decoding give the text back.
        preserving: whether decoding gives the very text back. A normal form does not; base64 does
            for printable text of 12 bytes or more, less is not told from a word.
    """

    name: str
    description: str
    encode: Callable[[str], str]
    layers: int
    preserving: bool = True


def _raw(text: str) -> str:
    return text


def _repr(text: str) -> str:
    return repr(text)[1:-1]


def _json(text: str) -> str:
    import json

    return json.dumps(text)[1:-1]


def _json_unicode(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)[1:-1]


def _php_json(text: str) -> str:
    return _json(text).replace("/", "\\/")


def _twice(encode: Callable[[str], str]) -> Callable[[str], str]:
    def encode_twice(text: str) -> str:
        return encode(encode(text))

    return encode_twice


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


# Written out, because urllib.parse costs 4 ms to import.
_URL_SAFE: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


def _url(text: str, *, safe: frozenset[int] = _URL_SAFE) -> str:
    return "".join(chr(byte) if byte in safe else f"%{byte:02X}" for byte in _utf8(text))


def _url_path(text: str) -> str:
    return _url(text, safe=_URL_SAFE | {ord("/")})


_HTML: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"},
)


def _html(text: str) -> str:
    return text.translate(_HTML)


_NOT_ALNUM: Final = re.compile(r"[^A-Za-z0-9]")


def _html_numeric(text: str) -> str:
    return _NOT_ALNUM.sub(lambda match: f"&#{ord(match[0])};", text)


def _html_hex(text: str) -> str:
    return _NOT_ALNUM.sub(lambda match: f"&#x{ord(match[0]):X};", text)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


_BETWEEN_WORDS: Final = re.compile(r"[\\/@.:\s]+")


def _ansi(text: str) -> str:
    return _BETWEEN_WORDS.sub("\x1b[35m\\g<0>\x1b[0m", text)


def _octal(text: str) -> str:
    return "".join(
        f"\\{byte:03o}" if byte < 0x20 or byte >= 0x7F else chr(byte)  # noqa: PLR2004  # not ASCII
        for byte in _utf8(text.replace("\\", "\\\\").replace('"', '\\"'))
    )


def _base64_after(before: bytes) -> Callable[[str], str]:
    def encode_after(text: str) -> str:
        return binascii.b2a_base64(before + _utf8(text), newline=False).decode("ascii")

    return encode_after


_TABLE: Final = (
    Encoding("raw", "as it is", _raw, 0),
    Encoding("repr", "Python's repr, without its quotes", _repr, 1),
    Encoding("repr_twice", "the repr of a text that holds a repr", _twice(_repr), 2),
    Encoding("json", "a JSON string, ASCII only", _json, 1),
    Encoding("json_unicode", "a JSON string that keeps its accents", _json_unicode, 1),
    Encoding("json_twice", "JSON inside a JSON string", _twice(_json), 2),
    Encoding("php_json", "a JSON string as PHP writes it, slashes escaped", _php_json, 1),
    Encoding("url", "a part of a URL", _url, 1),
    Encoding("url_path", "the path of a URL, slashes kept", _url_path, 1),
    Encoding("url_twice", "a URL inside a URL", _twice(_url), 2),
    Encoding("html", "HTML, the five special characters only", _html, 1),
    Encoding("html_numeric", "HTML, decimal references", _html_numeric, 1),
    Encoding("html_hex", "HTML, hexadecimal references", _html_hex, 1),
    Encoding("nfc", "accents composed", _nfc, 0, preserving=False),
    Encoding("nfd", "accents apart, as macOS names files", _nfd, 0, preserving=False),
    Encoding("ansi", "a terminal's colours around separators", _ansi, 1),
    Encoding("octal_escapes", "a C string in UTF-8, as git quotes file names", _octal, 1),
    Encoding("base64_0", "base64, the text at its start", _base64_after(b""), 1),
    Encoding("base64_1", "base64, the text after one byte", _base64_after(b":"), 1),
    Encoding("base64_2", "base64, the text after two bytes", _base64_after(b"u:"), 1),
)

ENCODINGS: Final[Mapping[str, Encoding]] = MappingProxyType({one.name: one for one in _TABLE})
"""Every encoding, by name."""

# The decoded views undo every encoding; a URL's is spelled here as well, since in a raw text it
# stands inside longer runs of word characters. \x20 and \x23 are what a verbose pattern skips. Each
# macro is one group or class, so that a pattern can repeat it.
_PERCENT: Final = "%(?:25){0,2}"

MACROS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # A run of path separators: a path's own, doubled by escaping, or a URL's.
        "sep": rf"(?:(?:[\\/]|{_PERCENT}(?:2[Ff]|5[Cc])){{1,8}}+)",
        # For paths that know one kind only: after a POSIX path, "\n" is no segment. Shorter and in
        # plain form only, so that a pattern that is not fenced stays cheap.
        "slash": r"(?:(?:\\{0,4}+/){1,2}+)",
        "backslash": r"(?:\\{1,8}+)",
        # One character of a name in a path. Controls, blanks, quotes, brackets, the characters
        # Windows forbids and those that join names in reports end a name; so does box-drawing,
        # since tables are drawn with it. "%" and "&" begin an escape or a parameter: there the
        # decoded view reads on. U+2019 is kept: macOS names volumes "Jane\u2019s disk". One class
        # and no more, because a repeat of anything wider costs too many steps in a rule.
        "segment": (
            r"""[^\x00-\x20\x7F-\x9F"'`\\/<>|:*?,;()\[\]{}=%&"""
            r"""\u2018\u201A-\u201F\u2028\u2029\u2500-\u259F]"""
        ),
        "at": rf"(?:@|{_PERCENT}40)",
        "dot": rf"(?:\.|{_PERCENT}2[Ee])",
        "colon": rf"(?::|{_PERCENT}3[Aa])",
        "equals": rf"(?:=|{_PERCENT}3[Dd])",
        # A run of quotes, each escaped any number of times up to three nested strings.
        "quote": (
            r"""(?:(?:\\{0,7}+["'`]|\\{1,4}+u002[27]|&(?:quot|apos|\x23(?:34|39|x2[27]));"""
            rf"""|{_PERCENT}2[27]|[\u2018-\u201F]){{1,4}}+)"""
        ),
        "space": r"[\x20\t]",
        # Outside ASCII nearly every character is a letter; the others are no harm in a name.
        "letter": r"[A-Za-z\x80-\U0010FFFF]",
    }
)
"""What the macros of patterns stand for, by name, in the dialect of patterns."""
