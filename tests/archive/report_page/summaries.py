"""Runs to make pages of: with much, with nothing, with failures, with many files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.archive.found import Found
from scrubber.archive.summary import Summary
from scrubber.archive.tasks import Outcome
from scrubber.report import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES = (
    ("EMAIL_ADDRESS", "contact.email"),
    ("IP_ADDRESS", "network.ipv4"),
    ("IP_ADDRESS", "network.ipv6"),
    ("USERNAME", "path.home"),
    ("SECRET", "secret.bearer"),
)
HOSTILE = (
    "<script>alert(1)</script>.log",
    "<img src=x onerror=alert(1)>.log",
    "\"' onmouseover='alert(1)'.log",
    "a\u202egnp.exe\x1b[2J\udc80\u2028.log",
    "{style}{body}%s.log",
    "</style></title><h1>.log",
    "日本語/ログ.log",
    "very-long-name-" * 16,
)


def outcome(  # noqa: PLR0913  # each is a count of its own
    state: str = "done",
    *,
    counts: Mapping[tuple[str, str], int] | None = None,
    failures: int = 0,
    lines: int = 1000,
    hour: str = "2026-11-24T03",
    reason: str = "",
    kind: str = "text",
) -> Outcome:
    """Make what became of a file."""
    found = Found(lines=lines)
    found.add(Report(dict(counts or {}), failures), hour=hour)
    return Outcome(0, state, kind=kind, reason=reason, written=1000, found=found)


def nothing() -> Summary:
    """A run that found nothing."""
    summary = Summary(version="1.2.3", seconds=0.4, rules="word")
    for number in range(12):
        summary.add(f"logs/{number}.log", 100_000, outcome())
    return summary


def much() -> Summary:
    """A run over two days that found much."""
    summary = Summary(engine="ray", version="1.2.3", seconds=4321, rules="word")
    for number in range(340):
        counts = {rule: (number * 7 + place * 13) % 190 + 1 for place, rule in enumerate(RULES)}
        hour = f"2026-11-{23 + number % 2}T{number % 24:02}" if number % 5 else ""
        made = outcome(counts=counts, hour=hour, kind=("text", "gz", "csv")[number % 3])
        summary.add(f"runs/exp-{number:03}/[user]/output.log", 10_000_000, made, before=number < 9)
    summary.members.update(done=120, listed=4)
    return summary


def failures() -> Summary:
    """A run in which much failed, with names that somebody chose for a page."""
    summary = much()
    for number in range(150):
        reason = ("is damaged", "changed while it was read")[number % 2]
        name = f"broken/a-long-name-that-nobody-shortened/[user]/part-{number:05}.tar.gz"
        summary.add(name, 1_000_000, outcome("failed", reason=reason))
    for name in HOSTILE:
        summary.add(name, 10, outcome("failed", counts={RULES[0]: 900}, failures=3, reason="is x"))
        summary.add(name, 10, outcome("listed", reason="is an image"))
    return summary


def many_files() -> Summary:
    """A run over 10,000 files of eight years."""
    summary = Summary(engine="spark", version="1.2.3", seconds=90_000, rules="word")
    for number in range(10_000):
        hour = f"{2019 + number % 8}-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}"
        counts = {RULES[number % 5]: number}
        summary.add(f"{hour}/service-{number:05}.log.gz", 10**10, outcome(counts=counts, hour=hour))
    return summary


def verified(count: int = 0) -> Summary:
    """A look through a target in which some files still hold findings."""
    summary = Summary(mode="verify", version="1.2.3", seconds=2)
    for number in range(5):
        held = number < count
        counts = {RULES[0]: 2} if held else {}
        reason = "still holds 2 findings" if held else ""
        made = outcome("failed" if held else "done", counts=counts, reason=reason)
        summary.add(f"{number}.log", 1000, made)
    return summary
