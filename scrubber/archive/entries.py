"""
A line of a manifest: what became of one file.

Promise: what is no such line is read as none, never as a file that is done.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from scrubber.archive.found import Found
from scrubber.archive.tasks import Outcome
from scrubber.report import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a run.

    Attributes:
        input: its name, scrubbed.
        id: the keyed hash of its name.
        size: its bytes, as they were found.
        mtime_ns: when it was last written, as far as that is known; else 0.
        output: what was made of it, below the target; "" where nothing was.
        outcome: what became of it; its index says nothing.
    """

    input: str
    id: str
    size: int
    mtime_ns: int
    output: str
    outcome: Outcome

    def line(self) -> bytes:
        """Write it as a line."""
        one, found = self.outcome, self.outcome.found
        value: dict[str, Any] = {
            "input": self.input,
            "id": self.id,
            "size": self.size,
            "mtime_ns": self.mtime_ns,
            "sha256": one.sha256,
            "state": one.state,
            "kind": one.kind,
            "reason": one.reason,
            "output": self.output,
            "written": one.written,
            "lines": found.lines,
            "failures": found.report.failures,
            "counts": {
                f"{entity}/{rule}": count
                for (entity, rule), count in sorted(found.report.counts.items())
            },
            "hours": dict(sorted(found.hours.items())),
            "members": dict(sorted(found.members.items())),
        }
        return json.dumps(value).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Entry | None:
        """Read a line; None for what is none."""
        one = _object(line)
        try:
            found = Found(
                Report(
                    {_key(name): _count(count) for name, count in one["counts"].items()},
                    _count(one["failures"]),
                ),
                _count(one["lines"]),
            )
            found.hours.update({_text(hour): _count(n) for hour, n in one["hours"].items()})
            found.members.update({_text(state): _count(n) for state, n in one["members"].items()})
            outcome = Outcome(
                0,
                _text(one["state"]),
                _text(one["kind"]),
                _text(one["reason"]),
                _text(one["sha256"]),
                _count(one["written"]),
                found,
            )
            return cls(
                _text(one["input"]),
                _text(one["id"]),
                _count(one["size"]),
                _count(one["mtime_ns"]),
                _text(one["output"]),
                outcome,
            )
        except (LookupError, TypeError, ValueError, AttributeError):
            return None


def _object(line: bytes) -> dict[str, Any]:
    """Read a line; {} for what is none."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _key(name: str) -> tuple[str, str]:
    entity, _, rule = name.partition("/")
    return entity, rule


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value
