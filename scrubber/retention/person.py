"""
One person in texts: where their identifiers stand, and texts without them.

The identifiers are rules like any other, so all that is known of how reports write things (layers
of escapes, base64, text without end in bounded memory, JSON that stays JSON) holds for them, too.

Promise: text outside the matches is kept, code point for code point; nothing here shows an
identifier.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from scrubber.detect import reference
from scrubber.detect.gate import Gated
from scrubber.errors import InputError
from scrubber.reach import Reach
from scrubber.redact.operators import Operators
from scrubber.retention.spellings import ENCODED, ENTITY, kind_of, rules_for
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.stream import Stream
from scrubber.wiring import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scrubber.detect.confirm import Detector
    from scrubber.ledger import Located
    from scrubber.retention.identifiers import Identifier
    from scrubber.ruleset.model import Rule
    from scrubber.segments import Stages
    from scrubber.types import Span

_IN_BASE64: Final = -1
_POLICY: Final = Policy("subject", "One person's identifiers.", ner="off")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands in a text.

    Attributes:
        start: first code point.
        end: one past the last.
        line: the line, from 1.
        column: the column, from 1.
        kind: which kind of identifier stands there.
        readable: it stands there as it is, or behind escapes; not in base64 or UTF-16.
    """

    start: int
    end: int
    line: int
    column: int
    kind: str
    readable: bool


class Person:
    """What finds one person's identifiers."""

    def __init__(
        self, identifiers: Sequence[Identifier], *, operators: Operators | None = None
    ) -> None:
        """Make the rules.

        Args:
            identifiers: what the person is known by.
            operators: what becomes of an e-mail address, a user name and so on; None to put
                `[subject]` for all of them.
        """
        # No rules of files: what they allow to stay must not stay of a person who is asked for.
        rules = rules_for(identifiers, by_kind=operators is not None)
        stages = wire(
            rules,
            operators or Operators(_POLICY),
            Ruleset((), {}),
            gather=_gather(rules),
            entities=(ENTITY,),
        )
        self._stages: Stages = replace(stages, engine=_found)
        self._reach = Reach.of(self._stages.detectors)

    def __repr__(self) -> str:
        """Say nothing of whom it finds."""
        return "Person()"

    def stream(self, *, on_place: Callable[[Place], None] | None = None) -> Stream:
        """Begin a text that comes piece by piece.

        Args:
            on_place: called with each place, in order.

        Returns:
            The stream: what it gives out has `[subject]` at each place.
        """

        def told(located: Located) -> None:
            if on_place is not None:
                on_place(_place(located))

        return Stream(self._stages, reach=self._reach, on_finding=told)

    def places(self, text: str) -> list[Place]:
        """Find the person in a text.

        Args:
            text: any string.

        Returns:
            The places, disjoint, in order.

        Raises:
            InputError: something inside failed.
        """
        found: list[Place] = []
        stream = self.stream(on_place=found.append)
        stream.feed(text)
        stream.finish()
        if stream.report.failures:
            raise InputError("could not be searched")
        return sorted(found, key=lambda one: one.start)


def _gather(rules: Sequence[Rule]) -> Callable[[Iterable[Detector]], Gated]:
    """Give what tells where rules may have a match: a scan in memory, where it can be had.

    It is made of the identifiers, so it is not kept.
    """
    with suppress(Exception):  # the words of the rules do, ten times slower
        from scrubber.detect import databases
        from scrubber.detect.screen import Screen
        from scrubber.detect.vector import Screened

        made = databases.compiled(rules)
        screen = Screen(
            [(made.scanner, made.behind)],
            list(made.always),
            dict(enumerate(rules)),
            list(made.begins),
        )
        return partial(Screened.of, screen=screen)
    return Gated


def _place(located: Located) -> Place:
    finding = located.finding
    readable = not finding.rule_id.endswith(ENCODED)
    return Place(
        finding.start,
        finding.end,
        located.line,
        located.column,
        kind_of(finding.rule_id),
        readable,
    )


def _found(detectors: Sequence[Detector], text: str, *, start: int = 0) -> list[Span]:
    """Find what rules claim, and tell what was claimed inside base64 by the rule's name."""
    return [
        span._replace(rule_id=f"{span.rule_id}_{ENCODED}") if span.layers == _IN_BASE64 else span
        for span in reference.find(detectors, text, start=start)
    ]
