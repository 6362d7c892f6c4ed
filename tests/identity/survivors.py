"""
What a patient reader can still make of a scrubbed report.

Every view of it is read: escapes, percents, entities and base64 undone, in one normal form and one
case. What is found is told by its kind, its encoding and its place, never by its value.
"""

from __future__ import annotations

import binascii
import html
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from scrubber.decoding import DEPTH, decoded_views
from tests.identity.reports import reports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.identity.planted import Literal

_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_URL_ALPHABET: Final = str.maketrans("-_", "+/")


def strings_of(value: object) -> Iterator[str]:
    """Give all strings of a report, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings_of(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings_of(item)


def plain(text: str) -> str:
    """Give the form in which literals are compared: one normal form, one case."""
    return unicodedata.normalize("NFC", text).casefold()


def seen(content: object) -> str:
    """Give all that a patient reader can make of a scrubbed report, in the form of `plain`."""
    text = "\n".join(dict.fromkeys(strings_of(content)))
    views = [text, *(view.text for view in decoded_views(text, depth=DEPTH))]
    more = []
    for view in views:
        if "%" in view:
            more += [unquote(view), unquote(unquote(view))]
        if "&" in view:
            more += [html.unescape(view), html.unescape(html.unescape(view))]
    views = list(dict.fromkeys([*views, *more]))
    return plain("\n".join([*views, *(one for view in views for one in _decoded(view))]))


def _decoded(view: str) -> Iterator[str]:
    """Give what every run of base64 says, wherever its groups begin."""
    for run in _BASE64.findall(view):
        letters = run.translate(_URL_ALPHABET)
        for offset in range(4):
            part = letters[offset:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            data = binascii.a2b_base64(part + "=" * (-len(part) % 4))
            yield data.decode("utf-8", "ignore")


def survivors(content: object, literals: Sequence[Literal]) -> list[str]:
    """Give the kinds of the literals that a scrubbed report still tells."""
    everything = seen(content)
    return [
        one.kind for one in literals if any(plain(needle) in everything for needle in one.needles)
    ]


def leaks(
    scrub: Callable[[Any], object], literals: Sequence[Literal], *, seed: int, count: int
) -> list[str]:
    """Scrub reports and give what survived: kinds, encodings and places, never values.

    Args:
        scrub: takes a text or an event and gives it scrubbed.
        literals: what must not survive.
        seed: for the reports.
        count: how many.
    """
    found = []
    for number, report in enumerate(reports(literals, seed=seed, count=count)):
        wanted = tuple({spot.literal.kind: spot.literal for spot in report.spots}.values())
        kinds = survivors(scrub(report.content), wanted)
        found += [
            f"{number} {report.body}: {spot.label}"
            for spot in report.spots
            if spot.literal.kind in kinds
        ]
    return found


def first(found: Sequence[str], most: int = 20) -> list[str]:
    """Give the first of many, so that a failure can be read."""
    return list(found[:most])
