r"""
What a field that is kept may hold: an id, a moment, a number, a name of code.

Kept means not scanned, so each grammar takes only what cannot name anybody: no spaces, no `@` and
no separators but those its kind needs. What does not fit is text.

Promise: every test is linear, and what it is given is an exact `str`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from scrubber.lazy import lazy_pattern

_ID: Final = lazy_pattern(
    r"[0-9A-Fa-f]{16}|[0-9A-Fa-f]{32}(?:[0-9A-Fa-f]{1,8})?"
    r"|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?:-[0-9A-Fa-f]{1,8})?",
    re.ASCII,
)
_ENUM: Final = lazy_pattern(  # kinds of reports, levels and platforms: a server refuses others
    r"event|error|default|transaction|sessions?|attachment|check_in|profile|profile_chunk"
    r"|client_report|user_report|feedback|log|trace_metric|statsd|metric_buckets|span"
    r"|replay_event|replay_recording|replay_video"
    r"|fatal|critical|warning|info|debug|trace|warn"
    r"|as3|c|cfml|cocoa|csharp|elixir|go|groovy|haskell|java|javascript|native|node|objc|other"
    r"|perl|php|python|ruby|scala",
)
_HEX: Final = lazy_pattern(r"0x[0-9A-Fa-f]{1,32}|[0-9]{1,20}", re.ASCII)
_TIME: Final = lazy_pattern(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?"
    r"|[0-9]{1,10}(?:\.[0-9]{1,9})?",
    re.ASCII,
)
_NUMBER: Final = lazy_pattern(
    r"[+-]?[0-9]{1,10}(?:\.[0-9]{1,17})?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII
)
_TYPE: Final = lazy_pattern(r"(?:string|boolean|integer|double|array)(?:\[\])?")
_VERSION: Final = lazy_pattern(
    r"[vV]?[0-9]{1,4}(?:\.[0-9]{1,8}){0,4}"
    r"(?:[-+._]?(?:a|alpha|b|beta|c|rc|pre|preview|dev|post|final|release|lts|cu|cpu|cuda|rocm|git|g"
    r"|el|fc|p|r|t|ubuntu|deb|amd|arm|x)\.?[0-9]{0,8}){0,4}(?:[-+.][0-9a-f]{7,40})?",
    re.ASCII,
)
_ZONE: Final = lazy_pattern(
    r"(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe"
    r"|Indian|Mexico|Pacific|US)(?:/[A-Z][A-Za-z0-9_+-]{1,24}){1,2}"
    r"|[A-Z]{1,5}(?:[+-][0-9:]{1,6})?"
)
_CRON: Final = lazy_pattern(
    r"@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)"
    r"|[0-9*/,?LW#-]{1,24}(?: (?:[0-9*/,?LW#-]|[A-Z]{3}(?![A-Z])){1,24}){4,6}",
    re.ASCII,
)
_MEDIA: Final = lazy_pattern(
    r"[a-z]{1,16}/[A-Za-z0-9][A-Za-z0-9.+_-]{0,80}(?:; ?charset=[A-Za-z0-9-]{1,20})?", re.ASCII
)
_DSN: Final = lazy_pattern(
    r"https?://[0-9A-Za-z]{1,64}@[A-Za-z0-9.:-]{1,128}/(?:[A-Za-z0-9_-]{1,64}/){0,4}[0-9]{1,20}"
)

_LONGEST: Final = 255
_CODE: Final = lazy_pattern(r"(?:[^\W\d]|[$<])[\w$<>.:]*")
_FILE: Final = lazy_pattern(
    r"(?!(?:[^\n]{0,250}[/\\])?(?:[Hh]ome|[Uu]sers)[/\\])(?:[\w-][\w.+-]{0,80}[/\\]){0,12}[\w+-][\w.+-]{0,80}"
    r"\.(?:py[xiw]?|[cm]?jsx?|[cm]?tsx?|java|kt|cc?|cpp|cxx|hh?|hpp|rs|go|rb|php|cs|swift|mm?|exs?"
    r"|erl|dart|scala|lua|pl|cu|so|dll|dylib|jar)"
)
_RUN: Final = lazy_pattern(r"[0-9A-Za-z]{16,}")
_DIGITS: Final = lazy_pattern(r"[0-9]")
_MOST_DIGITS: Final = 3


def code_name(text: str) -> bool:
    """Tell whether a text is a name of code: of a function, a module, a type.

    A key of a vendor could stand there, so a long run of letters with many digits is none.

    >>> [code_name(text) for text in ("Model.<lambda>", "_engine2", "run(jane@example.com)")]
    [True, True, False]
    """
    return len(text) <= _LONGEST and _code_name(text)


@lru_cache(maxsize=4096)  # the functions of a program, not its data: they come again
def _code_name(text: str) -> bool:
    if _CODE.fullmatch(text) is None:
        return False
    return all(len(_DIGITS.findall(run)) <= _MOST_DIGITS for run in _RUN.findall(text))


def code_file(text: str) -> bool:
    """Tell whether a text is a file of code, as a frame names one: from the root of its package.

    >>> [code_file(text) for text in ("yolo/train.py", "/home/jane/train.py", "home/jane/x.py")]
    [True, False, False]
    """
    return len(text) <= _LONGEST and _code_file(text)


@lru_cache(maxsize=4096)  # as above
def _code_file(text: str) -> bool:
    return _FILE.fullmatch(text) is not None and all(
        len(_DIGITS.findall(run)) <= _MOST_DIGITS for run in _RUN.findall(text)
    )


_GRAMMARS: Final = {
    "cron": _CRON,
    "dsn": _DSN,
    "enum": _ENUM,
    "hex": _HEX,
    "id": _ID,
    "media": _MEDIA,
    "number": _NUMBER,
    "time": _TIME,
    "type": _TYPE,
    "version": _VERSION,
    "zone": _ZONE,
}
GRAMMARS: Final = frozenset(_GRAMMARS)
"""The words that the table of fields uses."""


def fits(grammar: str, text: str) -> bool:
    """Tell whether a text is what a grammar asks for.

    Args:
        grammar: one of `GRAMMARS`.
        text: an exact string.

    >>> fits("time", "2026-01-31T08:00:00Z"), fits("time", "yesterday")
    (True, False)
    """
    return _GRAMMARS[grammar].fullmatch(text) is not None
