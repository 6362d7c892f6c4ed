"""Records are scrubbed together, in order, elsewhere; what does not fit is counted."""

from __future__ import annotations

import functools
import gc
import logging
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.integrations import batching
from scrubber.integrations.batching import ScrubHandler
from scrubber.integrations.crash import after_crash
from tests.integrations.logs import MAIL, NUMBER, SECRET, SMALL, Kept, Unprintable, raw_in, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.pipeline import Scrubber

ROOT = Path(__file__).resolve().parent.parent.parent
LONG = 3600.0  # seconds: no test waits for it


@pytest.fixture
def kept() -> Kept:
    """What the records are handed to."""
    return Kept()


@pytest.fixture
def handler(kept: Kept) -> Iterator[ScrubHandler]:
    """A handler whose thread does nothing by itself while a test runs."""
    made = ScrubHandler(kept, scrubber=SMALL, interval=LONG, capacity=100, batch=10)
    yield made
    made.close()


def test_records_come_scrubbed_and_in_order(handler: ScrubHandler, kept: Kept) -> None:
    """Templates stay, and each record is handed over once."""
    for at in range(5):
        handler.handle(record("%d to %s", at, MAIL))
    handler.flush()
    handler.flush()
    assert kept.lines == [f"{at} to [email]" for at in range(5)]
    assert kept.records[0].msg == "%d to %s"
    assert raw_in(kept.shown) == []


class Counting:
    """A scrubber that counts how it is asked."""

    def __init__(self, real: Scrubber) -> None:
        """Count nothing yet."""
        self.real = real
        self.many: list[int] = []
        self.single: list[str] = []

    def scrub_many(self, texts: list[str]) -> list[str]:
        """Scrub many."""
        self.many.append(len(texts))
        return self.real.scrub_many(texts)

    def scrub_text(self, text: str) -> str:
        """Scrub one."""
        self.single.append(text)
        return self.real.scrub_text(text)


def test_the_texts_of_a_batch_are_scrubbed_in_one_go(kept: Kept) -> None:
    """Equal ones once; clean records ask for nothing more."""
    counting: Any = Counting(SMALL)
    handler = ScrubHandler(kept, scrubber=counting, interval=LONG, batch=10)
    for at in range(20):
        handler.handle(record("step %d", at % 7))
    handler.flush()
    assert counting.many == [7, 7]
    assert not [text for text in counting.single if text.startswith("step")]
    handler.close()


def logged_and_changed(handler: ScrubHandler) -> None:
    """Log what is another thing afterwards."""
    row, field = [MAIL], {"password": "x"}
    handler.handle(record("%s and %r", row, row, field=field))
    handler.handle(record("%(a)s %(password)s", {"a": row, "password": "x"}))
    handler.handle(record({"a": 1, "password": "x"}))
    handler.handle(record("%.1f %d %c", row_number := Number(), row_number, "x"))
    row[0], field["password"], row_number.value = SECRET, SECRET, 2.0
    row.append(MAIL)


class Number:
    """A number that can be set, as a tensor can."""

    value = 1.0

    def __float__(self) -> float:
        return self.value

    def __int__(self) -> int:
        return int(self.value)


def test_a_record_shows_what_was_logged_when_it_was(handler: ScrubHandler, kept: Kept) -> None:
    """Whatever became of the objects since."""
    logged_and_changed(handler)
    handler.flush()
    assert kept.lines == [
        "['[email]'] and ['[email]']",
        "['[email]'] [keyed]",
        "{'a': 1, 'password': '[keyed]'}",
        "1.0 1 x",
    ]
    assert [one.msg for one in kept.records[:2]] == ["%s and %r", "%(a)s %(password)s"]
    assert kept.records[0].__dict__["field"] == {"password": "[keyed]"}


def test_an_exception_is_let_go_of(handler: ScrubHandler, kept: Kept) -> None:
    """A traceback holds every variable of the program."""

    class Held:
        pass

    def crash() -> weakref.ref[Held]:
        local = Held()
        try:
            int(f"local of {MAIL}")
        except ValueError as error:
            handler.handle(record("no", exc_info=(ValueError, error, error.__traceback__)))
        return weakref.ref(local)

    held = crash()
    gc.collect()
    assert held() is None
    handler.flush()
    assert raw_in(kept.shown) == []
    assert 'int(f"local of {MAIL}")\n' in kept.lines[0]
    assert "ValueError: invalid literal for int() with base 10: 'local of [email]'" in kept.lines[0]


def test_what_has_no_text_is_a_marker(handler: ScrubHandler, kept: Kept) -> None:
    """And logging it does not raise."""
    handler.handle(record("%s", Unprintable(), user=MAIL))
    handler.handle(record("%d", MAIL))
    handler.flush()
    assert kept.lines == ["[scrub-failed]"] * 2
    assert raw_in(kept.shown) == []


def test_what_does_not_fit_is_counted_and_told(handler: ScrubHandler, kept: Kept) -> None:
    """Never handed over raw, never waited for."""
    for at in range(130):
        handler._rung = True  # noqa: SLF001  # so that the thread sleeps on
        handler.handle(record("%d to %s", at, MAIL))
    assert handler.dropped + len(handler._waiting) == 130  # noqa: SLF001
    handler.flush()
    assert len(kept.lines) == 130 - handler.dropped + 1
    assert kept.lines[-1].startswith(f"{handler.dropped} log records were dropped")
    handler.flush()
    assert raw_in(kept.shown) == []


def test_the_thread_hands_over_by_itself() -> None:
    """After the interval, without anybody flushing."""
    arrived = threading.Event()

    class Telling(Kept):
        def emit(self, record: logging.LogRecord) -> None:
            super().emit(record)
            arrived.set()

    kept = Telling()
    handler = ScrubHandler(kept, scrubber=SMALL, interval=0.0)
    for at in range(3):
        handler.handle(record("%d to %s", at, MAIL))
        assert arrived.wait(10)
        arrived.clear()
    assert kept.lines == [f"{at} to [email]" for at in range(3)]
    thread = handler._thread  # noqa: SLF001
    handler.close()
    assert thread is not None
    thread.join(10)
    assert not thread.is_alive()


def test_many_threads_lose_nothing(kept: Kept) -> None:
    """Each one's records stay in order."""
    handler = ScrubHandler(kept, scrubber=SMALL, interval=0.0, capacity=10_000, batch=50)

    def work(name: int) -> None:
        for at in range(200):
            handler.handle(record("%d: %d", name, at))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    handler.close()
    assert len(kept.lines) == 800
    for name in range(4):
        own = [line for line in kept.lines if line.startswith(f"{name}: ")]
        assert own == [f"{name}: {at}" for at in range(200)]


def test_what_the_target_logs_itself_does_not_come_back(kept: Kept) -> None:
    """A handler that sends over a network logs each sending."""
    handler: ScrubHandler

    class Chatty(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.handle(record)
            handler.handle(record)
            handler.flush()

    handler = ScrubHandler(Chatty(), scrubber=SMALL, interval=LONG)
    handler.handle(record("once"))
    handler.flush()
    assert kept.lines[0] == "once"
    assert handler.dropped <= 2
    handler.close()


def test_filters_of_the_handler_are_asked(handler: ScrubHandler, kept: Kept) -> None:
    """They may refuse a record."""
    handler.addFilter(lambda one: one.levelno > logging.INFO)
    assert not handler.handle(record("info"))
    assert handler.handle(record("error", levelno=logging.ERROR))
    handler.flush()
    assert kept.lines == ["error"]


def test_a_target_that_raises_stops_nothing(kept: Kept) -> None:
    """The next record may be written."""

    class Broken(logging.Handler):
        def handle(self, record: logging.LogRecord) -> bool:
            kept.handle(record)
            raise OSError(MAIL)

    handler = ScrubHandler(Broken(), scrubber=SMALL, interval=LONG)
    handler.handle(record("one"))
    handler.handle(record("two"))
    handler.flush()
    assert kept.lines == ["one", "two"]
    handler.close()


def test_the_level_of_the_target_holds(handler: ScrubHandler, kept: Kept) -> None:
    """As it does for records that come directly."""
    kept.setLevel(logging.ERROR)
    handler.handle(record("info"))
    handler.flush()
    assert kept.lines == []


def test_a_closed_handler_hands_over_at_once(handler: ScrubHandler, kept: Kept) -> None:
    """Python logs after it has closed its handlers, too."""
    handler.handle(record("before"))
    handler.close()
    handler.close()
    handler.handle(record("after %s", MAIL))
    assert kept.lines == ["before", "after [email]"]


def test_without_a_thread_records_are_handed_over_at_once(
    handler: ScrubHandler, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The interpreter starts none when it is about to end."""

    def refused(_: threading.Thread) -> None:
        raise RuntimeError

    monkeypatch.setattr(threading.Thread, "start", refused)
    handler.handle(record("to %s", MAIL))
    assert kept.lines == ["to [email]"]


def test_a_disabled_handler_drops(
    handler: ScrubHandler, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what waits already."""
    handler.handle(record("one"))
    monkeypatch.setenv("SCRUBBER_DISABLE", "1")
    handler.handle(record("two"))
    handler.flush()
    monkeypatch.delenv("SCRUBBER_DISABLE")
    handler.flush()
    assert kept.lines == []


def test_a_handler_that_nobody_holds_ends_its_thread(kept: Kept) -> None:
    """Its thread does not keep it."""
    handler = ScrubHandler(kept, scrubber=SMALL, interval=0.0)
    handler.handle(record("x"))
    handler.flush()
    thread, gone = handler._thread, weakref.ref(handler)  # noqa: SLF001
    handler._forget_crash()  # noqa: SLF001
    del handler
    gc.collect()
    assert thread is not None
    thread.join(10)
    assert (thread.is_alive(), gone()) == (False, None)


def test_hooks_of_a_crash_flush_after_those_that_were_there(
    handler: ScrubHandler, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they log is flushed as well; and they come back."""
    handler._forget_crash()  # noqa: SLF001
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda *_: told.append("main"))
    monkeypatch.setattr(threading, "excepthook", lambda *_: told.append("thread"))
    before = sys.excepthook, threading.excepthook
    undo = after_crash(lambda: told.append("flushed"))
    sys.excepthook(ValueError, ValueError(), None)
    threading.excepthook(None)  # type: ignore[arg-type]
    assert told == ["main", "flushed", "thread", "flushed"]
    monkeypatch.setattr(sys, "excepthook", functools.partial(sys.excepthook))  # put on top
    undo()
    assert threading.excepthook is before[1]
    sys.excepthook(ValueError, ValueError(), None)
    assert told[4:] == ["main"]
    own = ScrubHandler(kept, scrubber=SMALL, interval=LONG)
    own.handle(record("last words"))
    threading.excepthook(None)  # type: ignore[arg-type]
    assert kept.lines == ["last words"]
    own.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_child_begins_with_an_empty_queue(handler: ScrubHandler) -> None:
    """The parent hands over what waited; the child has a thread of its own when it needs one."""
    handler.handle(record("parent"))
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress_exit():
            lines = Kept()
            handler.target = lines
            handler.handle(record("child to %s", MAIL))
            handler.flush()
            os.write(write, "\n".join(lines.lines).encode())
    os.waitpid(child, 0)
    os.close(write)
    with os.fdopen(read) as pipe:
        assert pipe.read() == "child to [email]"


class suppress_exit:  # noqa: N801  # reads like contextlib
    """End a child without anything of pytest's."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, *_: object) -> None:
        """End, whatever happened."""
        os._exit(0)


PROGRAM = """
import logging, multiprocessing, sys
from scrubber.integrations.logging import ScrubHandler
from tests.integrations.logs import SMALL

log = logging.getLogger("app")

def child():
    log.warning("child of jane@example")

if __name__ == "__main__":
    handler = ScrubHandler(logging.StreamHandler(sys.stdout), scrubber=SMALL, interval=3600)
    log.addHandler(handler)
    log.warning("to jane@example")
    if sys.argv[1] == "fork":
        process = multiprocessing.get_context("fork").Process(target=child)
        process.start()
        process.join()
    else:
        raise SystemExit(0) if sys.argv[1] == "exit" else ValueError("x")
"""


@pytest.mark.parametrize(
    ("how", "lines"),
    [
        ("exit", ["to [email]"]),
        ("crash", ["to [email]"]),
        pytest.param(
            "fork",
            ["child of [email]", "to [email]"],
            marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here"),
        ),
    ],
)
def test_nothing_is_lost_when_a_process_ends(how: str, lines: list[str]) -> None:
    """At exit, after a crash, and in a child of multiprocessing, which ends otherwise."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, how],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.stdout.splitlines() == lines, done.stderr
    assert (done.returncode == 1) is (how == "crash")


def test_an_interpreter_without_multiprocessing_is_not_made_to_load_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It takes longer than a crash may."""
    monkeypatch.delitem(sys.modules, "multiprocessing.util", raising=False)
    batching._at_process_exit(lambda: None)  # noqa: SLF001
    assert "multiprocessing.util" not in sys.modules


def test_a_number_that_is_a_finding_fits_its_template(handler: ScrubHandler, kept: Kept) -> None:
    """As under the filter."""
    handler.handle(record("card %d", NUMBER))
    handler.flush()
    assert (kept.lines, kept.records[0].msg) == (["card 0"], "card %d")
