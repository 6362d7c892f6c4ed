"""One rule as written: what it becomes, and every reason to refuse it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.ruleset.build import build_rule, overridden
from scrubber.ruleset.model import Blob, Context, Example, Rule
from scrubber.ruleset.tables import Table
from tests.ruleset.samples import rule_table

if TYPE_CHECKING:
    from collections.abc import Mapping

VALIDATORS = ("even", "odd")
ID = "id must be family.name, lower case, digits and _"


def built(raw: object, *, judged: bool = True) -> Rule:
    """Return a rule that must have no reason against it."""
    rule, _, reasons = build_rule(raw, source="a.toml", validators=VALIDATORS, judged=judged)
    assert reasons == []
    assert rule is not None
    return rule


def reasons_against(raw: object, *, judged: bool = True) -> list[str]:
    """Return the reasons against a rule that must not be built."""
    rule, _, reasons = build_rule(raw, source="a.toml", validators=VALIDATORS, judged=judged)
    assert rule is None
    return reasons


def test_least_rule_has_safe_defaults() -> None:
    """What may be left out is off."""
    assert built(rule_table()) == Rule(
        id="test.badge",
        entity="BADGE",
        description="Number of a badge.",
        pattern=r"BADGE-\d{6}",
        confidence=0.9,
        has_value=False,
        validators=(),
        context=None,
        keys=(),
        multiline=False,
        width=12,
        reach_back=0,
        reach_ahead=0,
        blob=None,
        needs=(("badge-000000",),),
        run=12,
        references=(),
        locales=(),
        match=(
            Example("at BADGE-000001", ((3, 15),)),
            Example("BADGE-000002 left", ((0, 12),)),
        ),
        no_match=("BADGE-x", "badge"),
        source="a.toml",
    )


def test_every_key_of_a_rule_is_kept() -> None:
    """Nothing that is written is dropped."""
    raw = rule_table(
        pattern=r"(?<!\w)%{keys}=(?P<value>\d{1,6})(?![\w.])",
        validators=["even", "odd"],
        context={"words": ["door"], "window": 20, "boost": 0.05},
        keys=["badge"],
        multiline=True,
        max_length=100,
        references=["https://example.com/badge"],
        locales=["DE"],
        path_modes=["anchor"],
        spread=True,
        blob={"step": r"-\d{1,4}", "end": r"(?=[ ]{2})[ ]"},
    )
    rule = built(raw)
    assert rule.has_value
    assert rule.validators == ("even", "odd")
    assert rule.context == Context(("door",), window=20, boost=0.05, required=False)
    assert rule.keys == ("badge",)
    assert rule.multiline
    assert (rule.reach_back, rule.width, rule.reach_ahead) == (1, 12, 1)
    assert rule.references == ("https://example.com/badge",)
    assert rule.locales == ("DE",)
    assert (rule.path_modes, rule.spread, rule.pieces) == (("anchor",), True, "")
    assert rule.blob is not None
    assert rule.blob.reach == 5
    assert "badge" in rule.pattern


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"step": "[a-f]{1,4}"}, Blob(step="[a-f]{1,4}", end="", reach=4)),
        ({"step": "[a-f]", "end": ""}, Blob(step="[a-f]", end="", reach=1)),
        ({"step": "a(?=bc)", "end": "xy"}, Blob(step="a(?=bc)", end="xy", reach=3)),
    ],
)
def test_blob_knows_how_far_it_looks(raw: dict[str, Any], expected: Blob) -> None:
    """Its step and its end are printed, and the longer one, with its look-ahead, is its reach."""
    assert built(rule_table(blob=raw)).blob == expected


def test_pieces_are_of_a_known_kind() -> None:
    """A match may be cut like a path, and only what is bounded can be cut."""
    assert built(rule_table(pieces="path")).pieces == "path"


def test_fills_of_examples_differ_from_rule_to_rule() -> None:
    """No two examples share a key, and none changes from run to run."""
    filled = ["«%{hex:16}»"] * 2
    one = built(rule_table(match=filled, no_match=["%{hex:16}", "%{hex:16}"]))
    two = built(rule_table(id="test.other", match=filled, no_match=["%{hex:16}", "%{hex:16}"]))
    texts = [*(example.text for example in (*one.match, *two.match)), *one.no_match, *two.no_match]
    assert len(set(texts)) == 8
    assert built(rule_table(match=filled)).match == one.match


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "id is missing"),
        ({"id": 7}, "id must be a string that is not empty"),
        ({"id": "badge"}, ID),
        ({"id": "Test.badge"}, ID),
        ({"id": "test.badge.two"}, ID),
        ({"id": "test.badge\n"}, ID),
        ({"id": "t" * 33 + ".badge"}, ID),
        ({"entity": None}, "entity is missing"),
        ({"entity": "Badge"}, "entity must be UPPER_SNAKE"),
        ({"entity": "BADGE-1"}, "entity must be UPPER_SNAKE"),
        ({"entity": "B" * 49}, "entity must be UPPER_SNAKE"),
        ({"description": None}, "description is missing"),
        ({"description": ""}, "description must be a string that is not empty"),
        ({"confidence": None}, "confidence is missing"),
        ({"confidence": "high"}, "confidence must be a number"),
        ({"confidence": True}, "confidence must be a number"),
        ({"confidence": 1.5}, "confidence must be from 0 to 1"),
        ({"keys": "badge"}, "keys must be an array of strings, none empty"),
        ({"multiline": "no"}, "multiline must be true or false"),
        ({"max_length": 8193}, "max_length must be from 1 to 8192"),
        ({"max_length": 65_537, "multiline": True}, "max_length must be from 1 to 65536"),
        ({"max_length": 12.0}, "max_length must be an integer"),
        ({"pattern": None}, "pattern is missing"),
        ({"pattern": "  "}, "pattern must be a string that is not empty"),
        ({"pattern": "(?:"}, "pattern: "),
        ({"pattern": r"(\w)"}, "pattern: groups have no numbers"),
        ({"pattern": "%{nope}"}, "pattern: unknown macro %{nope}"),
        ({"pattern": "%{keys}"}, "pattern: %{keys} needs keys"),
        ({"pattern": "a?"}, "pattern: the pattern may match nothing"),
        ({"pattern": r"(?:\w{1,40}){1,40}!"}, "pattern: "),
        ({"max_length": 11}, "pattern: a match may have 12 characters and must not exceed 11"),
        ({"pattern": r"a\n"}, r"pattern: \n may match a line end"),
        ({"validators": "even"}, "validators must be an array of strings, none empty"),
        ({"validators": ["even", "prime"]}, "unknown validator prime; known: even, odd"),
        ({"context": {"required": True}}, "context.words is missing"),
        (
            {"context": {"words": [], "required": True}},
            "context.words needs at least 1 entries",
        ),
        (
            {"context": {"words": ["a"], "window": 0, "required": True}},
            "context.window must be from 1 to 200",
        ),
        (
            {"context": {"words": ["a"], "window": 201, "required": True}},
            "context.window must be from 1 to 200",
        ),
        (
            {"context": {"words": ["a"], "boost": 1.5, "required": True}},
            "context.boost must be from 0 to 1",
        ),
        (
            {"context": {"words": ["a"]}},
            "context needs either required = true or a boost above 0",
        ),
        (
            {"context": {"words": ["a"], "required": True, "boost": 0.1}},
            "context needs either required = true or a boost above 0",
        ),
        (
            {"context": {"words": ["a"], "required": True, "near": 3}},
            "unknown key context.near; known: boost, required, window, words",
        ),
        ({"blob": {"end": "b"}}, "blob.step is missing"),
        ({"blob": {"step": "(?:"}}, "blob.step: "),
        ({"blob": {"step": "a", "end": "%{nope}"}}, "blob.end: unknown macro"),
        ({"blob": {"step": "a?"}}, "blob.step: the pattern may match nothing"),
        ({"blob": {"step": "a{1,513}"}}, "blob.step: a match may have 513 characters"),
        ({"blob": {"step": "a", "end": "b?"}}, "blob.end: the pattern may match nothing"),
        (
            {"blob": {"step": "(?P<value>a)"}},
            "blob.step: the group `value` belongs to the pattern",
        ),
        ({"blob": {"step": "(?<!a)b"}}, "blob.step: a look-behind cannot be continued"),
        ({"path_modes": ["some"]}, "path_modes: some is none of: auto, user, anchor, full"),
        ({"pieces": "words"}, "pieces must be one of: , path"),
        (
            {"pieces": "path", "blob": {"step": "a"}},
            "pieces are cut from a bounded match; leave the blob out",
        ),
        ({"blob": {"step": "a", "stop": "b"}}, "unknown key blob.stop; known: end, step"),
        ({"blob": "a"}, "blob must be a table"),
        ({"references": "https://example.com"}, "references must be an array of strings"),
        ({"locales": [1]}, "locales must be an array of strings, none empty"),
        ({"match": None}, "match is missing"),
        ({"match": ["«BADGE-000001»"]}, "match needs at least 2 entries"),
        ({"match": "«BADGE-000001»"}, "match must be an array of strings, none empty"),
        ({"match": ["«a»", "b"]}, "match[1]: mark what must be found with « »"),
        ({"match": ["«a", "«b»"]}, "match[0]: a span is opened and not closed"),
        ({"match": ["«a»", "«%{hex:0}»"]}, "match[1]: a fill has 1 to 4096 characters"),
        ({"no_match": None}, "no_match is missing"),
        ({"no_match": ["a"]}, "no_match needs at least 2 entries"),
        ({"no_match": ["a", "%{nope:3}"]}, "no_match[1]: unknown fill %{nope}"),
        ({"patern": "a"}, "unknown key patern; known: blob, confidence, context, description,"),
    ],
)
def test_rule_is_refused_with_the_reason(changes: Mapping[str, Any], reason: str) -> None:
    """Each way in which one key can be wrong is one reason, which begins with where."""
    reasons = reasons_against(rule_table(**changes))
    assert any(one.startswith(reason) for one in reasons), reasons


def test_every_reason_is_given_at_once() -> None:
    """An author sees all faults of a rule in one run, the ones of its tables among them."""
    reasons = reasons_against(
        {
            "id": "Badge",
            "entity": "badge",
            "confidence": 2,
            "pattern": "a?",
            "validators": ["prime"],
            "context": {"words": ["a"], "near": 1},
            "blob": {"step": "(?<=a)(?P<value>b)"},
            "match": ["«a"],
            "no_match": [],
            "patern": "",
        }
    )
    expected = [
        ID,
        "entity must be UPPER_SNAKE",
        "description is missing",
        "confidence must be from 0 to 1",
        "pattern: the pattern may match nothing",
        "unknown validator prime",
        "context needs either required",
        "unknown key context.near",
        "blob.step: the group `value`",
        "blob.step: a look-behind",
        "match needs at least 2 entries",
        "match[0]: a span is opened and not closed",
        "no_match needs at least 2 entries",
        "unknown key patern",
    ]
    assert [reason for reason in reasons if not reason.startswith(tuple(expected))] == []
    assert [one for one in expected if not any(two.startswith(one) for two in reasons)] == []


@pytest.mark.parametrize(
    ("rule_id", "expected"),
    [("test.badge", "test.badge"), ("Badge", ""), (3, ""), (None, "")],
)
def test_refused_rule_is_told_by_its_id(rule_id: object, expected: str) -> None:
    """The id is given when it can be one."""
    raw = rule_table(id=rule_id, entity=None)
    rule, found, reasons = build_rule(raw, source="a.toml", validators=())
    assert rule is None
    assert found == expected
    assert "entity is missing" in reasons


@pytest.mark.parametrize("raw", [None, "rule", [rule_table()]])
def test_what_is_no_table_is_no_rule(raw: object) -> None:
    """A value of another kind is refused as a whole."""
    assert "this must be a table" in reasons_against(raw)


def test_no_reason_holds_text_of_an_example() -> None:
    """An example may be a real line of somebody's log, and errors end up in more logs."""
    sample = "jane@example.com"
    reasons = reasons_against(
        rule_table(
            match=[sample, f"«{sample}", f"«{sample}» %{{nope:3}}", f"{sample}»"],
            no_match=[f"{sample} %{{hex:0}}"],
        )
    )
    assert len(reasons) == 6
    assert [reason for reason in reasons if "jane" in reason or "example.com" in reason] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"pattern": r"a\nb"},
        {"max_length": 11},
        {"blob": {"step": "a{1,600}"}},
    ],
)
def test_packaged_rule_is_not_judged_again(changes: dict[str, Any]) -> None:
    """Its own tests have done so; at start-up only its form is read."""
    assert reasons_against(rule_table(**changes))
    assert built(rule_table(**changes), judged=False).id == "test.badge"


def test_packaged_rule_is_still_read() -> None:
    """Not judging says nothing about keys and types."""
    raw = rule_table(pattern="(?:", entity=None)
    found = reasons_against(raw, judged=False)
    assert len(found) == 2
    assert "entity is missing" in found


@pytest.mark.parametrize(
    ("raw", "changes"),
    [
        ({}, {}),
        ({"enabled": True}, {}),
        ({"confidence": 0.25}, {"confidence": 0.25}),
        ({"entity": "DOOR"}, {"entity": "DOOR"}),
        ({"locales": ["DE"]}, {"locales": ("DE",)}),
        ({"locales": []}, {"locales": ()}),
    ],
)
def test_override_changes_what_it_names(raw: dict[str, Any], changes: dict[str, Any]) -> None:
    """Everything else of the rule stays."""
    rule = built(rule_table(locales=["US"]))
    table = Table(raw)
    assert overridden(rule, table) == replace(rule, **changes)
    assert table.finish() == []


def test_override_switches_a_rule_off() -> None:
    """There is no rule then, and nothing wrong."""
    table = Table({"enabled": False, "confidence": 0.2})
    assert overridden(built(rule_table()), table) is None
    assert table.finish() == []


@pytest.mark.parametrize("rule", [built(rule_table()), None], ids=["of a rule", "of none"])
@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"enabled": "no"}, "enabled must be true or false"),
        ({"confidence": 2}, "confidence must be from 0 to 1"),
        ({"entity": "door"}, "entity must be UPPER_SNAKE"),
        ({"entity": 1}, "entity must be a string that is not empty"),
        ({"locales": "DE"}, "locales must be an array of strings, none empty"),
        ({"pattern": "a"}, "unknown key pattern; known: confidence, enabled, entity, locales"),
    ],
)
def test_override_is_refused_with_the_reason(
    rule: Rule | None, raw: dict[str, Any], reason: str
) -> None:
    """A pattern cannot be changed from outside: whoever needs another writes a rule."""
    table = Table(raw)
    overridden(rule, table)
    assert table.finish() == [reason]
