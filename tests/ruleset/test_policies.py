"""One policy as written: what it becomes, and every reason to refuse it."""

from __future__ import annotations

from typing import Any

import pytest

from scrubber.errors import ConfigError
from scrubber.ruleset.model import OPERATORS, Policy
from scrubber.ruleset.policies import build_policy

ENTITIES = ("BADGE", "DOOR", "SECRET")
OPERATOR_LIST = "replace, mask, remove, hash, pseudonym, surrogate"
SALT = "x" * 15 + "y"
BASE = Policy(
    "base",
    description="The base.",
    min_confidence=0.4,
    entities=("BADGE",),
    exclude=("DOOR",),
    operator="mask",
    operators={"BADGE": "remove"},
    keep_last=2,
    locales=("DE",),
    timeout=5.0,
)
KNOWN = {"base": BASE}
NO_SALT = "the operator hash needs hash_salt, a text of 16 characters or more"


def built(raw: object, *, packaged: bool = False) -> Policy:
    """Return a policy that must have no reason against it."""
    policy, _, reasons = build_policy(
        raw, known=KNOWN, entities=ENTITIES, locales=("DE", "FR"), packaged=packaged
    )
    assert reasons == []
    assert policy is not None
    return policy


def reasons_against(raw: object, *, packaged: bool = False) -> list[str]:
    """Return the reasons against a policy that must not be built."""
    policy, _, reasons = build_policy(
        raw, known=KNOWN, entities=ENTITIES, locales=("DE", "FR"), packaged=packaged
    )
    assert policy is None
    return reasons


def test_extending_policy_keeps_what_it_does_not_name() -> None:
    """All keys are the ones of its base, but the id."""
    policy = built({"id": "mine", "extends": "base"})
    assert policy == Policy(
        "mine",
        description="The base.",
        min_confidence=0.4,
        entities=("BADGE",),
        exclude=("DOOR",),
        operator="mask",
        operators={"BADGE": "remove"},
        keep_last=2,
        locales=("DE",),
        timeout=5.0,
    )


def test_extending_policy_changes_what_it_names() -> None:
    """Lists are replaced, operators of single entities are added."""
    policy = built(
        {
            "id": "mine",
            "extends": "base",
            "description": "Mine.",
            "min_confidence": 0,
            "entities": [],
            "exclude": ["BADGE"],
            "operator": "replace",
            "operators": {"DOOR": "mask"},
            "keep_last": 8,
            "path_mode": "user",
            "locales": ["FR"],
            "timeout": 0,
        }
    )
    assert policy == Policy(
        "mine",
        description="Mine.",
        min_confidence=0.0,
        entities=(),
        exclude=("BADGE",),
        operator="replace",
        operators={"BADGE": "remove", "DOOR": "mask"},
        keep_last=8,
        path_mode="user",
        locales=("FR",),
        timeout=0.0,
    )


def test_salt_is_inherited_and_not_shown() -> None:
    """Who extends a policy joins its hashes; what is printed of a policy lets nobody guess."""
    base = Policy("salted", operator="hash", hash_salt=SALT)
    raw = {"id": "mine", "extends": "salted", "min_confidence": 0.1}
    policy, _, reasons = build_policy(raw, known={"salted": base}, entities=ENTITIES)
    assert reasons == []
    assert policy is not None
    assert policy.hash_salt == SALT
    assert SALT not in repr(policy)


@pytest.mark.parametrize(
    ("operator", "operators", "salt"),
    [("hash", {}, ""), ("mask", {"DOOR": "hash"}, SALT[1:]), ("mask", {"SECRET": "hash"}, SALT)],
)
def test_hash_that_could_be_undone_is_refused_in_code_too(
    operator: str, operators: dict[str, str], salt: str
) -> None:
    """A policy written in Python has no other chance to be refused."""
    with pytest.raises(ConfigError, match=r"^policy mine: .*hash"):
        Policy("mine", operator=operator, operators=operators, hash_salt=salt)


def test_extending_policy_leaves_its_base_alone() -> None:
    """The base is shared by all who extend it."""
    before = dict(BASE.operators)
    built({"id": "mine", "extends": "base", "operators": {"BADGE": "replace"}})
    assert BASE.operators == before


@pytest.mark.parametrize("raw", [{"id": "mine"}, {"id": "mine", "extends": ""}])
def test_packaged_policy_may_define_itself(raw: dict[str, Any]) -> None:
    """It has the defaults then."""
    assert built(raw, packaged=True) == Policy("mine")


def test_packaged_policy_may_extend_another() -> None:
    """As any policy."""
    assert built({"id": "mine", "extends": "base"}, packaged=True).min_confidence == 0.4


@pytest.mark.parametrize("operator", OPERATORS)
def test_entity_may_have_each_operator(operator: str) -> None:
    """Every operator there is can be chosen for all and for one."""
    raw = {"id": "m", "extends": "base", "operator": operator, "operators": {"DOOR": operator}}
    raw["hash_salt"] = SALT
    policy = built(raw)
    assert (policy.operator, policy.operators["DOOR"]) == (operator, operator)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "Mine"}, "id must be lower case letters, digits, _ and -"),
        ({"id": "mine\n"}, "id must be lower case letters, digits, _ and -"),
        ({"id": "m" * 33}, "id must be lower case letters, digits, _ and -"),
        ({"id": ""}, "id must be a string that is not empty"),
        ({"id": 3}, "id must be a string that is not empty"),
        ({"id": "base"}, "a policy of this id exists; extend it under another id"),
        ({"extends": ""}, "extends must be a string that is not empty"),
        ({"extends": 3}, "extends must be a string that is not empty"),
        ({"extends": "none"}, "extends none, but no policy before it has this id; known: base"),
        ({"extends": "mine"}, "extends mine, but no policy before it has this id; known: base"),
        ({"description": 3}, "description must be a string that is not empty"),
        ({"min_confidence": 1.1}, "min_confidence must be from 0 to 1"),
        ({"min_confidence": True}, "min_confidence must be a number"),
        ({"entities": ["BADGE", "ROOM"]}, "entities: no rule has the entity ROOM"),
        ({"entities": "BADGE"}, "entities must be an array of strings, none empty"),
        ({"entities": [3]}, "entities must be an array of strings, none empty"),
        ({"exclude": ["badge"]}, "exclude: no rule has the entity badge"),
        ({"operator": "sha"}, f"operator must be one of: {OPERATOR_LIST}"),
        ({"operator": 3}, f"operator must be one of: {OPERATOR_LIST}"),
        ({"operators": 3}, "operators must be a table"),
        ({"operators": ["DOOR"]}, "operators must be a table"),
        ({"operators": {"ROOM": "mask"}}, "operators: no rule has the entity ROOM"),
        (
            {"operators": {"DOOR": "sha"}},
            f"operators.DOOR must be one of: {OPERATOR_LIST}",
        ),
        ({"operators": {"DOOR": 3}}, f"operators.DOOR must be one of: {OPERATOR_LIST}"),
        ({"operator": "hash"}, NO_SALT),
        ({"operators": {"DOOR": "hash"}}, NO_SALT),
        ({"operator": "hash", "hash_salt": SALT[1:]}, NO_SALT),
        ({"operator": "hash", "hash_salt": SALT[1:] + "  "}, NO_SALT),
        ({"operator": "hash", "hash_salt": ""}, NO_SALT),
        ({"hash_salt": 3}, "hash_salt must be a string that is not empty"),
        (
            {"operators": {"SECRET": "hash"}, "hash_salt": SALT},
            "operators.SECRET: a hash could be guessed; use pseudonym or replace",
        ),
        ({"keep_last": 9}, "keep_last must be from 0 to 8"),
        ({"keep_last": -1}, "keep_last must be from 0 to 8"),
        ({"keep_last": 1.0}, "keep_last must be an integer"),
        ({"path_mode": "all"}, "path_mode must be one of: auto, user, anchor, full"),
        ({"locales": "DE"}, "locales must be an array of strings, none empty"),
        ({"locales": ["XX"]}, "locales: no rule belongs to XX; known: DE, FR"),
        ({"timeout": -1}, "timeout must be from 0 to 3600"),
        ({"timeout": float("inf")}, "timeout must be from 0 to 3600"),
        (
            {"entites": ["BADGE"]},
            (
                "unknown key entites; known: attachments, description, entities, exclude, extends,"
                " hash_salt, id, keep_last, locales, min_confidence, ner, ner_budget,"
                " ner_entities, ner_unreached, operator, operators, path_mode, remark_lengths,"
                " remarks, timeout"
            ),
        ),
    ],
)
def test_policy_is_refused_with_the_reason(changes: dict[str, Any], reason: str) -> None:
    """Each way in which one key can be wrong is one reason."""
    assert reasons_against({"id": "mine", "extends": "base", **changes}) == [reason]


def test_policy_of_a_user_extends_one() -> None:
    """Only the package starts from nothing; a user says what a policy differs from."""
    assert reasons_against({"id": "mine"}) == ["extends is missing"]


def test_every_reason_is_given_at_once() -> None:
    """An author sees all faults of a policy in one run."""
    reasons = reasons_against(
        {
            "extends": "none",
            "min_confidence": "low",
            "operators": {"ROOM": "sha", "BADGE": ""},
            "nmae": "x",
        }
    )
    assert [reason.split(";")[0] for reason in reasons] == [
        "id is missing",
        "extends none, but no policy before it has this id",
        "min_confidence must be a number",
        "operators: no rule has the entity ROOM",
        f"operators.ROOM must be one of: {OPERATOR_LIST}",
        f"operators.BADGE must be one of: {OPERATOR_LIST}",
        "unknown key nmae",
    ]


@pytest.mark.parametrize(
    ("policy_id", "expected"), [("mine", "mine"), ("Mine", ""), (3, ""), (None, "")]
)
def test_refused_policy_is_told_by_its_id(policy_id: object, expected: str) -> None:
    """The id is given when it can be one."""
    raw = {"id": policy_id, "extends": "none"}
    policy, found, _ = build_policy(raw, known=KNOWN, entities=ENTITIES)
    assert policy is None
    assert found == expected


def test_what_is_no_table_is_no_policy() -> None:
    """A value of another kind is refused as a whole."""
    assert "this must be a table" in reasons_against("policy")


def test_taggers_are_chosen_by_a_policy() -> None:
    """Each key by itself, over what its base says."""
    chosen = {"ner": "spacy:de_core", "ner_unreached": "blank"}
    first = built({"id": "mine", "extends": "base", **chosen})
    assert (first.ner, first.ner_unreached) == ("spacy:de_core", "blank")
    assert (first.ner_entities, first.ner_budget) == (("PERSON",), 256)
    second, _, reasons = build_policy(
        {"id": "other", "extends": "mine", "ner_entities": ["LOCATION"], "ner_budget": 0},
        known={"mine": first},
        entities=ENTITIES,
        locales=(),
        packaged=False,
    )
    assert reasons == []
    assert second is not None
    assert (second.ner, second.ner_unreached) == ("spacy:de_core", "blank")
    assert (second.ner_entities, second.ner_budget) == (("LOCATION",), 0)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("ner", "of", "ner is one of: off, events, on, spacy, presidio, spacy:PIPELINE"),
        ("ner", "presidio:x", "ner is one of: off, events, on, spacy, presidio, spacy:PIPELINE"),
        ("ner", True, "ner"),
        ("ner_entities", "PERSON", "ner_entities"),
        ("ner_budget", -1, "ner_budget"),
        ("ner_budget", "many", "ner_budget"),
        ("ner_unreached", "drop", "ner_unreached"),
    ],
)
def test_what_taggers_cannot_be_is_refused(key: str, value: object, reason: str) -> None:
    """With the key in the reason."""
    assert reasons_against({"id": "mine", "extends": "base", key: value})[0].startswith(reason)
