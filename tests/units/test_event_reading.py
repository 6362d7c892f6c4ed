"""What an event is read as: kept only where it fits its place, and never written to."""

from __future__ import annotations

from typing import Any

import pytest

from scrubber.units.event import read_event
from scrubber.units.fields import TABLE
from scrubber.units.shorten import BULK, LONGEST

MAIL = "jane@example.com"


class Text(str):
    """A text of a class of the caller's."""

    __slots__ = ()


@pytest.mark.parametrize("text", [MAIL, Text(MAIL)])
@pytest.mark.parametrize(
    "event",
    [
        lambda text: {"event_id": text},
        lambda text: {"fingerprint": [text]},
        lambda text: {"contexts": {"trace": {"trace_id": text}}},
        lambda text: {"exception": {"values": [{"type": text}]}},
    ],
)
def test_what_does_not_fit_its_place_is_text(event: Any, text: str) -> None:  # noqa: ANN401
    """However it is held, it is looked at."""
    document = read_event(event(text), field=TABLE.root("event"))
    assert MAIL in document.texts


def test_what_fits_its_place_is_not_looked_at() -> None:
    """An id that looks like a number of somebody stays."""
    known = "4111111111111111" * 2
    for text in (known, Text(known)):
        assert known not in read_event({"event_id": text}, field=TABLE.root("event")).texts


@pytest.mark.parametrize("length", [BULK + 1, LONGEST * 2])
def test_long_text_of_the_caller_stays_long(length: int) -> None:
    """It is shortened in the copy only."""
    text = "b'" + "\\x00" * length
    inner = {"data": text, "rows": [text]}
    event = {"extra": inner}
    read_event(event)
    assert event == {"extra": inner}
    assert inner["data"] is text
    assert inner["rows"] == [text]
