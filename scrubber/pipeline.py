"""
The scrubber: a policy, rules and the names of this machine, behind the methods users call.

Promise: a method that gives text or an event gives nothing raw when something inside fails: a
marker stands for the text, a stub event for the event, and the failure is counted and logged once.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scrubber.errors import BudgetError, ConfigError, ScrubberError, UnitError
from scrubber.explain import Explanation, explain
from scrubber.locks import PatientLock
from scrubber.naming import Names
from scrubber.redact.operators import Operators
from scrubber.redact.placeholders import FAILED
from scrubber.redact.pseudonyms import OnDemand
from scrubber.report import Report
from scrubber.ruleset.config import read_config
from scrubber.spread import Spread
from scrubber.stream import BLOCK, Stream
from scrubber.switches import disabled
from scrubber.types import Finding, Span
from scrubber.units.event import read_event
from scrubber.units.keys import sensitive_key
from scrubber.units.stub import stub_event
from scrubber.wiring import Wiring, choose_policy, load_ruleset

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence

    from scrubber.identity.model import Identity
    from scrubber.ledger import Located
    from scrubber.ruleset.model import Policy, Rule, Ruleset
    from scrubber.segments import Stages

ENGINES: Final = ("auto", "reference")

Text = TypeVar("Text", str, bytes)

_log = logging.getLogger("scrubber")


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redacted text and what was found in it.

    Attributes:
        text: the redacted text.
        report: counts by entity and rule, and failures.
    """

    text: str
    report: Report


class Scrubber:
    """A policy and a ruleset, ready to scrub. Safe to share between threads; picklable."""

    def __init__(  # noqa: PLR0913  # each is a choice of its own
        self,
        policy: str | Policy | None = None,
        *,
        rules: Sequence[str | os.PathLike[str]] = (),
        locales: Sequence[str] = (),
        path_mode: str | None = None,
        identity: Identity | None = None,
        share_identity: bool = False,
        key: str | os.PathLike[str] | None = None,
        engine: str = "auto",
    ) -> None:
        """Build a scrubber; nothing of the machine is asked before its first use.

        Args:
            policy: the id of a policy, or a policy; None for the configured one, else `balanced`.
            rules: rule files besides the packaged ones; one named `pyproject.toml` is read for its
                `[tool.scrubber]`.
            locales: countries whose rules are on besides those of the policy: `["gb", "es"]`.
            path_mode: how much of a path is replaced, over the policy's: `auto`, `user`, `anchor`,
                or `full`.
            identity: the names of the machine, which are removed wherever they stand; None to ask
                this one at first use, `Identity.none()` for no names.
            share_identity: whether a pickle of the scrubber carries those names to the process that
                loads it, which then looks for those of its own machine, too, unless `identity` was
                given. Without, that process asks its own machine.
            key: the file of the key behind pseudonyms, made at first use; None for the usual one.
            engine: `auto` or `reference`.

        Raises:
            RulesetError: rule files that cannot be used, with every problem.
            ConfigError: a policy, a locale, a path mode or an engine that does not exist.

        >>> Scrubber().scrub_text("mail jane@example.com")
        'mail [email]'
        """
        if engine not in ENGINES:
            msg = f"unknown engine {engine!r}; known: {', '.join(ENGINES)}"
            raise ConfigError(msg)
        self._engine = engine
        config = read_config([Path(path) for path in rules])
        self.ruleset: Ruleset = load_ruleset(config)
        chosen = policy or config.default_policy
        self.policy: Policy = choose_policy(self.ruleset, chosen, locales, path_mode)
        self._names = Names(identity, shared=share_identity)
        self._pseudonyms = OnDemand(None if key is None else Path(key).expanduser().absolute())
        self._begin()

    def _begin(self) -> None:
        self._failures = 0
        self._lock = PatientLock()
        self._wirings: dict[str, Wiring] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Carry policy, rules and the key's id, and names only if asked; the rest is built anew."""
        if self.policy.needs_key:
            self._pseudonyms()  # so that its id is known, and the other process has no other key
        return {
            "ruleset": self.ruleset.portable(),
            "policy": self.policy,
            "engine": self._engine,
            "names": self._names,
            "pseudonyms": self._pseudonyms,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Build everything else anew."""
        self.ruleset = state["ruleset"]
        self.policy = state["policy"]
        self._engine = state["engine"]
        self._names = state["names"]
        self._pseudonyms = state["pseudonyms"]
        self._begin()

    def __copy__(self) -> Scrubber:
        """Give one with the same names and key, since it stays in this process."""
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        other._begin()
        return other

    def __deepcopy__(self, memo: dict[int, Any]) -> Scrubber:
        """As a plain copy: nothing of it changes."""
        return self.__copy__()

    def __repr__(self) -> str:
        """Say which policy and how many rules; nothing else."""
        rules = self.ruleset.rules_for(self.policy)
        return f"Scrubber(policy={self.policy.id!r}, rules={len(rules)})"

    @property
    def failures(self) -> int:
        """How many units were replaced by a marker or a stub since this scrubber was built."""
        return self._failures

    @property
    def identity(self) -> Identity:
        """The names this scrubber removes wherever they stand; asked of the machine at first use.

        Its `repr` shows kinds and counts only.
        """
        with self._lock.held():
            return self._names()

    def warm(self) -> None:
        """Do ahead what is otherwise done at first use.

        Asks the machine for its names, anew where that was done before, and compiles every pattern.
        """
        with self._lock.held():
            self._names.forget()
            self._wirings = {}
        self.redact("warm\n")
        self.scrub({"message": "warm"})

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run on text: those of files, and those made of this machine's names.

        The latter have the family `identity`; their patterns are the names, so show none of them.
        """
        return tuple(one.rule for one in self._text.stages.detectors)

    @property
    def _text(self) -> Wiring:
        return self._wiring(self.policy)

    @property
    def _events(self) -> Wiring:
        return self._wiring(self.policy.in_events())

    def _wiring(self, policy: Policy) -> Wiring:
        wirings = self._wirings  # another dict once the scrubber is warmed
        found = wirings.get(policy.path_mode)
        if found is None:
            with self._lock.held():
                found = wirings.get(policy.path_mode)
                if found is None:
                    found = wirings.setdefault(policy.path_mode, self._wired(policy))
        return found

    def _wired(self, policy: Policy) -> Wiring:
        with suppress(Exception):  # what it says could be a name
            identity, operators = self._names(), Operators(policy, self._pseudonyms)
            known = self._names.rules()
            return Wiring.of(self.ruleset, operators, known=known, roots=identity.roots)
        raise ScrubberError("the scrubber could not be wired; nothing was looked for")

    def scrub_text(self, text: Text) -> Text:
        """Scrub a text.

        Args:
            text: `str` or `bytes`; bytes are read as UTF-8, other bytes are kept.

        Returns:
            The scrubbed text, of the same kind.

        Raises:
            TypeError: it is neither.
        """
        if isinstance(text, bytes):
            raw = text.decode("utf-8", "surrogateescape")
            return self.redact(raw).text.encode("utf-8", "surrogateescape")
        return self.redact(text).text

    def scrub_many(self, texts: Iterable[Text]) -> list[Text]:
        """Scrub many texts; the same results as one by one.

        Args:
            texts: unrelated texts.

        Returns:
            The scrubbed texts, in order.
        """
        return [self.scrub_text(text) for text in texts]

    def redact(self, text: str) -> Redaction:
        """Scrub a text and count what was found.

        Args:
            text: any string.

        Returns:
            The redacted text and its report.

        Raises:
            TypeError: it is not a string.
        """
        if not isinstance(text, str):
            msg = f"text must be str, not {type(text).__name__}"
            raise TypeError(msg)
        return self._redact(text, lambda: self._text)

    def _redact(
        self, text: str, wiring: Callable[[], Wiring], stages: Stages | None = None
    ) -> Redaction:
        try:
            stream = self._stream(wiring(), stages)
            # Not `str(text)`, which a subclass may have made its own: of an `Enum` it is the name.
            redacted = stream.feed(str.__str__(text)) + stream.finish()
            return Redaction(redacted, stream.report)
        except Exception:  # noqa: BLE001  # promise 1
            self._note_failure("text")
            return Redaction(FAILED, Report(failures=1))

    def scan(self, text: str) -> list[Finding]:
        """Find what would be redacted.

        Args:
            text: any string.

        Returns:
            Disjoint findings in order, half-open code points, without text.

        Raises:
            ScrubberError: something inside failed.
        """
        located: list[Located] = []
        stream = self.stream(on_finding=located.append)
        stream.feed(text)
        stream.finish()
        if stream.report.failures:
            msg = "the text could not be scanned"
            raise ScrubberError(msg)
        return sorted(one.finding for one in located)

    def stream(
        self, *, block: int = BLOCK, on_finding: Callable[[Located], None] | None = None
    ) -> Stream:
        """Begin a document that comes piece by piece.

        Args:
            block: how many code points are looked at in one piece.
            on_finding: called with each finding.

        Returns:
            The stream: `feed` it, then `finish` it.
        """
        return self._stream(self._text, block=block, on_finding=on_finding)

    def _stream(
        self,
        wiring: Wiring,
        stages: Stages | None = None,
        *,
        block: int = BLOCK,
        on_finding: Callable[[Located], None] | None = None,
    ) -> Stream:
        return Stream(
            stages or wiring.stages,
            block=block,
            reach=wiring.reach,
            on_finding=on_finding,
            on_failure=self._note_failure,
        )

    def explain(self, text: str) -> list[Explanation]:
        """Tell of every candidate in a text which rule saw it and why it is, or is not, a finding.

        Args:
            text: any string.

        Returns:
            Candidates in order of their place, without text.
        """
        return explain(self._text.stages.detectors, text, self.scan(text))

    def scrub(self, event: Any, hint: Any = None) -> dict[str, Any] | None:  # noqa: ANN401, ARG002
        """Scrub a Sentry event: a hook for `before_send` and its kin.

        Args:
            event: the event.
            hint: what the SDK knows about it; not used.

        Returns:
            A new, scrubbed event; a stub event when anything fails; None when not even that can be
            made, or `SCRUBBER_DISABLE` is set: a disabled scrubber drops and never passes through.
        """
        try:
            if disabled():
                return None
            return self._scrub_event(event)
        except BudgetError:
            reason = "budget"
        except UnitError:
            reason = "unit"
        except Exception:  # noqa: BLE001  # promise 1
            reason = "error"
        with suppress(Exception):
            self._note_failure("event")
            return stub_event(event, reason=reason)
        return None

    def _scrub_event(self, event: Any) -> dict[str, Any]:  # noqa: ANN401
        document = read_event(event)
        wiring = self._events

        def redacted(text: str, stages: Stages) -> str:
            return self._redact(text, lambda: wiring, stages).text

        found = {text: redacted(text, wiring.stages) for text in document.texts}
        spread = Spread(document.plain, wiring.stages, wiring.tellers)
        for text in document.texts:
            spread.note(text)
        return document.rebuild(
            spread.everywhere(found, redacted),
            lambda name: sensitive_key(name, wiring.keys),
            lambda entity, text: _replace_whole(wiring, entity, text),
            in_code=found,
            told=lambda said, text: redacted(said + text, wiring.stages).removeprefix(said),
        )

    def _note_failure(self, what: str) -> None:
        first = False
        with suppress(Exception), self._lock.held():  # what stands for the text is sent anyway
            self._failures += 1
            first = self._failures == 1
        if first:
            told = "sent a marker instead; Scrubber.failures counts further ones"
            warn(f"crashscrub could not scrub a unit ({what}) and {told}")


def warn(message: str) -> None:
    """Log a warning; a handler or filter that fails must not decide what is sent."""
    with suppress(Exception):
        _log.warning(message)


def _replace_whole(wiring: Wiring, entity: str, text: str) -> str:
    """Replace a text that its key makes sensitive; what says nothing stays."""
    if not text.strip() or wiring.stages.grammar.is_placeholder(text):
        return text
    span = Span(0, len(text), entity, wiring.key_rules[entity], 1.0)
    return wiring.stages.operators.replacement(text, span)
