"""The generated tree: equal for equal seeds, with every format and every planted value in it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytest.importorskip("zstandard", reason="zstandard is not installed")

from benchmarks.tree.__main__ import main, size_of
from benchmarks.tree.making import make
from benchmarks.tree.planted import Planted
from benchmarks.tree.searching import left
from scrubber.archive.kinds import kind_of
from tests.archive.formats.binary_documents import once

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 300_000


def digest(folder: Path) -> str:
    """Give one number for all of a tree."""
    total = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Planted]]:
    """Make a small tree."""
    folder = tmp_path_factory.mktemp("tree") / "in"
    return folder, make(folder, SIZE)


def test_equal_seeds_make_equal_trees(tree: tuple[Path, list[Planted]], tmp_path: Path) -> None:
    """And another seed another one."""
    assert make(tmp_path / "same", SIZE) == tree[1]
    assert digest(tmp_path / "same") == digest(tree[0])
    make(tmp_path / "other", SIZE, seed=8)
    assert digest(tmp_path / "other") != digest(tree[0])


def test_every_format_is_there(tree: tuple[Path, list[Planted]]) -> None:
    """Each with values planted, under the name of the format."""
    folder, planted = tree
    kinds = {
        kind_of(path.read_bytes()[:4096], path.name) for path in folder.rglob("*") if path.is_file()
    }
    wanted = {
        *("arrow", "bz2", "csv", "gz", "ipynb", "journal", "json", "jsonl", "parquet", "sqlite"),
        *("text", "tfevents", "tsv", "wandb", "xz", "yaml", "zip", "zst"),
    }
    assert kinds == wanted
    assert {one.kind for one in planted} == {*wanted, "tar", "name"}


def test_every_planted_value_is_found(tree: tuple[Path, list[Planted]]) -> None:
    """The search sees into all that is packed; one value removed is one less."""
    folder, planted = tree
    assert left(folder, planted) == planted
    assert len({one.token for one in planted}) == len(planted)
    assert left(folder, [Planted("x", "text", "zq000000000000qz")]) == []


def test_a_tree_is_about_as_large_as_asked_for(tmp_path: Path) -> None:
    """A tenth of it is one log."""
    make(tmp_path / "x", 6_000_000)
    sizes = [path.stat().st_size for path in (tmp_path / "x").rglob("*") if path.is_file()]
    assert 3_600_000 < sum(sizes) < 7_200_000
    assert (tmp_path / "x" / "services" / "trace.log").stat().st_size == pytest.approx(
        600_000, 0.01
    )


@pytest.mark.parametrize("kind", ["arrow", "parquet", "sqlite", "tfevents", "wandb"])
def test_nothing_planted_is_left_by_the_formats(
    tree: tuple[Path, list[Planted]], tmp_path: Path, kind: str
) -> None:
    """What is scrubbed of a tree holds no value of it."""
    folder, planted = tree
    mine = [one for one in planted if one.kind == kind]
    for one in mine:
        raw = (folder / one.path).read_bytes()
        (tmp_path / one.token).write_bytes(once(raw, name=one.path).data)
    for path in tmp_path.iterdir():
        path.rename(path.with_name(f"{sorted(tmp_path.iterdir()).index(path)}.out"))
    assert mine
    assert left(tmp_path, mine) == []


def test_the_command_writes_what_it_planted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And looks for it when asked to; a folder that is not empty stays as it is."""
    folder = tmp_path / "in"
    assert main([str(folder), "--size", "100kB"]) == 0
    assert (tmp_path / "in.planted.jsonl").is_file()
    assert main([str(folder), "--left", str(folder)]) == 1
    assert main([str(folder), "--left", str(tmp_path / "none")]) == 0
    assert "0 planted values are left" in capsys.readouterr().out
    with pytest.raises(FileExistsError):
        make(folder, SIZE)


def test_sizes_are_read_with_their_units() -> None:
    """Decimal units, as disks have them."""
    assert [size_of(one) for one in ("5GB", "20mb", "1.5k", "7")] == [5 * 10**9, 2 * 10**7, 1500, 7]
