"""A folder that was redacted, looked through once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scrubber.archive.check import NAME, check
from scrubber.archive.engines import engine
from scrubber.archive.tasks import Job
from scrubber.archive.walk import LEFT
from scrubber.errors import ConfigError
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from tests.archive.odd_tree import CLEAN, LINE, Told, contents, odd_tree, redacted

if TYPE_CHECKING:
    from pathlib import Path

SCRUBBER = Scrubber(identity=Identity.none())


def looked(root: Path, told: Told | None = None, **options: str) -> dict[str, str]:
    """Give the reasons of what failed in a folder."""
    told = told or Told()
    job = Job(SCRUBBER, **options)  # type: ignore[arg-type]  # each test gives what fits
    summary = check([str(root)], job, engine=engine("local", 1), watch=told)
    assert summary.mode == "verify"
    failed = {name: one.reason for name, one in told.outcomes.items() if one.state == "failed"}
    assert summary.wrong == bool(failed)
    return failed


@pytest.mark.parametrize("unknown", ["list", "copy", "drop"])
def test_what_a_run_wrote_holds_nothing(tmp_path: Path, unknown: str) -> None:
    """In files and in names, and looking changes nothing."""
    target = tmp_path / "out"
    redacted(SCRUBBER, odd_tree(tmp_path / "logs"), target, job={"unknown": unknown})
    before = contents(tmp_path)
    told = Told()
    assert looked(target, told, unknown=unknown) == {}
    assert contents(tmp_path) == before
    assert told.begun[0][0] == len(told.outcomes)
    listed = [name for name, one in told.outcomes.items() if one.state == "listed"]
    assert listed == (["core.bin"] if unknown == "copy" else [])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("app.log", LINE, "still holds 1 finding"),
        ("app.log", CLEAN + LINE * 2, "still holds 2 findings"),
        ("jane@example.com.log", CLEAN, NAME),
        ("x/home/jane/app.log", CLEAN, NAME),
        (".scrubber-0123456789abcdef", CLEAN, LEFT),
        ("cut.log.gz", b"\x1f\x8b\x08", "is cut off, or not gz data"),
    ],
)
def test_what_is_left_fails(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """Whoever put it there; its own name is not shown if it holds something."""
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(data)
    failed = looked(tmp_path)
    assert set(failed.values()) == {reason}
    assert "jane" not in "".join(failed)


def test_links_are_told_of_and_not_followed(tmp_path: Path) -> None:
    """What they lead to is no part of the folder; what they are called is."""
    (tmp_path / "elsewhere.log").write_bytes(LINE)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path / "elsewhere.log")
    assert looked(tmp_path / "out") == {}
    (tmp_path / "out" / "jane@example.com").symlink_to(tmp_path)
    assert looked(tmp_path / "out") == {"[email]": NAME}


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Nothing was looked at, so nothing is well."""
    with pytest.raises(ConfigError, match="is not there"):
        looked(tmp_path / "missing")


def test_files_that_differ_in_case_only_are_no_findings(tmp_path: Path) -> None:
    """A number that their names would get says nothing about them."""
    for name in ("A.log", "a.log"):
        (tmp_path / name).write_bytes(CLEAN)
    assert looked(tmp_path) == {}
