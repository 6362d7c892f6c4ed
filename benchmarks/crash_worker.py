"""
One scrubber of whole events in a process of its own: JSON lines in, JSON lines out.

    python -m benchmarks.crash_worker CONTESTANT

    {"do": "open"}                        {"version": "..."}
    {"do": "events", "events": [...]}     {}
    {"do": "time"}                        {"seconds": 0.2}
    {"do": "results"}                     {"events": [...]}

Promise: it times itself and opens no connection. Only the package of its contestant is imported, so
this runs in the environment of either. What is timed starts and ends with a dict, as a hook of
`before_send` gets and gives it.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from dataclasses import dataclass, fields, replace
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

Event = dict[str, Any]

SENTRY_DEFAULTS: Final = {
    "scrubData": True,
    "scrubDefaults": True,
    "scrubIpAddresses": True,
    "sensitiveFields": [],
    "excludeFields": [],
}
"""The settings of a new project at Sentry."""

EVERYTHING: Final = {
    "applications": {
        "** || $error.value || $frame.abs_path || $frame.vars.** || $logentry.**": [
            "@common",
            "@userpath",
        ],
    }
}
"""Relay's rules where they are not on by themselves."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A scrubber that is ready.

    Attributes:
        version: of its package.
        scrub: an event in, a scrubbed one out.
    """

    version: str
    scrub: Callable[[Event], object]


def ours(policy: str, *, remarks: bool) -> Contestant:
    """Open crashscrub, which knows no names of a machine."""
    scrubber = import_module("scrubber")
    made = scrubber.Scrubber(policy, identity=scrubber.Identity.none())
    if any(field.name == "remarks" for field in fields(made.policy)):
        chosen = replace(made.policy, remarks=remarks)
        made = scrubber.Scrubber(chosen, identity=scrubber.Identity.none())
    made.warm()
    return Contestant(version("crashscrub"), made.scrub)


def relay(config: dict[str, Any] | None) -> Contestant:
    """Open Relay, with what Sentry's settings are turned into or with rules of its own."""
    processing = import_module("sentry_relay.processing")
    chosen = config or processing.convert_datascrubbing_config(SENTRY_DEFAULTS)
    return Contestant(
        version("sentry-relay"), lambda event: processing.pii_strip_event(chosen, event)
    )


def json_both_ways() -> Contestant:
    """Open what Relay's call does besides: writing the event as JSON and reading it again."""
    return Contestant("", lambda event: json.loads(json.dumps(event)))


CONTESTANTS: Final[dict[str, Callable[[], Contestant]]] = {
    "fast, no remarks": lambda: ours("fast", remarks=False),
    "balanced, remarks": lambda: ours("balanced", remarks=True),
    "Relay, Sentry's defaults": lambda: relay(None),
    "Relay, rules everywhere": lambda: relay(EVERYTHING),
    "JSON both ways": json_both_ways,
}


def no_network(event: str, _: tuple[Any, ...]) -> None:
    """Refuse to look up a name or to connect."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        raise OSError("a benchmark asks nothing of the network")


def seconds(contestant: Contestant, events: list[Event]) -> float:
    """Return how long all events take once."""
    scrub = contestant.scrub
    gc.collect()
    start = time.perf_counter()
    for event in events:
        scrub(event)
    return time.perf_counter() - start


def main(name: str) -> None:
    """Answer until the input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # a package may print
    sys.addaudithook(no_network)
    contestant: Contestant | None = None
    events: list[Event] = []
    for request in map(json.loads, sys.stdin):
        answer: dict[str, Any] = {}
        try:
            contestant = contestant or CONTESTANTS[name]()
            match request["do"]:
                case "open":
                    answer = {"version": contestant.version}
                case "events":
                    events = request["events"]
                case "time":
                    answer = {"seconds": seconds(contestant, events)}
                case _:
                    answer = {"events": [contestant.scrub(event) for event in events]}
        except Exception as error:  # noqa: BLE001  # the parent tells why it skips this one
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
