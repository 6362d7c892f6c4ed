"""
The one place where stages are wired: `Scrubber`, and the default one behind `scrub_text`.

Promise: a method that gives text or an event gives nothing raw when something inside fails: a
marker stands for the text, a stub event for the event, and the failure is counted and logged once.
"""

from __future__ import annotations

import logging
import os
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scrubber.detect import reference
from scrubber.detect.confirm import Detector
from scrubber.detect.gate import Gated
from scrubber.errors import BudgetError, ConfigError, ScrubberError, UnitError
from scrubber.explain import Explanation, explain
from scrubber.reach import Reach
from scrubber.redact.operators import replacement
from scrubber.redact.placeholders import FAILED, Grammar
from scrubber.report import Report
from scrubber.ruleset import prebuilt
from scrubber.ruleset.config import Config, read_config
from scrubber.ruleset.load import build_ruleset, read_documents
from scrubber.ruleset.locate import policy_files, rule_files, rules_dir
from scrubber.ruleset.model import Policy, Rule, Ruleset
from scrubber.segments import Stages
from scrubber.stream import BLOCK, Stream
from scrubber.types import Finding, Span
from scrubber.units.event import read_event
from scrubber.units.keys import KeyIndex, sensitive_key
from scrubber.units.stub import stub_event
from scrubber.validators import VALIDATORS
from scrubber.validators.labels import LABELLERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scrubber.ledger import Located

DEFAULT_POLICY: Final = "balanced"
ENGINES: Final = ("auto", "reference")
DISABLE: Final = "SCRUBBER_DISABLE"

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

    def __init__(
        self,
        policy: str | Policy | None = None,
        *,
        rules: Sequence[str | os.PathLike[str]] = (),
        locales: Sequence[str] = (),
        engine: str = "auto",
    ) -> None:
        """Build a scrubber.

        Args:
            policy: the id of a policy, or a policy; None for the configured one, else `balanced`.
            rules: rule files besides the packaged ones; one named `pyproject.toml` is read for its
                `[tool.scrubber]`.
            locales: countries whose rules are on besides those of the policy: `["gb", "es"]`.
            engine: `auto` or `reference`.

        Raises:
            RulesetError: rule files that cannot be used, with every problem.
            ConfigError: a policy, a locale or an engine that does not exist.

        >>> Scrubber().scrub_text("mail jane@example.com")
        'mail [email]'
        """
        if engine not in ENGINES:
            msg = f"unknown engine {engine!r}; known: {', '.join(ENGINES)}"
            raise ConfigError(msg)
        self._engine = engine
        config = read_config([Path(path) for path in rules])
        self.ruleset: Ruleset = load_ruleset(config)
        chosen = _policy(self.ruleset, policy or config.default_policy)
        self.policy: Policy = _with_locales(self.ruleset, chosen, locales)
        self._wire()

    def _wire(self) -> None:
        self._failures = 0
        # Reentrant: a destructor may run while it is held, and scrub, and fail.
        self._lock = threading.RLock()
        rules = self.ruleset.rules_for(self.policy)
        self._stages = wire(rules, self.policy, self.ruleset)
        self._reach = Reach.of(self._stages.detectors)
        self._keys = KeyIndex.from_rules([(rule.keys, rule.entity) for rule in rules if rule.keys])
        self._key_rules = {rule.entity: rule.id for rule in rules if rule.keys}

    def __getstate__(self) -> dict[str, Any]:
        """Carry policy and rules; everything else is built anew."""
        return {"ruleset": self.ruleset, "policy": self.policy, "engine": self._engine}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Build everything else anew."""
        self.ruleset = state["ruleset"]
        self.policy = state["policy"]
        self._engine = state["engine"]
        self._wire()

    def __repr__(self) -> str:
        """Say which policy and how many rules; nothing else."""
        return f"Scrubber(policy={self.policy.id!r}, rules={len(self._stages.detectors)})"

    @property
    def failures(self) -> int:
        """How many units were replaced by a marker or a stub since this scrubber was built."""
        return self._failures

    def warm(self) -> None:
        """Do ahead what is otherwise done at first use: compile every pattern."""
        self.redact("warm\n")

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
        try:
            stream = self.stream()
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
        return Stream(
            self._stages,
            block=block,
            reach=self._reach,
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
        return explain(self._stages.detectors, text, self.scan(text))

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
        replacements = {text: self.redact(text).text for text in document.texts}
        return document.rebuild(
            replacements,
            lambda name: sensitive_key(name, self._keys),
            self._replace_whole,
        )

    def _replace_whole(self, entity: str, text: str) -> str:
        """Replace a text that its key makes sensitive; what says nothing stays."""
        if not text.strip() or self._stages.grammar.is_placeholder(text):
            return text
        span = Span(0, len(text), entity, self._key_rules[entity], 1.0)
        return replacement(text, span, self.policy)

    def _note_failure(self, what: str) -> None:
        with self._lock:
            self._failures += 1
            first = self._failures == 1
        if first:
            warn(
                f"crashscrub could not scrub a unit ({what}) and sent a marker instead; "
                "Scrubber.failures counts further ones"
            )


def wire(rules: Iterable[Rule], policy: Policy, ruleset: Ruleset) -> Stages:
    """Wire the stages of a scrubber.

    Args:
        rules: the rules to run.
        policy: what happens to findings.
        ruleset: whose findings to leave alone, and whose entities have placeholders.

    Returns:
        The stages.
    """
    detectors = [
        Detector(
            rule,
            {name: VALIDATORS[name] for name in rule.validators},
            LABELLERS.get(rule.entity),
            tuple(
                one
                for one in ruleset.allowed
                if one.entity in ("", rule.entity) and one.rule_id in ("", rule.id)
            ),
            policy.min_confidence,
            policy.timeout,
        )
        for rule in rules
    ]
    return Stages(
        Gated(one for one in detectors if not one.rule.multiline),
        Gated(one for one in detectors if one.rule.multiline),
        reference.find,
        Grammar(rule.entity for rule in ruleset.rules),
        policy,
    )


def warn(message: str) -> None:
    """Log a warning; a handler or filter that fails must not decide what is sent."""
    with suppress(Exception):
        _log.warning(message)


def disabled() -> bool:
    """Tell whether `SCRUBBER_DISABLE` is set."""
    return os.environ.get(DISABLE, "") not in ("", "0")


def load_ruleset(config: Config | None = None) -> Ruleset:
    """Load the packaged rules and policies, and a user's.

    Args:
        config: the user's configuration, or None.

    Returns:
        The ruleset.

    Raises:
        RulesetError: with every problem of every file.
    """
    folder = rules_dir()
    documents, problems = read_documents(rule_files(folder), policy_files(folder), packaged=True)
    config = config or Config()
    return build_ruleset(
        (*documents, *config.documents),
        validators=VALIDATORS,
        problems=(*problems, *config.problems),
        prebuilt=prebuilt.load(folder),
    )


def _policy(ruleset: Ruleset, policy: str | Policy) -> Policy:
    if isinstance(policy, Policy):
        return policy
    name = policy or DEFAULT_POLICY
    if name not in ruleset.policies:
        msg = f"unknown policy {name!r}; known: {', '.join(sorted(ruleset.policies))}"
        raise ConfigError(msg)
    return ruleset.policies[name]


def _with_locales(ruleset: Ruleset, policy: Policy, locales: Sequence[str]) -> Policy:
    """Switch the rules of countries on, besides those the policy names."""
    if not locales:
        return policy
    known = {name for rule in ruleset.rules for name in rule.locales}
    for name in locales:
        if name not in known:
            msg = f"unknown locale {name!r}; known: {', '.join(sorted(known))}"
            raise ConfigError(msg)
    return replace(policy, locales=tuple(dict.fromkeys((*policy.locales, *locales))))
