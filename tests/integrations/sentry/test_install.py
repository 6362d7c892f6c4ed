"""`install()` and its undoing: repeated calls, threads, the end of a program."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import sentry_sdk
import sentry_sdk.logger
import sentry_sdk.metrics
import sentry_sdk.traces
from sentry_sdk.serializer import global_repr_processors

from scrubber import ConfigError
from scrubber.integrations.sentry import install, status, uninstall
from scrubber.integrations.sentry.guard import guarded
from tests.integrations.sentry.recording import (
    DSN,
    MAIL,
    SCRUBBER,
    Recording,
    bare,
    fail,
    installed,
)

ROOT = Path(__file__).resolve().parents[3]


def fails(*_args: Any) -> Any:  # noqa: ANN401
    """Fail as a hook may, with data in the message."""
    raise ValueError(MAIL)


def test_an_exception_is_sent_scrubbed() -> None:
    """Its message, the breadcrumbs before it, and the user."""
    with installed() as transport:
        sentry_sdk.add_breadcrumb(message=f"mail to {MAIL}")
        sentry_sdk.set_user({"email": MAIL})
        fail(f"no mail for {MAIL}")
        (event,) = transport.payloads("event")
        assert status().active
    assert event["exception"]["values"][0]["value"] == "no mail for [email]"
    assert "mail to [email]" in [one.get("message") for one in event["breadcrumbs"]["values"]]
    assert MAIL not in transport.text


def test_options_are_not_written_to() -> None:
    """Neither the experiments of the user nor the hooks in them."""
    experiments = {"before_send_log": fails, "enable_logs": True}
    with installed(_experiments=experiments):
        assert sentry_sdk.get_client().options["before_send_log"].users is fails
    assert experiments == {"before_send_log": fails, "enable_logs": True}


def test_installing_again_stacks_nothing() -> None:
    """Not even when it is given the options of the client it made."""
    calls = []

    def mine(event: Any, _hint: Any) -> Any:  # noqa: ANN401
        calls.append(event)
        return event

    with installed(before_send=mine) as transport:
        first = sentry_sdk.get_client()
        again = {
            name: first.options[name]
            for name in ("before_send", "before_breadcrumb", "custom_repr", "transport", "dsn")
        }
        install(scrubber=SCRUBBER, **bare(), **again)
        install(scrubber=SCRUBBER, **bare(), **again)
        assert sentry_sdk.get_client() is not first
        assert sentry_sdk.get_client().options["before_send"].users is mine
        assert len([one for one in global_repr_processors if "scrubber" in one.__module__]) == 1
        assert not guarded(vars(transport)["capture_envelope"].inner.__self__.__class__)
        fail("once")
    assert len(calls) == 1
    assert len(transport.sent) == 1
    assert "capture_envelope" not in vars(transport)


def test_uninstalling_brings_back_the_client_from_before() -> None:
    """And leaves the transport of the user as it was."""
    nobody = sentry_sdk.get_global_scope().client
    old = Recording()
    sentry_sdk.init(DSN, transport=old, **bare())
    client = sentry_sdk.get_client()
    try:
        with installed() as transport, installed(transport=transport):
            fail("scrubbed")
        assert sentry_sdk.get_client() is client
        fail(f"raw {MAIL}")
        assert len(transport.sent) == 1
        assert MAIL in old.text
    finally:
        client.close()
        sentry_sdk.get_global_scope().set_client(nobody)


def test_a_later_init_of_the_user_stays_and_is_told_of() -> None:
    """It is not guarded, which the status says."""
    nobody = sentry_sdk.get_global_scope().client
    with installed():
        sentry_sdk.init(DSN, transport=Recording(), **bare())
        later = sentry_sdk.get_client()
        assert not status().active
        uninstall()
        assert sentry_sdk.get_client() is later
    sentry_sdk.get_global_scope().set_client(nobody)


def test_uninstalling_nothing_does_nothing() -> None:
    """Twice in a row is once."""
    uninstall()
    with installed():
        uninstall()
    assert not status().active


def test_what_waits_is_sent_scrubbed_by_uninstalling() -> None:
    """Logs are kept for seconds; they do not pass the door after the guard has gone."""
    with installed(enable_logs=True) as transport:
        sentry_sdk.logger.warning(f"hello {MAIL}")
        assert transport.sent == []
    assert [item["body"] for one in transport.payloads("log") for item in one["items"]] == [
        "hello [email]"
    ]


def test_wrong_options_are_refused_and_change_nothing() -> None:
    """An option this SDK does not know, and one of ours."""
    transport = Recording()
    with pytest.raises(TypeError, match="Unknown option"):
        install(DSN, scrubber=SCRUBBER, transport=transport, no_such_option=1)
    assert "capture_envelope" not in vars(transport)
    with pytest.raises(ConfigError, match="attachments"):
        install(DSN, scrubber=SCRUBBER, attachments="all")


def test_installing_in_many_threads_leaves_one() -> None:
    """Whichever was last; one undoing undoes all."""
    failures: list[BaseException] = []

    def go() -> None:
        try:
            install(DSN, scrubber=SCRUBBER, transport=Recording, **bare())
        except BaseException as error:  # noqa: BLE001  # told to the test
            failures.append(error)

    threads = [threading.Thread(target=go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert status().active
    assert guarded(sentry_sdk.get_client().transport)


def test_a_disabled_scrubber_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither events nor what no hook sees."""
    with installed(enable_logs=True) as transport:
        monkeypatch.setenv("SCRUBBER_DISABLE", "1")
        sentry_sdk.get_isolation_scope().start_session()
        sentry_sdk.get_isolation_scope().end_session()
        sentry_sdk.logger.warning("log")
        fail("event")
        sentry_sdk.flush()
        assert transport.sent == []
        monkeypatch.delenv("SCRUBBER_DISABLE")


def test_the_scrubber_of_the_facade_is_used_where_none_is_given() -> None:
    """Nothing has to be built by hand."""
    with installed(scrubber=None) as transport:
        fail(f"no mail for {MAIL}")
    assert "no mail for [email]" in transport.text


END = """
import sentry_sdk, sys, threading
from sentry_sdk.transport import Transport
from scrubber.integrations.sentry import install

class Printing(Transport):
    def capture_envelope(self, envelope):
        sys.stdout.write(envelope.serialize().decode())
        sys.stdout.flush()

install("http://public@127.0.0.1:9/1", transport=Printing, enable_logs=True)
sentry_sdk.logger.warning("log of jane@example.com")

class Late:
    def __del__(self):
        sentry_sdk.capture_message("late message of jane@example.com")

late = Late()
raise RuntimeError("no mail for jane@example.com")
"""


def test_the_end_of_a_program_sends_scrubbed() -> None:
    """The crash, logs that were waiting, and what a destructor says when modules are gone."""
    done = subprocess.run(
        [sys.executable, "-c", END],
        check=False,
        capture_output=True,
        cwd=ROOT,
        encoding="utf-8",
        env={**os.environ, "SCRUBBER_NO_IDENTITY": "1"},
    )
    assert done.returncode == 1
    assert "no mail for [email]" in done.stdout
    assert "log of [email]" in done.stdout
    assert MAIL not in done.stdout


def test_importing_it_imports_no_sdk() -> None:
    """The SDK takes a fifth of a second, which only those who install it pay."""
    program = (
        "import sys, scrubber.integrations.sentry as s; assert 'sentry_sdk' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


def test_without_the_sdk_the_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install, in the error."""
    for name in [one for one in sys.modules if one.partition(".")[0] == "sentry_sdk"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ModuleNotFoundError, match=r"crashscrub\[sentry\]"):
        install(DSN)
