"""
What is scrubbed where, by version of sentry-sdk: seen, written down, and made into a page.

    python -m tests.extras.coverage_table record    what the installed SDK shows, into a file
    python -m tests.extras.coverage_table           the page, from all files

Promise: a cell says what was seen. Sent raw without crashscrub is how it is known that this SDK
sends it; what the guard was handed raw is what no hook had scrubbed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent.parent
SEEN: Final = HERE / "coverage"
PAGE: Final = ROOT / "docs" / "reference" / "sentry-coverage.md"
COMMAND: Final = "python -m tests.extras.coverage_table"

HOOK: Final = "hook"
GUARD: Final = "guard"
ABSENT: Final = "not in this SDK"
LEAKS: Final = "LEAKS"

# What it is: the type of the item it is sent in, and the canary planted in it.
ROWS: Final = {
    "error events": ("event", "error"),
    "bulk data in local variables": ("event", "locals"),
    "breadcrumbs": ("event", "breadcrumb"),
    "attachments": ("attachment", "attachment"),
    "transactions": ("transaction", "transaction"),
    "spans in transactions": ("transaction", "span"),
    "streamed spans": ("span", "streamed"),
    "logs": ("log", "log"),
    "metrics": ("trace_metric", "metric"),
    "statsd metrics": ("statsd", "statsd"),
    "check-ins": ("check_in", "checkin"),
    "sessions": ("session", "session"),
    "session aggregates": ("sessions", "environment"),
    "profiles": ("profile", "profile"),
    "profile chunks": ("profile_chunk", "chunk"),
    "client reports": ("client_report", "report"),
    "user feedback": ("user_report", "feedback"),
    "items of other types": ("note", "other"),
    "headers of envelopes": ("headers", "environment"),
}
# They are in the event by the time it is complete: earlier is what the user's own hook tells.
_INSIDE: Final = ("breadcrumb", "locals")

HEAD: Final = f"""\
# What is scrubbed where, by version of sentry-sdk

`{COMMAND}` writes this page, and a test compares it with what was
seen: a program that sends each of these with a canary in it, run under each version without
`scrubber.integrations.sentry.install()` and with it. No canary left the program in any cell.

*hook*: scrubbed by one of the SDK's hooks, as soon as the SDK has it. *guard*: no hook of that
version sees it; scrubbed on its way into the transport. User feedback and items of other types are
those that a program hands to the transport itself.
"""


def canary(row: str) -> str:
    """Return what stands for a row; as in the program."""
    return f"jane.{row}@example.com"


def observed() -> dict[str, str]:
    """Run the program under the installed SDK.

    Returns:
        What becomes of each of `ROWS`.
    """
    plain = [_run("plain", spans) for spans in ("whole", "streamed")]
    installed = [_run("installed", spans) for spans in ("whole", "streamed")]
    return {row: _cell(*place, plain, installed) for row, place in ROWS.items()}


def _cell(kind: str, row: str, plain: list[dict[str, Any]], installed: list[dict[str, Any]]) -> str:
    mark = canary(row)
    if not any(mark in run["posted"].get(kind, "") for run in plain):
        return ABSENT
    if any(mark in text for run in installed for text in run["posted"].values()):
        return LEAKS
    if not any(kind in run["posted"] for run in installed):
        return LEAKS  # nothing arrived: no way to scrub it
    if row in _INSIDE:
        return GUARD if any(mark in run["seen"] for run in installed) else HOOK
    return GUARD if any(mark in run["handed"].get(kind, "") for run in installed) else HOOK


def _run(mode: str, spans: str) -> dict[str, Any]:
    program = [sys.executable, "-W", "ignore", str(HERE / "sentry_program.py"), mode, spans]
    told: dict[str, Any] = json.loads(
        subprocess.run(
            program,
            check=True,
            stdout=subprocess.PIPE,
            timeout=120,
            cwd=ROOT,
            env={**os.environ, "SCRUBBER_NO_IDENTITY": "1"},
        ).stdout
    )
    return told


def version() -> str:
    """Return the installed version of the SDK: major and minor."""
    from sentry_sdk.consts import VERSION

    return ".".join(VERSION.split(".")[:2])


def recorded() -> dict[str, dict[str, str]]:
    """Return what was seen under each version, oldest first."""
    files = sorted(SEEN.glob("*.json"), key=lambda path: [int(n) for n in path.stem.split(".")])
    return {path.stem: json.loads(path.read_text("utf-8")) for path in files}


def page(seen: Mapping[str, Mapping[str, str]]) -> str:
    """Return the page.

    Args:
        seen: what was seen, by version.

    Returns:
        Markdown.
    """
    return "\n".join([HEAD, *_table(seen), ""])


def _table(seen: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    rows = [("", *seen), ("---",) * (len(seen) + 1)]
    rows += [(row, *(found[row] for found in seen.values())) for row in ROWS]
    for row in rows:
        yield f"| {' | '.join(row)} |"


def record() -> None:
    """Write down what the installed SDK shows."""
    SEEN.mkdir(exist_ok=True)
    text = json.dumps(observed(), indent=2) + "\n"
    (SEEN / f"{version()}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["record"]:
        record()
    else:
        PAGE.write_text(page(recorded()), "utf-8")
