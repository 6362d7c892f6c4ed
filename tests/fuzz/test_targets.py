"""The targets hold on what a fuzzer begins with, and notice what does not hold."""

from __future__ import annotations

import re
from itertools import islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import event
from tests.fuzz.broken import BrokenError, failure_of, holds
from tests.fuzz.drawing import Draw, written
from tests.fuzz.minimise import minimised
from tests.fuzz.targets import TARGETS, dictionary

SECRET = "a1b2" * 6


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_on_its_seeds(name: str) -> None:
    """A few of what it begins with; a fuzzer tries all."""
    target = TARGETS[name]
    seeds = [seed[: target.longest] for seed in islice(target.seeds(), 400)]
    failed = {failure_of(target.check, seed) for seed in Random(1).sample(seeds, 2)}  # noqa: S311
    assert failed == {""}


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("data", [b"", b"\0", b"\xff", b"\0\0\0\0", b"\1" * 9], ids=repr)
def test_a_target_takes_the_shortest_inputs(name: str, data: bytes) -> None:
    """What a fuzzer tries first."""
    assert failure_of(TARGETS[name].check, data) == ""


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
        ),
        max_leaves=20,
    )
)
def test_what_is_written_is_drawn_again(value: object) -> None:
    """A structure can stand in a corpus."""
    assert Draw(written(value), deepest=99).value() == value


@given(st.binary(max_size=99))
def test_any_bytes_are_a_report(data: bytes) -> None:
    """And the same one each time."""
    assert event.read(data) == event.read(data)


def test_a_failure_says_nothing_of_the_data() -> None:
    """Neither its promise, nor an error that quotes the data."""

    def quoting(data: bytes) -> None:
        raise ValueError(data.decode())

    said = failure_of(quoting, SECRET.encode())
    assert said == "ValueError in quoting of test_targets.py"
    with pytest.raises(BrokenError, match="it is so"):
        holds("it is so", fact=False)


def test_a_case_is_made_small() -> None:
    """What a failure does not need is left out; what it needs stays."""

    def check(data: bytes) -> None:
        holds("no x before y", not re.search(rb"x.*y", data))

    assert minimised(check, b"1234x567890ab" * 3 + b"y1234" * 5) == b"xy"


def test_the_dictionary_is_one_that_libfuzzer_reads() -> None:
    """Each line is a quoted word of escapes."""
    lines = dictionary().splitlines()
    assert len(lines) > 500
    assert [one for one in lines if not re.fullmatch(r'"(?:\\x[0-9A-F]{2})+"', one)] == []


RULE = """[[rule]]
id = "fuzz.one"
entity = "FUZZ"
description = "One."
confidence = 0.9
pattern = '(?:a{1,50}){1,50}b'
match = ["«a»", "«b»"]
no_match = ["c", "d"]
"""


def _cut_off(*_: object) -> None:
    raise EOFError


FAULTS = {
    "text": ("scrubber.segments.resolve", lambda *_, **__: [], b"\0mail jane@example.com"),
    "event": ("scrubber.Scrubber.scrub", lambda *_, **__: None, b"\0\0"),
    "chunks": (
        "scrubber.stream.Stream.finish",
        lambda stream: "".join(stream._chunks[:9]),  # noqa: SLF001
        b"\1\1\0\0\0one and another, and more",
    ),
    "views": ("tests.fuzz.views.encoded_lines", lambda _: [], b"\0a%40b"),
    "files": ("tests.fuzz.files.read_chunks", _cut_off, b"\0a"),
    "rule_file": ("scrubber.ruleset.linear.problems", lambda _: [], b"\1" + RULE.encode()),
}
SAID = {
    "text": "what is claimed is covered",
    "event": "not: nothing is sent",
    "chunks": "chunks change nothing",
    "views": "a line with views is told",
    "files": "EOFError in _cut_off of test_targets.py",
    "rule_file": "an accepted pattern is linear",
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_target_notices_a_planted_fault(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One way to break each promise, and what the target says of it."""
    where, fault, data = FAULTS[name]
    check = TARGETS[name].check
    assert failure_of(check, data) == ""
    monkeypatch.setattr(where, fault)
    assert failure_of(check, data) == SAID[name]
