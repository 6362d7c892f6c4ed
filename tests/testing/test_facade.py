"""`scrubber.testing` offers what it says, and loads only what is asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from scrubber import testing

ROOT: Final = Path(__file__).resolve().parents[2]
PROBE: Final = """
import json, sys
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"hypothesis", "pytest", "_pytest"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Refused())
import scrubber.testing
first = sorted(name for name in sys.modules if name.startswith("scrubber."))
import scrubber.testing.leaks
from scrubber.testing import Leak, Planted, Sample, assert_no_leak, assert_utility_kept
from scrubber.testing.leaks import leaks
found = leaks("see vexlora7", [Planted("USERNAME", "vexlora7")])
print(json.dumps([first, len(found)]))
"""


def test_every_name_is_there() -> None:
    """`__all__` is sorted, and each name is where it is said to be."""
    assert list(testing.__all__) == sorted(testing.__all__)
    assert sorted(testing._HOME) == list(testing.__all__)  # noqa: SLF001
    for name in testing.__all__:
        assert getattr(testing, name).__name__ == name
    assert set(testing.__all__) <= set(dir(testing))


def test_another_name_is_not_there() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match=r"'scrubber\.testing' has no attribute 'nothing'"):
        _ = testing.nothing


def test_assertions_need_neither_pytest_nor_hypothesis() -> None:
    """Where neither can be imported, leaks are found; importing the facade loads no module."""
    output = subprocess.run(
        [sys.executable, "-c", PROBE],
        check=True,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT), "SCRUBBER_NO_IDENTITY": "1"},
    ).stdout
    loaded, found = json.loads(output)
    assert loaded == ["scrubber.testing"]
    assert found == 1
