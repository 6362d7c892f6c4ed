"""
What a run over folders came to, in numbers.

It takes no more memory for a million files than for a thousand: of files, it keeps the ones that
somebody would look at, and adds up the rest. Keeping every line was rejected: the manifest does.

Promise: names of files are shown as they are given to it, so they are given scrubbed; apart from
them it holds names of entities, rules, hours and states, words of ours and counts. It is the same
whatever the order in which files were done.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from scrubber.archive.kept import KEPT, Kept
from scrubber.archive.warned import Warned
from scrubber.report import Report

if TYPE_CHECKING:
    from scrubber.archive.tasks import Outcome

SHARE: Final = 0.2
"""Share of a file's lines beyond which a rule hits more than one expects."""
FEWEST_LINES: Final = 100
"""Lines below which a share says nothing."""

Mode = Literal["redact", "dry-run", "verify"]


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of one file.

    Attributes:
        name: its name, scrubbed.
        state: as in `scrubber.archive.tasks.Outcome`.
        reason: why it failed or was listed, in words of ours, or "".
        size: its bytes, as it was found.
        findings: findings in it.
        failures: units of it that could not be scrubbed.
    """

    name: str
    state: str
    reason: str
    size: int
    findings: int
    failures: int


def _by_name(one: Warned) -> tuple[str, str, int]:
    return (one.file, one.reason, one.count)


def _by_share(one: Warned) -> tuple[float, str, str]:
    return (-one.count / one.lines, one.file, one.rule)


def _by_count(one: Warned) -> tuple[int, str]:
    return (-one.count, one.file)


def _by_findings(one: FileLine) -> tuple[int, str, int, str, str]:
    return (-one.findings, one.name, one.size, one.state, one.reason)


@dataclass(slots=True)
class Summary:
    """Totals over the files of a run.

    Attributes:
        mode: what was done: `redact`, `dry-run` or `verify`.
        engine: where: `local`, `ray` or `spark`.
        rules: the word for the rules, policy and key that were used; see
            `scrubber.retention.made_with`.
        version: of this package.
        seconds: how long it took.
        report: findings by entity and rule, and units that failed.
        hours: findings by hour, as in `scrubber.archive.found.Found`.
        members: files in archives, by what became of them.
        states: files by what became of them.
        kinds: files by the format they were read as.
        before: files that a run before this one had done.
        size: bytes of the files, as they were found; those done before, too.
        size_before: bytes of the files that a run before this one had done.
        written: bytes of what was made of them.
        lines: lines, rows, cells or values that were looked at.

    >>> from scrubber.archive.tasks import Outcome
    >>> summary = Summary(engine="local")
    >>> summary.add("app.log", 100, Outcome(0, "done", kind="text"))
    >>> summary.files, dict(summary.states), summary.warnings()
    (1, {'done': 1}, [])
    """

    mode: Mode = "redact"
    engine: str = "local"
    rules: str = ""
    version: str = ""
    seconds: float = 0.0
    report: Report = field(default_factory=Report)
    hours: Counter[str] = field(default_factory=Counter)
    members: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    before: int = 0
    size: int = 0
    size_before: int = 0
    written: int = 0
    lines: int = 0
    _hit: Kept[FileLine] = field(default_factory=lambda: Kept(_by_findings))
    _warned: dict[str, Kept[Warned]] = field(
        default_factory=lambda: {
            "failed": Kept(_by_name),
            "units": Kept(_by_count),
            "share": Kept(_by_share),
            "listed": Kept(_by_name),
        }
    )

    def add(self, name: str, size: int, outcome: Outcome, *, before: bool = False) -> None:
        """Take note of a file.

        Args:
            name: its name, scrubbed.
            size: its bytes, as it was found.
            outcome: what became of it; never a range of it.
            before: a run before this one had done it.
        """
        found = outcome.found
        report = found.report
        self.report += report
        self.hours.update(found.hours)
        self.members.update(found.members)
        self.states[outcome.state] += 1
        if outcome.kind:
            self.kinds[outcome.kind] += 1
        self.before += before
        self.size += size
        self.size_before += size if before else 0
        self.written += outcome.written
        self.lines += found.lines
        if report.findings:
            line = FileLine(
                name, outcome.state, outcome.reason, size, report.findings, report.failures
            )
            self._hit.add(line)
        self._warn(name, outcome)

    @property
    def files(self) -> int:
        """How many files there were."""
        return sum(self.states.values())

    @property
    def failed(self) -> int:
        """How many files failed."""
        return self.states["failed"]

    @property
    def wrong(self) -> bool:
        """Whether a file failed, or a unit of one could not be scrubbed."""
        return bool(self.failed or self.report.failures)

    @property
    def by_rule(self) -> dict[str, int]:
        """Findings by rule, most frequent first, then by name."""
        counts: Counter[str] = Counter()
        for (_, rule), count in self.report.counts.items():
            counts[rule] += count
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def speed(self) -> float:
        """Bytes that were done in a second of this run; 0 where no time went by."""
        return (self.size - self.size_before) / self.seconds if self.seconds > 0 else 0.0

    @property
    def files_hit(self) -> int:
        """How many files hold findings."""
        return self._hit.count

    def by_file(self, most: int = KEPT) -> list[FileLine]:
        """Give the files with the most findings, most first, then by name.

        Args:
            most: how many, at most `KEPT`.
        """
        return self._hit.first()[:most]

    def warnings(self) -> list[Warned]:
        """Give what a person should look at: failures first, then units, shares, listed files.

        Returns:
            At most `KEPT` of each kind; `warned` counts them all.
        """
        return [one for kept in self._warned.values() for one in kept.first()]

    @property
    def warned(self) -> dict[str, int]:
        """How many warnings of each kind there are; kinds without one are left out."""
        return {kind: kept.count for kind, kept in self._warned.items() if kept.count}

    def to_json(self) -> dict[str, Any]:
        """Give all of it as values that JSON knows."""
        return {
            "mode": self.mode,
            "engine": self.engine,
            "rules": self.rules,
            "version": self.version,
            "seconds": round(self.seconds, 3),
            "files": self.files,
            "files_done_before": self.before,
            "bytes": self.size,
            "bytes_done_before": self.size_before,
            "bytes_written": self.written,
            "bytes_per_second": round(self.speed),
            "lines": self.lines,
            "findings": self.report.findings,
            "failures": self.report.failures,
            "states": _sorted(self.states),
            "kinds": _sorted(self.kinds),
            "members": _sorted(self.members),
            "by_entity": self.report.by_entity,
            "by_rule": self.by_rule,
            "by_hour": _sorted(self.hours),
            "files_with_findings": self.files_hit,
            "by_file": [asdict(line) for line in self.by_file()],
            "warned": self.warned,
            "warnings": [asdict(one) for one in self.warnings()],
        }

    def _warn(self, name: str, outcome: Outcome) -> None:
        """Note what a person should look at."""
        found = outcome.found
        if outcome.state in ("failed", "listed"):
            self._warned[outcome.state].add(Warned(outcome.state, name, reason=outcome.reason))
        if found.report.failures:
            self._warned["units"].add(Warned("units", name, count=found.report.failures))
        if found.lines < FEWEST_LINES:
            return
        hits: Counter[str] = Counter()
        for (_, rule), count in found.report.counts.items():
            hits[rule] += count
        for rule, count in hits.items():
            if count > SHARE * found.lines:
                self._warned["share"].add(
                    Warned("share", name, rule=rule, count=count, lines=found.lines)
                )


def _sorted(counts: Counter[str]) -> dict[str, int]:
    """Give counts in the order of their names, without the empty ones."""
    return {name: counts[name] for name in sorted(counts) if counts[name]}
