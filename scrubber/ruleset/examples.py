"""
Examples of rules: `« »` mark what must be found, `%{hex:32}` is filled in.

A fill stands for characters that must look like a key. They are made here, from a fixed seed, so
that no text of the repository trips a secret scanner and every run sees the same characters. The
seed is hashed (SHA-256 in counter mode) because the sequence of `random` is not promised between
versions.
"""

from __future__ import annotations

import hashlib
import re
import string
from typing import TYPE_CHECKING, Final

from scrubber.ruleset.model import Example

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN: Final = "«"
CLOSE: Final = "»"

ALPHABETS: Final = {
    "hex": "0123456789abcdef",
    "digits": string.digits,
    "upper": string.ascii_uppercase,
    "lower": string.ascii_lowercase,
    "alnum": string.ascii_lowercase + string.digits,
    "upper_alnum": string.ascii_uppercase + string.digits,
    "base32": string.ascii_uppercase + "234567",
    "base62": string.ascii_letters + string.digits,
    "base64": string.ascii_letters + string.digits + "+/",
    "base64url": string.ascii_letters + string.digits + "-_",
}
LONGEST_FILL: Final = 4096

_FILL = re.compile(r"%\{([a-z0-9_]+):0*([0-9]+)\}")


class ExampleError(ValueError):
    """An example that cannot be read; the message is the reason."""


def expand_fills(text: str, *, seed: str) -> str:
    """Replace every `%{alphabet:length}` by characters of that alphabet.

    Args:
        text: the example as written.
        seed: what the characters depend on; equal seeds give equal characters.

    Returns:
        The text with its fills made.

    Raises:
        ExampleError: an unknown alphabet, or a length out of 1 to 4096.

    >>> expand_fills("id-%{digits:4}", seed="x") == expand_fills("id-%{digits:4}", seed="x")
    True
    """
    count = 0

    def fill(match: re.Match[str]) -> str:
        nonlocal count
        # Five digits are too many already; `int` refuses some thousands in its own words.
        name, length = match[1], int(match[2][:5])
        if name not in ALPHABETS:
            msg = f"unknown fill %{{{name}}}; known: {', '.join(sorted(ALPHABETS))}"
            raise ExampleError(msg)
        if not 1 <= length <= LONGEST_FILL:
            msg = f"a fill has 1 to {LONGEST_FILL} characters"
            raise ExampleError(msg)
        count += 1
        letters = _letters(ALPHABETS[name], f"{seed}/{count}")
        return "".join(next(letters) for _ in range(length))

    return _FILL.sub(fill, text)


def _letters(alphabet: str, seed: str) -> Iterator[str]:
    """Draw letters of an alphabet for ever; bytes that would favour some are thrown away."""
    fair = 256 - 256 % len(alphabet)
    block = 0
    while True:
        for byte in hashlib.sha256(f"{seed}/{block}".encode()).digest():
            if byte < fair:
                yield alphabet[byte % len(alphabet)]
        block += 1


def read_example(text: str, *, seed: str) -> Example:
    """Read an example: its text without marks, and the spans the marks stood around.

    Args:
        text: the example as written, with `« »` around each span.
        seed: see `expand_fills`.

    Returns:
        The example; its spans are half-open, in code points, in order.

    Raises:
        ExampleError: marks that are nested, empty or not closed, or a bad fill.

    >>> read_example("mail «a@example.com»", seed="").spans
    ((5, 18),)
    """
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for char in expand_fills(text, seed=seed):
        if char == OPEN:
            if start is not None:
                msg = "a span is opened inside another"
                raise ExampleError(msg)
            start = len(plain)
        elif char == CLOSE:
            if start is None or start == len(plain):
                msg = "a span is closed that is empty or was not opened"
                raise ExampleError(msg)
            spans.append((start, len(plain)))
            start = None
        else:
            plain.append(char)
    if start is not None:
        msg = "a span is opened and not closed"
        raise ExampleError(msg)
    return Example("".join(plain), tuple(spans))
