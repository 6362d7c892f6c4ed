"""
One scrubber in a process of its own: JSON lines in, JSON lines out.

    python -m benchmarks.peers.worker ADAPTER

    {"do": "open"}                       {"version": "..."}
    {"do": "lines", "lines": [...]}      {"findings": 12}
    {"do": "time", "call": "each"}       {"seconds": 0.2}, or null where it has no such call

Promise: it times itself, so what travels between processes costs nobody anything; and it opens no
connection, whatever the package wants to ask the network for.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks.peers import adapters

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.peers.adapters import Adapter


def no_network(event: str, _: tuple[Any, ...]) -> None:
    """Refuse to look up a name or to connect."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        raise OSError("a benchmark asks nothing of the network")


def work_of(adapter: Adapter, call: str, lines: list[str]) -> Callable[[], object] | None:
    """Return what is timed: the lines each, many in one call, or as one block."""
    one, many = adapter.one, adapter.many
    if call == "each":
        return lambda: [one(line) for line in lines]
    if call == "many":
        return None if many is None else lambda: many(lines)
    block = "\n".join(lines)
    return lambda: one(block)


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes once."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(name: str) -> None:
    """Answer until the input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # a package may print
    sys.addaudithook(no_network)
    adapter: Adapter | None = None
    lines: list[str] = []
    for request in map(json.loads, sys.stdin):
        answer: dict[str, Any] = {}
        try:
            if adapter is None:
                adapter = getattr(adapters, name)()
            if request["do"] == "open":
                answer = {"version": adapter.version}
            elif request["do"] == "lines":
                lines = request["lines"]
                answer = {"findings": sum(adapter.count(line) for line in lines)}
            else:
                work = work_of(adapter, request["call"], lines)
                answer = {"seconds": None if work is None else seconds(work)}
        except Exception as error:  # noqa: BLE001  # the parent tells why it skips this one
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
