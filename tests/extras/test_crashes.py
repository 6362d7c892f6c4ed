"""Programs crash under the real SDK, over HTTP: nothing planted arrives, what is needed does.

Each program runs twice in processes of its own, raw and scrubbed. The raw run proves that the
values would have arrived, and tells what must stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="the libraries of the programs: tests/extras/run.py crashes")

from tests.extras.crashes.judging import Verdict, judge
from tests.extras.crashes.planted import NATURAL, STREWN, needles, planted
from tests.extras.crashes.running import Program, programs, run
from tests.extras.crashes.server import IngestServer, read_envelope

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = programs()
FEWEST = 30
SHARE = 0.99


@pytest.fixture(scope="module")
def server() -> Iterator[IngestServer]:
    """One server for all programs."""
    with IngestServer() as running:
        yield running


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    """What was found in each program so far."""
    return {}


def test_there_are_enough_programs() -> None:
    """At least thirty, and every planted value is planted by one of them or by the machine."""
    assert len(PROGRAMS) >= FEWEST
    by_programs = {name for program in PROGRAMS for name in program.plants}
    by_machine = {name for name, one in planted(NATURAL).items() if one.known == "machine"}
    assert set(planted(NATURAL)) - by_programs - by_machine == set()


def test_families_share_only_the_machine() -> None:
    """What is learned from a strewn value cannot hide a natural one."""
    both = {name for name in planted(NATURAL) if planted(NATURAL)[name] == planted(STREWN)[name]}
    assert both == {
        name
        for name, one in planted(NATURAL).items()
        if one.known == "machine" or name.startswith("argv_")
    }


@pytest.mark.parametrize("form", sorted({needle.form for needle in needles()}))
def test_every_form_is_found(form: str) -> None:
    """A needle of each form is seen in a text that holds it, and not in another."""
    needle = next(one for one in needles() if one.form == form)
    text = f"before {needle.text} after"
    assert needle.stands_in(text, text.lower())
    assert not needle.stands_in("before after", "before after")


def test_items_are_cut_by_their_lengths() -> None:
    """A binary item with newlines in it does not end early."""
    raw = b'{}\n{"type":"attachment","length":5}\na\nb\n\x00\n{"type":"event"}\n{"level":"info"}\n'
    envelope = read_envelope(raw)
    assert [item.payload for item in envelope.items] == [b"a\nb\n\x00", b'{"level":"info"}']


@pytest.mark.parametrize("program", PROGRAMS, ids=[program.name for program in PROGRAMS])
def test_nothing_planted_arrives(
    program: Program, server: IngestServer, verdicts: dict[str, Verdict]
) -> None:
    """No planted value in any form, in any byte of any envelope; the raw run has them all."""
    if program.missing():
        pytest.skip(f"not installed: {', '.join(program.missing())}")
    raw, scrubbed = run(program, server, raw=True), run(program, server, raw=False)
    verdict = verdicts[program.name] = judge(program, raw, scrubbed)
    assert verdict.unplanted == ()
    assert verdict.leaks == ()


def test_what_a_debugger_needs_stays(verdicts: dict[str, Verdict]) -> None:
    """Of types, functions, modules, lines, files and words of messages, at least 99 % arrive."""
    if not verdicts:
        pytest.skip("no program has run")
    kept = sum(verdict.kept for verdict in verdicts.values())
    gone = sum(verdict.gone for verdict in verdicts.values())
    for name, verdict in verdicts.items():
        print(f"{name:26}{verdict.kept:6}{verdict.gone:6}")
    assert kept / (kept + gone) >= SHARE
    assert [name for name, verdict in verdicts.items() if verdict.kept < verdict.gone] == []
