"""A real Spark on this machine, with two cores: the same files and tables as here."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pyspark", reason="Spark is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java, and there is none", allow_module_level=True)

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from scrubber.archive.engines import engine
from scrubber.archive.tasks import Job
from scrubber.columns import scrub_table
from scrubber.columns.spark import redact
from scrubber.errors import ConfigError
from tests.extras import cluster_cases as cases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module", autouse=True)
def session() -> Iterator[SparkSession]:
    """Two cores; the environment of the workers holds a secret that the driver does not have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SCRUBBER_NO_IDENTITY", raising=False)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        built = (
            SparkSession.builder.master("local[2]")
            .appName("crashscrub")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.executorEnv.WORKER_API_TOKEN", cases.SECRET)
            .config("spark.executorEnv.SCRUBBER_NO_IDENTITY", "0")
            .getOrCreate()
        )
        built.sparkContext.setLogLevel("OFF")
        yield built
        built.stop()


def test_files_are_those_of_the_local_engine(tmp_path: Path, session: SparkSession) -> None:
    """Bytes, outcomes and pseudonyms; the workers look for nothing of their machine."""
    cases.check_same_as_local(tmp_path, engine("spark", 2), "spark")
    assert SparkSession.getActiveSession() is session


@pytest.mark.parametrize("times", [1, 99])
def test_a_file_that_ends_workers_fails_alone(tmp_path: Path, times: int) -> None:
    """One killed worker costs nothing; the second time its file is alone is enough."""
    cases.check_killed(tmp_path, engine("spark", 2), times)


def test_no_tasks_need_no_worker(tmp_path: Path) -> None:
    """An empty folder."""
    job = Job(cases.scrubber(tmp_path))
    assert list(engine("spark", 2).outcomes(iter(()), job)) == []


@pytest.mark.parametrize("columns", [None, ["message"], ["raw", "notes"]])
def test_a_frame_is_scrubbed_as_a_table_is(
    tmp_path: Path, session: SparkSession, columns: list[str] | None
) -> None:
    """Each cell, in several partitions; names and key of the driver, none of the worker."""
    one = cases.scrubber(tmp_path)
    expected = scrub_table(cases.TABLE, columns, scrubber=one)
    schema = from_arrow_schema(cases.TABLE.schema)
    rows = [tuple(row.values()) for row in cases.TABLE.to_pylist()]
    frame = session.createDataFrame(rows, schema).repartition(3)
    done = redact(frame, columns, scrubber=one)
    assert done.schema == from_arrow_schema(expected.schema)
    found = sorted((row.asDict() for row in done.collect()), key=lambda row: row["id"] or 9)
    assert [{**row, "raw": row["raw"] and bytes(row["raw"])} for row in found] == (
        expected.to_pylist()
    )
    assert cases.SECRET in str(found)


def test_what_is_wrong_with_columns_is_told_at_once(tmp_path: Path, session: SparkSession) -> None:
    """Before a cluster is at work; errors hold no cell."""
    one = cases.scrubber(tmp_path)
    frame = session.createDataFrame([(1, "jane@example.com")], "id int, message string")
    with pytest.raises(TypeError, match="can hold no text"):
        redact(frame, ["id"], scrubber=one)
    with pytest.raises(KeyError, match="the name of no column"):
        redact(frame, ["nothing"], scrubber=one)
    with pytest.raises(TypeError, match="list of names"):
        redact(frame, "message", scrubber=one)
    with pytest.raises(TypeError, match="DataFrame"):
        redact("x")


def test_metadata_of_columns_is_scrubbed(tmp_path: Path, session: SparkSession) -> None:
    """What is written about a column names people, too; nullability stays."""
    from pyspark.sql.types import StringType, StructField, StructType

    note = {"comment": "ask jane@example.com", "n": 3}
    schema = StructType([StructField("message", StringType(), nullable=False, metadata=note)])
    done = redact(session.createDataFrame([("x",)], schema), scrubber=cases.scrubber(tmp_path))
    (field,) = done.schema.fields
    assert (field.name, field.nullable, field.metadata["n"]) == ("message", False, 3)
    assert field.metadata["comment"].startswith("ask [email:~")
    assert done.collect()[0]["message"] == "x"


def test_workers_that_cannot_begin_are_told_of_once(
    tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not file by file: where the package is missing there, nothing can be done."""
    monkeypatch.setattr(session.sparkContext, "pythonExec", str(tmp_path / "no-python"))
    outcomes = engine("spark", 2).outcomes(
        cases.tree(tmp_path, "none"), Job(cases.scrubber(tmp_path))
    )
    with pytest.raises(ConfigError, match="cannot begin") as raised:
        next(iter(outcomes))
    assert raised.value.__context__ is None
    assert not (tmp_path / "none").exists()
