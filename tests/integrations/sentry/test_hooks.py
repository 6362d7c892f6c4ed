"""The user's hook, then ours: what each says, and what becomes of what they break."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest
import sentry_sdk
import sentry_sdk.logger
import sentry_sdk.metrics
import sentry_sdk.traces

from scrubber import Identity, Scrubber
from scrubber.integrations.sentry import status
from tests.integrations.sentry.recording import (
    MAIL,
    SCRUBBER,
    fail,
    installed,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_users_hook_sees_the_event_as_it_is_and_adds_nothing_raw() -> None:
    """It may decide by what is there; what it writes is scrubbed."""
    seen = []

    def mine(event: Any, hint: Any) -> Any:  # noqa: ANN401
        seen.append(event["exception"]["values"][0]["value"])
        event["extra"] = {"who": MAIL}
        hint["attachments"] = [*hint.get("attachments", ()), attachment()]
        return event

    with installed(before_send=mine) as transport:
        fail(f"no mail for {MAIL}")
    assert seen == [f"no mail for {MAIL}"]
    (event,) = transport.payloads("event")
    assert event["extra"]["who"] == "[email]"
    assert "hello [email]" in transport.text
    assert MAIL not in transport.text


def attachment() -> Any:  # noqa: ANN401
    """Return a file of the SDK's."""
    from sentry_sdk.attachments import Attachment

    return Attachment(bytes=f"hello {MAIL}".encode(), filename=f"{MAIL}.log")


def test_what_the_users_hook_drops_is_dropped() -> None:
    """None means None."""
    with installed(before_send=lambda _event, _hint: None) as transport:
        fail("nothing")
    assert transport.sent == []


def fails(*_args: Any) -> Any:  # noqa: ANN401
    """Fail as a hook may, with data in the message."""
    raise ValueError(MAIL)


def test_a_hook_that_raises_sends_a_stub() -> None:
    """The crash is told of, with nothing of its text, and the failure is counted."""
    with installed(before_send=fails) as transport:
        fail(f"no mail for {MAIL}")
        assert status().dropped == {"before_send of the user": 1}
    (event,) = transport.payloads("event")
    assert event["tags"] == {"scrubber.fallback": "user_hook"}
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert MAIL not in transport.text


@pytest.mark.parametrize("ends", [SystemExit, KeyboardInterrupt])
@pytest.mark.parametrize("name", ["before_send", "before_breadcrumb"])
def test_what_is_lost_to_a_hook_that_ends_the_program_is_counted(
    name: str, ends: type[BaseException]
) -> None:
    """The SDK swallows it, and sends nothing."""

    def mine(*_: Any) -> Any:  # noqa: ANN401
        raise ends(MAIL)

    with installed(**{name: mine}) as transport:
        sentry_sdk.add_breadcrumb(message=MAIL)
        fail(f"no mail for {MAIL}")
        assert status().dropped == {f"{name} of the user": 1}
    assert len(transport.payloads("event")) == (name != "before_send")
    assert MAIL not in transport.text


class Mute(Scrubber):
    """A scrubber that has nothing to say."""

    def scrub(self, event: Any, hint: Any = None, *, kind: str | None = None) -> Any:  # noqa: ANN401
        """Say nothing, but of headers."""
        return super().scrub(event, hint, kind=kind) if kind in ("envelope", "item") else None


def test_what_could_not_be_scrubbed_at_all_is_counted() -> None:
    """An event is a stub then; a breadcrumb and a log are lost."""
    with installed(scrubber=Mute(identity=Identity.none()), enable_logs=True) as transport:
        sentry_sdk.add_breadcrumb(message=MAIL)
        sentry_sdk.logger.warning(f"hello {MAIL}")
        fail(f"no mail for {MAIL}")
        sentry_sdk.flush()
        lost = ("before_breadcrumb", "before_send", "before_send_log")
        assert status().dropped == dict.fromkeys(lost, 1)
    (event,) = transport.payloads("event")
    assert event["tags"] == {"scrubber.fallback": "hook"}
    assert MAIL not in transport.text


@pytest.mark.parametrize("wrong", [MAIL, [MAIL], MAIL.encode(), 7, object()])
def test_a_hook_that_gives_something_else_sends_a_stub(wrong: object) -> None:
    """A string is no event, and may hold anything."""
    hooks = {name: lambda *_: wrong for name in ("before_send", "before_send_transaction")}
    with installed(traces_sample_rate=1.0, **hooks) as transport:
        fail(f"no mail for {MAIL}")
        with sentry_sdk.start_transaction(name=f"/of/{MAIL}"):
            pass
        assert sum(status().dropped.values()) == 2
    (event,), (transaction,) = transport.payloads("event"), transport.payloads("transaction")
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert event["tags"] == transaction["tags"] == {"scrubber.fallback": "user_hook"}
    assert MAIL not in transport.text


class Lying(dict[str, Any]):
    """A dictionary that does not give what it holds."""

    def get(self, *_args: Any) -> Any:  # noqa: ANN401
        """Fail."""
        raise ValueError(MAIL)

    __getitem__ = __iter__ = items = keys = get


def test_a_dictionary_of_the_users_own_is_read_past_its_methods() -> None:
    """What it holds is scrubbed, whatever it says."""
    with installed(before_send=lambda event, _hint: Lying(event)) as transport:
        fail(f"no mail for {MAIL}")
    (event,) = transport.payloads("event")
    assert event["exception"]["values"][0]["value"] == "no mail for [email]"


def test_what_the_users_hook_does_to_the_files_is_scrubbed() -> None:
    """The list may be anything by then, and what is no file is not sent."""

    def mine(event: Any, hint: Any) -> Any:  # noqa: ANN401
        hint["attachments"] = {MAIL: 1}
        return event

    with installed(before_send=mine) as transport:
        fail("no mail")
        assert status().dropped == {"attachment": 1}
    assert len(transport.payloads("event")) == 1
    assert MAIL not in transport.text


def test_files_that_cannot_be_scrubbed_cost_no_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard scrubs them in their envelope."""
    monkeypatch.setattr("scrubber.integrations.sentry.hooks.scrub_hint", fails)
    with installed() as transport:
        sentry_sdk.get_isolation_scope().add_attachment(
            bytes=f"hello {MAIL}".encode(), filename=f"{MAIL}.log"
        )
        fail(f"no mail for {MAIL}")
        assert status().dropped == {"attachment": 1}
    (event,) = transport.payloads("event")
    assert event["exception"]["values"][0]["value"] == "no mail for [email]"
    assert "hello [email]" in transport.text
    assert MAIL not in transport.text


def test_what_the_users_hook_breaks_is_a_stub() -> None:
    """An event that holds itself cannot be walked, and is not sent as it is."""

    def mine(event: Any, _hint: Any) -> Any:  # noqa: ANN401
        event["extra"] = {"again": event, "who": MAIL}
        return event

    with installed(before_send=mine) as transport:
        fail(f"no mail for {MAIL}")
    (event,) = transport.payloads("event")
    assert "scrubber.fallback" in event["tags"]
    assert MAIL not in transport.text


def test_transactions_logs_and_metrics_are_sent_scrubbed() -> None:
    """Each by its own hook; the user's runs first."""
    kinds = []

    def mine(kind: str) -> Callable[[Any, Any], Any]:
        def hook(given: Any, _hint: Any) -> Any:  # noqa: ANN401
            kinds.append(kind)
            given.setdefault("attributes", {})["who"] = MAIL
            return given

        return hook

    hooks = ("before_send_transaction", "before_send_log", "before_send_metric")
    options = {name: mine(name) for name in hooks}
    with installed(traces_sample_rate=1.0, enable_logs=True, **options) as transport:
        with sentry_sdk.start_transaction(name=f"/of/{MAIL}"):
            pass
        sentry_sdk.logger.warning(f"hello {MAIL}")
        sentry_sdk.metrics.count("epochs", 1, attributes={"mail": MAIL})
        sentry_sdk.flush()
    assert sorted(kinds) == sorted(hooks)
    assert [item["body"] for one in transport.payloads("log") for item in one["items"]] == [
        "hello [email]"
    ]
    assert transport.payloads("transaction")[0]["transaction"] == "/of/[email]"
    assert len(transport.payloads("trace_metric")) == 1
    assert MAIL not in transport.text


@pytest.mark.parametrize("name", ["before_send_log", "before_send_metric", "before_breadcrumb"])
def test_other_hooks_that_raise_drop_what_they_were_given(name: str) -> None:
    """There is no stub for a log, and the rest of the report goes on."""
    with installed(enable_logs=True, **{name: fails}) as transport:
        sentry_sdk.add_breadcrumb(message="crumb")
        sentry_sdk.logger.warning("log")
        sentry_sdk.metrics.count("epochs", 1)
        fail("an event")
        sentry_sdk.flush()
        assert status().dropped == {f"{name} of the user": 1}
    kinds = {"before_send_log": "log", "before_send_metric": "trace_metric"}
    assert transport.payloads(kinds.get(name, "none")) == []
    assert len(transport.payloads("event")) == 1


SPAN_HOOKS: list[tuple[Any, str]] = [
    (None, "of [email]"),
    (lambda span, _hint: {**span, "name": f"now {MAIL}"}, "now [email]"),
    (lambda _span, _hint: None, "of [email]"),
    (lambda _span, _hint: MAIL, "[scrub-failed]"),
    (fails, "[scrub-failed]"),
]


@pytest.mark.parametrize(("hook", "name"), SPAN_HOOKS)
@pytest.mark.parametrize("experiment", [False, True])
def test_a_streamed_span_is_never_sent_as_it_was(
    hook: Any,  # noqa: ANN401
    name: str,
    experiment: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    """The SDK sends the span itself where its hook raises or gives None."""
    options: dict[str, Any] = {"trace_lifecycle": "stream"}
    if hook is not None:
        options["before_send_span"] = hook
    if experiment:
        options = {"_experiments": options}
    with installed(traces_sample_rate=1.0, **options) as transport:
        with sentry_sdk.traces.start_span(name=f"of {MAIL}", attributes={"mail": MAIL}):
            pass
        sentry_sdk.flush()
    (batch,) = transport.payloads("span")
    assert [span["name"] for span in batch["items"]] == [name]
    assert MAIL not in transport.text


def test_a_picture_in_a_local_is_not_in_the_event() -> None:
    """Three megabytes of escapes are a few words."""
    with installed() as transport:
        fail("size", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 3500)
    assert len(transport.text) < 100_000


def test_a_hook_can_be_pickled_with_its_scrubber() -> None:
    """Options of a client travel to a worker that is spawned."""
    from scrubber.integrations.sentry.hooks import Hook
    from scrubber.integrations.sentry.setup import Setup

    hook = pickle.loads(pickle.dumps(Hook("before_send", None, Setup(SCRUBBER, "drop"))))  # noqa: S301
    assert hook({"message": MAIL})["message"] == "[email]"
