"""A run over folders: what is there afterwards, whatever happened on the way."""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.archive import joining, one_file, ranges, whole
from scrubber.archive.check import check
from scrubber.archive.engines import engine, work
from scrubber.archive.formats import scrub_document
from scrubber.archive.limits import Limits
from scrubber.archive.one_file import CHANGED
from scrubber.archive.run import LINKED, manifest_of, run
from scrubber.archive.tasks import Job, Outcome
from scrubber.archive.whole import NOT_DONE
from scrubber.errors import ConfigError
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from scrubber.ruleset.model import Policy
from tests.archive.odd_tree import CLEAN, LINE, RAW, Silent, Told, contents, odd_tree, redacted

if TYPE_CHECKING:
    from collections.abc import Callable

SCRUBBER = Scrubber(identity=Identity.none())


def tree(root: Path, **files: bytes) -> Path:
    """Make a folder of a few files."""
    for name, data in (files or {"a.log": LINE, "b.log": LINE * 2, "c/c.log": LINE * 3}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def entries(target: Path) -> dict[str, dict[str, Any]]:
    """Give the lines of a manifest by their input."""
    _, *lines = manifest_of(str(target)).read_bytes().splitlines()
    return {one["input"]: one for one in map(json.loads, lines)}


def test_a_folder_of_odd_things(tmp_path: Path) -> None:
    """Its tree stays; what cannot be redacted is told of; nothing raw is anywhere."""
    source, target = odd_tree(tmp_path / "logs"), tmp_path / "out"
    told = Told()
    summary = redacted(SCRUBBER, source, target, watch=told)
    made = contents(target)
    assert made["app.log"] == CLEAN * 3
    assert made["home/[user]/x.log"] == b"opened /home/[user]/x\n"
    assert made["home/[user]~2/x.log"] == made["[email]/[email].log"] == b"ok\n"
    assert (made["A.log"], made["a~2.log"], made["empty.log"]) == (b"upper\n", b"lower\n", b"")
    assert made["hollow/deeper"] is None
    assert made["latin.log"] == b"caf\xe9 " + CLEAN
    assert (made["wide.log"] or b"").decode("utf-16") == CLEAN.decode()
    assert {name: one["state"] for name, one in entries(target).items() if not one["output"]} == {
        "broken": "listed",
        "core.bin": "listed",
        "cut.log.gz": "failed",
        "latest.log": "listed",
        "loop": "listed",
        "pipe": "listed",
        "socket": "listed",
    }
    assert (summary.failed, summary.wrong) == (1, True)
    for name, data in made.items():
        assert RAW.decode() not in name
        assert RAW not in (data or b"")
    assert RAW not in manifest_of(str(target)).read_bytes()
    assert told.begun == [(len(told.outcomes), sum(_sizes(source)))]
    assert told.ended == 1
    assert len(told.outcomes) == summary.files == len(entries(target))


def _sizes(source: Path) -> list[int]:
    files = [one for one in source.rglob("*") if one.is_file() and not one.is_symlink()]
    return [one.stat().st_size for one in files]


def test_a_second_run_does_nothing_twice(tmp_path: Path) -> None:
    """And leaves the same tree and the same manifest."""
    source, target = odd_tree(tmp_path / "logs"), tmp_path / "out"
    redacted(SCRUBBER, source, target)
    before = contents(tmp_path), (target / "app.log").stat().st_ino
    told = Told()
    summary = redacted(SCRUBBER, source, target, watch=told)
    assert (contents(tmp_path), (target / "app.log").stat().st_ino) == before
    assert not any(one.state == "done" for one in told.outcomes.values())
    assert summary.before == summary.states["done"] > 0


@pytest.mark.parametrize("how", ["grown", "touched", "output gone", "output cut", "line gone"])
def test_what_is_not_as_it_was_left_is_done_again(tmp_path: Path, how: str) -> None:
    """And only that."""
    source, target = tree(tmp_path / "logs"), tmp_path / "out"
    redacted(SCRUBBER, source, target)
    manifest = manifest_of(str(target))
    if how == "grown":
        (source / "a.log").write_bytes(LINE * 5)
    elif how == "touched":
        os.utime(source / "a.log", ns=(5, 5))
    elif how == "output gone":
        (target / "a.log").unlink()
    elif how == "output cut":
        os.truncate(target / "a.log", 3)
    else:
        lines = manifest.read_bytes().splitlines(keepends=True)
        manifest.write_bytes(b"".join(one for one in lines if b'"a.log"' not in one))
    told = Told()
    summary = redacted(SCRUBBER, source, target, watch=told)
    assert (list(told.outcomes), summary.before) == (["a.log"], 2)
    assert (target / "a.log").read_bytes() == CLEAN * (5 if how == "grown" else 1)
    assert list(entries(target)) == ["a.log", "b.log", "c/c.log"]


@pytest.mark.parametrize("how", ["policy", "unknown"])
def test_other_rules_do_everything_again(tmp_path: Path, how: str) -> None:
    """What was made with others may hold what these find."""
    source, target = tree(tmp_path / "logs"), tmp_path / "out"
    redacted(SCRUBBER, source, target)
    told = Told()
    other = Scrubber("strict", identity=Identity.none()) if how == "policy" else SCRUBBER
    job = {"unknown": "copy"} if how == "unknown" else {}
    redacted(other, source, target, watch=told, job=job)
    assert list(told.outcomes) == ["a.log", "b.log", "c/c.log"]


def test_what_was_made_of_a_file_that_fails_now_is_removed(tmp_path: Path) -> None:
    """It may have been made with weaker rules; what somebody else put there stays."""
    source, target = tree(tmp_path / "logs", **{"a.log.gz": b"", "b.log.gz": b""}), tmp_path / "out"
    redacted(SCRUBBER, source, target)
    assert sorted(contents(target)) == ["a.log.gz", "b.log.gz"]
    manifest_of(str(target)).write_bytes(
        b"".join(manifest_of(str(target)).read_bytes().splitlines(keepends=True)[:2])
    )
    for name in ("a.log.gz", "b.log.gz"):
        (source / name).write_bytes(b"\x1f\x8b\x08" + RAW)
    assert redacted(SCRUBBER, source, target).failed == 2
    assert sorted(contents(target)) == ["b.log.gz"]


def test_what_is_known_of_files_that_are_gone_is_kept(tmp_path: Path) -> None:
    """As long as what was made of them is there: logs are rotated away."""
    source, target = tree(tmp_path / "logs"), tmp_path / "out"
    redacted(SCRUBBER, source, target)
    (source / "a.log").unlink()
    (source / "b.log").unlink()
    (target / "b.log").unlink()
    redacted(SCRUBBER, source, target)
    assert list(entries(target)) == ["c/c.log", "a.log"]


def test_files_of_others_in_the_target_stay(tmp_path: Path) -> None:
    """But for those whose name is needed; a link is replaced, and not followed."""
    source, target = tree(tmp_path / "logs"), tmp_path / "out"
    tree(target, **{"mine.txt": b"mine", "a.log": b"old", "c/mine.txt": b"mine"})
    (tmp_path / "elsewhere").write_bytes(b"theirs")
    (target / "b.log").symlink_to(tmp_path / "elsewhere")
    redacted(SCRUBBER, source, target)
    assert (tmp_path / "elsewhere").read_bytes() == b"theirs"
    assert contents(target) == {
        "a.log": CLEAN,
        "b.log": CLEAN * 2,
        "c": None,
        "c/c.log": CLEAN * 3,
        "c/mine.txt": b"mine",
        "mine.txt": b"mine",
    }


def test_no_link_in_the_target_is_followed(tmp_path: Path) -> None:
    """A folder of it that leads elsewhere takes nothing."""
    source, target = tree(tmp_path / "logs", **{"c/d/c.log": LINE, "a.log": LINE}), tmp_path / "out"
    (tmp_path / "elsewhere").mkdir()
    target.mkdir()
    (target / "c").symlink_to(tmp_path / "elsewhere")
    told = Told()
    assert redacted(SCRUBBER, source, target, watch=told).failed == 3
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert told.outcomes["c/d/c.log"].reason == LINKED
    assert (target / "a.log").exists()


def test_names_that_are_in_the_way_fail_alone(tmp_path: Path) -> None:
    """A folder where a file goes, and a file where a folder goes."""
    source, target = tree(tmp_path / "logs"), tmp_path / "out"
    (target / "a.log").mkdir(parents=True)
    (target / "c").write_bytes(b"a file")
    assert redacted(SCRUBBER, source, target).failed == 3
    assert (target / "b.log").read_bytes() == CLEAN * 2
    assert list(target.glob(".scrubber-*")) == []


def test_what_a_stopped_run_left_is_removed(tmp_path: Path) -> None:
    """At the beginning of the next one; notes of another command stay."""
    source, target = tree(tmp_path / "logs"), tmp_path / "out"
    tree(target, **{".scrubber-1a": RAW, "c/.scrubber-2b-0": RAW, ".scrubber-retain.jsonl": b"{}"})
    redacted(SCRUBBER, source, target)
    left = [one.name for one in target.rglob(".scrubber*")]
    assert left == [".scrubber-retain.jsonl"]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """And tells what would be found; no target is needed for it."""
    source = odd_tree(tmp_path / "logs")
    for target in ("", str(tmp_path / "out")):
        told = Told()
        job = Job(SCRUBBER)
        summary = run([str(source)], target, job, engine=engine("local", 1), dry_run=True)
        assert [one.name for one in tmp_path.iterdir()] == ["logs"]
    real = redacted(SCRUBBER, source, tmp_path / "out", watch=told)
    assert summary.report == real.report
    assert summary.states == real.states


def test_several_sources_keep_apart(tmp_path: Path) -> None:
    """Files of the same name in folders of the same name, and one alone."""
    one, two = tree(tmp_path / "x" / "logs"), tree(tmp_path / "y" / "logs")
    target = tmp_path / "out"
    sources = [str(one), str(two), str(one / "a.log")]
    run(sources, str(target), Job(SCRUBBER), engine=engine("local", 1))
    made = {name for name, data in contents(target).items() if data is not None}
    names = {"a.log", "b.log", "c/c.log"}
    assert made == {f"{base}/{name}" for base in ("logs", "logs~2") for name in names} | {"a.log"}


@pytest.mark.parametrize("target", ["logs", "logs/out", "."])
def test_a_run_into_its_own_source_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """Before anything is written."""
    monkeypatch.chdir(tmp_path)
    tree(tmp_path / "logs")
    before = contents(tmp_path)
    with pytest.raises(ConfigError, match="lie in one another"):
        redacted(SCRUBBER, Path("logs"), Path(target))
    assert contents(tmp_path) == before


def test_a_target_that_cannot_be_made_is_told_of(tmp_path: Path) -> None:
    """A file is none."""
    source = tree(tmp_path / "logs")
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(ConfigError, match="the target cannot be made"):
        redacted(SCRUBBER, source, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_an_engine_that_says_nothing_has_done_nothing(tmp_path: Path) -> None:
    """Each file of which nothing was said has failed; what was said of others counts not at all."""
    source, target = tree(tmp_path / "logs"), tmp_path / "out"
    told = Told()
    odd = [Outcome(99, "done"), Outcome(1, "failed", reason="is odd"), Outcome(1, "done")]
    summary = redacted(SCRUBBER, source, target, engine=Silent(*odd), watch=told)
    assert summary.failed == 3
    reasons = {name: one.reason for name, one in told.outcomes.items()}
    assert reasons == {"a.log": NOT_DONE, "b.log": "is odd", "c/c.log": NOT_DONE}


def test_a_full_disk_fails_files_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that finds no room leaves nothing; the others are done."""
    source, target = tree(tmp_path / "logs"), tmp_path / "out"
    real = scrub_document

    def full(raw: Any, out: Any, context: Any) -> str:  # noqa: ANN401
        kind = real(raw, out, context)
        if context.name.endswith("b.log"):
            raise OSError(28, "No space left on device", str(target))
        return kind

    monkeypatch.setattr(one_file, "scrub_document", full)
    told = Told()
    assert redacted(SCRUBBER, source, target, watch=told).failed == 1
    assert told.outcomes["b.log"].reason == "cannot be redacted: no space left on device"
    assert [name for name, data in contents(target).items() if data] == ["a.log", "c/c.log"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes")
def test_files_too_large_for_the_disk_fail_alone(tmp_path: Path) -> None:
    """As the system itself refuses: the rest is done, and the manifest is whole."""
    import resource

    source, target = tree(tmp_path / "logs", **{"a.log": LINE, "big.log": LINE * 9999}), "out"
    child = os.fork()
    if child == 0:
        code = 1
        with suppress(BaseException):
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
            code = 10 + redacted(SCRUBBER, source, tmp_path / target).failed
        os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 11
    assert list(contents(tmp_path / target)) == ["a.log"]
    assert entries(tmp_path / target)["big.log"]["reason"].endswith("file too large")


def test_a_file_that_grows_while_it_is_read_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run has it, once it is at rest."""
    source, target = tree(tmp_path / "logs"), tmp_path / "out"
    real = scrub_document

    def growing(raw: Any, out: Any, context: Any) -> str:  # noqa: ANN401
        kind = real(raw, out, context)
        if context.name.endswith("a.log"):
            with (source / "a.log").open("ab") as log:
                log.write(LINE)
        return kind

    with monkeypatch.context() as patch:
        patch.setattr(one_file, "scrub_document", growing)
        assert redacted(SCRUBBER, source, target).failed == 1
    assert entries(target)["a.log"]["reason"] == CHANGED
    assert not (target / "a.log").exists()
    assert redacted(SCRUBBER, source, target).failed == 0
    assert (target / "a.log").read_bytes() == CLEAN * 2


def test_limits_reach_every_file(tmp_path: Path) -> None:
    """A bomb fails, and the rest is done."""
    import bz2

    source = tree(
        tmp_path / "logs", **{"a.log": LINE, "b.log.bz2": bz2.compress(b"\n" * 90_000_000)}
    )
    job = {"limits": Limits(ratio=1)}
    assert redacted(SCRUBBER, source, tmp_path / "out", job=job).failed == 1
    assert list(contents(tmp_path / "out")) == ["a.log"]


_STEPS = ("fsync", "replace", "write", "mkdir", "unlink", "ftruncate")


def _killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do something in a copy of this process that kills itself at a step; tell whether it did."""
    child = os.fork()
    if child == 0:
        left = [step]

        def counting(real: Callable[..., Any]) -> Callable[..., Any]:
            def counted(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **kwargs)

            return counted

        code = 1
        with suppress(BaseException):
            for name in _STEPS:
                setattr(os, name, counting(getattr(os, name)))
            work()
            code = 0
        os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL)
    return status != 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a copy of this process is killed")
def test_a_run_killed_at_any_step_ends_as_one_that_was_not(tmp_path: Path) -> None:
    """Tree and manifest are equal byte for byte; on the way nothing is named that is not whole."""
    source = tree(tmp_path / "logs")
    redacted(SCRUBBER, source, tmp_path / "whole" / "out")
    expected = contents(tmp_path / "whole")
    step, killed = 0, True
    while killed:
        here = tmp_path / f"killed-{step}"
        target = here / "out"
        here.mkdir()
        killed = _killed_at(step, partial(redacted, SCRUBBER, source, target))
        for name, data in contents(target).items():
            assert name.rpartition("/")[2].startswith(".scrubber-") or (
                data == expected[f"out/{name}"]
            )
            assert RAW not in (data or b"")
        redacted(SCRUBBER, source, target)
        assert contents(here) == expected
        step += 1
    assert step > 20


class Looking(Told):
    """Looks at what is there whenever a range was done."""

    def __init__(self, root: Path) -> None:
        """Take the folder of the run."""
        super().__init__()
        self.root, self.parts, self.seen = root, set[str](), 0

    def read(self, size: int) -> None:
        """See that nothing raw is in the target, and that ranges wait elsewhere."""
        super().read(size)
        self.seen += 1
        made = contents(self.root / "out")
        assert not any(RAW in (data or b"") for data in made.values())
        parts = self.root / "out.manifest.jsonl.parts"
        self.parts |= {one.name for one in parts.iterdir()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_raw_is_in_the_target_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """What is made of ranges waits beside the manifest; its bytes are told of once."""
    pytest.importorskip("hyperscan", reason="lines are told apart by Vectorscan")
    monkeypatch.setattr(whole, "cut", partial(ranges.cut, size=2000))
    monkeypatch.setattr(whole, "Joiner", partial(joining.Joiner, size=2000))
    monkeypatch.setattr(work, "OFTEN", 2000)
    text = (b"x" * 97 + b"\n" + LINE) * 400
    source = tree(tmp_path / "logs", **{"long.log": text, "a.log": LINE})
    watch = Looking(tmp_path)
    scrubber = Scrubber(identity=Identity.none(), engine="vector")
    summary = redacted(
        scrubber, source, tmp_path / "out", engine=engine("local", jobs), watch=watch
    )
    assert (summary.failed, watch.seen > 5 * (jobs > 1)) == (0, True)
    assert bool(watch.parts) == (jobs > 1)
    assert len(text) - 2000 < watch.bytes_read <= len(text)
    assert watch.told == len(text) + len(LINE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["logs", "out", "out.manifest.jsonl"]
    assert (tmp_path / "out" / "long.log").read_bytes() == text.replace(LINE, CLEAN)


@pytest.mark.parametrize("source", ["gone", "memory://nowhere/gone"])
def test_a_source_that_is_not_there_is_refused(tmp_path: Path, source: str) -> None:
    """Before anything is written; by its number, since a name may say who."""
    if "://" in source:
        pytest.importorskip("fsspec", reason="fsspec is not installed")
    else:
        source = str(tmp_path / source)
    logs = tree(tmp_path / "logs")
    before = contents(tmp_path)
    for dry_run in (False, True):
        with pytest.raises(ConfigError, match="source 2 of 2: is not there"):
            run(
                [str(logs), source],
                str(tmp_path / "out"),
                Job(SCRUBBER),
                engine=engine("local", 1),
                dry_run=dry_run,
            )
    with pytest.raises(ConfigError, match="the source: is not there"):
        check([source], Job(SCRUBBER), engine=engine("local", 1))
    assert contents(tmp_path) == before


def test_who_only_looks_makes_no_key(tmp_path: Path) -> None:
    """A dry run and a check of pseudonyms leave nothing behind; a run makes the key it needs."""
    place = tmp_path / "pseudonyms.key"
    scrubber = Scrubber(Policy("keyed", operator="pseudonym"), key=place, identity=Identity.none())
    logs = tree(tmp_path / "logs")
    before = contents(tmp_path)
    for jobs in (1, 2):
        found = redacted(
            scrubber, logs, tmp_path / "out", dry_run=True, engine=engine("local", jobs)
        )
        assert found.report.findings == 6
        checked = check([str(logs)], Job(scrubber), engine=engine("local", jobs))
        assert checked.failed == 3
        assert contents(tmp_path) == before
    assert redacted(scrubber, logs, tmp_path / "out").failed == 0
    assert place.exists()
    assert check([str(tmp_path / "out")], Job(scrubber), engine=engine("local", 1)).failed == 0
