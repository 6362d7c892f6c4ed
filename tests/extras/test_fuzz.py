"""Each target is fuzzed for a while: `FUZZ_SECONDS` says how long, 30 seconds unless it does.

The same inputs each time, unless what is found is to be kept: a change is judged by what it changes
and not by luck. Looking further is `make fuzz`.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.__main__ import fuzzed
from tests.fuzz.known import STORED
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(find_spec("atheris") is None, reason="Atheris is not installed")

SECONDS = int(os.environ.get("FUZZ_SECONDS", "30"))
KEEP = "FUZZ_KEEP"
"""Set by `make fuzz`: what is found goes where it is replayed, and not to a folder that ends."""


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No promise of the target is broken; what is said names files and no data."""
    keep = bool(os.environ.get(KEEP))
    outcome = fuzzed(name, SECONDS, stored=STORED if keep else tmp_path, seed=0 if keep else 1)
    with capsys.disabled():
        print(f"\n{outcome.line}", flush=True)
    assert outcome.ran
    assert outcome.found == ()
