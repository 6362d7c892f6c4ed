"""
How programs write a value: escapes of languages, of URLs and pages, of terminals and mail.

Written anew here and not taken from the scrubber's own table: a form that one of them has wrong
must show.

Promise: all but those of `WHOLE` and `ALONE` are written character by character, so a text may be
encoded in pieces and each label still knows where it stands.
"""

from __future__ import annotations

import base64
import html
import itertools
import json
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable

ASCII: Final = 0x80
SOFT: Final = 40
"""Characters between two breaks of quoted-printable, which ends a line by 76."""


def _each(text: str, write: Callable[[str], str]) -> str:
    return "".join(map(write, text))


def _repr(text: str) -> str:
    # The quote is always the single one: a text is written in pieces that must agree on it.
    return repr('"' + text)[2:-1]


def _bytes_repr(text: str) -> str:
    return repr(b'"' + text.encode())[3:-1]


def _rust(char: str) -> str:
    if char in "\\\"'":
        return "\\" + char
    return char if " " <= char < "\x7f" else f"\\u{{{ord(char):x}}}"


def _c_octal(char: str) -> str:
    if char in '\\"':
        return "\\" + char
    return "".join(
        chr(byte) if ord(" ") <= byte < ASCII - 1 else f"\\{byte:03o}" for byte in char.encode()
    )


def _quoted_printable(char: str) -> str:
    plain = " " <= char < "\x7f" and char != "="
    return char if plain else "".join(f"={byte:02X}" for byte in char.encode())


def _numeric(char: str) -> str:
    return char if char.isascii() and char.isalnum() else f"&#{ord(char)};"


def _hexadecimal(char: str) -> str:
    return char if char.isascii() and char.isalnum() else f"&#x{ord(char):x};"


def _ansi(text: str) -> str:
    for char in "@/":
        text = text.replace(char, f"\x1b[36m{char}\x1b[0m")
    return f"\x1b[1;33m{text}\x1b[0m"


def _wrapped(text: str) -> str:
    half = len(text) * 3 // 5
    return f"{text[:half]}\n{text[half:]}"


def _soft_wrapped(text: str) -> str:
    chars = [_quoted_printable(char) for char in text]
    cuts = [*range(min(len(chars) * 2 // 5, SOFT), len(chars), SOFT), len(chars)]
    return "=\n".join("".join(chars[a:b]) for a, b in itertools.pairwise([0, *cuts]))


WRITERS: Final[dict[str, Callable[[str], str]]] = {
    "repr": _repr,
    "bytes_repr": _bytes_repr,
    "json": lambda text: json.dumps(text)[1:-1],
    "json_unicode": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "php_json": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "rust_debug": lambda text: _each(text, _rust),
    "c_octal": lambda text: _each(text, _c_octal),
    "url": lambda text: quote(text, safe=""),
    "url_form": lambda text: quote(text, safe=" ").replace(" ", "+"),
    "url_path": lambda text: quote(text, safe="/"),
    "html": lambda text: html.escape(text, quote=True),
    "html_numeric": lambda text: _each(text, _numeric),
    "html_hex": lambda text: _each(text, _hexadecimal),
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "quoted_printable": lambda text: _each(text, _quoted_printable),
    "utf16_repr": lambda text: repr(text.encode("utf-16-le"))[2:-1],
    "ansi": _ansi,
    "wrapped": _wrapped,
    "soft_wrapped": _soft_wrapped,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64_url": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "hex": lambda text: text.encode().hex(),
}
"""What writes a text, by name."""

WHOLE: Final = frozenset({"base64", "base64_url", "hex"})
"""Those that tear a text apart: what holds a label is labelled as a whole."""

ALONE: Final = frozenset({"ansi", "wrapped", "soft_wrapped"})
"""Those that are done to a value only, not to the text around it."""
