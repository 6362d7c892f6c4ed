"""One run at a time writes to a folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from scrubber.archive.target import BUSY, target_at
from scrubber.errors import ConfigError
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from tests.archive.odd_tree import LINE, contents, redacted

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens no folder")
def test_a_second_run_with_another_manifest_is_refused(tmp_path: Path) -> None:
    """It would remove what the first one has not yet given its name; nothing is written."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "app.log").write_bytes(LINE)
    scrubber = Scrubber(identity=Identity.none())
    other = tmp_path / "other.jsonl"
    with target_at(str(tmp_path / "out")):
        before = contents(tmp_path)
        with pytest.raises(ConfigError, match=BUSY):
            redacted(scrubber, tmp_path / "logs", tmp_path / "out", manifest=other)
        assert contents(tmp_path) == before
    assert redacted(scrubber, tmp_path / "logs", tmp_path / "out", manifest=other).failed == 0


def test_a_url_is_not_made() -> None:
    """A store has no folders."""
    with target_at("s3://bucket/out"):
        pass
