"""The benchmark of jobs over a folder, on a tree as small as can be."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from benchmarks.archive_jobs.trees import differing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(
    not all(map(find_spec, ("pyarrow", "yaml", "zstandard"))),
    reason="needs pyarrow, pyyaml and zstandard",
)
@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by their group")
def test_a_small_tree_is_done_killed_and_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends with 0 and tells of both engines, the kills, the check and each format."""
    from benchmarks.archive_jobs.__main__ import main
    from benchmarks.tree.__main__ import main as make_tree

    tree = tmp_path / "tree"
    assert make_tree([str(tree), "--size", "300k"]) == 0
    engines = ["--engines", "local:1", "local:2", "--kills", "2"]
    assert main([str(tree), "--work", str(tmp_path / "work"), *engines, "--formats"]) == 0
    said = capsys.readouterr().out
    assert "| local:1 |" in said
    assert "| local:2 |" in said
    assert "0 of " in said
    assert "| parquet |" in said
    assert "WRONG" not in said


def test_what_differs_is_told(tmp_path: Path) -> None:
    """A file that is missing, one too many, and one with other bytes of the same length."""
    for name, files in (("a", {"same": "x", "other": "y", "gone": "z"}), ("b", {"same": "x"})):
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text)
    (tmp_path / "b" / "other").write_text("Y")
    (tmp_path / "b" / "more").write_text("")
    assert differing(tmp_path / "a", tmp_path / "b") == ["gone", "more", "other"]
