"""One document through the formats, as a job does it, and what must be true of any of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from scrubber.archive.context import Context
from scrubber.archive.formats import scrub_document
from scrubber.archive.limits import Limits, Spent
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber

if TYPE_CHECKING:
    from scrubber.archive.found import Found

SCRUBBER = Scrubber(identity=Identity.none())


def scrubbed(
    data: bytes, name: str, *, unknown: str = "list", limits: Limits | None = None
) -> tuple[str, bytes, Found]:
    """Scrub a document; give its kind, what came out, and the books."""
    spent = Spent(limits or Limits(), len(data))
    context = Context(SCRUBBER, spent, name=name, unknown=unknown, hour="2026-11-24T03")
    target = io.BytesIO()
    kind = scrub_document(io.BytesIO(data), target, context)
    return kind, target.getvalue(), context.found


def settled(data: bytes, name: str) -> bytes:
    """Scrub a document, see that a second time finds nothing and changes nothing, and give it."""
    _, once, found = scrubbed(data, name)
    _, twice, again = scrubbed(once, name)
    assert twice == once
    assert again.report.findings == 0
    assert found.report.failures == again.report.failures == 0
    return once
