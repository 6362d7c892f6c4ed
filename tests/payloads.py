"""
What must be true of any platform's event once it is scrubbed, and canaries to plant in it.

Promise: no payload is written here. The checks know the shapes that Sentry's clients send:
interfaces under their new and their old names, lists that stand alone or under `values`.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]

OLD_NAMES: Final = {
    "exception": "sentry.interfaces.Exception",
    "user": "sentry.interfaces.User",
    "request": "sentry.interfaces.Http",
    "stacktrace": "sentry.interfaces.Stacktrace",
}
_UNDER_HOME: Final = re.compile(r"/Users/|/home/|<home>")
FIXED: Final = frozenset(
    {"event_id", "trace_id", "span_id", "debug_id", "code_id", "uuid", "timestamp", "received"}
    | {"lineno", "colno", "instruction_addr", "symbol_addr", "image_addr", "platform", "level"}
)
"""Names of fields that no scrubbing may change, wherever they stand."""


def interface(event: dict[str, Any], name: str) -> Any:  # noqa: ANN401  # the JSON border
    """Return an interface under its new or its old name, or None."""
    return event.get(name) or event.get(OLD_NAMES[name])


def values(holder: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # the JSON border
    """Return the items of an interface that is a list, or holds one."""
    found = holder.get("values", []) if isinstance(holder, dict) else holder
    return [one for one in found or [] if isinstance(one, dict)]


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield everything that holds nothing else, with where it stands."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*path, name))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from leaves(item, (*path, place))
    else:
        yield path, value


def general(path: Path) -> str:
    """Name a field, without the places in lists."""
    return ".".join("[]" if isinstance(step, int) else step for step in path)


def grouping(event: dict[str, Any]) -> list[tuple[object, ...]]:
    """Return what Sentry groups an event by; what lies under a home directory may change."""
    found: list[tuple[object, ...]] = []
    exceptions = values(interface(event, "exception"))
    bare: list[dict[str, Any]] = [{"stacktrace": interface(event, "stacktrace") or {}}]
    for exception in exceptions or bare:
        found.append((exception.get("type"), _portable(exception.get("module"))))
        for frame in (exception.get("stacktrace") or {}).get("frames") or []:
            file = frame.get("filename") if frame.get("in_app") else None
            named = (frame.get("module"), frame.get("function"), file)
            found.append((*map(_portable, named), frame.get("lineno")))
    return found


def _portable(text: object) -> object:
    return None if isinstance(text, str) and _UNDER_HOME.search(text) else text


def fixed(event: dict[str, Any]) -> dict[Path, object]:
    """Return the ids, moments, addresses and the SDK of an event, where they stand."""
    return {
        path: value
        for path, value in leaves(event)
        if path[-1] in FIXED
        or (path[0] == "sdk" and path[-1] != "client_ip")
        or (path[0] == "debug_meta" and path[-1] in ("id", "image_size", "type"))
    }


def shape(value: object) -> object:
    """Return an event's containers and kinds of values, without what may be removed from it."""
    if isinstance(value, dict):
        kept = {name: item for name, item in value.items() if name not in REMOVABLE}
        return {name: shape(item) for name, item in kept.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return type(value).__name__


REMOVABLE: Final = frozenset({"ip_address", "client_ip", "REMOTE_ADDR", "_meta"})


def canaries(number: int) -> tuple[str, str, str]:
    """Return an address, a user name and a key that stand nowhere else."""
    key = "ghp_" + sha256(str(number).encode()).hexdigest()[:36]
    return f"canary{number}@example.com", f"zorblatt{number}q", key


def planted(event: dict[str, Any], chosen: dict[Path, int]) -> dict[str, Any]:
    """Return a copy of an event with canaries behind the strings at some paths."""
    copy: dict[str, Any] = json.loads(json.dumps(event))
    for path, number in chosen.items():
        holder: Any = copy
        for step in path[:-1]:
            holder = holder[step]
        mail, user, key = canaries(number)
        holder[path[-1]] += f" for {mail} in /home/{user}/runs/best.pt with {key}"
    return copy


def strings(event: dict[str, Any]) -> list[Path]:
    """Return where an event holds strings: one place of each field."""
    found: dict[str, Path] = {}
    for path, value in leaves(event):
        if isinstance(value, str):
            found.setdefault(general(path), path)
    return list(found.values())


def survivors(event: object, number: int) -> list[str]:
    """Return the canaries of a number that an event still holds."""
    text = json.dumps(event, ensure_ascii=False)
    return [one for one in canaries(number) if one in text]


def shortened(event: dict[str, Any], most: int = 2) -> dict[str, Any]:
    """Return a copy of an event whose lists of objects have at most so many items."""

    def cut(value: Any) -> Any:  # noqa: ANN401  # the JSON border
        if isinstance(value, dict):
            return {name: cut(item) for name, item in value.items()}
        if isinstance(value, list):
            holds = any(isinstance(item, dict) for item in value)
            return [cut(item) for item in (value[-most:] if holds else value)]
        return value

    short: dict[str, Any] = cut(event)
    return short
