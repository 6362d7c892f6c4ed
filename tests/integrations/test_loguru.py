"""Records of loguru are scrubbed before a sink sees them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.integrations.loguru import make_patcher
from tests.integrations.logs import MAIL, PLANTED, SMALL, Unprintable, raw_in

if TYPE_CHECKING:
    from collections.abc import Iterator

loguru = pytest.importorskip("loguru", reason="loguru is not installed")


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """What a sink is given that asks for everything: text, and then JSON."""
    sink = io.StringIO()
    loguru.logger.remove()
    layout = "{message}|{extra}|{thread.name}|{file.path}|{name}|{function}|{exception}\n"
    loguru.logger.add(sink, format=layout, diagnose=True, backtrace=True, catch=False)
    loguru.logger.add(sink, serialize=True, diagnose=True, backtrace=True, catch=False)
    loguru.logger.configure(patcher=make_patcher(SMALL))
    yield sink
    loguru.logger.configure(patcher=lambda _: None)
    loguru.logger.remove()


def crash(address: str) -> None:
    """Fail where variables hold an address, as do those of the caller."""
    local = f"local of {address}"
    int(local)


def test_message_and_extra_are_scrubbed(out: io.StringIO) -> None:
    """In text and in JSON."""
    loguru.logger.bind(password="x", n=1, who=Unprintable()).info("to {} {a}", MAIL, a=[MAIL])
    assert out.getvalue().startswith("to [email] ['[email]']|{'password': '[keyed]', 'n': 1,")
    assert raw_in(out.getvalue()) == []


@pytest.mark.parametrize("options", [{"colors": True}, {"raw": True}, {"lazy": True}])
def test_options_let_nothing_out(out: io.StringIO, options: dict[str, Any]) -> None:
    """A message that was coloured before is another one."""
    value = (lambda: MAIL) if "lazy" in options else MAIL
    loguru.logger.opt(**options).info("to <red>{}</red>", value)
    assert raw_in(out.getvalue()) == []
    assert "[email]" in out.getvalue()


def test_an_exception_shows_no_variable(out: io.StringIO) -> None:
    """Though `diagnose` asks for them, and `backtrace` for those of the callers."""
    local = f"caller of {MAIL}"
    try:
        crash(MAIL)
    except ValueError:
        loguru.logger.exception("no {}", local)  # noqa: PLE1205  # not that of logging
    assert raw_in(out.getvalue()) == []
    assert (
        "ValueError: invalid literal for int() with base 10: 'local of [email]'" in out.getvalue()
    )
    assert ", in crash" in out.getvalue()


def test_what_catch_tells_is_scrubbed(out: io.StringIO) -> None:
    """Its decorator asks for the frame of the caller."""
    loguru.logger.catch(crash)(MAIL)
    assert raw_in(out.getvalue()) == []
    assert ", in crash" in out.getvalue()


def test_a_disabled_patcher_leaves_markers(
    out: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot drop a record."""
    monkeypatch.setenv("SCRUBBER_DISABLE", "1")
    loguru.logger.bind(a=MAIL).info("to x")
    assert out.getvalue().startswith("[scrub-failed]|{'a': '[scrub-failed]'}|[scrub-failed]|")


def test_a_record_that_is_none_of_loguru_is_blanked() -> None:
    """Whatever is missing in it."""
    record: dict[str, Any] = {"message": PLANTED, "extra": MAIL, "file": MAIL, "exception": MAIL}
    make_patcher(SMALL)(record)
    assert raw_in(repr(record)) == []
