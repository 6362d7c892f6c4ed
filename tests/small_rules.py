"""Rules of a few characters, so that tests of the engine depend on no packaged rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrubber.detect.confirm import Detector
from scrubber.identity.model import Identity
from scrubber.naming import Names
from scrubber.pipeline import Scrubber
from scrubber.redact.pseudonyms import OnDemand
from scrubber.ruleset.build import build_rule
from scrubber.ruleset.model import Allowed, Policy, Rule, Ruleset
from scrubber.types import Span
from scrubber.validators import VALIDATORS
from scrubber.wirings import Wirings

if TYPE_CHECKING:
    from collections.abc import Callable

POLICY = Policy("small")
MASKED = Policy("masked", operator="mask")
REMOVED = Policy("removed", operator="remove")


def rule(entity: str, pattern: str, **more: object) -> Rule:
    """Build a rule named after its entity."""
    raw = {
        "id": f"small.{entity.lower()}",
        "entity": entity,
        "description": "A rule of a test.",
        "confidence": 0.9,
        "pattern": pattern,
        "match": ["«a»", "«b»"],
        "no_match": ["c", "d"],
        **more,
    }
    built, _, reasons = build_rule(raw, source="<test>", validators=VALIDATORS)
    assert built is not None, reasons
    return built


def detector(built: Rule, **more: Any) -> Detector:  # noqa: ANN401  # the fields of Detector
    """Make a rule ready to run."""
    validators: dict[str, Callable[[str], bool]] = {n: VALIDATORS[n] for n in built.validators}
    return Detector(built, **{"validators": validators, **more})


def scrubber(
    *rules: Rule,
    policy: Policy = POLICY,
    allowed: tuple[Allowed, ...] = (),
    engine: str = "reference",
    names: Names | None = None,
) -> Scrubber:
    """Build a scrubber that has these rules and no other."""
    built = Scrubber.__new__(Scrubber)
    ruleset = Ruleset(tuple(sorted(rules, key=lambda one: one.id)), {policy.id: policy}, allowed)
    names = names or Names(Identity.none())
    built.__setstate__({"wirings": Wirings(ruleset, policy, names, OnDemand(), engine)})
    return built


def span(start: int, end: int, entity: str = "A", **more: Any) -> Span:  # noqa: ANN401
    """Give a span of a rule named after its entity."""
    return Span(
        start, end, entity, **{"rule_id": f"small.{entity.lower()}", "confidence": 0.9, **more}
    )


EMAIL = rule("EMAIL_ADDRESS", r"%{left:[a-z0-9]} [a-z0-9]{1,12}+ @ [a-z]{1,12}+ (?:\.[a-z]{2,3})?+")
AFTER_KEY = rule("SECRET", r"key=\x20{0,3}+ (?P<value> [a-z0-9]{1,12}+ )")
CARD = rule("CREDIT_CARD", r"(?<![0-9]) [0-9]{8} (?![0-9])")
# Not IMAGE_DATA: a label would be made of 4096 characters, and no block could be small.
IMAGE = rule("PICTURE", "b64,", blob={"step": "[A-Za-z0-9+/=]{1,4}+"})
QUOTED = rule("PASSWORD", r'pw="(?P<value> [^"\n\\] )', blob={"step": r'[^"\n\\] | \\[^\n]'})
PEM = rule(
    "PRIVATE_KEY",
    "--BEGIN--",
    multiline=True,
    blob={"step": r"[A-Za-z0-9\n]{1,4}+", "end": "--END--"},
)
TWO_LINES = rule("TWO_LINES", r"over: \n? (?P<value> [0-9]{1,6}+ )", multiline=True)
EVERY_KIND = (EMAIL, AFTER_KEY, CARD, IMAGE, QUOTED, PEM, TWO_LINES)
