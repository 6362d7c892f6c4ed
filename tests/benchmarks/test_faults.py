"""The table of planted faults fits the tree, and what is planted in a copy stays there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from benchmarks.faults import __main__ as runner
from benchmarks.faults.copies import FAILED, NO_TESTS, PASSED, ROOT, TOO_LONG, Copy
from benchmarks.faults.table import COMMAND, PAGE, Fault, TableError, faults, page

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = faults()
FEWEST = 20


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_applies_to_one_place(fault: Fault) -> None:
    """The text to change stands there once, the change makes a difference, the tests are there."""
    assert fault.planted() != (ROOT / fault.file).read_text("utf-8")
    for test in fault.tests:
        file, _, name = test.partition("::")
        assert (ROOT / file).exists()
        assert not name or f"def {name}(" in (ROOT / file).read_text("utf-8")
    assert fault.tests


def test_faults_are_many_and_none_is_twice() -> None:
    """No fault stands for two."""
    assert len(FAULTS) >= FEWEST
    assert len({(one.file, one.new) for one in FAULTS}) == len(FAULTS)
    assert len({one.name for one in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("old", ["no such text stands there", "from"])
def test_fault_without_a_place_of_its_own_is_an_error(old: str) -> None:
    """What stands nowhere, or in many places, cannot be planted."""
    with pytest.raises(TableError, match="exactly one place"):
        replace(FAULTS[0], old=old).planted()


def test_page_lists_the_faults() -> None:
    """A fault that is added changes the page in the same commit."""
    assert PAGE.read_text("utf-8") == page(), f"the page is old; write it again: {COMMAND}"


def test_changed_file_is_put_back(tmp_path: Path) -> None:
    """Byte for byte and with its times, so that it need not be compiled again."""
    path = tmp_path / "module.py"
    path.write_bytes(b"one = 1\r\n")
    before = path.stat().st_mtime_ns
    with Copy(tmp_path).changed("module.py", "one = 2\n"):
        assert path.read_bytes() == b"one = 2\n"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (b"one = 1\r\n", before)


@pytest.mark.parametrize(
    ("code", "caught"),
    [(FAILED, True), (PASSED, False), (NO_TESTS, False), (TOO_LONG, False), (2, True)],
)
def test_fault_is_noticed_when_a_test_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, *, caught: bool
) -> None:
    """Not when none was run, nor when they did not end; the file has the fault meanwhile."""
    seen = []

    def tested(copy: Copy, _tests: object, **_options: object) -> int:
        seen.append((copy.folder / "module.py").read_text("utf-8"))
        return code

    (tmp_path / "module.py").write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(Copy, "tested", tested)
    fault = Fault("n", "p", "module.py", "1", "2", ("tests",))
    assert runner.noticed(fault, Copy(tmp_path)) is caught
    assert seen == ["one = 2\n"]
