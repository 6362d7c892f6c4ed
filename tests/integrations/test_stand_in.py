"""An exception that stands for another: names of code and scrubbed texts, and nothing else."""

from __future__ import annotations

import gc
import io
import traceback
from types import FrameType, TracebackType
from typing import Any

import pytest

from scrubber.integrations.stand_in import MOST, MOST_FRAMES, stand_in
from tests.integrations.logs import MAIL, SMALL, Unprintable, raw_in


class LostError(ValueError):
    """An exception of the program's, with data of its own."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        super().__init__(text)
        self.text = text


def caught(error: BaseException) -> BaseException:
    """Give an exception that was raised where a variable holds an address."""
    local = MAIL
    try:
        try:
            int(local)
        except ValueError as cause:
            raise error from cause
    except BaseException as found:  # noqa: BLE001
        return found
    return error


def replaced(error: BaseException) -> BaseException:
    """Give what stands for an exception."""
    kind, value, trace = stand_in(error, error.__traceback__, SMALL.scrub_text)
    assert (type(value), value.__traceback__) == (kind, trace)
    return value


def test_type_message_stack_cause_and_notes_are_told() -> None:
    """As Python prints them, without source lines."""
    error = caught(LostError(f"no {MAIL}"))
    error.add_note(f"ask {MAIL}")
    text = "".join(traceback.format_exception(replaced(error)))
    assert raw_in(text) == []
    assert "LostError: no [email]\nask [email]" in text
    assert "ValueError: invalid literal for int() with base 10: '[email]'" in text
    assert "direct cause" in text
    assert text.count(", in caught\n") == 2
    assert "raise error" not in text


def test_the_members_of_a_group_are_told() -> None:
    """Also where it holds what is no `Exception`."""
    group = BaseExceptionGroup(MAIL, [caught(LostError(MAIL)), KeyboardInterrupt(MAIL)])
    text = "".join(traceback.format_exception(replaced(caught(group))))
    assert raw_in(text) == []
    assert "BaseExceptionGroup: [email] (2 sub-exceptions)" in text
    assert "LostError: [email]" in text
    assert "KeyboardInterrupt: [email]" in text


def reachable(error: BaseException) -> list[object]:
    """Give everything that can be reached from an exception, but for modules and types."""
    found: dict[int, object] = {}
    left: list[object] = [error]
    while left:
        one = left.pop()
        if id(one) in found or isinstance(one, type) or type(one).__name__ == "module":
            continue
        found[id(one)] = one
        left += gc.get_referents(one)
        if isinstance(one, FrameType):
            left += [one.f_back, one.f_locals]
    return list(found.values())


def test_no_variable_of_the_program_can_be_reached() -> None:
    """Neither in its frames nor in those of their callers."""
    value = replaced(caught(LostError(MAIL)))
    held = reachable(value)
    frames = [one for one in held if isinstance(one, FrameType)]
    assert len(frames) >= 2
    assert all(one.f_locals == {} and one.f_back is None for one in frames)
    assert not any(isinstance(one, LostError) for one in held)
    assert [one for one in held if isinstance(one, str) and MAIL in one] == []


def test_places_are_told_where_no_source_can_be_looked_up() -> None:
    """A path that is nobody's would lead to lines that nobody scrubbed."""
    error = caught(LostError("x"))
    stack = traceback.extract_tb(replaced(error).__traceback__)
    original = traceback.extract_tb(error.__traceback__)
    assert [(one.name, one.lineno) for one in stack] == [(one.name, one.lineno) for one in original]
    assert [one.line for one in stack] == [""] * len(original)
    assert stack[-1].filename == f"/<scrubbed>/{original[-1].filename.lstrip('/')}"
    assert SMALL.scrub_text(stack[-1].filename) == stack[-1].filename
    again = traceback.extract_tb(replaced(replaced(error)).__traceback__)
    assert [one.filename for one in again] == [one.filename for one in stack]


@pytest.mark.parametrize(
    "error",
    [ValueError(Unprintable()), SyntaxError("x", ("f", 1, 1, MAIL)), OSError(2, MAIL, MAIL)],
)
def test_what_a_type_prints_of_itself_is_not_asked_for(error: BaseException) -> None:
    """A `SyntaxError` prints a line of the source, an `OSError` its file."""
    assert raw_in("".join(traceback.format_exception(replaced(error)))) == []


def test_exceptions_without_end_end() -> None:
    """Cycles, long chains, deep stacks, large groups."""
    error: Any = caught(LostError(MAIL))
    error.__cause__.__cause__ = error
    assert raw_in("".join(traceback.format_exception(replaced(error)))) == []
    for _ in range(1000):
        error, before = LostError(MAIL), error
        error.__cause__ = before
    assert isinstance(replaced(error), Exception)
    group = ExceptionGroup("x", [LostError(MAIL) for _ in range(1000)])
    stood: Any = replaced(group)
    assert len(stood.exceptions) == MOST
    nested: Exception = group
    for _ in range(100):
        nested = ExceptionGroup("x", [nested])
    assert isinstance(replaced(nested), Exception)

    def deep(count: int) -> None:
        if count:
            deep(count - 1)
        raise LostError(MAIL)

    with pytest.raises(LostError) as raised:
        deep(MOST_FRAMES)
    made = replaced(raised.value).__traceback__
    assert isinstance(made, TracebackType)
    assert len(traceback.extract_tb(made)) == MOST_FRAMES


def test_a_renderer_that_shows_variables_has_none_to_show() -> None:
    """As rich does when it is told to."""
    console = pytest.importorskip("rich.console", reason="rich is not installed")
    trace = pytest.importorskip("rich.traceback")
    error = replaced(caught(LostError(MAIL)))
    out = io.StringIO()
    shown = trace.Traceback.from_exception(
        type(error), error, error.__traceback__, show_locals=True
    )
    console.Console(file=out).print(shown)
    assert raw_in(out.getvalue()) == []
    assert "LostError: [email]" in out.getvalue()
