"""
A name found once in a crash event is removed everywhere in it.

`/home/vexlab7/run.py` tells a rule that `vexlab7` is somebody; the message `vexlab7 is over quota`
in the same event does not. Only names found where nothing but an account can stand are spread, and
only those that are no words, or one user called `train` would take the event apart.

Of the field `user` and of what stands under the name of a user, that is the account, with and
without its domain. A secret that stands under its name (`password`) may stand elsewhere without it
(in the arguments of the next frame), and goes there too.

Promise: at most `MOST` names of an event, in order of appearance; never into names of modules,
functions, types and files of code (`Rebuild`); never from one event, or one text, into another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.decoding import decoded_views
from scrubber.detect.confirm import Detector
from scrubber.detect.known import name_rules, secret_rules
from scrubber.detect.standing import Standing
from scrubber.identity.tiers import tier
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scrubber.detect.gate import Gated
    from scrubber.segments import Stages
    from scrubber.types import Span
    from scrubber.units.event import EventDocument

    Redact = Callable[[str, Stages], str]

MOST: Final = 16
"""Names of one event."""

LONGEST: Final = 64
"""Characters of a name."""

SHORTEST_SECRET: Final = 8
"""Characters of a secret that is removed wherever it stands in its event."""

_USER_FIELDS: Final = ("username", "id", "email")
_ATTRIBUTES: Final = ("name", "id", "email")
_DIGITS: Final = lazy_pattern(r"[0-9]+")
_SIGN: Final = lazy_pattern(r"[!@#$%^&*=?+~|<>]")
_ONE: Final = lazy_pattern(r"(?:[\w.\-]{1,32}\\{1,2})?[\w@+][\w.@+\-]{2,63}")
"""One account, as its owner writes it."""

_ACCOUNT: Final = lazy_pattern(r"(?:.*[\\/])?(?P<name>[^\\/@]+)(?:@.*)?", re.DOTALL)
"""The account in `CORP\\jane` and `jane@example.com`."""


class Spread:
    """The names of one event."""

    def __init__(self, document: EventDocument, stages: Stages, tellers: Gated) -> None:
        """Begin an event.

        Args:
            document: the event, whose `user` names an account.
            stages: the stages of events.
            tellers: those of their rules that tell names to spread.
        """
        self._stages = stages
        self._tellers = tellers
        self._telling = {one.rule.id for one in tellers}
        self._seen: set[str] = set()
        self._made: dict[bool, list[Detector]] = {}
        self._names: dict[str, None] = {}
        self._fields: set[str] = set()
        self._secrets = [text for text in document.secrets if self._is_secret(text)]
        event = document.plain
        user = event.get("user")
        if isinstance(user, dict):
            for field in _USER_FIELDS:
                self._take(field, user.get(field))
        attributes = event.get("attributes")
        if isinstance(attributes, dict):  # of a log, a metric, a span
            for field in _ATTRIBUTES:
                value = attributes.get(f"user.{field}")
                self._take(field, value.get("value") if isinstance(value, dict) else value)

        for text in document.users:
            if _ONE.fullmatch(text):  # a name under a name, and not what somebody wrote there
                self._add(text)
                account = _ACCOUNT.fullmatch(text)
                if account:
                    self._add(account["name"])

    def _is_secret(self, text: str) -> bool:
        """Tell whether a value is like no other, so that it is itself wherever it stands.

        `resnet50`, `yolov8n.pt` and `Postgres1` may be anything; a password is more of a mixture.
        """
        if len(text) < SHORTEST_SECRET or self._stages.grammar.ranges(text):
            return False
        mixed = len(_DIGITS.findall(text)) > 1 or (
            text.lower() != text and text.upper() != text and any(map(str.isdigit, text[1:-1]))
        )
        return any(map(str.isalpha, text)) and (mixed or _SIGN.search(text) is not None)

    def note(self, text: str, claimed: Iterable[Span] | None = None) -> None:
        """Take note of the names that a text of the event tells.

        What is claimed counts, not what is found in the end: a canonical path covers its owner.

        Args:
            text: the text.
            claimed: what all rules claim in it, where that is known.
        """
        if len(self._names) >= MOST:
            return
        if claimed is None:
            found = self._stages.engine(self._tellers, text)
        else:
            found = [span for span in claimed if span.rule_id in self._telling]
        for span in sorted(found):
            raw = text[span.start : span.end]
            views = decoded_views(raw)
            self._add(views[-1].text if views else raw)

    def everywhere(
        self,
        found: Mapping[str, str],
        redact: Redact,
        stages_of: Callable[[str], Stages] | None = None,
    ) -> dict[str, str]:
        """Remove the names from the texts of the event.

        Args:
            found: the redacted form of each text.
            redact: redacts a text with given stages.
            stages_of: gives those a text went through, where they are others than the event's.

        Returns:
            The redacted form of each text without the names.
        """
        done = dict(found)
        if not self._names and not self._secrets:
            return done
        standing = Standing([*self._names, *self._secrets], exact=self._secrets)
        suspects = [
            text for text, new in found.items() if text in self._fields or _may(standing, new)
        ]
        if not suspects:
            return done
        detectors = self._detectors(encoded=standing.encoded)
        also: dict[int, Stages] = {}
        for text in suspects:
            stages = stages_of(text) if stages_of else self._stages
            # From the text as it was, so that what this uncovers is looked for as ever.
            if text in self._fields or _has(stages, detectors, found[text]):
                if id(stages) not in also:
                    also[id(stages)] = stages.also(detectors)
                done[text] = redact(text, also[id(stages)])
        return done

    def _detectors(self, *, encoded: bool) -> list[Detector]:
        """Give what finds the names; made once for all texts of the event, and for its lines."""
        made = self._made.get(encoded)
        if made is None:
            rules = name_rules("spread", "USERNAME", self._names, encoded=encoded)
            rules += secret_rules("spread_secret", self._secrets)
            made = self._made[encoded] = [Detector(rule, {}) for rule in rules]
        return made

    def _take(self, field: str, value: object) -> None:
        """Take note of what a field of the user says: the account, or a number as text."""
        if isinstance(value, bool) or not isinstance(value, str | int):
            return
        text = str(value)
        # Whole, even where a rule would find a part of it.
        self._fields.add(text)
        if self._stages.grammar.ranges(text):  # `[image/png]` is no account `png]`
            return
        if field != "email":
            self._add(text)
        elif "@" not in text:
            return
        account = _ACCOUNT.fullmatch(text)
        if account:
            self._add(account["name"])

    def _add(self, name: str) -> None:
        if name in self._seen or len(self._names) >= MOST or len(name) > LONGEST:
            return
        self._seen.add(name)
        if tier(name) != "bare":
            return
        # What is scrubbed already names nobody.
        if not self._stages.grammar.ranges(name):
            self._names[name] = None


def _may(standing: Standing, text: str) -> bool:
    try:
        return standing.may_hold(text)
    except Exception:  # noqa: BLE001  # then all rules look
        standing.encoded = True
        return True


def _has(stages: Stages, detectors: Sequence[Detector], text: str) -> bool:
    try:
        return bool(stages.engine(detectors, text))
    except Exception:  # noqa: BLE001  # as far as anyone knows; redacting it fails closed
        return True
