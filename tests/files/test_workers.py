"""Processes beside the command: the same output, whatever happens to them."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from scrubber import sections
from scrubber.cli.jobs import JOBS, cores
from scrubber.errors import InputError
from scrubber.files import workers
from scrubber.files.opened import Opened
from scrubber.files.passing import pass_through
from scrubber.files.workers import Workers
from tests.small_rules import EVERY_KIND, scrubber

if TYPE_CHECKING:
    from scrubber.pipeline import Scrubber
    from scrubber.report import Report
    from tests.cli.conftest import Command

pytest.importorskip("hyperscan", reason="lines are told apart by Vectorscan")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rules of a test go by a fork")

KEY = b"--BEGIN--\n" + b"abcd\n" * 2000 + b"--END--\n"
TEXT = (b"mail jane@example.com\n" + b"clean line\n" * 400 + KEY) * 40
SIZE = 64 << 10


@pytest.fixture(scope="module")
def small() -> Scrubber:
    """A few small rules, wired, so that a forked process need not."""
    built = scrubber(*EVERY_KIND, engine="vector")
    built.scrub_text("x")
    return built


def redacted(one: Scrubber, text: bytes, shared: Workers | None = None) -> tuple[bytes, Report]:
    """Scrub a document, by processes or here."""
    out = io.BytesIO()
    report = pass_through(one, Opened(io.BytesIO(text)), out.write, workers=shared)
    return out.getvalue(), report


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sections of 64 KiB."""
    monkeypatch.setattr(sections.sections, "__defaults__", (SIZE,))


@pytest.mark.usefixtures("short")
def test_the_output_does_not_depend_on_the_number_of_processes(small: Scrubber) -> None:
    """Keys run over the edges of sections, and two documents follow each other."""
    expected = redacted(small, TEXT)
    assert b"BEGIN" not in expected[0]
    for count in (1, 3):
        with Workers(small, count) as shared:
            assert redacted(small, TEXT, shared) == expected
            assert redacted(small, b"x\n" + TEXT, shared) == redacted(small, b"x\n" + TEXT)
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("short")
def test_a_process_that_dies_is_replaced(
    small: Scrubber, monkeypatch: pytest.MonkeyPatch, tmp_path: os.PathLike[str]
) -> None:
    """Killed amid a section, as by a system without memory: another one takes it."""
    begun = os.path.join(tmp_path, "begun")  # noqa: PTH118  # before a kill, nothing needless
    parts = sections.parts

    def once(*args: object) -> object:
        try:
            os.close(os.open(begun, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return parts(*args)  # type: ignore[arg-type]
        os.kill(os.getpid(), signal.SIGKILL)
        return ()

    monkeypatch.setattr(workers, "parts", once)
    with Workers(small, 2) as shared:
        assert redacted(small, TEXT, shared) == redacted(small, TEXT)
    assert os.path.exists(begun)  # noqa: PTH110


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("failure", ["killed", "raised"])
def test_a_section_that_fails_ends_the_document(
    small: Scrubber, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    """Nothing of it is given as it is, and what is said holds no text."""

    def fail(*_args: object) -> None:
        if failure == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        raise ValueError("jane@example.com")

    monkeypatch.setattr(workers, "parts", fail)
    out = io.BytesIO()
    with Workers(small, 2) as shared:
        with pytest.raises(InputError, match="is given up") as raised:
            pass_through(small, Opened(io.BytesIO(TEXT)), out.write, workers=shared)
        assert "jane" not in str(raised.value)
        assert b"jane" not in out.getvalue()
        monkeypatch.undo()
        assert redacted(small, b"x\n", shared) == (b"x\n", redacted(small, b"x\n")[1])
    assert multiprocessing.active_children() == []


def test_number_of_jobs(command: Command) -> None:
    """A number, or one a core; nothing else."""
    assert JOBS.convert("auto", None, None) == JOBS.convert("0", None, None) == cores() >= 1
    assert JOBS.convert("12", None, None) == 12
    for wrong in ("-1", "x", "1.5", "9999", "\u0661"):
        result = command("redact", "--jobs", wrong, stdin=b"x\n")
        assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert command("redact", "-q", "--jobs", "2", stdin=b"x\n").stdout_bytes == b"x\n"
