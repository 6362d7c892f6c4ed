"""A real cluster of Ray, with two workers: the same files and tables as here."""

from __future__ import annotations

import logging
import pickle
from typing import TYPE_CHECKING

import pytest

ray = pytest.importorskip("ray", reason="Ray is not installed")
pytest.importorskip("ray.data", reason="Ray Data is not installed")

import pyarrow as pa  # noqa: E402  # after what is skipped

from scrubber.archive.engines import engine  # noqa: E402
from scrubber.archive.tasks import Job  # noqa: E402
from scrubber.columns import scrub_table  # noqa: E402
from scrubber.columns.ray import redact  # noqa: E402
from scrubber.errors import ConfigError  # noqa: E402
from tests.extras import cluster_cases as cases  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Two workers, whose environment holds a secret that the driver does not have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.delenv("SCRUBBER_NO_IDENTITY", raising=False)
        patch.delenv("RAY_ADDRESS", raising=False)
        names = {"WORKER_API_TOKEN": cases.SECRET, "SCRUBBER_NO_IDENTITY": "0"}
        ray.init(
            num_cpus=2,
            include_dashboard=False,
            _node_ip_address="127.0.0.1",
            log_to_driver=False,
            logging_level=logging.ERROR,
            runtime_env={"env_vars": names},
        )
        yield
        ray.shutdown()


def test_files_are_those_of_the_local_engine(tmp_path: Path) -> None:
    """Bytes, outcomes and pseudonyms; the workers look for nothing of their machine."""
    cases.check_same_as_local(tmp_path, engine("ray", 2), "ray")
    assert ray.is_initialized()


@pytest.mark.parametrize("times", [1, 2])
def test_a_file_that_ends_workers_fails_alone(tmp_path: Path, times: int) -> None:
    """One killed worker costs nothing; the second one is enough."""
    cases.check_killed(tmp_path, engine("ray", 2), times)


def test_no_tasks_need_no_worker(tmp_path: Path) -> None:
    """An empty folder."""
    job = Job(cases.scrubber(tmp_path))
    assert list(engine("ray", 2).outcomes(iter(()), job)) == []


@pytest.mark.parametrize("columns", [None, ["message"], ["raw", "notes"]])
def test_a_data_set_is_scrubbed_as_a_table_is(tmp_path: Path, columns: list[str] | None) -> None:
    """Each cell, in several blocks; names and key of the driver, none of the worker."""
    one = cases.scrubber(tmp_path)
    expected = scrub_table(cases.TABLE, columns, scrubber=one)
    given = ray.data.from_arrow([cases.TABLE.slice(0, 2), cases.TABLE.slice(2)])
    found = pa.concat_tables(ray.get(redact(given, columns, scrubber=one).to_arrow_refs()))
    assert found.combine_chunks().equals(expected.combine_chunks())
    assert cases.SECRET in str(found["message"].to_pylist())


def test_a_scrubber_is_made_once_in_a_worker(tmp_path: Path) -> None:
    """However many blocks there are."""
    one = cases.scrubber(tmp_path)
    blocks = [pa.table({"a": [f"mail user{number}@example.com"]}) for number in range(20)]

    def made(table: pa.Table) -> pa.Table:
        import os

        from scrubber.columns.carried import _made

        return table.append_column("made", [[len(_made)]]).append_column("pid", [[os.getpid()]])

    done = redact(ray.data.from_arrow(blocks), scrubber=one)
    rows = done.map_batches(made, batch_format="pyarrow", batch_size=None).take_all()
    assert len(rows) == 20
    assert all(row["a"].startswith("mail [email:~") for row in rows)
    assert len({row["pid"] for row in rows}) < 20


def test_an_error_holds_no_cell(tmp_path: Path) -> None:
    """Neither of the cell that failed, nor of another."""
    one = cases.scrubber(tmp_path)
    table = pa.table({"id": [1], "message": ["jane@example.com"]})
    for columns in (["id"], ["nothing"]):
        with pytest.raises(Exception) as raised:  # noqa: PT011  # of Ray
            redact(ray.data.from_arrow(table), columns, scrubber=one).take_all()
        assert "jane" not in str(raised.value)
    with pytest.raises(TypeError, match="Dataset"):
        redact(table)
    with pytest.raises(TypeError, match="list of names"):
        redact(ray.data.from_arrow(table), "message")


def test_what_is_sent_shows_nothing(tmp_path: Path) -> None:
    """A repr in a log of the cluster; and compressed, a name is not found by whoever looks."""
    from scrubber.columns.carried import Carried

    carried = Carried(cases.scrubber(tmp_path).for_workers())
    assert repr(carried) == "Carried()"
    assert b"kvortex9" not in pickle.dumps(carried)


def test_workers_that_cannot_begin_are_told_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not file by file: where the package is missing there, nothing can be done."""

    def broken(_carried: object) -> bool:
        raise ModuleNotFoundError("jane@example.com")

    monkeypatch.setattr("scrubber.archive.engines.ray._begun", broken)
    outcomes = engine("ray", 2).outcomes(
        cases.tree(tmp_path, "none"), Job(cases.scrubber(tmp_path))
    )
    with pytest.raises(ConfigError, match="cannot begin") as raised:
        next(iter(outcomes))
    assert raised.value.__context__ is None
    assert not (tmp_path / "none").exists()
