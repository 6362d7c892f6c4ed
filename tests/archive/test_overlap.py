"""A run never reads what it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.archive.overlap import refuse_overlap
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("source", "target", "manifest"),
    [
        ("logs", "logs", None),
        ("logs", "logs/out", None),
        ("logs/inner", "logs", None),
        ("logs", "other/../logs/out", None),
        ("logs", "link/out", None),
        ("link", "logs", None),
        ("logs", "", "logs/m.jsonl"),
        ("logs", "out", "out/m.jsonl"),
        ("logs", "out", "link/new/m.jsonl"),
        ("logs/app.log", "logs", None),
        ("s3://bucket/logs", "s3://bucket/logs/out", None),
        ("s3://bucket/logs/", "s3://bucket/logs", None),
    ],
)
def test_places_in_one_another_are_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    target: str,
    manifest: str | None,
) -> None:
    """By whatever way they are written."""
    _places(tmp_path, monkeypatch)
    with pytest.raises(ConfigError, match="lie"):
        refuse_overlap([source], target, tmp_path / manifest if manifest else None)


@pytest.mark.parametrize(
    ("source", "target", "manifest"),
    [
        ("logs", "out", "out.manifest.jsonl"),
        ("logs", "logs2", "m.jsonl"),
        ("logs", "logs-out", "logs.manifest.jsonl"),
        ("logs", "", None),
        ("s3://bucket/logs", "s3://bucket/logs-out", "m.jsonl"),
        ("s3://bucket/logs", "out", "m.jsonl"),
        ("missing", "out", "m.jsonl"),
    ],
)
def test_places_beside_one_another_are_fine(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    target: str,
    manifest: str | None,
) -> None:
    """Names that begin alike are no folders in one another."""
    _places(tmp_path, monkeypatch)
    refuse_overlap([source], target, tmp_path / manifest if manifest else None)


def _places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "logs" / "inner").mkdir(parents=True)
    (tmp_path / "logs" / "app.log").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "logs")
    monkeypatch.chdir(tmp_path)
