"""Documents through the formats, as a folder's are: bytes in, bytes out, twice."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest

from scrubber.archive.context import Context
from scrubber.archive.formats import scrub_document
from scrubber.archive.limits import Limits, Spent
from scrubber.errors import InputError
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber

if TYPE_CHECKING:
    from scrubber.archive.found import Found

MAIL = "jane@example.com"
OTHER = "joe@example.com"
WORD = "quixotic" + "77"
"""Secret by its name only."""
IMAGE = b"\x89PNG\r\n\x1a\n" + b"CANARY" * 9 + b"\0"


@dataclass(frozen=True)
class Made:
    """What was made of a document."""

    data: bytes
    found: Found
    kind: str


@cache
def scrubber() -> Scrubber:
    """Give the scrubber of all these tests, without names of this machine."""
    return Scrubber(identity=Identity.none())


def once(data: bytes, *, limits: Limits | None = None, name: str = "x") -> Made:
    """Scrub a document."""
    context = Context(scrubber(), Spent(limits or Limits(), len(data)), name=name)
    source, target = io.BytesIO(data), io.BytesIO()
    kind = scrub_document(source, target, context)
    assert not source.closed
    assert not target.closed
    return Made(target.getvalue(), context.found, kind)


def scrubbed(data: bytes) -> Made:
    """Scrub a document, and see that a second time finds nothing and changes no byte."""
    made = once(data)
    again = once(made.data)
    assert again.data == made.data
    assert again.found.report.findings == 0
    assert once(data).data == made.data
    for planted in (MAIL, OTHER, WORD, "CANARY"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert planted.encode(encoding) not in made.data
    assert made.found.report.failures == 0
    return made


def refused(data: bytes) -> str:
    """Give the reason why a document is refused, which says nothing of it."""
    with pytest.raises(InputError) as caught:
        once(data)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    reason = str(caught.value)
    assert all(planted not in reason for planted in (MAIL, OTHER, WORD, "CANARY"))
    return reason


def shown(data: bytes, kind: str) -> str:
    """Give all that a document of a kind gives away: what is made of it, or why it is refused.

    Of one that is read as another kind, nothing: it is none of the test's.
    """
    try:
        made = once(data)
    except InputError as error:
        return str(error)
    return made.data.decode("latin-1") if made.kind == kind else ""
