"""What is timed: the same lines for the same seed, and in them what definitions.toml says."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from benchmarks import corpora
from benchmarks.archive_files import own, repeated, training_lines, write
from benchmarks.run import load
from scrubber import Identity, Scrubber

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GENERATORS = (
    corpora.training,
    corpora.mixed,
    corpora.even,
    corpora.bars,
    corpora.service,
)


@pytest.fixture(scope="module")
def reference() -> Scrubber:
    """Return the engine that says what is right."""
    return Scrubber(engine="reference", identity=Identity.none())


@pytest.mark.parametrize("generate", GENERATORS, ids=lambda one: str(one.__name__))
def test_the_same_seed_gives_the_same_lines(generate: Callable[[int, int], list[str]]) -> None:
    """And another seed others; a longer text begins with the shorter one."""
    assert generate(1, 50) == generate(1, 50)
    assert generate(1, 50) != generate(2, 50)
    assert generate(1, 50)[:20] == generate(1, 20)
    assert len(generate(1, 50)) == 50


@pytest.mark.parametrize(
    ("lines", "planted"),
    [
        (corpora.training(21, 60), 0),
        (corpora.mixed(21, 60), 6),
        (corpora.even(21, 60), 0),
        (corpora.bars(21, 40), 0),
        (corpora.service(21, 80), corpora.service_findings(21, 80)),
        (corpora.dense(21, 5, 0), 0),
        (corpora.dense(21, 5, 1), 5),
        (corpora.dense(21, 5, 20), 100),
    ],
    ids=["training", "mixed", "even", "bars", "service", "dense 0", "dense 1", "dense 20"],
)
def test_each_planted_piece_is_one_finding(
    reference: Scrubber, lines: list[str], planted: int
) -> None:
    """Line by line, and in one block."""
    assert sum(len(reference.scan(line)) for line in lines) == planted
    assert len(reference.scan("\n".join(lines))) == planted


def test_even_lines_are_even() -> None:
    """In bytes, since that is what is scanned; and no two are equal."""
    lines = corpora.even(3, 500)
    assert {len(line.encode()) for line in lines} == {corpora.LINE}
    assert len(set(lines)) > 490


def test_dense_lines_differ_in_what_is_planted_only() -> None:
    """So that the length of a line does not change its time."""
    lengths = {len(line) for count in (0, 5, 20) for line in corpora.dense(6, 5, count)}
    assert len(lengths) == 1


def test_definitions_say_what_is_planted() -> None:
    """The count of the generator is the count of the file."""
    stated = {one.name: one.findings for one in load()}
    service = next(one for one in load() if one.corpus == "service")
    assert stated["service log"] == corpora.service_findings(service.seed, service.lines)
    assert stated["1 line in 10 personal"] == 200
    assert all(one.findings == 0 for one in load() if one.name.startswith("clean"))


def test_an_archive_is_whole_copies_of_its_lines(tmp_path: Path) -> None:
    """So that its count of findings is that of one copy, times the copies."""
    lines = ["2025-03-14 09:26:53 one", "03-14 16:13:38.811 two", "three"]
    same = list(repeated(lines, 200, lambda line, _: line))
    assert same == lines * (len(same) // 3)
    count, size = write(same, tmp_path / "x.log")
    assert count == len(same)
    assert size >= 200


def test_lines_of_their_own_are_never_equal() -> None:
    """Each has another time, where it has one, and another number."""
    lines = list(repeated(["2025-03-14 09:26:53 one", "two"], 5000, own))
    assert len(set(lines)) == len(lines)
    assert lines[0] == "2025-03-14 00:00:00 one seq=00000000"
    assert lines[2] == "2025-03-14 00:00:02 one seq=00000002"
    assert lines[3] == "two seq=00000003"


def test_a_training_log_does_not_repeat_itself() -> None:
    """Each thousand lines is drawn from another seed."""
    lines = list(training_lines(400_000))
    thousands = [lines[at : at + 1000] for at in range(0, len(lines), 1000)]
    assert len(thousands) > 2
    assert all(one != other for one, other in pairwise(thousands))
