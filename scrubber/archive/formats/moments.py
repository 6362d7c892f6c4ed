"""
The hour in which a record was written, as it says itself.

Only records in which something was found are asked, so a clean one costs nothing; and each is asked
by itself, so the hours of a document do not depend on where it was cut. A time without a zone is
taken for UTC: there is no other that all machines agree on.

Promise: what is no moment gives "", never an error.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

_NAMES: Final = (
    r"@t|@?timestamp|_timestamp|time|ts|datetime|date|asctime|event_?time|created(?:_?at)?|"
    r"time_?stamp|logged_?at"
)
_NAME: Final = re.compile(_NAMES, re.IGNORECASE)
_FIELD: Final = re.compile(
    rf'"(?:{_NAMES})"[ \t]{{0,8}}:[ \t]{{0,8}}"?([0-9][0-9T :.,Z+-]{{8,40}})', re.IGNORECASE
)
_ISO: Final = re.compile(r"(?:19[7-9]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}[T ][0-9]{2}.*")
_SINCE_1970: Final = re.compile(r"([0-9]{10})(?:[0-9]{3}|[0-9]{6}|[0-9]{9})?(?:[.,][0-9]*)?")
_FRACTION: Final = re.compile(r"([.,][0-9]{1,6})[0-9]*")
_LONGEST: Final = 64
_TRIES: Final = 4


def tells_moment(name: str) -> bool:
    """Tell whether a field of this name holds when its record was written.

    >>> [tells_moment(name) for name in ("@timestamp", "Time", "timeout", "runtime")]
    [True, True, False, False]
    """
    return _NAME.fullmatch(name) is not None


def hour_of_moment(text: str) -> str:
    """Give the hour of a moment, UTC.

    Args:
        text: a moment in the form of ISO 8601, or as seconds, or parts of them, since 1970.

    Returns:
        As `2026-11-24T03`; "" for what is no moment.

    >>> hour_of_moment("2026-11-24 05:59:00.123456789+02:00"), hour_of_moment("1764000000.5")
    ('2026-11-24T03', '2025-11-24T16')
    >>> hour_of_moment("1764000000000"), hour_of_moment("24.11.2026")
    ('2025-11-24T16', '')
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    try:
        if match := _SINCE_1970.fullmatch(text):
            moment = datetime.fromtimestamp(int(match[1]), UTC)
        elif _ISO.fullmatch(text):
            moment = datetime.fromisoformat(_FRACTION.sub(r"\1", text, count=1))
        else:
            return ""
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return f"{moment:%Y-%m-%dT%H}"


def hour_of_line(line: str) -> str:
    """Give the hour that a line of JSON says it is from; "" where it says none.

    >>> hour_of_line('{"n": 1, "ts": "2026-11-24T03:00:01Z"}'), hour_of_line('{"n": 1}')
    ('2026-11-24T03', '')
    """
    for number, match in enumerate(_FIELD.finditer(line)):
        if number == _TRIES:
            break
        if hour := hour_of_moment(match[1].rstrip(" ,")):
            return hour
    return ""
