"""
One system in a process of its own: JSON lines in, JSON lines out.

    {"do": "open"}                                {"version": "..."}
    {"do": "cases", "cases": [["text", "..."]]}   {"outputs": [], "seconds": [], "errors": []}

Promise: it times itself, so what travels between processes costs nobody anything; it opens no
connection, whatever a package wants to ask the network for; and of an error it tells the kind only.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from typing import TYPE_CHECKING, Any

from .adapters import ADAPTERS, MissingError

if TYPE_CHECKING:
    from .adapters import Adapter


def no_network(event: str, _: tuple[Any, ...]) -> None:
    """Refuse to look up a name or to connect."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        raise OSError("a benchmark asks nothing of the network")


def written(value: object) -> object:
    """Give what an SDK would send in place of a value that JSON has no form for."""
    return value.value if hasattr(value, "value") else repr(value)


def one(adapter: Adapter, kind: str, content: Any) -> tuple[str, float, str]:  # noqa: ANN401
    """Scrub one case.

    Returns:
        The output as JSON, how many seconds it took, and the kind of error or "".
    """
    scrub = adapter.event if kind == "event" else adapter.text
    start = time.perf_counter()
    try:
        output = scrub(content)
    except Exception as error:  # noqa: BLE001  # counted
        return "null", time.perf_counter() - start, type(error).__name__
    took = time.perf_counter() - start
    if not isinstance(output, dict if kind == "event" else str):
        return "null", took, "nothing came back" if output is None else "something else came back"
    try:
        return json.dumps(output, default=written), took, ""
    except (TypeError, ValueError) as error:
        return "null", took, type(error).__name__


def answered(adapter: Adapter, request: dict[str, Any]) -> str:
    """Scrub some cases; the answer as JSON, outputs only where they are asked for."""
    gc.collect()
    done = [one(adapter, kind, content) for kind, content in request["cases"]]
    outputs = ", ".join(output for output, _, _ in done) if request.get("outputs", True) else ""
    rest = json.dumps({"seconds": [each[1] for each in done], "errors": [each[2] for each in done]})
    return f'{{"outputs": [{outputs}], {rest[1:]}'


def opened(name: str) -> tuple[Adapter | None, str]:
    """Open a system; give it, and the answer as JSON."""
    try:
        adapter = ADAPTERS[name]()
    except ModuleNotFoundError as error:
        return None, json.dumps({"error": f"not installed: {error.name}"})
    except MissingError as error:
        return None, json.dumps({"error": str(error)})
    except Exception as error:  # noqa: BLE001  # the parent tells why it skips this one
        return None, json.dumps({"error": f"cannot be opened: {type(error).__name__}"})
    return adapter, json.dumps({"version": adapter.version})


def main(name: str) -> None:
    """Answer until the input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr  # a package may print
    sys.addaudithook(no_network)
    adapter: Adapter | None = None
    for request in map(json.loads, sys.stdin):
        if request["do"] == "open":
            adapter, answer = opened(name)
        elif adapter is None:
            answer = json.dumps({"error": "not open"})
        else:
            answer = answered(adapter, request)
        print(answer, file=answers, flush=True)
