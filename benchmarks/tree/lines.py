"""
Blocks of log lines: made once, written many times, each time with other times in front.

A tree of gigabytes whose every line is drawn anew takes an hour; one of a single block tells
nothing of a scrubber that remembers lines. So there are some dozens of blocks, and each line of
each copy begins with the minute of that copy.

Promise: names are generated, addresses are of example.com and 192.0.2.0/24.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINUTE: Final = "@@@@-@@-@@T@@:@@"
_BLOCKS: Final = 24
_LINES: Final = 1500
_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_VOWELS: Final = "aeiou"
_CONSONANTS: Final = "bdfgklmnprstvz"
_CLEAN: Final = (
    "INFO trainer step={n} loss={x:.4f} lr=0.0003 grad_norm={y:.3f} tokens_per_s={m}",
    "DEBUG dataloader worker {k} prefetched batch {n} in {x:.3f} ms",
    "INFO http request id={n} status=200 duration={m} ms route=/v1/items/{k}",
    "WARNING cache miss ratio {x:.3f} above threshold for shard {k}",
    "INFO scheduler job {n} moved to queue {k}, {m} jobs waiting",
    "ERROR worker {k} retried after timeout, attempt {k} of 5",
    '  File "/usr/lib/python3.11/asyncio/base_events.py", line {m}, in run_until_complete',
)
_PERSONAL: Final = (
    "INFO auth user={user} logged in from {ip}",
    "WARNING mail to {user}@example.com bounced, attempt {k}",
    "INFO loaded /home/{user}/data/run_{n}.json in {x:.2f} s",
    "DEBUG connection from {ip}:{m} closed after {n} bytes",
)
_SHARE: Final = 0.08


class Blocks:
    """Log lines of one tree."""

    def __init__(self, seed: int) -> None:
        """Draw the lines.

        Args:
            seed: of the tree.
        """
        self._random = random.Random(seed)  # noqa: S311  # no secret
        self.people = [self._person() for _ in range(200)]
        self._blocks = [self._block() for _ in range(_BLOCKS)]
        self._copies = 0

    def text(self, size: int, planted: str = "") -> Iterator[bytes]:
        """Give the text of a log.

        Args:
            size: about how many bytes, whole lines.
            planted: a line that stands in the middle.

        Yields:
            Pieces of it.
        """
        line = f"{self._minute()}:59Z INFO audit {planted}\n".encode() if planted else b""
        written = 0
        while written < size or line:
            if line and written >= size // 2:
                yield line
                line = b""
                continue
            piece = self.block()
            if written + len(piece) > size:
                cut = piece.rfind(b"\n", 0, max(size - written, 0)) + 1
                piece = piece[:cut]
                written = size
            written += len(piece)
            yield piece

    def block(self) -> bytes:
        """Give the next copy of a block, some 150 KB of whole lines."""
        block = self._blocks[self._copies % _BLOCKS]
        return block.replace(_MINUTE.encode(), self._minute().encode())

    def person(self, number: int) -> str:
        """Give the account of one of the people, by number."""
        return self.people[number % len(self.people)]

    def _minute(self) -> str:
        self._copies += 1
        return (_BEGIN + timedelta(minutes=self._copies)).strftime("%Y-%m-%dT%H:%M")

    def _person(self) -> str:
        draw = self._random.choice
        first, last = (
            "".join(draw(_CONSONANTS) + draw(_VOWELS) for _ in range(3)) + draw(_CONSONANTS)
            for _ in range(2)
        )
        return f"{first}.{last}"

    def _block(self) -> bytes:
        number = self._random.randrange
        rows = []
        for at in range(_LINES):
            personal = self._random.random() < _SHARE
            line = self._random.choice(_PERSONAL if personal else _CLEAN).format(
                n=number(10**6),
                m=number(1000),
                k=number(16),
                x=self._random.random(),
                y=self._random.random(),
                user=self._random.choice(self.people),
                ip=f"192.0.2.{number(256)}",
            )
            rows.append(f"{_MINUTE}:{at % 60:02d}Z {line}\n")
        return "".join(rows).encode()
