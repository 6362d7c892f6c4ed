"""What became of each file of a run, written down as it happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scrubber.archive.manifest import manifest_at
from scrubber.errors import ConfigError
from tests.archive.test_entries import entry

ROOT = Path(__file__).resolve().parents[2]
HOLDING = """
import sys
from pathlib import Path
from scrubber.archive.manifest import manifest_at
with manifest_at(Path(sys.argv[1]), "with"):
    print("held", flush=True)
    sys.stdin.read()
"""


def lines(path: Path) -> list[str]:
    """Give the inputs of the lines behind the first one."""
    return [json.loads(line)["input"] for line in path.read_bytes().splitlines()[1:]]


def test_a_run_goes_on_behind_the_last_line(tmp_path: Path) -> None:
    """What was done is known; a line that is cut off is not, and does not spoil the next one."""
    path = tmp_path / "m.jsonl"
    with manifest_at(path, "with") as manifest:
        assert not list(manifest.all_known())
        manifest.note(1, entry("b"))
        manifest.note(0, entry("a"))
    assert lines(path) == ["b", "a"]
    with path.open("ab") as torn:
        torn.write(entry("c").line()[:-5])
    with manifest_at(path, "with") as manifest:
        assert list(manifest.all_known()) == [entry("b"), entry("a")]
        assert manifest.outputs == {"a", "b"}
        manifest.keep(0, entry("a"))
        manifest.keep(1, entry("b"))
        manifest.note(2, entry("c"))
        manifest.finish()
    assert lines(path) == ["a", "b", "c"]
    assert list(tmp_path.iterdir()) == [path]


def test_other_rules_begin_anew(tmp_path: Path) -> None:
    """Nothing counts as done; what was made before is still known to be ours."""
    path = tmp_path / "m.jsonl"
    with manifest_at(path, "with") as manifest:
        manifest.note(0, entry("a"))
        first = manifest.id_of("a")
    with manifest_at(path, "with more") as manifest:
        assert list(manifest.all_known()) == []
        assert manifest.outputs == {"a"}
        assert manifest.id_of("a") != first
    assert lines(path) == []


def test_equal_runs_have_equal_manifests(tmp_path: Path) -> None:
    """Whatever the order in which files were done."""
    for name, order in (("one", (0, 1)), ("two", (1, 0))):
        with manifest_at(tmp_path / name, "with") as manifest:
            for index in order:
                manifest.note(index, entry("ab"[index]))
            manifest.finish()
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    """From its first byte to its last, whatever the umask."""
    path = tmp_path / "m.jsonl"
    mask = os.umask(0)
    try:
        with manifest_at(path, "with") as manifest:
            assert path.stat().st_mode & 0o777 == 0o600
            manifest.finish()
            assert path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(mask)


@pytest.mark.parametrize("finished", [False, True])
def test_a_second_run_is_refused(tmp_path: Path, finished: bool) -> None:  # noqa: FBT001
    """As long as the first one has it; a process that was killed has nothing."""
    path = tmp_path / "m.jsonl"
    if finished:
        with manifest_at(path, "with") as manifest:
            manifest.finish()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as other:
        assert other.stdout is not None
        try:
            assert other.stdout.readline() == b"held\n"
            with pytest.raises(ConfigError, match="another run is at work"), manifest_at(path, "w"):
                pass
        finally:
            other.kill()
    with manifest_at(path, "with") as manifest:
        manifest.note(0, entry("a"))


def test_it_stays_taken_when_it_was_put_in_its_place(tmp_path: Path) -> None:
    """The new file is locked before it has its name."""
    path = tmp_path / "m.jsonl"
    trying = HOLDING.replace("sys.stdin.read()", "")
    with manifest_at(path, "with") as manifest:
        manifest.note(0, entry("a"))
        manifest.finish()
        told = subprocess.run(
            [sys.executable, "-c", trying, str(path)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        assert b"another run is at work" in told.stderr
    assert lines(path) == ["a"]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"my notes\n", "of another kind"), (b'{"format": "x"}\n', "of another kind")],
)
def test_files_of_others_are_left_alone(tmp_path: Path, data: bytes, words: str) -> None:
    """A slip in --manifest costs nobody a file."""
    path = tmp_path / "notes"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=words), manifest_at(path, "with"):
        pass
    assert path.read_bytes() == data


@pytest.mark.parametrize("data", [b"", b'{"for', b'{"format": "crashscrub manifest", "vers'])
def test_a_first_line_that_was_cut_off_is_written_anew(tmp_path: Path, data: bytes) -> None:
    """It is ours, and says nothing yet."""
    path = tmp_path / "m.jsonl"
    path.write_bytes(data)
    with manifest_at(path, "with") as manifest:
        manifest.note(0, entry("a"))
    assert lines(path) == ["a"]


def test_strange_files_are_refused(tmp_path: Path) -> None:
    """Links, folders, and what others may write: they could say that everything is done."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "real").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "hard").write_bytes(b"")
    os.link(tmp_path / "hard", tmp_path / "harder")
    (tmp_path / "open").write_bytes(b"")
    (tmp_path / "open").chmod(0o666)
    for name in ("folder", "link", "hard", "open", "missing/m.jsonl", "nul\0"):
        with pytest.raises(ConfigError, match="the manifest"), manifest_at(tmp_path / name, "with"):
            pass


def test_a_full_disk_does_not_stop_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that found no room is written at the end, when there is some again."""
    path = tmp_path / "m.jsonl"
    with manifest_at(path, "with") as manifest:
        manifest.note(0, entry("a"))

        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            manifest.note(1, entry("b"))
            with pytest.raises(ConfigError, match="no space left"):
                manifest.finish()
        assert lines(path) == ["a"]
        manifest.note(2, entry("c"))
        manifest.finish()
    assert lines(path) == ["a", "b", "c"]
    assert list(tmp_path.iterdir()) == [path]


def test_without_a_file_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dry run has a manifest, too, of nothing."""
    monkeypatch.chdir(tmp_path)
    with manifest_at(None, "with") as manifest:
        manifest.note(0, entry("a"))
        manifest.finish()
    assert list(tmp_path.iterdir()) == []
