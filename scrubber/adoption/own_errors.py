"""
Which errors are a library's own: those that went through its code.

A library is a guest in its user's program. What breaks there without it is none of its business,
and telling its authors of it would be a leak however well it is scrubbed.

Of its own errors, the frames of other code keep their places and lose their values and their lines
of source; what the program gave its own reports (a user, tags, files) is none of theirs.

Promise: a report that cannot be told to be the library's own, or not be stripped, is not sent.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    Hook = Callable[[Any, Any], Any]

GUEST: Final[dict[str, Any]] = {
    "auto_enabling_integrations": False,
    "auto_session_tracking": False,
    "max_breadcrumbs": 0,
    # How many errors were not the library's own is told by these.
    "send_client_reports": False,
    # Or each request of the program, to whatever host, would carry an id and the key of the DSN.
    "trace_propagation_targets": [],
    # Not None, for which the SDK takes a variable, or the commit of the folder the user works in.
    "release": "",
    "environment": "production",
}
"""Options of a library's crash reports, where its plan has no others: what else happens in its
user's program is not told."""

_OF_PROGRAMS: Final = (
    *("breadcrumbs", "extra", "fingerprint", "request", "server_name", "tags", "transaction"),
    "user",
)
"""Fields of an event that tell of the program, or are what it gave its own reports."""

_OF_SDKS: Final = ("runtime", "trace")
"""Contexts that the SDK makes; others are the program's."""

_OF_CODE: Final = ("context_line", "post_context", "pre_context", "vars")
"""Fields of a frame that show what stands in it."""

_MOST: Final = 10_000
"""Frames and exceptions that are looked at: a cycle of causes has no end."""


def only_own(packages: tuple[str, ...], then: Hook | None = None) -> Hook:
    """Give a `before_send` that drops what did not go through some packages.

    Args:
        packages: names of packages; their modules and packages below count.
        then: a hook for what is left.

    Returns:
        A hook of an SDK.
    """

    def hook(event: Any, hint: Any) -> Any:  # noqa: ANN401  # the JSON border
        own = False
        with suppress(Exception):  # then it is not ours as far as anyone knows
            if any(_is_of(name, packages) for name in _modules(event, hint)):
                _strip(event, hint, packages)
                own = True
        if not own:
            return None
        return event if then is None else then(event, hint)

    return hook


def _strip(event: Any, hint: Any, packages: tuple[str, ...]) -> None:  # noqa: ANN401
    """Take out what is the program's, in place: the event is the hook's to change."""
    for name in _OF_PROGRAMS:
        event.pop(name, None)
    contexts = event.get("contexts")
    if contexts is not None:
        event["contexts"] = {name: contexts[name] for name in _OF_SDKS if name in contexts}
    if isinstance(hint, dict) and "attachments" in hint:
        hint["attachments"] = []
    for part in ("exception", "threads"):
        for value in _rows(event.get(part)):
            for frame in _rows((value.get("stacktrace") or {}).get("frames")):
                if not _is_of(frame.get("module"), packages):
                    for name in _OF_CODE:
                        frame.pop(name, None)


def _is_of(module: object, packages: tuple[str, ...]) -> bool:
    return isinstance(module, str) and any(
        module == one or module.startswith(f"{one}.") for one in packages
    )


def _modules(event: Any, hint: Any) -> Iterator[object]:  # noqa: ANN401
    """Give the names of modules that an error went through."""
    error = hint.get("exc_info") if isinstance(hint, dict) else None
    if isinstance(error, tuple) and len(error) == 3:  # noqa: PLR2004  # as sys.exc_info() has it
        yield from _of_exception(error[1], error[2])
        return
    yield event.get("logger")
    for part in ("exception", "threads"):
        for value in _rows(event.get(part)):
            stack = value.get("stacktrace") or {}
            for frame in _rows(stack.get("frames")):
                yield frame.get("module")


def _of_exception(error: BaseException | None, tb: TracebackType | None) -> Iterator[object]:
    seen: set[int] = set()
    waiting: list[tuple[BaseException | None, TracebackType | None]] = [(error, tb)]
    while waiting and len(seen) < _MOST:
        one, trace = waiting.pop()
        if one is not None:
            if id(one) in seen:
                continue
            seen.add(id(one))
            related = [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]
            waiting += [(other, None) for other in related if isinstance(other, BaseException)]
            trace = trace or one.__traceback__
        for _ in range(_MOST):
            if trace is None:
                break
            yield trace.tb_frame.f_globals.get("__name__")
            trace = trace.tb_next


def _rows(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    rows = value.get("values") if isinstance(value, dict) else value
    return [row for row in rows or () if isinstance(row, dict)]
