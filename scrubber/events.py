"""
A crash event through a scrubber: its strings redacted, its names spread, its keys heeded.

Promise: whatever fails comes out of here as an exception, so that the hook sends a stub instead;
the event given is not changed.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scrubber.spread import Spread
from scrubber.types import Span
from scrubber.units.event import read_event
from scrubber.units.keys import sensitive_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.segments import Stages
    from scrubber.wiring import Wiring


def scrub_event(
    event: Any,  # noqa: ANN401  # the JSON border
    wiring: Wiring,
    redacted: Callable[[str, Stages], str],
) -> dict[str, Any]:
    """Scrub an event.

    Args:
        event: the event.
        wiring: the wiring for events.
        redacted: redacts a text with given stages.

    Returns:
        A new event.

    Raises:
        BudgetError: it is too large.
        UnitError: it is no event.
    """
    document = read_event(event)
    texts = document.texts
    suspects: Sequence[int] = range(len(texts))
    with suppress(Exception):  # then all of them are looked at
        suspects = wiring.sieve.suspects(texts) if wiring.sieve else suspects
    found = dict(zip(texts, texts, strict=True))
    found.update((texts[place], redacted(texts[place], wiring.stages)) for place in suspects)
    spread = Spread(document.plain, wiring.stages, wiring.tellers)
    for place in suspects:
        spread.note(texts[place])
    return document.rebuild(
        spread.everywhere(found, redacted),
        lambda name: sensitive_key(name, wiring.keys),
        lambda entity, text: _replace_whole(wiring, entity, text),
        in_code=found,
        told=lambda said, text: redacted(said + text, wiring.stages).removeprefix(said),
    )


def _replace_whole(wiring: Wiring, entity: str, text: str) -> str:
    """Replace a text that its key makes sensitive; what says nothing stays."""
    if not text.strip() or wiring.stages.grammar.is_placeholder(text):
        return text
    span = Span(0, len(text), entity, wiring.key_rules[entity], 1.0)
    return wiring.stages.operators.replacement(text, span)
