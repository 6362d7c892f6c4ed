"""
How a name is spelt: the pattern that finds it in any case, accent and base64.

What reports do to a text as a whole is undone by the decoded views. What is left is how people and
programs write one name: in capitals, with accents composed, apart, left out or misread, and in
base64, which has no separators and is read by the views only where it looks like text.

Promise: each function gives a pattern of the dialect without the group `value`; no run of fixed
characters in it is longer than `_RUN`.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from scrubber.identity.tiers import tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST_ENCODED: Final = 6
"""Bytes of the shortest name that is looked for inside base64."""

_MOST_ENCODED: Final = 96
"""Bytes of a name from which its base64 is taken; what is longer begins with them."""

_MOST_WIDE: Final = 64
_RUN: Final = 64
_APOSTROPHES: Final = r"'`\u00B4\u2018\u2019\u02BC"
_APOSTROPHE: Final = rf"(?:\\{{0,4}}[{_APOSTROPHES}]{{1,2}}|\xE2\u20AC\u2122)?"
_BYTES_IN_GROUP: Final = 3
_BITS: Final = 6
_GERMAN: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


def either(patterns: Iterable[str]) -> str:
    """Join alternatives, longest first: an alternation takes the first that fits."""
    ordered = sorted(dict.fromkeys(patterns), key=lambda one: (-len(one), one))
    return f"(?:{'|'.join(ordered)})"


def literal(text: str) -> str:
    """Spell a name in any case, its accents composed, apart, left out, or read as Latin-1.

    An apostrophe may be any of them, escaped, doubled as in SQL, or left out.
    """
    parts = [one for one in re.split(f"[{_APOSTROPHES}]", text) if one]
    return _APOSTROPHE.join(map(_literal, parts)) if parts else exact(text)


def _literal(text: str) -> str:
    forms = dict.fromkeys(unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    if not text.isascii():
        forms.update(dict.fromkeys(one for one in _misspelt(text) if tier(one) != "word"))
    return either(map(_cased, forms))


def _misspelt(text: str) -> list[str]:
    """Give how a name with accents is written where none can be: Mueller, Muller, MÃ¼ller."""
    composed = unicodedata.normalize("NFC", text)
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    misread = composed.encode("utf-8", "replace")
    found = [bare, composed.translate(_GERMAN), misread.decode("latin-1")]
    with suppress(UnicodeDecodeError):
        found.append(misread.decode("cp1252"))
    return found


def exact(text: str) -> str:
    """Spell a text in its own case, its accents composed or apart."""
    forms = dict.fromkeys(unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    return either(map(plain, forms))


def _cased(text: str) -> str:
    return _broken(
        [
            f"(?i:{run})" if run.isascii() and run.isalnum() else "".join(map(_either_case, run))
            for run in re.findall(rf"[A-Za-z0-9]{{1,{_RUN}}}|[^A-Za-z0-9]{{1,{_RUN}}}", text)
        ]
    )


def _broken(runs: Sequence[str]) -> str:
    """Join runs so that none is longer: `regex` looks at a literal for seconds if it repeats."""
    return "(?=[\\s\\S])".join(runs)


def _either_case(character: str) -> str:
    cases = {character, *(one for one in (character.lower(), character.upper()) if len(one) == 1)}
    return f"(?:{'|'.join(map(plain, sorted(cases)))})" if len(cases) > 1 else plain(character)


def ascii_literal(text: str) -> str:
    """Spell a text of ASCII in any case, character by character."""
    return "".join(f"(?i:{char})" if char.isalnum() else plain(char) for char in text)


def wide(texts: Iterable[str], *, cases: bool = True) -> list[str]:
    """Spell texts of ASCII as UTF-16 that was read byte by byte: a NUL behind each character."""
    short = (text for text in texts if text.isascii() and len(text) <= _MOST_WIDE)
    return [(ascii_literal if cases else plain)("\0".join(text)) for text in short]


def plain(text: str) -> str:
    """Spell a text exactly."""
    spelt = [char if char.isascii() and char.isalnum() else _escaped(char) for char in text]
    return _broken(["".join(spelt[at : at + _RUN]) for at in range(0, len(spelt), _RUN)])


def _escaped(char: str) -> str:
    # What a form or a query sends has `+` for a blank.
    return r"[\x20+]" if char == " " else f"\\U{ord(char):08X}"


def base64_cores(name: str, *, cases: bool = True) -> list[str]:
    """Spell what a name leaves in base64 at each offset, whatever stands around it."""
    return [re.sub(r"[+/]", _either_alphabet, core) for core in base64_of(name, cases=cases)]


def base64_of(name: str, *, cases: bool = True) -> list[str]:
    """Give what a name leaves in base64 at each offset, whatever stands around it.

    Args:
        name: the name.
        cases: whether in other cases, too.

    Returns:
        The texts, each once, in the alphabet with `+` and `/`.
    """
    forms = [name, name.lower(), name.upper(), name.title()] if cases else [name]
    cores = []
    for form in dict.fromkeys(forms):
        raw = form.encode("utf-8", "surrogatepass")[:_MOST_ENCODED]
        if len(raw) < LEAST_ENCODED:
            continue
        for offset in range(_BYTES_IN_GROUP):
            encoded = b64encode(b"\0" * offset + raw + b"\0\0").decode("ascii")
            # Whole characters of the name's bits only: its neighbours decide the others.
            first = -(-8 * offset // _BITS)
            last = 8 * (offset + len(raw)) // _BITS
            cores.append(encoded[first:last])
    return list(dict.fromkeys(cores))


def _either_alphabet(match: re.Match[str]) -> str:
    return r"[+\-]" if match[0] == "+" else "[/_]"
