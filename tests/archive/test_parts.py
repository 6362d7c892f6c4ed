"""The folder where ranges wait: outside of the target, private, and gone at the end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scrubber.archive import places
from scrubber.archive.parts import parts_at, parts_of, parts_there
from scrubber.archive.tasks import Job
from scrubber.errors import ConfigError
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber

SCRUBBER = Scrubber(identity=Identity.none())


def job_of(folder: Path) -> Job:
    """Give a job with that folder."""
    return Job(SCRUBBER, parts=str(folder))


def test_the_folder_is_its_owners_alone_and_gone_at_the_end(tmp_path: Path) -> None:
    """With all that is in it, also after an error."""
    folder = tmp_path / "m.jsonl.parts"
    with pytest.raises(KeyError), parts_at(job_of(folder)):  # noqa: PT012  # what it does first
        assert parts_there(str(folder))
        assert os.name != "posix" or folder.stat().st_mode & 0o777 == 0o700
        (folder / f"{places.TEMPORARY}1").write_bytes(b"jane@example.com")
        raise KeyError
    assert list(tmp_path.iterdir()) == []
    assert not parts_there(str(folder))


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    """When the next one begins."""
    folder = tmp_path / "m.jsonl.parts"
    folder.mkdir(0o700)
    (folder / f"{places.TEMPORARY}1").write_bytes(b"jane@example.com")
    with parts_at(job_of(folder)):
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize("how", ["file", "link", "open to others", "files of others"])
def test_what_no_run_left_is_left_alone(tmp_path: Path, how: str) -> None:
    """Somebody could wait there for raw text, or miss what lies there."""
    folder = tmp_path / "m.jsonl.parts"
    if how == "file":
        folder.write_bytes(b"mine")
    elif how == "link":
        (tmp_path / "elsewhere").mkdir(0o700)
        folder.symlink_to(tmp_path / "elsewhere")
    else:
        if os.name != "posix" and how == "open to others":
            pytest.skip("no modes")
        folder.mkdir(0o700)
        if how == "open to others":
            folder.chmod(0o755)
        (folder / "mine.txt").write_bytes(b"mine")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ConfigError, match="left by no run"), parts_at(job_of(folder)):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_a_job_without_a_folder_needs_none(tmp_path: Path) -> None:
    """As a check, which writes nothing."""
    with parts_at(Job(SCRUBBER)):
        assert list(tmp_path.iterdir()) == []


def test_runs_with_other_manifests_wait_elsewhere() -> None:
    """Beside the same target of a store."""
    found = {parts_of("s3://logs/out/", Path(name), far=True) for name in ("/a.jsonl", "/b.jsonl")}
    assert len(found) == 2
    assert all(one.startswith("s3://logs/out.parts-") for one in found)
    assert parts_of("out", Path("/a.jsonl"), far=True) == "/a.jsonl.parts"


def test_ranges_of_a_store_are_removed(tmp_path: Path) -> None:
    """Those of this run only; the rest beside the target stays."""
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    url = f"memory://{tmp_path.name}/out.parts-1"
    for place in (f"{url}/{places.TEMPORARY}1", f"{url}2/{places.TEMPORARY}1"):
        with places.replacing(place) as target:
            target.write(b"raw")
    with parts_at(Job(SCRUBBER, parts=url)):
        assert not places.exists(f"{url}/{places.TEMPORARY}1")
        with places.replacing(f"{url}/{places.TEMPORARY}2") as target:
            target.write(b"raw")
    assert not places.exists(f"{url}/{places.TEMPORARY}2")
    assert places.exists(f"{url}2/{places.TEMPORARY}1")
