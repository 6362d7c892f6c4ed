"""
Crash events and a log without end, made as they are needed.

Promise: the same seed gives the same events and lines, no file is written, and hardly any two
events or lines are equal: a memory that keeps one entry for each text would show.
"""

from __future__ import annotations

import binascii
from random import Random
from typing import TYPE_CHECKING, Any, Final

from benchmarks.corpora import CLEAN, SERVICE, stamped
from benchmarks.crashes import planted_by

if TYPE_CHECKING:
    from collections.abc import Iterator

RAW: Final = ("@example.", "192.0.2.", "198.51.100.")
"""How planted addresses show: whatever is scrubbed has none of these."""

_CLEAN_SHARE: Final = 9
"""Of ten lines, as many come from a training run; the others from a service, half of them clean."""


def event(seed: int) -> dict[str, Any]:
    """Make a small crash event of a user nobody has seen before.

    >>> event(1) == event(1), event(1) == event(2)
    (True, False)
    """
    one = planted_by(seed)
    draw = Random(seed)  # noqa: S311  # made-up numbers
    home = f"/home/{one['user']}"
    frames = [
        {
            "filename": f"yolo/step_{number}.py",
            "abs_path": f"{home}/work/yolo/step_{number}.py",
            "function": f"step_{number}",
            "lineno": draw.randrange(1, 400),
            "in_app": True,
            "context_line": f'    load("{home}/datasets/run{draw.randrange(10**6)}.yaml")',
            "vars": {"path": f"'{home}/best_{draw.randrange(10**6)}.pt'", "api_key": one["key"]},
        }
        for number in range(2)
    ]
    said = (
        f"saved {home}/runs/last_{draw.randrange(10**6)}.pt",
        f"rank 0 connected to {one['host']} ({one['address']}:29500)",
        f"epoch {draw.randrange(99)} loss {draw.random():.4f} lr 0.01",
    )
    error = f"no weights for {one['mail']} below {home}, {one['user']} is over quota"
    return {
        "event_id": f"{draw.getrandbits(128):032x}",
        "platform": "python",
        "level": "error",
        "server_name": one["host"],
        "user": {"username": one["user"], "ip_address": one["address"]},
        "exception": {
            "values": [{"type": "RuntimeError", "value": error, "stacktrace": {"frames": frames}}]
        },
        "breadcrumbs": {"values": [{"category": "train", "message": text} for text in said]},
        "extra": {"free": draw.random(), "rows": draw.randrange(10**6)},
    }


def lines(seed: int) -> Iterator[str]:
    """Give the lines of a log without end: a training run and a service, now and then a traceback.

    >>> first, again = lines(3), lines(3)
    >>> [next(first) for _ in range(50)] == [next(again) for _ in range(50)]
    True
    """
    draw = Random(seed)  # noqa: S311  # made-up numbers
    while True:
        if draw.randrange(10) < _CLEAN_SHARE:
            yield stamped(draw, draw.choice(CLEAN)(draw))
        else:
            _, template = draw.choice(SERVICE)
            yield stamped(draw, template(draw))
        if not draw.randrange(500):
            yield from _seldom(draw)


def _seldom(draw: Random) -> Iterator[str]:
    """Give what a log holds now and then: several lines in one, an encoded line, a long one."""
    number = draw.randrange(10**6)
    match draw.randrange(4):
        case 0:
            yield "Traceback (most recent call last):"
            yield f'  File "/home/user{number}/work/train.py", line {number % 999}, in main'
            yield f"ValueError: user{number}@example.com has no runs"
        case 1:
            text = f"mail of user{number}@example.com bounced at {number}".encode()
            yield f"payload {binascii.b2a_base64(text, newline=False).decode()}"
        case 2:
            yield "{"
            yield f'  "client": "user{number}@example.org",'
            yield '  "ok": true'
            yield "}"
        case _:
            yield f"rows {' '.join(str(draw.randrange(10**6)) for _ in range(400))}"


def chunks(seed: int, size: int, *, chunk: int = 1 << 20) -> Iterator[bytes]:
    """Give a log in pieces, cut anywhere.

    Args:
        seed: what it is drawn from.
        size: bytes in all, and as many more as the last line takes: half an address is no address.
        chunk: bytes of a piece; the last may be shorter or longer.
    """
    source = lines(seed)
    held = b""
    while size > 0:
        parts = [held]
        length = len(held)
        while length < min(chunk, size):
            line = next(source).encode() + b"\n"
            parts.append(line)
            length += len(line)
        joined = b"".join(parts)
        wanted = min(chunk, size)
        if wanted == size:
            yield joined
            return
        yield joined[:wanted]
        held = joined[wanted:]
        size -= wanted
