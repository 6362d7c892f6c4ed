"""
A crash event through a scrubber: its strings redacted, its names spread, its fields heeded.

Promise: whatever fails comes out of here as an exception, so that the hook sends less instead; the
event given is not changed.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from scrubber.event_texts import EventTexts
from scrubber.lazy import lazy_pattern
from scrubber.ner.reached import Reached, reached
from scrubber.redact.path_fields import argument_path, frame_path
from scrubber.redact.paths import Canonicalizer
from scrubber.redact.source_lines import is_value
from scrubber.spread import Spread
from scrubber.types import Span
from scrubber.units.answers import Answers
from scrubber.units.event import DEFAULT_LIMITS, EventLimits, read_event
from scrubber.units.fields import TABLE, kind_of
from scrubber.units.identities import stays, valid
from scrubber.units.rebuild import DROPPED
from scrubber.units.remarks import (
    KINDS,
    Remark,
    Remarked,
    whole_remark,
    with_error,
    with_remarks,
)
from scrubber.units.says import DOTTED
from scrubber.units.shorten import cut_off, too_long

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrubber.ner.people import People
    from scrubber.segments import Stages
    from scrubber.units.answers import Change
    from scrubber.units.event import EventDocument
    from scrubber.units.fields import Field
    from scrubber.wiring import Wiring

_ANCHORED = "anchor"
_BETWEEN_NAMES = lazy_pattern(r"([ ,;|]+)")
_NOBODYS = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104  # nothing is bound
"""Names of every host."""
_NO_NUMBERS = frozenset({"HOSTNAME", "PERSON", "USERNAME"})
_NO_SECRETS = frozenset(
    {
        *("basic", "bearer", "digest", "disabled", "enabled", "false", "ldap", "none", "null"),
        *("oauth", "oauth2", "optional", "required", "saml", "true", "undefined"),
    }
)
"""What stands under names of secrets and is none."""
_SAYS_SO = lazy_pattern(
    r"<[A-Za-z|/ _-]{1,32}>|(?=[^\n]{0,400} (?:is|are|was|must|may|can|cannot|not|no|too) )"
    r"[A-Z](?:[^\n ]{0,40} ){3,40}[^\n ]{0,40}[a-z]\."
)
"""What stands under the name of a secret and says why there is none: `<pad>`, a sentence."""
_MOST_BACKSLASHES = 2  # as `repr` writes one
_MOST_NAMES = 4
"""Names that may stand under the name of one."""
_REMARKED = frozenset({"event", "feedback", "replay_event", "transaction"})
"""Kinds of report that have `_meta`."""
NOT_REACHED = "ner.unreached"
"""What `_meta` says of an event with sentences that taggers did not reach, and how many."""
_BLANK = "blank"
_TELLS_LEAST = 9
_SENT = "event_id"
"""What an event has that goes to a server, where somebody reads what is remarked of it."""


class EventScrub:
    """One event on its way through a scrubber."""

    def __init__(
        self, wiring: Wiring, on_failure: Callable[[str], None], kind: str | None = None
    ) -> None:
        """Begin an event.

        Args:
            wiring: the wiring for events.
            on_failure: called once for each unit that was replaced by a marker.
            kind: what kind of report it is; None where its names tell.
        """
        self._wiring = wiring
        self._stages = wiring.stages
        self._policy = wiring.stages.operators.policy
        self._kind = kind
        self._texts = EventTexts(wiring, on_failure, remarked=self._policy.remarks)
        self._reached = Reached()
        self._named: frozenset[str] = frozenset()
        self._cut: dict[str, Stages] = {}

    def scrub(self, event: Any, limits: EventLimits = DEFAULT_LIMITS) -> dict[str, Any]:  # noqa: ANN401  # the JSON border
        """Scrub an event.

        Args:
            event: the event.
            limits: how much of it is walked.

        Returns:
            A new event.

        Raises:
            BudgetError: it is too large.
            UnitError: it is no event, or of no known kind.
        """
        document = read_event(
            event, limits=limits, field=self._field, sensitive=self._wiring.sensitive
        )
        redact = self._texts.redact
        found = dict(zip(document.texts, document.texts, strict=True))
        self._reach(document)
        suspects = self._suspects(document)
        found.update((text, redact(text, self._stages_of(text))) for text in suspects)
        suspicious = document.sources.intersection(suspects)
        lines = self._stages.only(is_value)
        in_source = {
            text: redact(text, lines) if text in suspicious else text for text in document.sources
        }
        for redacted in (found, in_source):
            redacted.update((text, cut_off(redacted[text])) for text in filter(too_long, redacted))
        spread = Spread(document, self._stages, self._wiring.tellers)
        for text in suspects:
            spread.note(text, self._texts.claims.get(text))
        anchored = self._policy.path_mode == _ANCHORED
        noted = self._policy.remarks and self._kind in _REMARKED and _SENT in document.plain
        rebuilt = document.rebuilt(
            Answers(
                spread.everywhere(found, redact, self._stages_of),
                self._wiring.sensitive,
                self._whole,
                in_code=found,
                in_source=spread.everywhere(in_source, redact, lambda _: lines),
                counts=self._counts,
                told=self._told,
                path=frame_path if anchored else None,
                argument=self._argument if anchored else None,
                identity=self._identity,
                templated=self._templated,
                noted=noted,
            )
        )
        done = with_remarks(rebuilt.event, map(self._remarked, rebuilt.changes))
        if noted and self._reached.beyond:
            return with_error(done, NOT_REACHED, {"texts": len(self._reached.beyond)})
        return done

    def _field(self, event: dict[Any, Any]) -> Field:
        if self._kind is None:
            names = {key: None for key in dict.keys(event) if type(key) is str}
            self._kind = kind_of(names)
        return TABLE.root(self._kind)

    def _suspects(self, document: EventDocument) -> Sequence[str]:
        """Give the texts that may hold something."""
        texts = document.texts
        with suppress(Exception):  # then all of them are looked at
            if self._wiring.sieve is not None:
                suspects = {texts[place] for place in self._wiring.sieve.suspects(texts)}
                suspects |= self._named
                return [text for text in texts if text in suspects]
        return texts

    def _reach(self, document: EventDocument) -> None:
        """Divide the sentences of an event: those that taggers look at, and the others."""
        people = self._wiring.people()
        if people is None:
            return
        sentences = document.sentences
        if self._policy.tags_everything:
            sentences = {**dict.fromkeys(document.texts, _TELLS_LEAST), **sentences}
        self._reached = reached(sentences, self._policy.ner_budget)
        blank = self._policy.ner_unreached == _BLANK
        named = set()
        for text, count in self._reached.lines.items():
            if _may_name_people(people, text, count):
                named.add(text)
        if blank:
            named |= self._reached.beyond
        self._named = frozenset(named)
        for text in self._reached.beyond:
            self._cut[text] = self._stages_beyond(people, self._reached.lines.get(text, 0), blank)

    def _stages_beyond(self, people: People, lines: int, blank: bool) -> Stages:  # noqa: FBT001
        """Give the stages of a text of which taggers look at some lines only."""
        find = partial(people.find, lines=lines)
        stages = self._stages.beside(find) if lines else self._stages
        return stages.beside(partial(people.like_names, lines=lines)) if blank else stages

    def _stages_of(self, text: str) -> Stages:
        """Give the stages of a text: with taggers for what they look at."""
        if text in self._cut:
            return self._cut[text]
        return self._wiring.in_sentences if text in self._reached.lines else self._stages

    def _told(self, said: str, text: str) -> str:
        """Replace what words announce: each of a few names, the first of many words."""
        dotted, said = said.startswith(DOTTED), said.removeprefix(DOTTED)
        parts = _BETWEEN_NAMES.split(text, _MOST_NAMES)
        if len(parts) > 2 * _MOST_NAMES - 1:
            parts = [text]
        new = [
            self._announced(said, part)
            if at % 2 == 0 and _may_name(part) and (not dotted or DOTTED in part)
            else part
            for at, part in enumerate(parts)
        ]
        done = "".join(new)
        # A word that went may have told of what stands beside it: `numpy 1.26.0.1` is no address.
        return done if done == text else self._texts.redact(done)

    def _announced(self, said: str, text: str) -> str:
        new = self._texts.redact(said + text).removeprefix(said)
        self._texts.move(text, new, said)
        return new

    def _whole(self, reason: str, text: str) -> str:
        """Replace a text that its place makes sensitive; what says why there is none is scanned.

        Args:
            reason: the rule that a key belongs to, or the entity of a field.
            text: what stands there.
        """
        if reason in self._wiring.key_entities:
            plain = text.strip("'\" ")
            if plain.casefold() in _NO_SECRETS:
                return text
            if _SAYS_SO.fullmatch(plain):
                return self._texts.redact(text)
        if not text.strip() or self._stages.grammar.is_placeholder(text):
            return text
        entity = self._wiring.key_entities.get(reason, reason)
        span = Span(0, len(text), entity, self._rule(reason), 1.0)
        return self._stages.operators.replacement(text, span)

    def _counts(self, reason: str) -> bool:
        """Tell whether a number under a name is a count or a place, and nobody."""
        return self._wiring.key_entities.get(reason) in _NO_NUMBERS

    def _identity(self, entity: str, text: str) -> str:
        if stays(entity, text) or (entity == "HOSTNAME" and text in _NOBODYS):
            return text
        new = self._whole(entity, text)
        return new if new == text and not text.strip() else valid(entity, new)

    def _argument(self, text: str) -> str:
        return argument_path(text, Canonicalizer())

    def _templated(self, template: str, params: object) -> object | None:
        """Scrub what fills a template as part of the text that both make."""
        from scrubber.templates import scrub_args  # few events have one

        given = tuple(params) if isinstance(params, list) else params
        with suppress(Exception):  # then each is scrubbed by itself
            args = scrub_args(template, given, self._texts)
            # One mapping for one `%s` is not what its own names fill.
            if isinstance(params, dict):
                named = args if isinstance(args, dict) else None
                return named and {name: _plain(one) for name, one in named.items()}
            if isinstance(args, tuple) and isinstance(given, tuple) and len(args) == len(given):
                plain = [_plain(one) for one in args]
                return plain if isinstance(params, list) else tuple(plain)
        return None

    def _rule(self, reason: str) -> str:
        return reason if reason in self._wiring.key_entities else f"field.{reason.lower()}"

    def _remarked(self, change: Change) -> Remarked:
        """Tell what is remarked of a change."""
        told = self._texts.remarks(change.old or "", change.new or "")
        length = -1
        if self._policy.remark_lengths and change.old is not None:
            length = len(change.old)
        if change.reason or not told:
            entity = self._wiring.key_entities.get(change.reason, change.reason)
            kind = KINDS.get(self._policy.operator_for(entity), "s")
            rule = self._rule(change.reason or "context")
            if change.new is not None:
                told = (whole_remark(rule, kind, change.new),)
            else:
                told = (Remark(rule, "x" if change.reason == DROPPED else "s"),)
        return Remarked(change.path, told, length)


def _may_name_people(people: People, text: str, lines: int) -> bool:
    try:
        return bool(people.find(text, lines=lines))
    except Exception:  # noqa: BLE001  # it fails closed where it is redacted
        return True


def _may_name(part: str) -> bool:
    r"""Tell whether a part of a value may be a name: `jane`, `CORP\\jane`, and no path."""
    return bool(part) and "/" not in part and part.count("\\") <= _MOST_BACKSLASHES


def _plain(value: object) -> object:
    return str.__str__(value) if isinstance(value, str) else value
