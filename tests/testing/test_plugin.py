"""The plugin of pytest: what it sees, what fails a test, and what it says.

Each case is a test module of somebody else, run in this process, with values that are drawn where
it runs, so that its source and its output can be searched for them.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import tomllib
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
import sentry_sdk
import sentry_sdk.client
import sentry_sdk.crons
import sentry_sdk.integrations.logging

from scrubber.identity.model import Identity
from scrubber.integrations.logging import uninstall_logging
from scrubber.testing import guard, plugin, verdict  # noqa: F401  # kept over inner runs
from scrubber.testing.leaks import leaks
from scrubber.testing.own_names import OwnNames
from scrubber.testing.planting import Planted
from tests.testing.plugin_cases import CLEAN, ENVELOPES, PRELUDE, RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]

# Whether or not the package is installed with its entry point.
LOADED = ("-p", "no:scrubber", "-p", "scrubber.testing.plugin", "-p", "no:cacheprovider")


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """No case leaves a client, a handler or a patch behind, nor finds a filter of another test."""
    uninstall_logging()
    client = sentry_sdk.get_global_scope().client
    seen = logging.Handler.handle, logging.Handler.format, logging.Logger.handle
    yield
    sentry_sdk.get_global_scope().set_client(client)
    sentry_sdk.get_isolation_scope().clear()
    for one in list(logging.root.manager.loggerDict.values()):
        if isinstance(one, logging.Logger) and one.name.startswith("app"):
            one.handlers.clear()
            one.propagate = True
    assert seen == (logging.Handler.handle, logging.Handler.format, logging.Logger.handle)
    assert "filter" not in vars(logging.Handler)
    assert "transport" not in vars(sentry_sdk.client.BaseClient)


def reports(pytester: pytest.Pytester, sources: Mapping[str, str]) -> dict[str, str]:
    """Run a module for each source, and give what its reports of failure say."""
    names = {f"test_{number}": case for number, case in enumerate(sources)}
    files = {name: f"from given import *\n{dedent(sources[case])}" for name, case in names.items()}
    result = run(pytester, "", **files)
    told = dict.fromkeys(sources, "")
    recorded: Any = result
    for report in recorded.reprec.getreports("pytest_runtest_logreport"):
        told[names[Path(report.location[0]).stem]] += f"{report.longreprtext}\n" * report.failed
    return told


def run(pytester: pytest.Pytester, source: str, *args: str, **files: str) -> pytest.RunResult:
    """Run modules of tests, and look for what they planted in all that was said."""
    pytester.makeini("[pytest]\naddopts = --strict-markers\n")
    pytester.makepyfile(given=PRELUDE)
    pytester.makeconftest("from given import mail, nothing_left")
    pytester.syspathinsert()
    pytester.makepyfile(**(files or {"test_it": f"from given import *\n{dedent(source)}"}))
    result = pytester.runpytest_inprocess(*LOADED, "--showlocals", "-vv", "--junitxml=j.xml", *args)
    planted = pytester.path / "planted.txt"
    values = planted.read_text("utf-8").split("\n") if planted.exists() else []
    said = "\n".join([*result.outlines, *result.errlines])
    said += (pytester.path / "j.xml").read_text("utf-8")
    assert leaks(said, [Planted("CANARY", value) for value in values if value]) == []
    return result


def test_a_leak_fails_the_test_and_names_the_place(pytester: pytest.Pytester) -> None:
    """Whatever it left by; the value is nowhere in the output."""
    cases = ENVELOPES | RECORDS
    told = reports(pytester, {case: source for case, (source, _) in cases.items()})
    assert [case for case, (_, line) in cases.items() if line not in told[case]] == []


def test_what_does_not_leave_fails_nothing(pytester: pytest.Pytester) -> None:
    """Whatever keeps it from leaving, and broken objects with nothing to tell."""
    assert reports(pytester, CLEAN) == dict.fromkeys(CLEAN, "")


def test_what_cannot_be_read_fails_the_test(pytester: pytest.Pytester) -> None:
    """It may hold anything, and no marker allows that."""
    source = """
    class Endless(dict):
        def items(self):
            raise RuntimeError
    @pytest.mark.leak_allowed("LOG", reason="tries to")
    def test(mail):
        logger(Handler()).info("x", extra={"who": Endless()})
    """
    result = run(pytester, source)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*log app.login could not be read, so it may hold anything"])


def test_a_leak_in_a_teardown_is_an_error(pytester: pytest.Pytester) -> None:
    """What leaves after the test is told, too, and what was told before is not told again."""
    source = """
    @pytest.fixture
    def late(mail):
        yield
        sentry_sdk.capture_message(mail)
    def test_late(late):
        init()
    def test_both(late, mail):
        init()
        sentry_sdk.capture_message(mail)
    """
    result = run(pytester, source)
    result.assert_outcomes(passed=1, failed=1, errors=2)
    result.stdout.fnmatch_lines(["leak guard: 2 tests watched, 3 leaks (3 envelopes and *"])


def test_a_failing_test_keeps_its_own_failure(pytester: pytest.Pytester) -> None:
    """The leak stands in a section of its own."""
    source = """
    def test(leak_guard):
        init()
        crash(keep(leak_guard.canary("USERNAME")))
        assert 1 + 1 == 3
    """
    result = run(pytester, source)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *assert * == 3", "*- leak guard -*", "*holds USERNAME*"])


def test_captured_output_that_holds_a_leak_is_left_out(pytester: pytest.Pytester) -> None:
    """Pytest would show the log of a test that failed; other output is shown as ever.

    JUnit's file takes it from the report of the teardown, and a test that failed by itself has it.
    """
    source = """
    import sys
    def test(mail):
        print("looking at the door")
        print("to " + mail, file=sys.stderr)
        logging.getLogger("apphere").warning("to %s", mail)
    def test_fails_itself(leak_guard):
        logging.getLogger("apphere").warning("to %s", keep(leak_guard.canary("PERSON")))
        raise ValueError
    """
    result = run(pytester, source, "--log-level=DEBUG", "-rA", "-ojunit_logging=all")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["looking at the door", "(left out by leak_guard*"])
    assert "looking at the door" in (pytester.path / "j.xml").read_text("utf-8")


def test_what_cannot_be_searched_fails_the_test(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the search ends no run, and its message is not shown."""

    def broken(text: str) -> list[str]:
        raise RuntimeError(text)

    monkeypatch.setattr("scrubber.testing.leaks.readings", broken)
    source = """
    def test(mail):
        logging.getLogger("apphere").warning("to %s", mail)
    """
    pytester.makeini("[pytest]")
    pytester.makepyfile(given=PRELUDE, test_it=f"from given import *\n{dedent(source)}")
    pytester.syspathinsert()
    result = pytester.runpytest_inprocess(*LOADED, "-p", "no:logging")
    result.assert_outcomes(failed=1, errors=1)
    line = "  what was sent could not be searched (RuntimeError), so it may hold anything"
    assert result.outlines.count(line) == 2
    assert "@example.com" not in result.stdout.str()


def test_a_setting_that_is_no_truth_is_told_at_once(pytester: pytest.Pytester) -> None:
    """Not by each test as an error of its own."""
    pytester.makeini("[pytest]\nleak_guard = maybe")
    pytester.makepyfile("def test(): pass")
    result = pytester.runpytest_inprocess(*LOADED, "-q")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "invalid truth value" in result.stderr.str()


IDENTITY = """
from scrubber import Identity
@pytest.fixture(autouse=True)
def somebody(leak_guard):
    leak_guard.know(Identity(
        accounts=("tavrin77", "runner", "root", "test"), hosts=("vexkol-node7",),
        emails=("j.tavrin@example.org",), secrets=("zor-fen-wil-8Q4",),
        homes=("/home/tavrin77",),
    ))
"""
OF_THE_MACHINE = {
    "an account": ("open('/home/tavrin77/x')", "USERNAME (identity, raw)"),
    "an account in a URL": ("GET /~%74avrin77/x", "USERNAME (identity, decoded)"),
    "a host": ("node vexkol-node7 down", "HOSTNAME (identity, raw)"),
    "a mailbox": ("by j.tavrin@example.org", "EMAIL_ADDRESS (identity, raw)"),
    "a secret": ("auth failed: zor-fen-wil-8Q4", "SECRET (identity, raw)"),
}


WORDS = ("the test runner is at root", "pytest runs tests.test_runner")


def test_names_of_the_machine_fail_a_test(pytester: pytest.Pytester) -> None:
    """Nothing has to be planted for them; those that are words fail none, or all would."""
    texts = [text for text, _ in OF_THE_MACHINE.values()]
    told = reports(
        pytester,
        {
            text: f"{IDENTITY}\ndef test():\n    init()\n    sentry_sdk.capture_message({text!r})"
            for text in (*texts, *WORDS)
        },
    )
    expected = [f"event: message holds {told}\n" for _, told in OF_THE_MACHINE.values()]
    assert [line in told[text] for line, text in zip(expected, texts, strict=True)] == [True] * 5
    assert [told[text] for text in WORDS] == ["", ""]


def test_the_key_of_a_dsn_is_no_secret_where_it_is_sent(pytester: pytest.Pytester) -> None:
    """The environment holds it, so the identity does, and each trace names it."""
    source = """
    def test(leak_guard):
        leak_guard.know(Identity(secrets=("a1" * 16,)))
        init(dsn=f"http://{'a1' * 16}@192.0.2.1/1", traces_sample_rate=1.0)
        with sentry_sdk.start_transaction(name="x"):
            pass
        assert leak_guard.envelopes == 1
    """
    run(pytester, source).assert_outcomes(passed=1)


SUITE = """
def test_loud():
    logging.getLogger("apphere").warning("to %s", "tavrin77")
def test_quiet():
    pass
"""


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine is somebody's."""
    names = OwnNames(Identity(accounts=("tavrin77",)))
    monkeypatch.setattr(guard, "_this_machine", lambda: names)


@pytest.mark.usefixtures("somebody")
@pytest.mark.parametrize("switch", ["--leak-guard", "-oleak_guard=true"])
def test_the_option_watches_every_test(pytester: pytest.Pytester, switch: str) -> None:
    """Also as a setting; tests need not ask for anything."""
    result = run(pytester, SUITE, switch)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "leak guard: every test; log records and Sentry envelopes",
            "*log apphere: message holds USERNAME (identity, raw)",
            "leak guard: 2 tests watched, 1 leak (0 envelopes and 1 record seen; *)",
        ]
    )


def test_nothing_is_watched_without_being_asked(pytester: pytest.Pytester) -> None:
    """Neither is anything said."""
    result = run(pytester, SUITE)
    result.assert_outcomes(passed=2)
    assert "leak guard" not in result.stdout.str()


@pytest.mark.usefixtures("somebody")
@pytest.mark.parametrize(
    ("quiet", "body", "line"),
    [
        ("-q", "test_loud", "leak guard: 1 test watched, 1 leak"),
        ("-q", "test_quiet", "leak guard: 1 test watched, 0 leaks"),
        ("-qq", "test_loud", "leak guard: 1 test watched, 1 leak"),
        ("-qq", "test_quiet", ""),
    ],
)
def test_the_summary_is_as_quiet_as_pytest(
    pytester: pytest.Pytester, quiet: str, body: str, line: str
) -> None:
    """A leak is told in any case."""
    pytester.makepyfile("import logging\n" + SUITE)
    result = pytester.runpytest_inprocess(*LOADED, "--leak-guard", quiet, "-k", body)
    assert [one for one in result.outlines if one.startswith("leak guard:")] == [line] * bool(line)


def test_without_sentry_sdk_logs_are_watched(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The header says why nothing else is."""
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    pytester.makepyfile(
        "import logging\n"
        "def test(leak_guard):\n"
        "    logging.getLogger('apphere').warning(leak_guard.canary('USERNAME'))"
    )
    result = pytester.runpytest_inprocess(*LOADED, "--leak-guard")
    result.assert_outcomes(failed=1)
    reason = "log records only, since sentry-sdk is not installed"
    result.stdout.fnmatch_lines(
        [f"leak guard: every test; {reason}", "*holds USERNAME*", f"leak guard: *; {reason})"]
    )


MARKERS = {
    "no entity": "",
    "no reason": "'USERNAME'",
    "a reason that is no reason": "'USERNAME', reason=' '",
    "a reason without its name": "'USERNAME', 'it is shown to its owner'",
    "a word that is no entity": "'username', reason='x'",
    "a list": "['USERNAME'], reason='x'",
    "something else": "'USERNAME', reason='x', until='May'",
}


def test_a_marker_needs_an_entity_and_a_reason(pytester: pytest.Pytester) -> None:
    """Else nobody knows later why it is there; and what leaks is still told."""
    source = """
    @pytest.fixture
    def late(mail):
        yield
        logging.getLogger("apphere").warning(mail)
    @pytest.mark.leak_allowed({})
    def test(late):
        raise AssertionError
    """
    told = reports(pytester, {name: source.format(args) for name, args in MARKERS.items()})
    assert [name for name, text in told.items() if "leak_allowed: entities such" not in text] == []
    assert [name for name, text in told.items() if "holds EMAIL_ADDRESS" not in text] == []


def test_what_is_planted_must_be_something(pytester: pytest.Pytester) -> None:
    """The message of the refusal shows nothing of it."""
    source = """
    @pytest.mark.parametrize("args", [("",), ("  ", "USERNAME"), ("tavrin77",), (7, "USERNAME")])
    def test(leak_guard, args):
        with pytest.raises((TypeError, ValueError), match="leak_guard.plant: a value must") as told:
            leak_guard.plant(*args)
        assert "tavrin" not in str(told.value)
    def test_canary(leak_guard):
        with pytest.raises(ValueError, match="must be one of EMAIL_ADDRESS, HOSTNAME"):
            leak_guard.canary("SHOE_SIZE")
        assert leak_guard.canary("IP_ADDRESS") != leak_guard.canary("MAC_ADDRESS")
        assert repr(leak_guard) == "LeakGuard(planted=2, envelopes=0, records=0)"
    """
    run(pytester, source).assert_outcomes(passed=5)


def test_guards_undo_what_they_did(pytester: pytest.Pytester) -> None:
    """A transport gets its methods back, and Sentry's integration stays in logging."""
    source = """
    own = Recording()
    def test_guarded(mail):
        init(transport=own, integrations=[sentry_sdk.integrations.logging.LoggingIntegration()])
        assert "capture_envelope" in vars(own) or sentry_sdk.get_client().transport is own
        logging.getLogger("apphere").error("x")
        assert len(own.sent) == 1
    def test_free():
        assert sentry_sdk.get_client().transport is own
        assert "capture_envelope" not in vars(own)
        logging.getLogger("apphere").error("y")
        assert len(own.sent) == 2
    def test_guarded_again(mail):
        logging.getLogger("apphere").error("to %s", mail)
    """
    result = run(pytester, source)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*event: logentry.*EMAIL*", "*log apphere: *EMAIL*"])


REAL = """
import logging
import pytest
@pytest.mark.parametrize("number", range(4))
def test(number):
    logging.getLogger("app").warning("/home/%s/x" if number else "%s.", "tavrin77")
"""


def test_in_processes_of_xdist_with_the_real_machine(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts come together in the one line at the end, and the machine is asked for its names."""
    monkeypatch.delenv("SCRUBBER_NO_IDENTITY")
    monkeypatch.setenv("LOGNAME", "tavrin77")
    pytester.makepyfile(REAL)
    result = pytester.runpytest_subprocess(*LOADED, "--leak-guard", "-n2", "-p", "no:logging")
    result.assert_outcomes(failed=4)
    result.stdout.fnmatch_lines(
        ["leak guard: 4 tests watched, 4 leaks (0 envelopes and 4 records*"]
    )
    assert "tavrin77" not in result.stdout.str().replace("tavrin77/x", "")


def test_a_run_without_guards_loads_nothing() -> None:
    """The module of the entry point imports pytest alone."""
    probe = "import pytest, sys; before = set(sys.modules); import scrubber.testing.plugin;"
    probe += "print(*sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", probe], check=True, stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert done.stdout.split() == ["scrubber", "scrubber.testing", "scrubber.testing.plugin"]


def test_the_page_shows_what_pytest_says(pytester: pytest.Pytester) -> None:
    """The example of the page is run, and each line of its output is there, in order."""
    page = (ROOT / "docs/how-to/pytest-plugin.md").read_text("utf-8")
    before, said = page.split("\nSaved as `test_app.py`, `pytest test_app.py` says:\n")
    example = before.partition("still in them:\n")[2]
    shown = dedent(said.partition("\nNothing is sent")[0]).strip().split("\n")
    pytester.makepyfile(test_app=dedent(example))
    result = pytester.runpytest_inprocess(*LOADED, "--disable-warnings")
    start = result.outlines.index(shown[0])
    # Older versions of pytest end the last lines earlier.
    lines = zip(shown, result.outlines[start:], strict=False)
    assert [one for one, other in lines if other not in (one, one.partition(" - ")[0])] == []


def test_the_entry_point_is_the_plugin() -> None:
    """Whoever installs the package has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"scrubber": plugin.__name__}
