"""A target: texts. No error, engines that agree, all that is claimed covered, and twice is once.

The first byte chooses the policy, and for one in eight that each rule is tried where nothing is
skipped; the rest is the text. Bytes that are no UTF-8 stay as they are.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from scrubber.detect.gate import Gated
from scrubber.detect.reference import find
from tests.fuzz.broken import holds
from tests.fuzz.engines import HAVE_VECTOR, POLICIES, both

if TYPE_CHECKING:
    from scrubber.detect.confirm import Detector

THOROUGH: Final = 8


def check(data: bytes) -> None:
    """Check the promises for texts.

    Args:
        data: a byte for the choices, and a text.

    Raises:
        BrokenError: one does not hold.
    """
    thorough, number = divmod(data[0] if data else 0, len(POLICIES))
    raw = data[1:]
    text = raw.decode("utf-8", "surrogateescape")
    pair = both(number)
    once = pair.reference.redact(text)
    holds("no unit fails", not once.report.failures)
    holds("twice is once", pair.reference.redact(once.text).text == once.text)
    holds("bytes are scrubbed as their text", _as_bytes(once.text) == pair.vector.scrub_text(raw))
    if HAVE_VECTOR:
        if not thorough % THOROUGH:
            holds("engines claim the same", _agree(number, text))
        holds("engines give the same text", pair.vector.redact(text) == once)
    _covered(number, text)


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@cache
def _engines(number: int) -> tuple[tuple[Detector, ...], ...]:
    """Give the rules of a policy with nothing skipped, behind a screen, and behind words."""
    screened = both(number).vector._wirings.text.stages.detectors  # noqa: SLF001  # as below
    return tuple(screened), screened, Gated(screened)


def _agree(number: int, text: str) -> bool:
    """Tell whether rules claim the same whatever is skipped."""
    plain, *others = (sorted(find(one, text)) for one in _engines(number))
    return all(one == plain for one in others)


def _covered(number: int, text: str) -> None:
    """Check that each character a rule claims is found, placeholders apart."""
    one = both(number).reference
    stages = one._wirings.text.stages  # noqa: SLF001  # what is claimed before it is resolved
    claimed = {at for span in stages.detect(text) for at in range(span.start, span.end)}
    shielded = {at for low, high in stages.grammar.ranges(text) for at in range(low, high)}
    found = one.scan(text)
    edges = list(chain.from_iterable((finding.start, finding.end) for finding in found))
    holds("findings are disjoint and in order", edges == sorted(edges))
    covered = {at for finding in found for at in range(finding.start, finding.end)}
    holds("what is claimed is covered", claimed - shielded <= covered)
