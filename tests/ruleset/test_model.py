"""What a policy wants, and that rulesets can be shared."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, replace
from typing import Any

import pytest

from scrubber.errors import ConfigError
from scrubber.ruleset.build import build_rule
from scrubber.ruleset.model import Allowed, Context, Policy, Rule, Ruleset
from tests.ruleset.samples import rule_table


def rule(
    name: str = "test.badge",
    *,
    confidence: float = 0.5,
    context: Context | None = None,
    locales: tuple[str, ...] = (),
) -> Rule:
    """Return a built rule."""
    built, _, reasons = build_rule(rule_table(id=name), source="<memory>", validators=())
    assert reasons == []
    assert built is not None
    return replace(built, confidence=confidence, context=context, locales=locales)


SURE = rule()
BOOSTED = rule(confidence=0.3, context=Context(("badge",), boost=0.25))
NEEDY = rule(confidence=0.3, context=Context(("badge",), required=True))
LOCAL = rule(locales=("DE", "FR"))


@pytest.mark.parametrize(
    ("one", "policy", "expected"),
    [
        (SURE, Policy("p"), True),
        (SURE, Policy("p", min_confidence=0.51), False),
        (BOOSTED, Policy("p"), True),
        (BOOSTED, Policy("p", min_confidence=0.6), False),
        (NEEDY, Policy("p"), False),
        (NEEDY, Policy("p", min_confidence=0.2), True),
        (SURE, Policy("p", entities=("BADGE", "OTHER")), True),
        (SURE, Policy("p", entities=("OTHER",)), False),
        (SURE, Policy("p", exclude=("OTHER",)), True),
        (SURE, Policy("p", exclude=("BADGE",)), False),
        (SURE, Policy("p", entities=("BADGE",), exclude=("BADGE",)), False),
        (SURE, Policy("p", locales=("US",)), True),
        (LOCAL, Policy("p"), False),
        (LOCAL, Policy("p", locales=("US",)), False),
        (LOCAL, Policy("p", locales=("US", "FR")), True),
    ],
)
def test_policy_wants_a_rule_that_can_give_a_finding(
    one: Rule, policy: Policy, *, expected: bool
) -> None:
    """Confidence with its boost, entities, exclusions and locales all count."""
    assert policy.wants(one) is expected


def test_operator_of_an_entity_comes_before_the_operator_of_all() -> None:
    """Entities not named get the operator of the policy."""
    policy = Policy("p", operator="mask", operators={"BADGE": "remove"})
    assert policy.operator_for("BADGE") == "remove"
    assert policy.operator_for("OTHER") == "mask"


def test_ruleset_gives_the_rules_of_a_policy_in_order() -> None:
    """What a policy does not want is left out."""
    rules = (rule("test.a"), rule("test.b", confidence=0.2), rule("test.c"))
    ruleset = Ruleset(rules, {})
    assert ruleset.rules_for(Policy("p")) == (rules[0], rules[2])
    assert ruleset.rules_for(Policy("p", min_confidence=0.0)) == rules


def test_ruleset_crosses_a_process_boundary() -> None:
    """What is pickled and read back is equal."""
    policy = Policy("p", operators={"BADGE": "remove"})
    ruleset = Ruleset((SURE, BOOSTED), {"p": policy}, (Allowed(value="BADGE-000000"),))
    assert pickle.loads(pickle.dumps(ruleset)) == ruleset  # noqa: S301  # made in this line


@pytest.mark.parametrize(
    "value",
    [SURE, SURE.match[0], BOOSTED.context, Policy("p"), Allowed("x"), Ruleset((), {})],
    ids=lambda value: type(value).__name__,
)
def test_values_are_frozen(value: Rule) -> None:
    """Nobody changes a ruleset another thread reads."""
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(value)[0].name, "other")


def test_a_rule_of_a_path_mode_is_on_in_it_only() -> None:
    """`auto` is `anchor` in events and `user` elsewhere."""
    canonical = replace(SURE, path_modes=("anchor", "full"))
    modes = ("auto", "user", "anchor", "full")
    assert [Policy("p", path_mode=mode).wants(canonical) for mode in modes] == [
        False,
        False,
        True,
        True,
    ]
    in_events = [Policy("p", path_mode=mode).in_events() for mode in modes]
    assert [policy.path_mode for policy in in_events] == ["anchor", "user", "anchor", "full"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (Policy("p"), False),
        (Policy("p", operator="pseudonym"), True),
        (Policy("p", operators={"SECRET": "surrogate"}), True),
        (Policy("p", operator="mask", operators={"SECRET": "remove"}), False),
    ],
)
def test_a_policy_knows_whether_it_needs_a_key(policy: Policy, *, expected: bool) -> None:
    """Pseudonyms and surrogates come from the key; nothing else does."""
    assert policy.needs_key is expected


@pytest.mark.parametrize(
    "source", ["/home/jane/p/mine.toml", "C:\\Users\\jane\\mine.toml", "mine.toml"]
)
def test_a_portable_ruleset_names_no_folder(source: str) -> None:
    """The folder of a rule file may be named by its owner."""
    one = Ruleset((replace(SURE, source=source),), {})
    kept = replace(SURE, source="mine.toml", match=(), no_match=())
    assert one.portable().rules == (kept,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"operator": "pseudonyms"},
        {"operators": {"BADGE": "hide"}},
        {"attachments": "some"},
        {"path_mode": "anchored"},
        {"min_confidence": 80},
        {"min_confidence": -0.1},
        {"min_confidence": float("nan")},
        {"entities": "BADGE"},
        {"exclude": "BADGE"},
        {"locales": "gb"},
        {"ner": "of"},
        {"ner": "spacy:"},
        {"ner": "on:more"},
        {"ner": ""},
        {"ner": False},
        {"ner_entities": "PERSON"},
        {"ner_unreached": "drop"},
        {"ner_budget": -1},
        {"ner_budget": 1.5},
        {"ner_budget": True},
    ],
)
def test_a_policy_that_would_find_nothing_is_refused(wrong: dict[str, Any]) -> None:
    """Silence is how a report goes out as it was."""
    with pytest.raises(ConfigError, match="policy p: "):
        Policy("p", **wrong)


@pytest.mark.parametrize("ner", ["off", "events", "on", "spacy", "spacy:de_core", "presidio"])
def test_taggers_are_named_by_one_word(ner: str) -> None:
    """And a pipeline of spaCy by its own name behind it."""
    assert Policy("p", ner=ner).ner == ner


@pytest.mark.parametrize(
    ("policy", "tagged"),
    [
        (Policy("p"), {"PERSON"}),
        (Policy("p", ner="off"), set()),
        (Policy("p", exclude=("PERSON",)), set()),
        (Policy("p", entities=("BADGE",)), set()),
        (Policy("p", entities=("BADGE", "PERSON")), {"PERSON"}),
        (Policy("p", ner_entities=("PERSON", "LOCATION")), {"PERSON", "LOCATION"}),
        (Policy("p", ner_entities=("PERSON", "LOCATION"), exclude=("PERSON",)), {"LOCATION"}),
        (Policy("p", ner_entities=()), set()),
    ],
)
def test_taggers_look_for_what_is_looked_for_at_all(policy: Policy, tagged: set[str]) -> None:
    """Of what they are asked for."""
    assert policy.tagged == tagged


@pytest.mark.parametrize(
    ("policy", "everything"),
    [
        (Policy("p"), False),
        (Policy("p", ner="off"), False),
        (Policy("p", ner="on"), True),
        (Policy("p", ner="spacy"), True),
        (Policy("p", ner="presidio"), True),
        (Policy("p", ner="on", exclude=("PERSON",)), False),
    ],
)
def test_taggers_look_at_every_text_where_asked(policy: Policy, *, everything: bool) -> None:
    """And at what events say in sentences, unless they are off."""
    assert policy.tags_everything is everything
