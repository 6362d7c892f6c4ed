"""A thousand processes that start at once corrupt nothing; `CONSENT_PROCESSES` says how many."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.consent.processes import start_at_once

if TYPE_CHECKING:
    from pathlib import Path

COUNT = int(os.environ.get("CONSENT_PROCESSES") or 0)
if not COUNT:
    pytest.skip("takes a minute: make test-extras", allow_module_level=True)


def test_so_many_processes_at_once_corrupt_nothing(tmp_path: Path) -> None:
    """They get one id, no refusal is lost, and each line of the journal is whole."""
    start_at_once(COUNT, tmp_path / "mylib")
