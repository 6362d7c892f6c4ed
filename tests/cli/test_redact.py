"""`scrubber redact`, as its users call it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.cli import sources
from scrubber.cli.redact import NER_IS_OFF
from scrubber.files.opened import Opened
from scrubber.files.passing import pass_through
from tests.cli.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.pipeline import Scrubber
    from tests.cli.conftest import Command, Spawn

LINE = b"mail jane@example.com\n"
REDACTED = b"mail [email]\n"
NER_WAS_OFF = f"scrubber: {NER_IS_OFF}\n"
SUMMARY = f"scrubber: 1 finding in 1 document: EMAIL_ADDRESS 1\n{NER_WAS_OFF}"


@pytest.mark.parametrize("args", [(), ("-",)])
def test_stdin_goes_to_stdout(command: Command, args: tuple[str, ...]) -> None:
    """Without files, or with -, it is a filter; the summary is on stderr."""
    result = command("redact", *args, stdin=LINE)
    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, REDACTED, SUMMARY)


def test_files_follow_each_other(command: Command, folder: Path) -> None:
    """In the order given, stdin among them."""
    for name in "ab":
        (folder / name).write_bytes(name.encode() + b" " + LINE)
    result = command("redact", "b", "-", "a", stdin=LINE)
    assert result.stdout_bytes == b"b " + REDACTED + REDACTED + b"a " + REDACTED
    told = "scrubber: 3 findings in 3 documents: EMAIL_ADDRESS 3\n"
    assert result.stderr == told + NER_WAS_OFF


def test_quiet_says_nothing(command: Command) -> None:
    """With --quiet only what goes wrong is said."""
    assert command("redact", "-q", stdin=LINE).stderr == ""


def test_clean_text_is_told_of(command: Command) -> None:
    """Nothing found is said, not left open."""
    told = "scrubber: no findings in 1 document\n"
    assert command("redact", stdin=b"ok\n").stderr == told + NER_WAS_OFF


def test_file_that_cannot_be_read_does_not_stop_the_others(command: Command, folder: Path) -> None:
    """Each gets its error, the others their output, and the end is 2."""
    (folder / "good").write_bytes(LINE)
    (folder / "closed").write_bytes(LINE)
    (folder / "closed").chmod(0)
    result = command("redact", "missing", ".", "bad\x00name", "good")
    assert (result.exit_code, result.stdout_bytes) == (2, REDACTED)
    assert result.stderr.splitlines() == [
        "scrubber: missing: cannot be read: no such file or directory",
        "scrubber: .: is a folder; give the files in it",
        "scrubber: bad\\x00name: cannot be read: no such name is possible",
        "scrubber: 1 finding in 1 document: EMAIL_ADDRESS 1",
        "scrubber: 3 documents could not be read",
        NER_WAS_OFF.strip(),
    ]


def test_output_is_written_only_when_every_input_was_read(command: Command, folder: Path) -> None:
    """A file that lacks a part looks like a whole one, so it is not written."""
    (folder / "good").write_bytes(LINE)
    (folder / "out").write_bytes(b"old")
    result = command("redact", "good", "missing", "-o", "out")
    assert result.exit_code == 2
    assert "scrubber: out: not written, since not every input could be read" in result.stderr
    assert (folder / "out").read_bytes() == b"old"


def test_compressed_stdin_is_refused(command: Command) -> None:
    """It would come out as it is, and look redacted."""
    result = command("redact", stdin=b"\x1f\x8b\x08" + bytes(20))
    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert "<stdin>: holds gz data" in result.stderr


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\x00",
        b"\xff\xfe",
        b"\xff\xfe\x00\x00",
        b"\xed\xa0\x80 lone surrogate\n",
        b"\xff" * 5000,
        bytes(70_000),
        "\ud800x".encode("utf-16", "surrogatepass"),
    ],
)
def test_odd_input_comes_back(command: Command, data: bytes) -> None:
    """Nothing, NULs, lone surrogates and broken UTF-8 neither crash nor change."""
    result = command("redact", stdin=data)
    assert (result.exit_code, result.stdout_bytes) == (0, data)


@settings(max_examples=20)
@given(
    parts=st.lists(st.sampled_from([LINE, b"ok\n", b"\xe9\n", b"x " * 9000, b"\x00"]), max_size=5)
)
def test_line_buffered_gives_the_same(scrubber: Scrubber, parts: list[bytes]) -> None:
    """For rules that see one line, --line-buffered changes when, not what."""
    both = []
    for line_buffered in (False, True):
        source, out = Opened(io.BytesIO(b"".join(parts))), io.BytesIO()
        report = pass_through(scrubber, source, out.write, line_buffered=line_buffered)
        both.append((out.getvalue(), report))
    assert both[0] == both[1]


def test_locales_switch_the_rules_of_countries_on(command: Command, folder: Path) -> None:
    """Off without the option, which may be repeated and goes with the others."""
    line = b"NHS number 999 000 0018, DNI 12345678Z\n"
    assert folder.is_dir()
    assert command("redact", stdin=line).stdout_bytes == line
    args = ("--locale", "gb", "--locale", "es", "--path-mode", "user")
    for name in ("redact", "explain"):
        result = command(name, *args, *(["-"] if name == "explain" else []), stdin=line)
        assert b"NHS number [uk-nhs], DNI [es-nif]\n" in result.stdout_bytes
    assert b" UK_NHS " in command("scan", *args, stdin=line).stdout_bytes


def test_policy_and_rules_are_used(command: Command, folder: Path) -> None:
    """A policy of one's own, from a file of one's own."""
    (folder / "my.toml").write_text(
        '[[policy]]\nid = "mine"\nextends = "balanced"\nexclude = ["IP_ADDRESS"]\n', "utf-8"
    )
    args = ("redact", "--rules", "my.toml", "--policy", "mine", "--path-mode", "user")
    assert command(*args, stdin=b"192.0.2.1 " + LINE).stdout_bytes == b"192.0.2.1 " + REDACTED


def test_configuration_is_found_upwards(command: Command, folder: Path) -> None:
    """The nearest [tool.scrubber] counts, -v says so, and --no-config turns it off."""
    (folder / "pyproject.toml").write_text(
        '[tool.scrubber]\n[[tool.scrubber.allow]]\nvalue = "jane@example.com"\n', "utf-8"
    )
    (folder / "sub").mkdir()
    os.chdir(folder / "sub")
    result = command("redact", "-v", stdin=LINE)
    assert result.stdout_bytes == LINE
    assert f"scrubber: configuration: {folder / 'pyproject.toml'}\n" in result.stderr
    result = command("redact", "--no-config", stdin=LINE)
    assert (result.stdout_bytes, result.stderr) == (REDACTED, SUMMARY)


def test_broken_rules_process_nothing(command: Command, folder: Path) -> None:
    """Every problem is told with file, rule and reason."""
    (folder / "bad.toml").write_text('[[rule]]\nid = "my.rule"\npattern = "("\n', "utf-8")
    (folder / "worse.toml").write_text("[[", "utf-8")
    args = ("--rules", "bad.toml", "--rules", "worse.toml", "--rules", "missing.toml")
    result = command("redact", *args, stdin=LINE)
    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    lines = result.stderr.splitlines()
    assert sum(line.startswith("scrubber: bad.toml: my.rule: ") for line in lines) > 3
    assert any(line.startswith("scrubber: worse.toml: is not TOML") for line in lines)
    assert "scrubber: missing.toml: cannot be read: No such file or directory" in lines
    assert lines[-1].endswith("problems with the rules; nothing was processed")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--policy", "nope"), "unknown policy 'nope'; known: balanced, fast, strict"),
        (("--locale", "uk"), "unknown locale 'uk'; known: "),
        (("--path-mode", "nope"), "'nope' is not"),
    ],
)
def test_wrong_option_ends_with_2(command: Command, args: tuple[str, ...], words: str) -> None:
    """And with what would be right."""
    result = command("redact", *args, stdin=LINE)
    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert words in result.stderr


def test_failed_unit_is_marked_and_counted(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A marker stands for it, nothing raw, and the end is 2."""

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("jane@example.com")

    monkeypatch.setattr("scrubber.detect.reference.find", fail)
    result = command("redact", stdin=LINE)
    assert (result.exit_code, result.stdout_bytes) == (2, b"[scrub-failed]\n")
    assert "1 unit that could not be scrubbed: replaced by [scrub-failed]" in result.stderr
    assert "jane" not in result.stderr


def test_internal_error_shows_no_message(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its kind and place are told; its message could hold text."""

    def fail(*_args: object, **_kwargs: object) -> None:
        raise ValueError("jane@example.com")

    monkeypatch.setattr("scrubber.files.passing.detect", fail)
    result = command("redact", stdin=LINE)
    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert result.stderr.startswith(
        "scrubber: internal error: ValueError at scrubber/files/passing.py:"
    )
    assert "jane" not in result.stderr


def test_output_to_an_input_by_redirection_is_refused(spawn: Spawn, folder: Path) -> None:
    """`redact app.log >> app.log` would feed itself."""
    log = folder / "app.log"
    log.write_bytes(LINE)
    with log.open("ab") as out, spawn("redact", log, stdout=out) as process:
        _, errors = process.communicate()
    assert process.returncode == 2
    assert b"is also where the output goes" in errors
    assert log.read_bytes() == LINE


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_full_disk_is_an_error(spawn: Spawn) -> None:
    """What cannot be written is told, without a traceback."""
    with open("/dev/full", "wb") as full, spawn("redact", stdout=full) as process:  # noqa: PTH123
        _, errors = process.communicate(LINE)
    assert process.returncode == 2
    assert errors == b"scrubber: cannot write: no space left on device\n"


@pytest.mark.parametrize("args", [("redact", "-q"), ("scan", "-q"), ("scan", "--format", "json")])
def test_broken_pipe_ends_quietly(spawn: Spawn, folder: Path, args: tuple[str, ...]) -> None:
    """Whoever stops reading ends it, as any filter."""
    log = folder / "app.log"
    log.write_bytes((LINE + b"x" * 500 + b"\n") * 5000)
    with log.open("rb") as text, spawn(*args, stdin=text) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() != b""
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_signal_leaves_no_half_file(
    spawn: Spawn, folder: Path, number: signal.Signals, code: int
) -> None:
    """Ctrl-C half way: what was there stays, nothing lies beside it, nothing is said."""
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("the tests were started with this signal ignored, as by nohup")
    out = folder / "out.log"
    out.write_bytes(b"old\n")
    with spawn("redact", "-o", out, bufsize=0) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        # More than a pipe holds: when it is written the command is at work.
        process.stdin.write(b"ok\n" * 100_000)
        assert len(list(folder.iterdir())) == 2
        process.send_signal(number)
        assert process.wait() == code
        assert process.stderr.read() == b""
    assert list(folder.iterdir()) == [out]
    assert out.read_bytes() == b"old\n"


def test_line_buffered_line_comes_while_input_is_open(spawn: Spawn) -> None:
    """`tail -f app.log | scrubber redact --line-buffered` shows each line as it is written."""
    with spawn("redact", "--line-buffered", "-q") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write(LINE)
            process.stdin.flush()
            assert process.stdout.readline() == REDACTED
        process.communicate()
    assert process.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal")
def test_somebody_who_waits_is_advised(spawn: Spawn) -> None:
    """When a pipe is silent and nothing came out, a terminal is told why, once."""
    import pty

    ours, theirs = pty.openpty()
    with spawn("redact", stderr=theirs) as process:
        os.close(theirs)
        assert process.stdin is not None
        process.stdin.write(LINE)
        process.stdin.flush()
        assert b"--line-buffered" in os.read(ours, 1000)
        output, _ = process.communicate(LINE)
        assert b"--line-buffered" not in os.read(ours, 1000)
    os.close(ours)
    assert output == REDACTED * 2


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal")
def test_terminal_is_answered_line_by_line(spawn: Spawn) -> None:
    """Typed lines come back redacted at once."""
    import pty

    ours, theirs = pty.openpty()
    with spawn("redact", "-q", stdin=theirs) as process:
        os.close(theirs)
        assert process.stdout is not None
        os.write(ours, LINE)
        assert process.stdout.readline() == REDACTED
        os.write(ours, b"\x04")
        assert process.wait() == 0
    os.close(ours)


def test_advice_waits_for_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given once, and not before anything was read."""
    monkeypatch.setattr(sources, "PAUSE", 0)
    read, write = os.pipe()
    with os.fdopen(read, "rb", buffering=0) as source, os.fdopen(write, "wb", buffering=0) as sink:
        monkeypatch.setattr(sys, "stdin", source)
        said: list[int] = []
        with sources.opened(sources.Source(None), on_pause=lambda: said.append(1)) as document:
            sink.write(b"a")
            assert (document.raw.read(9), said) == (b"a", [])
            sink.write(b"b")
            assert (document.raw.read(9), said) == (b"b", [])
            sink.close()
            assert document.raw.read(9) == b""


MEASURE = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "scrubber.cli", *sys.argv[2:]],
                      stdin=open(sys.argv[1], "rb"), stdout=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux only")
@pytest.mark.parametrize("args", [(), ("--line-buffered",)])
def test_memory_is_bounded(folder: Path, args: tuple[str, ...]) -> None:
    """A single line of 30 MB needs no more than a few blocks."""
    log = folder / "line.log"
    log.write_bytes(b"# " * 15_000_000)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, log, "redact", "-q", *args],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    code, kilobytes = map(int, done.stdout.split())
    assert code == 0
    assert kilobytes < 110_000


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("user", "/home/[user]/data/x17.dcm\n"),
        ("anchor", "<home>/.../[file].dcm\n"),
        ("full", "[path]\n"),
        ("auto", "/home/[user]/data/x17.dcm\n"),
    ],
)
def test_path_modes(command: Command, mode: str, expected: str) -> None:
    """How much of a path goes is chosen by one option."""
    assert (
        command("redact", "--path-mode", mode, stdin=b"/home/jane/data/x17.dcm\n").stdout
        == expected
    )
