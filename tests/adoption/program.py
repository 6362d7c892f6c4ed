"""A program that adopted crashscrub, and does what it is told: `python program.py PORT`.

Each line it reads is one thing to do; it says `done` when that is over.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import sentry_sdk

from examples.mylib.collection import PLAN
from scrubber import adopt
from scrubber.telemetry import GoogleAnalytics4

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Do one thing after another."""
    here = f"127.0.0.1:{sys.argv[1]}"
    ours = adopt(
        replace(
            PLAN,
            dsn=f"http://public@{here}/1",
            packages=(),
            ga4=GoogleAnalytics4("G-EXAMPLE", "made-up", url=f"http://{here}/mp/collect"),
        )
    )

    def crash() -> None:
        try:
            owner, path = "jane.doe@example.com", "/home/jane/scan.dcm"
            raise FileNotFoundError(f"{path} of {owner}")  # noqa: TRY301  # what a program does
        except FileNotFoundError:
            sentry_sdk.capture_exception()
        ours.flush()

    def usage() -> None:
        ours.record("train", task="detect", model="yolov8n", epochs=100, data="/home/jane/x.yaml")
        ours.flush()

    def refuse() -> None:
        thread = threading.Thread(target=ours.settings.update, args=({"sync": False},))
        thread.start()
        thread.join()

    known: dict[str, Callable[[], object]] = {
        "crash": crash,
        "usage": usage,
        "refuse": refuse,
        "agree": lambda: ours.settings.update({"sync": True}),
        "journal": lambda: print(*(entry.kind for entry in ours.settings.journal.entries())),
        "problems": lambda: print(ours.problems),
    }
    print("done", flush=True)
    for line in sys.stdin:
        if line.strip() == "end":
            return
        known[line.strip()]()
        print("done", flush=True)


if __name__ == "__main__":
    main()
