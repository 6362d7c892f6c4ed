"""
The hooks of the Sentry SDK, each around the one its user gave.

First it is asked whether this may be sent at all. Then the user's own hook runs, on what the SDK
has: it can decide by what is there, and nothing it adds gets out raw. What it says is heeded: None
drops. What it raises must not let anything pass: the SDK sends a span as it was when its hook
raises or gives None.

Promise: a hook never raises an error and never gives back what it could not scrub; what is lost is
counted, also where the user's hook ends the program.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from scrubber.attachments import scrub_hint
from scrubber.switches import disabled
from scrubber.units.stub import stub_event, stub_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.integrations.sentry.setup import Setup

SPAN: Final = "before_send_span"

KINDS: Final = {
    "before_send": "event",
    "before_send_transaction": "transaction",
    "before_send_log": "log",
    "before_send_metric": "metric",
    SPAN: "span",
    "before_breadcrumb": "breadcrumb",
}
"""Each hook the SDK has, and what it is given."""

_WHOLE: Final = frozenset({"event", "transaction"})
_AMONG_EVENTS: Final = ("check_in", "feedback")
"""What `before_send` is given besides errors and messages."""


class Hook:
    """One hook: the user's, and then ours.

    Attributes:
        users: what the user gave, or None.
    """

    def __init__(self, name: str, users: Callable[[Any, Any], Any] | None, setup: Setup) -> None:
        self.users = users
        self._name = name
        self._setup = setup

    def __call__(self, given: Any, hint: Any = None) -> Any:  # noqa: ANN401  # the JSON border
        """Answer the SDK.

        Args:
            given: an event, a transaction, a log, a metric, a span or a breadcrumb.
            hint: what the SDK knows about it.

        Returns:
            It, scrubbed, or a stub; None to drop it, and for a span always a span. Where nobody
            allows it to be sent, the user's hook is not asked.
        """
        if not self._allowed(given):
            return stub_report(given, KINDS[self._name], reason="disabled")
        return self._answer(given, hint)

    def _allowed(self, given: Any) -> bool:  # noqa: ANN401
        try:
            return self._setup.gate.lets(_kind(KINDS[self._name], given))
        except Exception:  # noqa: BLE001  # what cannot be found out is not let through
            return False

    def _answer(self, given: Any, hint: Any) -> Any:  # noqa: ANN401
        answer = given
        if self.users is not None:
            try:
                answer = self.users(given, hint)
            except Exception:  # noqa: BLE001  # promise 1
                return self._users_fault(given)
            except BaseException:  # the SDK takes it for an error of its own, and sends nothing
                self._setup.tally.note(f"{self._name} of the user")
                raise
        if answer is None:
            if self._name != SPAN:
                return None
            answer = given
        if not issubclass(type(answer), dict):
            return self._users_fault(given)
        try:
            return self._scrubbed(answer, hint)
        except Exception:  # noqa: BLE001  # promise 1
            self._setup.tally.note(self._name)
            return self._stub(answer, "hook")
        except BaseException:  # as above
            self._setup.tally.note(self._name)
            raise

    def _scrubbed(self, answer: Any, hint: Any) -> Any:  # noqa: ANN401
        kind = _kind(KINDS[self._name], answer)
        done = self._setup.scrub(answer, kind)
        lost = done is None and not disabled()
        if lost:
            self._setup.tally.note(self._name)
        if lost or (self._name == SPAN and (done is None or "name" not in done)):
            return self._stub(answer, "hook")
        if done is not None and KINDS[self._name] in _WHOLE:
            self._scrub_files(hint)
            self._setup.remember(done)
        return done

    def _scrub_files(self, hint: Any) -> None:  # noqa: ANN401
        """Scrub files; what fails here costs no event, for the guard scrubs what is not noted."""
        setup = self._setup
        lost = 1
        with suppress(Exception):
            lost = scrub_hint(hint, setup.scrubber, others=setup.others)
            files = dict.get(hint, "attachments") if isinstance(hint, dict) else None
            for file in files or ():
                setup.remember_file(file.bytes)
        if lost:
            setup.tally.note("attachment", lost)

    def _users_fault(self, given: Any) -> dict[str, Any] | None:  # noqa: ANN401
        self._setup.tally.note(f"{self._name} of the user")
        return self._stub(given, "user_hook")

    def _stub(self, answer: Any, reason: str) -> dict[str, Any] | None:  # noqa: ANN401
        with suppress(Exception):
            kind = _kind(KINDS[self._name], answer)
            if kind not in _WHOLE:
                return stub_report(answer, kind, reason=reason)
            stub = stub_event(answer, reason=reason)
            with suppress(Exception):  # the guard scrubs it then once more
                self._setup.remember(stub)
            return stub
        return None


def _kind(kind: str, answer: Any) -> str:  # noqa: ANN401
    if kind != "event" or not issubclass(type(answer), dict):
        return kind
    named = dict.get(answer, "type")  # a dict of the user's may have a `get` of its own
    return named if isinstance(named, str) and named in _AMONG_EVENTS else kind
