"""
A log record as it is now, for whoever looks at it later.

A record holds the objects that were logged. A program goes on and changes them, and a tensor in a
queue keeps its memory. So what they show is noted while the program waits, which costs it a
formatting, and no scrubbing.

Promise: nothing of a snapshot can change, and no object of the program's is in it. It is as raw as
the record was.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from scrubber.integrations.record import STANDARD
from scrubber.integrations.stand_in import scrubbed_traceback, stand_in
from scrubber.integrations.values import copied_values, text_of
from scrubber.templates import Conversion, Filled, Shown, fill, read_template

_PLAIN: Final = frozenset({str, int, float, bool, type(None)})
_REALS: Final = "eEfFgG"


def snapshot(record: logging.LogRecord) -> logging.LogRecord:
    """Copy a record with everything that it shows.

    Args:
        record: it stays as it is.

    Returns:
        A plain record of the same message.
    """
    message = record.getMessage()
    now = object.__new__(logging.LogRecord)  # asking for time and thread takes longer than the rest
    now.__dict__ = record.__dict__.copy()
    own = type(record).getMessage is not logging.LogRecord.getMessage
    args = None if own or type(record.msg) is not str else _frozen(record.msg, record.args)
    if isinstance(record.msg, dict) and not own and not record.args:
        now.msg, now.args = copied_values(record.msg), ()
    elif args is None:
        now.msg, now.args = message, ()
    else:
        now.args = args  # type: ignore[assignment]
    info = record.exc_info
    if info and info[1] is not None:
        now.exc_text = record.exc_text or scrubbed_traceback(info[1], info[2], _same)
        now.exc_info = stand_in(info[1], info[2], _same)
    if not vars(now).keys() <= STANDARD:
        extra = {name: value for name, value in vars(now).items() if name not in STANDARD}
        vars(now).update(copied_values(extra))
    return now


def _same(text: str) -> str:
    return text


def _frozen(template: str, args: object) -> object | None:
    """Give arguments that show the same and are nobody else's; None when that cannot be."""
    if not args:
        return ()
    if isinstance(args, tuple) and all(type(arg) in _PLAIN for arg in args):
        return args
    pieces = read_template(template)
    filled = None if pieces is None else fill(pieces, args)
    if filled is None:
        return None
    places = [piece for piece in filled if isinstance(piece, Filled)]
    if isinstance(args, Mapping) and places[0].conversion.key is not None:
        # All of it: its names tell what is secret, and others may read more than is shown.
        return copied_values(args) | {
            piece.conversion.key: _value(piece.conversion, piece.value, piece.text)
            for piece in places
        }
    row: list[object] = []
    for piece in places:
        row += (*piece.stars, _value(piece.conversion, piece.value, piece.text))
    return tuple(row)


def _value(conversion: Conversion, value: object, text: str) -> object:
    if type(value) in _PLAIN:
        return value
    if conversion.kind in "sra":
        return Shown(text)
    if conversion.kind == "c":
        return text_of(value) if isinstance(value, str) else value
    # What `%` itself asks the object for.
    return float(value) if conversion.kind in _REALS else int(value)  # type: ignore[arg-type, call-overload]
