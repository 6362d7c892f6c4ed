"""A found case made small: the same failure with as few bytes as a bounded search leaves.

Promise: the result fails in the same words, and is never longer than what was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.fuzz.broken import failure_of

if TYPE_CHECKING:
    from collections.abc import Callable

TRIES: Final = 800


def minimised(check: Callable[[bytes], None], data: bytes, *, tries: int = TRIES) -> bytes:
    """Leave out bytes, and make those that are left plain, as long as it fails alike.

    Args:
        check: the target.
        data: what it fails on.
        tries: how often it is run at most.
    """
    wanted = failure_of(check, data)
    left = tries

    def fails(candidate: bytes) -> bool:
        nonlocal left
        left -= 1
        return failure_of(check, candidate) == wanted

    size = len(data) // 2
    while size and left > 0:
        at = 0
        while at < len(data) and left > 0:
            candidate = data[:at] + data[at + size :]
            if fails(candidate):
                data = candidate
            else:
                at += size
        size //= 2
    for at in range(len(data)):
        for plain in b"\0a ":
            candidate = data[:at] + bytes((plain,)) + data[at + 1 :]
            if left > 0 and data[at] not in b"\0a " and fails(candidate):
                data = candidate
    return data
