"""
Where something leaked or was damaged, and one case with what became of it.

Promise: the list never shows a value. One case is shown whole: everything in it is made from a
seed and nobody's.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from . import cases as corpus
from .judging import Reference
from .running import outputs_of
from .systems import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .cases import Case
    from .running import Outcome
    from .systems import System

NO_PLACE: Final = "(text)"
LAST: Final = 100_000
"""All cases before one are made to give it: so far, and no farther."""


def survivors(outcome: Outcome) -> Iterator[str]:
    """Give a line for each value that leaked and each string that is gone: no value, no length.

    The columns: system, what happened, case, sort, encoding, place.
    """
    for system, (_, scores) in outcome.systems.items():
        for one in scores.survivors:
            what = "part" if one.part else "leak"
            told = (
                system.id,
                what,
                one.case,
                ", ".join(one.sorts),
                one.encoding,
                one.where or NO_PLACE,
            )
            yield "\t".join(told)
        for gone in scores.damages:
            yield "\t".join((system.id, "damage", gone.case, "", "", gone.where or NO_PLACE))


def found(case_id: str, seed: int | None) -> Case:
    """Return a case by its id.

    Raises:
        ValueError: there is none.
    """
    split, _, number = case_id.partition("-")
    if split in corpus.SPLITS and number.isdecimal() and int(number[:9]) <= LAST:
        of = corpus.SEED if seed is None else seed
        for case in corpus.cases(split, seed=of, size=max(corpus.SIZE, int(number) + 1)):
            if case.id == case_id:
                return case
    raise ValueError(f"no case {case_id}; they are called dev-17 or test-17")


def shown(case: Case, systems: Sequence[System], pythons: Mapping[str, str]) -> Iterator[str]:
    """Give a case and what each system makes of it, as text.

    Args:
        case: which.
        systems: which.
        pythons: the interpreters of some, by id.
    """
    yield f"# {case.id}: {case.kind}, {case.shape} (made from a seed; nobody's data)"
    yield written(case.content)
    for label in case.labels:
        yield f"- {label.sort}, {label.encoding}: {label.value!r} at {list(label.path)}"
    reference = Reference(case)
    with ExitStack() as stack:
        remotes, missing = opened(stack, systems, pythons)
        for system, remote in remotes.items():
            outputs, errors = outputs_of(remote, [case])
            output = None if errors[0] else outputs[0]
            verdict = reference.judge(output)
            yield f"\n## {system.name} {remote.version}"
            yield errors[0] or written(output)
            for one in verdict.survivors:
                what = "part" if one.part else "leak"
                yield f"- {what}: {', '.join(one.sorts)}, {one.encoding}, {one.where}"
            for gone in verdict.damages:
                yield f"- damage: {gone.where}"
        for absent in missing:
            yield f"\n## {absent.system.name}\n{absent.reason}"


def written(content: Any) -> str:  # noqa: ANN401  # JSON
    """Return an event as JSON, a text as it is."""
    if isinstance(content, str):
        return content
    return json.dumps(content, indent=1, ensure_ascii=False)
