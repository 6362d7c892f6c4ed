"""One hook with nothing behind it: whatever fails, it gives no raw data back to the SDK.

In a program the guard at the transport stands behind the hooks and would hide what one lets out.
"""

from __future__ import annotations

from typing import Any

import pytest

from scrubber.integrations.sentry.hooks import KINDS, SPAN, Hook
from scrubber.integrations.sentry.setup import Setup
from tests.integrations.sentry.recording import MAIL, SCRUBBER

EVENTS = ("before_send", "before_send_transaction")
GIVEN = {
    "message": MAIL,
    "name": MAIL,
    "description": MAIL,
    "span_id": "0123456789abcdef",
    "trace_id": "0123456789abcdef" * 2,
    "data": {"mail": MAIL},
}


class Broken(Setup):
    """Scrubs nothing."""

    def scrub(self, payload: object, kind: str) -> dict[str, Any] | None:  # noqa: ARG002  # as the method
        """Fail as memory does."""
        raise MemoryError(MAIL)


class Refusing(Setup):
    """Gives nothing."""

    def scrub(self, payload: object, kind: str) -> dict[str, Any] | None:  # noqa: ARG002  # as the method
        """Answer that nothing may be sent."""
        return None


def users_fault(_given: object, _hint: object) -> object:
    """Fail as a hook of the user's may."""
    raise ValueError(MAIL)


def answers(name: str) -> list[tuple[Any, Setup]]:
    """Give what a hook answers in each way that it can fail, and the books."""
    ways: list[tuple[Setup, Any]] = [
        (Broken(SCRUBBER, "drop"), None),
        (Refusing(SCRUBBER, "drop"), None),
        (Setup(SCRUBBER, "drop"), users_fault),
        (Setup(SCRUBBER, "drop"), lambda _given, _hint: MAIL),
    ]
    return [(Hook(name, users, setup)(dict(GIVEN)), setup) for setup, users in ways]


@pytest.mark.parametrize("name", KINDS)
def test_hook_that_fails_gives_nothing_raw(name: str) -> None:
    """A stub of an event or of a span, nothing in place of the rest; and it is counted."""
    for answer, setup in answers(name):
        assert MAIL not in repr(answer)
        assert (answer is None) is (name not in {*EVENTS, SPAN})
        assert sum(setup.tally.counts.values()) == 1


def test_event_that_fails_says_so() -> None:
    """With the tag of a stub."""
    (broken, _), *_ = answers("before_send")
    assert broken["tags"] == {"scrubber.fallback": "hook"}


def test_each_hook_of_the_sdk_has_ours() -> None:
    """One left out would let its reports pass."""
    assert set(KINDS) == {
        "before_send",
        "before_send_transaction",
        "before_send_log",
        "before_send_metric",
        "before_send_span",
        "before_breadcrumb",
    }


@pytest.mark.parametrize("name", KINDS)
def test_hook_scrubs_what_it_is_given(name: str) -> None:
    """By itself, without the guard."""
    answer = Hook(name, None, Setup(SCRUBBER, "drop"))(dict(GIVEN))
    assert answer
    assert MAIL not in repr(answer)
