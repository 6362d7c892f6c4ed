"""What the tests of columns share: a small scrubber that proves lines clean, cells, and faults."""

from __future__ import annotations

import re
from types import FunctionType
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.small_rules import CARD, EMAIL, scrubber

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

MAIL = "jane@example.com"
SMALL = scrubber(EMAIL, CARD)
CELLS = st.lists(
    st.none() | st.text(st.sampled_from("a@1\né€"), max_size=9) | st.sampled_from([MAIL, "1" * 8]),
    max_size=9,
)
_SUSPECT = re.compile(rb"[@0-9]")


class Counting:
    """Proves a line without `@` and digits clean; keeps what it was given."""

    def __init__(self, *, proves: bool = True) -> None:
        """Scrub with two small rules.

        Args:
            proves: whether any line is proven clean; the reference engine proves nothing.
        """
        self.proves = proves
        self.scanned: list[bytes] = []
        self.given: list[Any] = []

    def suspects(self, data: bytes) -> Sequence[int] | None:
        """Give where the lines begin that may hold a finding."""
        data.decode()  # the contract asks for UTF-8
        self.scanned.append(data)
        if not self.proves:
            return None
        begin, found = 0, []
        for line in data.split(b"\n"):
            if _SUSPECT.search(line):
                found.append(begin)
            begin += len(line) + 1
        return found

    def scrub_many(self, texts: Iterable[Any]) -> list[Any]:
        """Scrub texts, and keep them."""
        given = [*texts]
        self.given += given
        return SMALL.scrub_many(given)


def alone(cells: Sequence[Any]) -> list[Any]:
    """Scrub cells one by one."""
    return [None if cell is None else SMALL.scrub_text(cell) for cell in cells]


def functions_of(*modules: ModuleType) -> list[FunctionType]:
    """Give every function and method that modules define."""
    found: list[FunctionType] = []
    for module in modules:
        for value in vars(module).values():
            mine = getattr(value, "__module__", None) == module.__name__
            if not mine or getattr(value, "_is_protocol", False):
                continue
            inside = vars(value).values() if isinstance(value, type) else [value]
            found += [one for one in inside if isinstance(one, FunctionType)]
    return found


def failing(*_: object, **__: object) -> None:
    """Stand in for a function that fails, with a cell in its error."""
    raise ValueError("jane@example.com")
