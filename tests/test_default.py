"""The facade: one shared scrubber a policy, and hooks that never let anything out."""

from __future__ import annotations

import io
import sys
import threading
from typing import Any

import pytest

from scrubber import default, hook
from scrubber.errors import ConfigError
from scrubber.ruleset.model import Policy
from tests.small_rules import EMAIL, scrubber

PLANTED = "jane@example"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the default scrubber be a small one."""
    monkeypatch.setattr(default, "_scrubbers", {"": scrubber(EMAIL)})
    monkeypatch.setattr(default, "_warned", threading.Event())


@pytest.fixture
def unbuildable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no scrubber be built."""

    def broken(*_: object) -> None:
        message = f"no rules for {PLANTED}"
        raise OSError(message)

    monkeypatch.setattr(default, "scrubber_for", broken)


def test_the_functions_use_the_shared_scrubber() -> None:
    """Same results, one object."""
    assert default.scrub_text(PLANTED) == "[email]"
    assert default.scrub_text(PLANTED.encode()) == b"[email]"
    assert default.scrub_many([PLANTED]) == ["[email]"]
    assert [one.entity for one in default.scan(PLANTED)] == ["EMAIL_ADDRESS"]
    assert default.scrub({"a": PLANTED}) == {"a": "[email]"}
    assert default.scrubber_for() is default.scrubber_for()


def test_a_policy_by_name_is_shared_and_one_by_value_is_not() -> None:
    """A value may be changed by whoever made it; a name may not."""
    assert default.scrubber_for("strict") is default.scrubber_for("strict")
    own = Policy("own", operator="remove")
    assert default.scrubber_for(own) is not default.scrubber_for(own)
    assert default.scrubber_for(own).policy is own
    with pytest.raises(ConfigError, match="unknown policy"):
        default.scrub_text("x", policy="nobody")


def test_without_rules_a_hook_sends_a_stub(
    unbuildable: None,  # noqa: ARG001
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Never the event; and the log says so once, without data."""
    for _ in range(3):
        stub: Any = default.scrub({"message": PLANTED, "level": "info"})
        assert stub["tags"] == {"scrubber.fallback": "rules"}
        assert stub["level"] == "info"
        assert PLANTED not in repr(stub)
    assert len(caplog.records) == 1
    assert PLANTED not in caplog.text
    assert default.scrub_exception(ValueError(PLANTED)) == "[scrub-failed]\n"
    with pytest.raises(OSError, match="no rules"):
        default.scrub_text(PLANTED)


def test_without_rules_a_disabled_hook_drops(
    unbuildable: None,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And so does one that cannot even make a stub."""
    monkeypatch.setattr(hook, "stub_event", None)
    assert default.scrub({"message": PLANTED}) is None
    monkeypatch.setenv("SCRUBBER_DISABLE", "1")
    assert default.scrub({"message": PLANTED}) is None


class UnprintableError(Exception):
    """An exception whose text cannot be made."""

    def __str__(self) -> str:
        raise RecursionError


def raised(error: BaseException) -> BaseException:
    """Give an exception with a traceback and a cause."""
    try:
        try:
            int(PLANTED)
        except ValueError as cause:
            raise error from cause
    except BaseException as caught:  # noqa: BLE001
        return caught
    return error


@pytest.mark.parametrize(
    "error",
    [
        ValueError(PLANTED),
        ExceptionGroup(PLANTED, [ValueError(PLANTED), OSError(2, PLANTED)]),
        UnprintableError(PLANTED),
        KeyboardInterrupt(PLANTED),
        SystemExit(PLANTED),
    ],
)
def test_a_traceback_is_scrubbed_with_all_that_hangs_on_it(error: BaseException) -> None:
    """Causes, groups and notes."""
    error.add_note(f"ask {PLANTED}")
    text = default.scrub_exception(raised(error))
    assert PLANTED not in text
    assert "ValueError: invalid literal for int() with base 10: '[email]'" in text
    assert "ask [email]" in text
    assert type(error).__name__ in text


def test_an_interrupt_is_not_swallowed_where_nothing_is_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever asks for a text is in charge of it."""

    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(default, "scrub_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        default.scrub_exception(ValueError(PLANTED))


def test_as_a_hook_it_prints(capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr, as Python does."""
    error = raised(ValueError(PLANTED))
    text = default.scrub_exception(type(error), error, error.__traceback__)
    assert capsys.readouterr() == ("", text)
    assert "ValueError: [email]" in text
    assert default.scrub_exception(KeyError, None, None) == "KeyError\n"


class ClosedError(io.StringIO):
    """A stream that cannot be written to."""

    def write(self, _: str) -> int:
        """Fail as a closed pipe does."""
        raise BrokenPipeError


@pytest.mark.parametrize("stderr", [None, ClosedError()])
def test_a_hook_that_cannot_print_lets_nothing_out(
    monkeypatch: pytest.MonkeyPatch,
    stderr: Any,  # noqa: ANN401
) -> None:
    """Python prints the raw traceback of what a hook lets out."""
    monkeypatch.setattr(sys, "stderr", stderr)
    assert default.scrub_exception(ValueError, ValueError(PLANTED), None) == "ValueError: [email]\n"


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_hook_that_is_interrupted_lets_nothing_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: type[BaseException]
) -> None:
    """An impatient second Ctrl-C is the common case."""

    def interrupted(_: str) -> str:
        raise error(PLANTED)

    monkeypatch.setattr(default, "scrub_text", interrupted)
    default.scrub_exception(ValueError, ValueError(PLANTED), None)
    assert capsys.readouterr().err == "[scrub-failed]\n"
