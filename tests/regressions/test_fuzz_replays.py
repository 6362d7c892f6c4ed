"""What a fuzzer found once is tried again on every run, with and without the fuzzer.

A case is a file of `tests/regressions/fuzz/TARGET`: its name says nothing, and its bytes are shown
to nobody. One that cannot hold yet is listed in `tests.fuzz.known.OPEN` with the reason, and must
still fail: a case that was mended is taken off the list.
"""

from __future__ import annotations

import pytest

from tests.fuzz.broken import failure_of
from tests.fuzz.known import OPEN, STORED
from tests.fuzz.targets import TARGETS


def stored() -> list[str]:
    """Give every case, as its target and its file."""
    return sorted(f"{one.parent.name}/{one.name}" for one in STORED.glob("*/*") if one.is_file())


@pytest.mark.parametrize("case", stored())
def test_a_case_that_was_found_holds(case: str) -> None:
    """The promises of its target hold, or it is listed with the one that does not."""
    target = TARGETS[case.partition("/")[0]]
    said = failure_of(target.check, (STORED / case).read_bytes())
    assert said == OPEN.get(case, "")


def test_a_case_that_is_listed_is_stored() -> None:
    """And each folder is that of a target."""
    cases = stored()
    assert OPEN.keys() <= set(cases)
    assert {case.partition("/")[0] for case in cases} <= TARGETS.keys()
