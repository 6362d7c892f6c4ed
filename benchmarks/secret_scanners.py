"""How much of what gitleaks and Nosey Parker publish as secrets do we find, and they?

    python benchmarks/secret_scanners.py --gitleaks CLONE --noseyparker CLONE

Promise: their examples are read from the clones on each run and stored nowhere; the values that the
sources of gitleaks generate are drawn with a fixed seed. A positive counts as found when its secret
no longer stands in the text after every finding is taken out; a negative counts as a false positive
when any secret is found in it. An example that could not be read is named, never dropped.

What is unfair, to us: the negatives are near misses of *one* rule, and many hold a password or a
key all the same, which every general rule finds; masks (`hf_xxxx`) count too: see `--misses`.
To them: their rules run in Python here (their patterns, key words, entropy and allow lists, without
the decoding that gitleaks does); each does best on the examples it was written for.

What is no secret is counted apart: client ids, published keys, and what Nosey Parker itself does
not call a secret. A placeholder (`Password=myPassword`) is a secret here, as they publish it.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.scanners.gitleaks import Gitleaks
from benchmarks.scanners.noseyparker import NoseyParker
from scrubber import Identity, Scrubber

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.scanners.borrowed import Example

    Scanner = Callable[[Example], tuple[str, list[str]]]
    """Returns the text without what it finds, and what it found: names of rules."""

MARK = "\0"


@dataclass(slots=True)
class Score:
    """What one scanner did with one set of examples.

    Attributes:
        found: Positives, by rule, whose secret is gone.
        missed: Positives whose secret still stands.
        false: Negatives in which something was found, with the rules that found it.
    """

    found: Counter[str] = field(default_factory=Counter)
    missed: list[Example] = field(default_factory=list)
    false: list[tuple[Example, list[str]]] = field(default_factory=list)

    def recall(self, *, public: bool) -> float:
        """Return the share of positives found, of secrets or of what is public."""
        missed = sum(example.public == public for example in self.missed)
        found = self.found["public" if public else "secret"]
        return found / (found + missed) if found + missed else 1.0


def ours(policy: str) -> Scanner:
    """Return crashscrub under a policy."""
    scrubber = Scrubber(policy, identity=Identity.none())

    def scan(example: Example) -> tuple[str, list[str]]:
        findings = scrubber.scan(example.text)
        names = [finding.rule_id for finding in findings if finding.entity == "SECRET"]
        return scrubber.scrub_text(example.text), names

    return scan


def theirs(spans: Callable[[Example], Sequence[tuple[int, int]]]) -> Scanner:
    """Return a scanner that takes spans out of a text."""

    def scan(example: Example) -> tuple[str, list[str]]:
        found = sorted(spans(example))
        out, at = [], 0
        for start, end in found:
            if end > at:
                out.append(example.text[at:start] + MARK)
                at = end
        return "".join((*out, example.text[at:])), [MARK] * len(found)

    return scan


def score(scan: Scanner, examples: Iterable[Example]) -> Score:
    """Return what a scanner does with examples."""
    result = Score()
    for example in examples:
        text, names = scan(example)
        if not example.positive:
            if names:
                result.false.append((example, names))
        elif example.secret in text:
            result.missed.append(example)
        else:
            result.found["public" if example.public else "secret"] += 1
    return result


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a Markdown table; the first is its head."""
    lines = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def by_rule(missed: Iterable[Example]) -> str:
    """Return how often which rule's examples are meant: `aws-token 3, jwt 1`."""
    counts = Counter(example.rule for example in missed)
    return ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items())) or "none"


def report(scores: dict[str, dict[str, Score]], sets: dict[str, list[Example]]) -> str:
    """Return the table of all scores, and which rules' examples we miss."""
    head = [
        "examples of", "scanner", "secrets", "recall", "public ids", "recall", "negatives", "false",
    ]  # fmt: skip
    rows = [head]
    for name, examples in sets.items():
        secrets = sum(e.positive and not e.public for e in examples)
        public = sum(e.positive and e.public for e in examples)
        negatives = sum(not e.positive for e in examples)
        for scanner, result in scores[name].items():
            recalls = (result.recall(public=False), result.recall(public=True))
            rows.append(
                [
                    name,
                    scanner,
                    f"{secrets:,}",
                    f"{recalls[0]:.1%}",
                    f"{public:,}",
                    f"{recalls[1]:.1%}",
                    f"{negatives:,}",
                    f"{len(result.false)} ({len(result.false) / max(negatives, 1):.0%})",
                ]
            )
    return table(rows)


def details(score: Score, examples: Sequence[Example]) -> str:
    """Return, for one set, what we miss and where we are wrong, by rule."""
    missed = score.missed
    several = [e for e in examples if e.positive and "\n" in e.text.strip()]
    false = Counter(name for _, names in score.false for name in set(names))
    lines = (
        ("missed", by_rule(e for e in missed if not e.public)),
        ("missed, but public (ids, published keys)", by_rule(e for e in missed if e.public)),
        ("positives over several lines", f"{len(several)}"),
        ("missed of them", f"{sum(e in missed for e in several)}"),
        ("rules of ours in negatives", ", ".join(f"{r} {n}" for r, n in false.most_common())),
    )
    return "\n".join(f"- {what}: {which}" for what, which in lines)


def listing(scores: dict[str, dict[str, Score]]) -> str:
    """Return our misses and false positives as JSON lines. They hold texts that are not ours."""
    lines: list[str] = []
    for results in scores.values():
        mine = next(iter(results.values()))
        for kind, items in (
            ("missed", [(e, list[str]()) for e in mine.missed]),
            ("false", mine.false),
        ):
            lines += [
                json.dumps(
                    {
                        "kind": kind,
                        "scanner": example.scanner,
                        "rule": example.rule,
                        "secret": example.secret,
                        "ours": names,
                        "text": example.text,
                    }
                )
                for example, names in items
            ]
    return "".join(line + "\n" for line in lines)


def as_json(scores: dict[str, dict[str, Score]], sets: dict[str, list[Example]]) -> dict[str, Any]:
    """Return the figures, without any text."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "sets": {
            name: {
                scanner: {
                    "positives": sum(e.positive for e in sets[name]),
                    "negatives": sum(not e.positive for e in sets[name]),
                    "recall": result.recall(public=False),
                    "recall_public": result.recall(public=True),
                    "false": len(result.false),
                    "missed": Counter(example.rule for example in result.missed),
                }
                for scanner, result in results.items()
            }
            for name, results in scores.items()
        },
    }


def main(arguments: Sequence[str]) -> int:
    """Read both clones, run the three scanners, print the table."""
    parser = argparse.ArgumentParser(description="Measure on examples of gitleaks and Nosey Parker")
    parser.add_argument("--gitleaks", type=Path, required=True, help="a clone")
    parser.add_argument("--noseyparker", type=Path, required=True, help="a clone")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--misses", type=Path, help="write misses here, outside the repository")
    parser.add_argument("--policy", default="balanced")
    parser.add_argument("--ours", action="store_true", help="leave the others out: seconds")
    chosen = parser.parse_args(arguments)
    leaks, parker = Gitleaks.open(chosen.gitleaks), NoseyParker.open(chosen.noseyparker)
    sets = {"gitleaks": leaks.examples(), "noseyparker": parker.examples()}
    unread = {
        name: by_rule(e for e in examples if e.positive and not e.secret)
        for name, examples in sets.items()
    }
    sets = {
        name: [e for e in examples if e.secret or not e.positive] for name, examples in sets.items()
    }
    scanners: dict[str, Scanner] = {f"crashscrub, {chosen.policy}": ours(chosen.policy)}
    if not chosen.ours:
        scanners |= {
            "gitleaks' rules, run by us": theirs(lambda e: leaks.spans(e.text, e.path)),
            "Nosey Parker's rules, run by us": theirs(lambda e: parker.spans(e.text)),
        }
    scores = {
        name: {scanner: score(scan, examples) for scanner, scan in scanners.items()}
        for name, examples in sets.items()
    }
    print(report(scores, sets))
    for name, examples in sets.items():
        print(f"\n{name}\n{details(next(iter(scores[name].values())), examples)}")
        print(f"- positives in which its own rule finds nothing here, left out: {unread[name]}")
    print(f"- functions of gitleaks that could not be read: {leaks.unreadable or 'none'}")
    if chosen.json:
        chosen.json.write_text(json.dumps(as_json(scores, sets), indent=1) + "\n", "utf-8")
    if chosen.misses:
        chosen.misses.write_text(listing(scores), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
