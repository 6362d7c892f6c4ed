"""
An exception that tells what another one told, and names nobody.

Whoever formats an exception again (rich, loguru, a JSON formatter, Sentry's handler) reads its
frames, and with them every local variable. Leaving the exception out would cost them the type and
the stack. So another one is put in its place: a type of the same name, the scrubbed message, and
frames that hold a place in a file and nothing else: no locals, and no caller whose locals could be
read. Where frames cannot be made (another Python than CPython), it has none.

Promise: nothing reachable from a stand-in comes from the exception but scrubbed names and texts,
and line numbers. No source line can be looked up for it: such a line was not scrubbed.
"""

from __future__ import annotations

import traceback
from contextlib import suppress
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from scrubber.integrations.values import text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType

    Scrub = Callable[[str], str]

MOST_FRAMES: Final = 100
"""Of one exception; the last ones, where it was raised."""

DEEPEST: Final = 10
"""Exceptions behind one another: causes, contexts, groups."""

MOST: Final = 50
"""Exceptions in all."""

NOWHERE: Final = "/<scrubbed>/"
"""Before the path of a frame: no file is there, so nobody can look up a source line."""

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def scrubbed_traceback(error: BaseException, trace: TracebackType | None, scrub: Scrub) -> str:
    """Give the text of a traceback, as `logging` prints it, scrubbed."""
    lines = traceback.format_exception(type(error), error, trace)
    return scrub("".join(lines).removesuffix("\n"))


def stand_in(error: BaseException, trace: TracebackType | None, scrub: Scrub) -> ExcInfo:
    """Make an exception that stands for another.

    Args:
        error: the exception.
        trace: its traceback.
        scrub: what makes text nobody's.

    Returns:
        Its type, itself and its traceback, as `sys.exc_info()` gives them.
    """
    copy = _Copier(scrub).copy(error, trace, 1)
    return type(copy), copy, copy.__traceback__


class _Copier:
    """Copies an exception with all that hangs on it, each once."""

    def __init__(self, scrub: Scrub) -> None:
        self._scrub = scrub
        self._done: dict[int, Exception] = {}

    def copy(self, error: BaseException, trace: TracebackType | None, depth: int) -> Exception:
        known = self._done.get(id(error))
        if known is not None:
            return known
        grouped = isinstance(error, BaseExceptionGroup) and depth < DEEPEST
        members = list(error.exceptions) if grouped else []  # type: ignore[attr-defined]
        parts = [self.copy(one, one.__traceback__, depth + 1) for one in members[:MOST]]
        text = self._scrub(text_of(error.message if grouped else error))  # type: ignore[attr-defined]
        kind = self._kind(type(error), ExceptionGroup if parts else Exception)
        made: Exception = kind(text, parts) if parts else kind(text)
        self._done[id(error)] = made
        made.__traceback__ = self._frames(trace)
        for note in [text_of(one) for one in getattr(error, "__notes__", ())][:MOST]:
            made.add_note(self._scrub(note))
        made.__cause__ = self._next(error.__cause__, depth)
        made.__context__ = self._next(error.__context__, depth)
        made.__suppress_context__ = error.__suppress_context__  # setting a cause sets it, too
        return made

    def _next(self, error: BaseException | None, depth: int) -> Exception | None:
        if error is None or depth >= DEEPEST or len(self._done) >= MOST:
            return None
        return self.copy(error, error.__traceback__, depth + 1)

    def _kind(self, kind: type[BaseException], base: type[Exception]) -> Any:  # noqa: ANN401
        names = {
            "__module__": self._scrub(str(kind.__module__)),
            "__qualname__": self._scrub(kind.__qualname__),
        }
        return type(self._scrub(kind.__name__), (base,), names)

    def _frames(self, trace: TracebackType | None) -> TracebackType | None:
        entries = []
        while trace is not None:
            entries.append(trace)
            trace = trace.tb_next
        made = None
        with suppress(Exception):  # all or none: half a stack would mislead
            for entry in reversed(entries[-MOST_FRAMES:]):
                made = TracebackType(made, self._frame(entry.tb_frame), -1, entry.tb_lineno)
            return made
        return None

    def _frame(self, frame: FrameType) -> FrameType:
        code, module = frame.f_code, str(frame.f_globals.get("__name__", ""))
        place = [self._scrub(text) for text in (module, code.co_filename, code.co_name)]
        return _frame(*place, line=code.co_firstlineno)


def _frame(module: str, file: str, function: str, *, line: int) -> FrameType:
    if not (file.startswith(NOWHERE) or (file.startswith("<") and file.endswith(">"))):
        file = NOWHERE + file.lstrip("/")
    code = _nothing.__code__.replace(
        co_filename=file, co_name=function, co_qualname=function, co_firstlineno=line
    )
    return _maker()(code, {"__name__": module})


@cache
def _maker() -> Callable[[CodeType, dict[str, object]], FrameType]:
    """Give what makes a frame out of nothing, as extension modules do for their tracebacks.

    Python itself makes one only by a call, and that knows its caller. The frame of a generator,
    which does not, was tried: it is tied to a caller after all when it ends, or worse.
    """
    import ctypes  # here: it takes a while, and few records hold an exception

    one = ctypes.py_object
    # Prototypes of our own: those of `ctypes.pythonapi` are everybody's.
    thread = ctypes.PYFUNCTYPE(ctypes.c_void_p)(("PyThreadState_Get", ctypes.pythonapi))
    new = ctypes.PYFUNCTYPE(one, ctypes.c_void_p, one, one, one)(("PyFrame_New", ctypes.pythonapi))
    return lambda code, names: new(thread(), code, names, {})


def _nothing() -> None:
    pass
