"""What is found in real logs: `python -m benchmarks.real_logs FOLDER [--sample N] [--rule ID]`.

The folder holds `*.log` files, one a system, and may hold `labelled.jsonl`: objects with `text` and
`spans` of what must go (`start`, `end`, `type`; `optional` where it is a matter of policy). Neither
belongs to the project.

Three things are printed: findings by rule and system; for the labels, the share of required spans
that are wholly covered and of covered characters that some label wants gone; and with `--sample N`,
for each rule N random findings in their lines, to be read by a person. What is false among them
only a reader can say.

What is unfair: labels and samples say nothing about what nobody thought of. Host names are counted
apart, since many stand where no rule can know them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from scrubber import Identity, Scrubber

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.types import Finding

BESIDE = 48
SEED = 7


def found_in(path: Path, scrubber: Scrubber) -> list[tuple[str, Finding]]:
    """Return every finding of a file, with its line."""
    text = path.read_text("utf-8", "surrogateescape")
    return [(line, one) for line in text.splitlines() for one in scrubber.scan(line)]


def in_line(line: str, finding: Finding) -> str:
    """Show a finding between what stands beside it."""
    before = line[max(0, finding.start - BESIDE) : finding.start]
    after = line[finding.end : finding.end + BESIDE]
    return f"{before}«{line[finding.start : finding.end]}»{after}"


def print_table(found: dict[str, list[tuple[str, Finding]]]) -> None:
    """Print findings by rule and system."""
    counts = {system: Counter(one.rule_id for _, one in all_) for system, all_ in found.items()}
    rules = sorted({rule for count in counts.values() for rule in count})
    print("| rule |", " | ".join(counts), "|")
    print("|---|" + "---:|" * len(counts))
    for rule in rules:
        print(f"| `{rule}` |", " | ".join(str(count[rule] or "") for count in counts.values()), "|")


def print_sample(found: Iterable[tuple[str, Finding]], size: int, wanted: str) -> None:
    """Print random findings of each rule."""
    by_rule = defaultdict(list)
    for line, one in found:
        by_rule[one.rule_id].append(in_line(line, one))
    draw = random.Random(SEED)  # noqa: S311  # a sample, no secret
    for rule, lines in sorted(by_rule.items()):
        if wanted in ("", rule):
            print(f"\n{rule}: {min(size, len(lines))} of {len(lines)}")
            print("\n".join(f"  {line}" for line in draw.sample(lines, min(size, len(lines)))))


def print_labels(path: Path, scrubber: Scrubber) -> None:
    """Print how many labelled spans are covered, and how much of what is covered is labelled."""
    wanted: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    covered = right = 0
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        places = {
            place for one in scrubber.scan(case["text"]) for place in range(one.start, one.end)
        }
        labelled = set()
        for span in case["spans"]:
            span_places = set(range(span["start"], span["end"]))
            labelled |= span_places
            if not span.get("optional"):
                wanted[span["type"]] += 1
                hit[span["type"]] += span_places <= places
        covered += len(places)
        right += len(places & labelled)
    for entity, count in sorted(wanted.items()):
        print(f"{entity}: {hit[entity]} of {count} found")
    known = [entity for entity in wanted if entity != "HOSTNAME"]
    total = sum(wanted[entity] for entity in known)
    recall = sum(hit[entity] for entity in known) / max(total, 1)
    print(f"recall without host names {recall:.1%}, with them ", end="")
    print(f"{sum(hit.values()) / max(sum(wanted.values()), 1):.1%}; ", end="")
    print(f"character precision {right / max(covered, 1):.1%}")


def main() -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--rule", default="", metavar="ID")
    parser.add_argument("--policy", default="balanced")
    options = parser.parse_args()
    scrubber = Scrubber(options.policy, identity=Identity.none())  # the same on every machine
    logs = sorted(options.folder.glob("*.log"))
    if not logs:
        print(f"no *.log files in {options.folder}", file=sys.stderr)
        return 2
    found = {path.stem.partition("_")[0]: found_in(path, scrubber) for path in logs}
    print_table(found)
    labels = options.folder / "labelled.jsonl"
    if labels.is_file():
        print()
        print_labels(labels, scrubber)
    if options.sample:
        everything = [one for all_ in found.values() for one in all_]
        print_sample(everything, options.sample, options.rule)
    return 0


if __name__ == "__main__":
    sys.exit(main())
