"""Show what `scrubber redact` does to a crash log, a traceback and a log full of keys.

This is `make demo`, or `python -m examples.demo`. Changed lines are printed twice, before (-) and
after (+), the others once, so that what was kept can be judged too. Fails when the command fails.
"""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from pathlib import Path

from examples import make_crash

HERE = Path(__file__).resolve().parent
RED, GREEN, BOLD, PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"


def redact(text: str, *options: str) -> str:
    """Return what the command writes when a text is piped into it.

    Args:
        text: The log.
        options: Further options of the command.

    Raises:
        subprocess.CalledProcessError: The command failed; it has said why on stderr.
    """
    command = [str(Path(sys.executable).with_name("scrubber")), "redact", *options, "-"]
    return subprocess.run(
        command, input=text, stdout=subprocess.PIPE, check=True, encoding="utf-8"
    ).stdout


def coloured(text: str, colour: str) -> str:
    """Return a text in a colour, if this is a terminal that wants any."""
    wanted = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return f"{colour}{text}{PLAIN}" if wanted else text


def show(title: str, before: str, *options: str) -> None:
    """Redact a text and print both.

    Args:
        title: What is shown.
        before: The text.
        options: Further options of the command.
    """
    after = redact(before, *options)
    old, new = before.splitlines(), after.splitlines()
    print(coloured(f"\n=== {title}", BOLD))
    changed = 0
    # No heuristic for junk: in a log no line is junk.
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        if old[start:end] == new[new_start:new_end]:
            print("\n".join(f"  {line}" for line in old[start:end]))
            continue
        changed += end - start
        for index in range(max(end - start, new_end - new_start)):
            for line in old[start:end][index : index + 1]:
                print(coloured(f"- {line}", RED))
            for line in new[new_start:new_end][index : index + 1]:
                print(coloured(f"+ {line}", GREEN))
    print(coloured(f"--- {title}: {changed} of {len(old)} lines changed", BOLD))


def main() -> None:
    """Show every example."""
    for name in ("crash.log", "traceback.txt"):
        show(f"examples/{name}", (HERE / name).read_text(encoding="utf-8"))
    # As the Sentry hook does it: paths told from their roots, data files without their names.
    title = "examples/traceback.txt with --path-mode anchor"
    show(title, (HERE / "traceback.txt").read_text(encoding="utf-8"), "--path-mode", "anchor")
    show("examples/make_crash.py", "\n".join(make_crash.lines()) + "\n")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
