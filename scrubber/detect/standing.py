"""
May a text hold one of a few names? Told without the rules that would find them.

Rules for a name take milliseconds to make, and most texts of an event hold none of its names. So a
text is looked at as its rules look: at its letters in any case, its views, and what the name leaves
in base64. Only what is simple to rule out is ruled out: a name with other characters than letters
and digits of ASCII may stand anywhere.

Promise: where this says no, the rules of `known.name_rules` find nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.decoding import decodable, decoded_views
from scrubber.detect.spelling import base64_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_ONE_ALPHABET: Final = str.maketrans("-_", "+/")
_WIDE: Final = "\0"
"""Behind each character of UTF-16 that was read byte by byte."""


class Standing:
    """Tells where names may stand."""

    def __init__(self, names: Iterable[str], *, exact: Iterable[str] = ()) -> None:
        """Take the names.

        Args:
            names: the names.
            exact: those among them that stand as they are, whatever their characters.
        """
        found = list(names)
        plain = set(exact)
        self._anywhere = any(
            not (name.isascii() and (name.isalnum() or name in plain)) or "\\" in name
            for name in found
        )
        self._names = [name.casefold() for name in found]
        self._cores = [core for name in found for core in base64_of(name)]
        self.encoded = self._anywhere
        """Whether one may have stood in base64 or UTF-16 by now."""

    def may_hold(self, text: str) -> bool:
        """Tell whether a text may hold a name.

        Args:
            text: any string.
        """
        if self._anywhere or self._in(text):
            return True
        if not any(map(decodable, text.split("\n"))):
            return False
        return any(self._in(view.text) for view in decoded_views(text))

    def _in(self, text: str) -> bool:
        joined = text.translate(_ONE_ALPHABET) if "-" in text or "_" in text else text
        if _WIDE in text or any(core in joined for core in self._cores):
            self.encoded = True
            return True
        folded = text.casefold()
        return any(name in folded for name in self._names)
