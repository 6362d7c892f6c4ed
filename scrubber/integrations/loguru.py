"""
Records of loguru, scrubbed before any sink sees them.

    logger.configure(patcher=patcher)

loguru formats an exception after patching, and with `diagnose=True`, its default, prints the value
of every variable in the lines of the traceback; with `backtrace=True` those of the callers as well.
So the exception is replaced by one without variables, source lines and callers: whatever a sink is
told to print, there is nothing to be printed. What is lost is the text of the lines.

Promise: what a record holds when this is done is scrubbed, or a marker. A patcher cannot drop a
record, so with `SCRUBBER_DISABLE` markers are all that is left of it.
"""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from scrubber.default import scrubber_for
from scrubber.integrations.stand_in import stand_in
from scrubber.integrations.values import failed_values, scrub_values
from scrubber.redact.placeholders import FAILED
from scrubber.switches import disabled

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubber.pipeline import Scrubber


_PARTS: Final = {"file": ("name", "path"), "thread": ("name",), "process": ("name",)}
"""Small objects of a record, and their texts."""

_TEXTS: Final = ("message", "name", "function", "module", *_PARTS)


def patcher(record: Any) -> None:  # noqa: ANN401  # a TypedDict of its stubs, a dict when it runs
    """Scrub a record of loguru, which is written to, as a patcher does.

    Args:
        record: the record.
    """
    make_patcher()(record)


def make_patcher(scrubber: Scrubber | None = None) -> Callable[[Any], None]:
    """Make a patcher with a scrubber of its own.

    Args:
        scrubber: what looks and replaces; None for the one the facade uses.

    Returns:
        The patcher.
    """

    def patch(record: Any) -> None:  # noqa: ANN401  # as above
        done: dict[str, Any] = dict.fromkeys(_TEXTS, FAILED) | {"extra": {}, "exception": None}
        with suppress(Exception):  # promise 1
            done = _failed(record)
        with suppress(Exception):
            if not disabled():
                done = _scrubbed(record, scrubber or scrubber_for())
        record.update(done)

    return patch


def _scrubbed(record: dict[str, Any], scrubber: Scrubber) -> dict[str, Any]:
    scrub = scrubber.scrub_text
    done: dict[str, Any] = {"message": scrub(record["message"])}
    for name in ("name", "function", "module"):
        text = record[name]
        done[name] = scrub(text) if isinstance(text, str) else text
    for name, parts in _PARTS.items():
        texts = {part: scrub(str(getattr(record[name], part))) for part in parts}
        done[name] = _with(record[name], texts)
    done["extra"] = scrub_values(record["extra"], scrubber)
    error = record["exception"]
    if error is not None and error.value is not None:
        kind, value, trace = stand_in(error.value, error.traceback, scrub)
        done["exception"] = error._replace(type=kind, value=value, traceback=trace)
    return done


def _with(value: Any, parts: dict[str, str]) -> Any:  # noqa: ANN401
    """Copy a small object of loguru's with other texts."""
    other = copy.copy(value)
    for name, text in parts.items():
        setattr(other, name, text)
    return other


def _failed(record: dict[str, Any]) -> dict[str, Any]:
    """Give what stands for a record: its time, level, line and numbers stay."""
    done: dict[str, Any] = dict.fromkeys(("message", "name", "function", "module"), FAILED)
    for name, parts in _PARTS.items():
        done[name] = _with(record[name], dict.fromkeys(parts, FAILED))
    done["extra"] = failed_values(record["extra"])
    done["exception"] = None
    return done
