"""
What of a log record must be another for it to name nobody.

A training loop logs a line a step, and nearly every line is clean. So the common case is one
formatting and one question to the scrubber, and the record stays as it is.

Promise: the record that was given is not written to here, nor any object it holds; what comes back
are attributes to be set. They hold nothing raw, whatever a formatter makes of them: `msg % args`,
the traceback's text, the exception, the attributes one by one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from scrubber.default import scrubber_for
from scrubber.integrations.stand_in import scrubbed_traceback, stand_in
from scrubber.integrations.values import failed_values, scrub_values
from scrubber.redact.placeholders import FAILED
from scrubber.templates import scrub_args

if TYPE_CHECKING:
    from collections.abc import Collection

    from scrubber.integrations.values import Scrubs

_MADE_LATER: Final = frozenset({"message", "asctime"})  # by a formatter, on the same record
_GIVEN: Final = frozenset(vars(logging.makeLogRecord({})))
STANDARD: Final = _GIVEN | _MADE_LATER
"""The attributes that are no `extra`."""

_LABELS: Final = tuple(
    name
    for name in (
        "name",
        "pathname",
        "filename",
        "module",
        "funcName",
        "threadName",
        "processName",
        "taskName",
    )
    if name in _GIVEN  # `taskName` came with 3.12
)
"""Attributes that are one of few texts; what becomes of them is remembered."""

_MOST_LABELS: Final = 2048

_CONTAINERS: Final = (dict, list, tuple, set, frozenset)

_labels_of = itemgetter(*_LABELS)
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,127}")
_KEPT_ON_FAILURE: Final = (
    "levelname",
    "levelno",
    "lineno",
    "created",
    "msecs",
    "relativeCreated",
    "thread",
    "process",
)


@dataclass(frozen=True, slots=True, repr=False)
class Changes:
    """What of a record must be another.

    Attributes:
        fields: attributes to set.
        gone: attributes to remove.
        plain: it must be a plain `LogRecord`: its own class would make another message of it.
    """

    fields: dict[str, object]
    gone: Collection[str] = ()
    plain: bool = False


class RecordScrubber:
    """Scrubs records. Safe to share between threads."""

    def __init__(self, scrubber: Scrubs | None = None) -> None:
        """Make it; nothing is built before its first record.

        Args:
            scrubber: what looks and replaces; None for the shared one.
        """
        self._given = scrubber
        self._labels: dict[tuple[object, ...], Changes] = {}

    @property
    def scrubber(self) -> Scrubs:
        """The scrubber, built now if need be."""
        found = self._given
        if found is None:
            found = self._given = scrubber_for()
        return found

    def changes(self, record: logging.LogRecord) -> Changes | None:
        """Scrub a record.

        Args:
            record: it stays as it is.

        Returns:
            What must be another, or None for nothing.
        """
        scrub = (self._given or self.scrubber).scrub_text
        fields = vars(record)
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001  # the caller's code, or a template that does not fit
            return self._rest(record, self._unformatted(record), self._labelled(fields))
        labelled = self._labelled(fields)
        clean = scrub(message)
        if clean == message and _all_shown(record, message):
            if _bare(fields) and fields.get("message", message) == message:
                return labelled if labelled.fields else None
            new: dict[str, object] = {}
        else:
            new = self._message(record, message, clean)
        if "message" in fields:  # a formatter has left it there
            new["message"] = _formatted(new, record) if new else message
        return self._rest(record, new, labelled)

    def _rest(
        self, record: logging.LogRecord, new: dict[str, object], labelled: Changes
    ) -> Changes | None:
        """Scrub everything but the message."""
        fields = vars(record)
        # Its own class would make another message of a new text.
        plain = "msg" in new and _own_message(record)
        new |= labelled.fields
        if record.exc_info or record.exc_text:
            new |= self._exception(record)
        if record.stack_info:
            new["stack_info"] = self.scrubber.scrub_text(str(record.stack_info))
        gone: Collection[str] = ()
        if not fields.keys() <= STANDARD:
            extra = {name: value for name, value in fields.items() if name not in STANDARD}
            scrubbed = scrub_values(extra, self.scrubber)
            gone = extra.keys() - scrubbed.keys()
            new |= {
                name: value
                for name, value in scrubbed.items()
                if name not in extra or value is not extra[name]
            }
        return Changes(new, gone, plain) if new or gone else None

    def _message(self, record: logging.LogRecord, message: str, clean: str) -> dict[str, object]:
        """Scrub what a message is made of; a text stands for it where that cannot be told."""
        scrub, msg, args = self.scrubber.scrub_text, record.msg, record.args
        changed = None
        if _own_message(record):
            pass
        elif isinstance(msg, dict) and not args:
            new = scrub_values(msg, self.scrubber)
            clean = scrub(str(new))
            if clean == str(new):
                return {"msg": new}
        elif type(msg) is str and isinstance(args, Mapping) and "%(" in msg:
            args = scrub_values(args, self.scrubber)
            # Not what was made before: that shows what only a name says is secret.
            clean = scrub(msg % args)
            changed = scrub_args(msg, args, self.scrubber)
        elif type(msg) is str and args:
            with suppress(Exception):  # an object may tell its text once and never again
                changed = scrub_args(msg, args, self.scrubber, known=(message, clean))
        return {"msg": clean, "args": ()} if changed is None else {"args": changed}

    def _unformatted(self, record: logging.LogRecord) -> dict[str, object]:
        """Answer for a message that cannot be made; `logging` would print what it is made of."""
        msg = record.msg
        told = f"{self.scrubber.scrub_text(msg)} {FAILED}" if isinstance(msg, str) else FAILED
        return {"msg": told, "args": (), "message": told}

    def _exception(self, record: logging.LogRecord) -> dict[str, object]:
        scrub = self.scrubber.scrub_text
        info, text = record.exc_info, record.exc_text
        error = info[1] if isinstance(info, tuple) else info
        new: dict[str, object] = {}
        if isinstance(error, BaseException):
            trace = info[2] if isinstance(info, tuple) else error.__traceback__
            new["exc_text"] = scrub(str(text)) if text else scrubbed_traceback(error, trace, scrub)
            new["exc_info"] = stand_in(error, trace, scrub)
        elif text:
            new["exc_text"] = scrub(str(text))
        return new

    def _labelled(self, fields: dict[str, object]) -> Changes:
        try:
            labels = _labels_of(fields)
        except KeyError:  # somebody took one away
            labels = tuple(map(fields.get, _LABELS))
        found = self._labels.get(labels)
        if found is None:
            scrub = self.scrubber.scrub_text
            texts = [
                (name, text)
                for name, text in zip(_LABELS, labels, strict=True)
                if isinstance(text, str)
            ]
            found = Changes({name: scrub(text) for name, text in texts if scrub(text) != text})
            if len(self._labels) >= _MOST_LABELS:
                self._labels.clear()
            self._labels[labels] = found
        return found


def apply(changes: Changes, record: logging.LogRecord) -> logging.LogRecord:
    """Make the changes to a record, which is written to.

    Args:
        changes: of this record.
        record: the caller's own, or a copy.

    Returns:
        The same.
    """
    fields = vars(record)
    for name in changes.gone:
        fields.pop(name, None)
    fields.update(changes.fields)
    if changes.plain:
        record.__class__ = logging.LogRecord
    return record


def failed(record: logging.LogRecord) -> Changes:
    """Give what stands for a record that could not be scrubbed.

    When, where in the code and how bad it was is kept: numbers, and names that fit a narrow
    grammar, as in the stub of an event.
    """
    fields = vars(record)
    new: dict[str, object] = dict.fromkeys(STANDARD - _MADE_LATER)
    new |= dict.fromkeys(_LABELS, FAILED)
    new |= {name: fields[name] for name in _KEPT_ON_FAILURE if name in fields}
    for name in ("name", "module", "funcName"):
        text = fields.get(name)
        if isinstance(text, str) and _NAME.fullmatch(text):
            new[name] = text
    new |= {"msg": FAILED, "message": FAILED, "args": ()}
    if fields.get("exc_info") or fields.get("exc_text"):
        new["exc_text"] = FAILED
    extra = {name: fields[name] for name in fields.keys() - STANDARD}
    return Changes(new | failed_values(extra), fields.keys() - new.keys(), plain=True)


def _formatted(new: dict[str, object], record: logging.LogRecord) -> str:
    """Give the message that a record has with new parts."""
    msg, args = new.get("msg", record.msg), new.get("args")
    return str(msg) % args if args else str(msg)


def _bare(fields: dict[str, object]) -> bool:
    """Tell whether a record has nothing but a message and where it came from."""
    return not (
        fields["exc_info"] or fields["exc_text"] or fields["stack_info"]
    ) and STANDARD.issuperset(fields)


def _own_message(record: logging.LogRecord) -> bool:
    """Tell whether its class makes the message in a way of its own: braces, dollars."""
    return type(record).getMessage is not logging.LogRecord.getMessage


def _all_shown(record: logging.LogRecord, message: str) -> bool:
    """Tell whether the message shows all text of the arguments, so that they are clean as well.

    A precision cuts what is shown (`%.20s`), but not what a handler finds in the record.
    """
    args = record.args
    if not args:
        return not isinstance(record.msg, dict)
    if type(args) is not tuple:
        return "%(" not in str(record.msg) and str(args) in message
    for arg in args:
        kind = type(arg)
        if kind is float or kind is int:
            continue
        if issubclass(kind, str):
            if arg not in message:  # type: ignore[operator]  # it is a string
                return False
        elif issubclass(kind, _CONTAINERS) and str(arg) not in message:
            return False
    return True
