"""Rule files in, one ruleset out, or every problem of every file at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scrubber.errors import Problem, RulesetError
from scrubber.ruleset.load import Document, build_ruleset, read_documents, read_toml
from scrubber.ruleset.model import Allowed, Policy, Ruleset
from tests.ruleset.samples import rule_table

DEFINED = 'already defined in {}; change it with [override."{}"]'
NO_RULE = "there is no such rule to override, or it was switched off before"
BALANCED = Document("balanced.toml", {"policy": [{"id": "balanced"}]}, packaged=True)
BADGE = Document("badge.toml", {"rule": [rule_table()]})


def user(**raw: Any) -> Document:  # noqa: ANN401  # the JSON border
    """Return a user's document."""
    return Document("user.toml", raw)


def loaded(*documents: Document) -> Ruleset:
    """Build a ruleset that must have no problem."""
    return build_ruleset(documents, validators=())


def problems_of(*documents: Document, read: tuple[Problem, ...] = ()) -> list[tuple[str, ...]]:
    """Return file, rule and reason of every problem of documents that must be refused."""
    with pytest.raises(RulesetError) as caught:
        build_ruleset(documents, validators=(), problems=read)
    return [(one.source, one.rule_id, one.reason) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"# caf\xe9", "is not UTF-8"),
        (b"\xff\xfe[\x00", "is not UTF-8"),
        (b"[[rule", "is not TOML: Expected ']]' at the end of an array declaration"),
        (b"key = 1\nkey = 2", "is not TOML: Cannot overwrite a value (at "),
        (b"key = " + b"9" * 5000, "cannot be read: its path, a number or its nesting is beyond"),
        # Python says one or the other, by its version.
        (b"key = " + b"[" * 50_000, ("cannot be read: its path, a number or", "is not TOML: ")),
    ],
    ids=["Latin-1", "UTF-16", "not closed", "twice", "integer", "nesting"],
)
def test_file_that_cannot_be_read_is_a_problem(tmp_path: Path, content: bytes, reason: str) -> None:
    """Whatever the bytes, there is one problem that names the file, and no table."""
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    raw, (problem,) = read_toml(path)
    assert raw == {}
    assert (problem.source, problem.rule_id) == (str(path), "")
    assert problem.reason.startswith(reason)


def test_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """A missing file, a folder and a name no file can have."""
    names = ("gone.toml", "", "a\0b")
    reasons = [read_toml(tmp_path / name)[1][0].reason for name in names]
    assert [reason.split(":")[0] for reason in reasons] == ["cannot be read"] * 3
    assert reasons[0] == "cannot be read: No such file or directory"


def test_error_without_a_text_is_told_by_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some errors of the system have no text of their own."""

    def refuse(_path: Path, encoding: str) -> str:
        raise PermissionError(encoding)

    monkeypatch.setattr(Path, "read_text", refuse)
    assert read_toml(Path("own.toml"))[1] == [
        Problem("own.toml", "", "cannot be read: PermissionError")
    ]


def test_file_is_read_as_utf8_whatever_the_locale(tmp_path: Path) -> None:
    """Marks of examples are not ASCII."""
    path = tmp_path / "own.toml"
    path.write_bytes("match = ['«a»']\r\n".encode())
    assert read_toml(path) == ({"match": ["«a»"]}, [])


def test_documents_are_read_from_files(tmp_path: Path) -> None:
    """A file of rules is a document, a file of a policy is a document with one policy."""
    rules, policy = tmp_path / "rules.toml", tmp_path / "mine.toml"
    bad, worse = tmp_path / "bad.toml", tmp_path / "worse.toml"
    rules.write_text("rule = []")
    policy.write_text('id = "mine"')
    bad.write_text("[")
    worse.write_text("[")
    documents, problems = read_documents([rules, bad], [worse, policy], packaged=True)
    assert documents == [
        Document(str(rules), {"rule": []}, packaged=True),
        Document(str(policy), {"policy": [{"id": "mine"}]}, packaged=True),
    ]
    assert [problem.source for problem in problems] == [str(bad), str(worse)]
    assert not read_documents([rules])[0][0].packaged


def test_nothing_is_a_ruleset_too() -> None:
    """No document, no rule, no problem."""
    assert loaded() == Ruleset((), {})


def test_rules_of_all_documents_are_sorted_by_id() -> None:
    """The order of files and of rules in them does not matter."""
    documents = (
        user(rule=[rule_table(id="z.one"), rule_table(id="a.two")]),
        BALANCED,
        BADGE,
    )
    ruleset = loaded(*documents)
    assert [rule.id for rule in ruleset.rules] == ["a.two", "test.badge", "z.one"]
    assert [rule.source for rule in ruleset.rules] == ["user.toml", "badge.toml", "user.toml"]
    assert loaded(*documents[::-1]) == ruleset


def test_every_problem_of_every_document_is_reported() -> None:
    """File, rule and reason, in the order of the documents, whatever stage found them."""
    first = Document(
        "first.toml",
        {
            "rule": [rule_table(entity=None, confidence=2), rule_table(id="Bad")],
            "allow": [{}],
            "alow": 1,
        },
    )
    second = Document(
        "second.toml",
        {
            "rule": [rule_table(id="test.other", patern="")],
            "override": {"test.gone": {"confidence": 0.1}},
            "policy": [{"id": "mine", "extends": "balanced", "exclude": ["ROOM"]}, {}],
        },
    )
    found = problems_of(first, BALANCED, second, read=(Problem("gone.toml", "", "is not TOML"),))
    assert [(source, where, reason.split(";")[0]) for source, where, reason in found] == [
        ("gone.toml", "", "is not TOML"),
        ("first.toml", "test.badge", "entity is missing"),
        ("first.toml", "test.badge", "confidence must be from 0 to 1"),
        ("first.toml", "rule[1]", "id must be family.name, lower case, digits and _"),
        ("first.toml", "allow[0]", "needs either a value or a pattern"),
        ("first.toml", "", "unknown key alow"),
        ("second.toml", "test.other", "unknown key patern"),
        ("second.toml", "test.gone", NO_RULE),
        ("second.toml", "policy mine", "exclude: no rule has the entity ROOM"),
        ("second.toml", "policy[1]", "id is missing"),
        ("second.toml", "policy[1]", "extends is missing"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        user(rule=[rule_table(id="test.other", confidence=2)]),
        user(override={"test.badge": {"confidence": 2}}),
        user(override={"test.badge": 3}),
        user(policy=[{"id": "mine", "extends": "none"}]),
        user(allow=[{"value": "BADGE-000000", "entity": "ROOM"}]),
        user(unknown=1),
        Document("user.toml", []),  # type: ignore[arg-type]  # not what TOML gives
    ],
)
def test_nothing_is_used_when_anything_is_wrong(wrong: Document) -> None:
    """One problem anywhere, and there is no ruleset: half of one would leak."""
    assert len(problems_of(BALANCED, BADGE, wrong)) == 1


@pytest.mark.parametrize(
    "problem", [Problem("gone.toml", "", "is not UTF-8"), Problem("badge.toml", "", "is odd")]
)
def test_nothing_is_used_when_a_file_could_not_be_read(problem: Problem) -> None:
    """A problem of reading stops the load as one of building does."""
    assert problems_of(BADGE, read=(problem,)) == [(problem.source, "", problem.reason)]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"rule": rule_table()}, "rule must be an array of tables: [[rule]]"),
        ({"rule": [1]}, "rule must be an array of tables: [[rule]]"),
        ({"policy": {"id": "mine"}}, "policy must be an array of tables: [[policy]]"),
        ({"allow": {"value": "a"}}, "allow must be an array of tables: [[allow]]"),
        ({"override": [{}]}, "override must be a table"),
        ({"rules": []}, "unknown key rules; known: allow, override, policy, rule"),
    ],
)
def test_document_of_the_wrong_shape_is_refused(raw: dict[str, Any], reason: str) -> None:
    """The reason says how it is written."""
    assert problems_of(Document("user.toml", raw)) == [("user.toml", "", reason)]


@pytest.mark.parametrize("changes", [{}, {"confidence": 0.1}])
def test_rule_is_defined_once(changes: dict[str, Any]) -> None:
    """The second is refused, in another document or the same, and told how to change the first."""
    other = user(rule=[rule_table(**changes)])
    reason = DEFINED.format("badge.toml", "test.badge")
    assert problems_of(BADGE, other) == [("user.toml", "test.badge", reason)]
    twice = user(rule=[rule_table(), rule_table(**changes)])
    reason = DEFINED.format("user.toml", "test.badge")
    assert problems_of(twice) == [("user.toml", "test.badge", reason)]


@pytest.mark.parametrize(
    ("first", "second"),
    [({"confidence": 2}, {}), ({}, {"confidence": 2})],
    ids=["first broken", "second broken"],
)
def test_broken_rule_is_defined_all_the_same(first: dict[str, Any], second: dict[str, Any]) -> None:
    """That it is there twice is told at once, not after the other fault is gone."""
    found = problems_of(user(rule=[rule_table(**first), rule_table(**second)]))
    assert sorted(reason for _, _, reason in found) == [
        DEFINED.format("user.toml", "test.badge"),
        "confidence must be from 0 to 1",
    ]


def test_broken_rule_does_not_make_what_names_it_wrong() -> None:
    """Only its own faults are told: the rule and its entity are there as soon as it is mended."""
    found = problems_of(
        BALANCED,
        user(
            rule=[rule_table(confidence=2)],
            override={"test.badge": {"confidence": 0.3}},
            allow=[{"value": "BADGE-000000", "entity": "BADGE", "rule": "test.badge"}],
            policy=[{"id": "mine", "extends": "balanced", "entities": ["BADGE"]}],
        ),
    )
    assert found == [("user.toml", "test.badge", "confidence must be from 0 to 1")]


@pytest.mark.parametrize(
    ("packaged", "refused"), [(True, False), (False, True)], ids=["packaged", "user"]
)
def test_only_rules_of_users_are_judged(*, packaged: bool, refused: bool) -> None:
    """What a packaged pattern costs was judged when it was written."""
    slow = rule_table(pattern=r"(?:\w{1,40}){1,40}!")
    document = Document("slow.toml", {"rule": [slow]}, packaged=packaged)
    if refused:
        assert problems_of(document)[0][2].startswith("pattern: ")
    else:
        assert len(loaded(document).rules) == 1


def test_rule_may_use_the_checks_there_are() -> None:
    """Names of checks come from outside, so that rules can be tested without them."""
    document = user(rule=[rule_table(validators=["even"])])
    (rule,) = build_ruleset([document], validators=("even", "odd")).rules
    assert rule.validators == ("even",)
    assert problems_of(document)[0][2].startswith("unknown validator even")


@pytest.mark.parametrize("position", [0, 2], ids=["before", "after"])
def test_override_changes_a_rule_of_any_document(position: int) -> None:
    """Overrides are applied when all rules are there."""
    documents = [BALANCED, BADGE]
    change = {"confidence": 0.25, "entity": "DOOR", "locales": ["DE"]}
    documents.insert(position, user(override={"test.badge": change}))
    (rule,) = loaded(*documents).rules
    assert (rule.confidence, rule.entity, rule.locales) == (0.25, "DOOR", ("DE",))
    assert rule.source == "badge.toml"


def test_later_override_adds_to_an_earlier_one() -> None:
    """The last word on one key counts, other keys stay."""
    first = user(override={"test.badge": {"confidence": 0.25, "entity": "DOOR"}})
    second = Document("second.toml", {"override": {"test.badge": {"confidence": 0.75}}})
    (rule,) = loaded(BADGE, first, second).rules
    assert (rule.confidence, rule.entity) == (0.75, "DOOR")


def test_override_switches_a_rule_off() -> None:
    """Rules not named stay."""
    documents = (
        BADGE,
        user(
            rule=[rule_table(id="test.other")],
            override={"test.badge": {"enabled": False}},
        ),
    )
    assert [rule.id for rule in loaded(*documents).rules] == ["test.other"]


@pytest.mark.parametrize(
    ("override", "rule_id", "reasons"),
    [
        ({"test.gone": {}}, "test.gone", [NO_RULE]),
        (
            {"test.gone": {"enabled": "no", "id": "x"}},
            "test.gone",
            [
                "override.enabled must be true or false",
                "unknown key override.id; known: confidence, enabled, entity, locales",
                NO_RULE,
            ],
        ),
        # TOML reads [override.test.badge] as a table in a table.
        ({"test": {"badge": {"confidence": 0.1}}}, "test", None),
        ({"test.badge": 3}, "test.badge", ["override must be a table"]),
        (
            {"test.badge": {"pattern": "a"}},
            "test.badge",
            ["unknown key override.pattern; known: confidence, enabled, entity, locales"],
        ),
        (
            {"test.badge": {"confidence": True}},
            "test.badge",
            ["override.confidence must be a number"],
        ),
        (
            {"test.badge": {"entity": "door", "confidence": 2}},
            "test.badge",
            ["override.confidence must be from 0 to 1", "entity must be UPPER_SNAKE"],
        ),
    ],
)
def test_override_is_refused_with_every_reason(
    override: dict[str, Any], rule_id: str, reasons: list[str] | None
) -> None:
    """A rule that is not there, a key that cannot be changed, a value that cannot be."""
    found = problems_of(BADGE, user(override=override))
    assert {(source, where) for source, where, _ in found} == {("user.toml", rule_id)}
    if reasons is None:
        assert NO_RULE in [reason for _, _, reason in found]
    else:
        assert [reason for _, _, reason in found] == reasons


def test_rule_that_was_switched_off_cannot_be_overridden() -> None:
    """Two documents that contradict each other are told so: neither wins in silence."""
    off = user(override={"test.badge": {"enabled": False}})
    on = Document("second.toml", {"override": {"test.badge": {"enabled": True}}})
    assert problems_of(BADGE, off, on) == [("second.toml", "test.badge", NO_RULE)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"value": "BADGE-000000"}, Allowed(value="BADGE-000000")),
        ({"value": " BADGE "}, Allowed(value=" BADGE ")),
        ({"value": "a.c*"}, Allowed(value="a.c*")),
        ({"pattern": "BADGE-0{6}"}, Allowed(pattern="BADGE-0{6}")),
        ({"pattern": "a|b  # test"}, Allowed(pattern="a|b")),
        ({"pattern": r"a\nb"}, Allowed(pattern=r"a\nb")),
        ({"value": "a", "entity": "BADGE"}, Allowed(value="a", entity="BADGE")),
        ({"value": "a", "rule": "test.badge"}, Allowed(value="a", rule_id="test.badge")),
        (
            {"pattern": "a", "entity": "BADGE", "rule": "test.badge"},
            Allowed(pattern="a", entity="BADGE", rule_id="test.badge"),
        ),
    ],
)
def test_finding_can_be_allowed(raw: dict[str, Any], expected: Allowed) -> None:
    """By its exact text or by a pattern in print; for all, for an entity or for a rule."""
    assert loaded(BADGE, user(allow=[raw])).allowed == (expected,)


def test_allowed_findings_of_all_documents_are_kept() -> None:
    """In the order of the documents."""
    second = Document("second.toml", {"allow": [{"value": "c"}]})
    ruleset = loaded(user(allow=[{"value": "a"}, {"value": "b"}]), second)
    assert [one.value for one in ruleset.allowed] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({}, "needs either a value or a pattern"),
        ({"entity": "BADGE"}, "needs either a value or a pattern"),
        ({"value": "a", "pattern": "a"}, "needs either a value or a pattern"),
        ({"value": ""}, "value must be a string that is not empty"),
        ({"value": " "}, "value must be a string that is not empty"),
        ({"value": 3}, "value must be a string that is not empty"),
        ({"pattern": ""}, "pattern must be a string that is not empty"),
        ({"pattern": " \n"}, "pattern must be a string that is not empty"),
        ({"pattern": "# all"}, "pattern: the pattern may match nothing; "),
        ({"pattern": "a?"}, "pattern: the pattern may match nothing; "),
        ({"pattern": "a+"}, "pattern: give a bound; "),
        ({"pattern": "%{nope}"}, "pattern: unknown macro %{nope}; "),
        ({"pattern": "%{keys}"}, "pattern: %{keys} needs keys in its rule"),
        ({"pattern": "[a"}, "pattern: this class has no end"),
        ({"pattern": r"(?:\w{1,40}){1,40}!"}, "pattern: "),
        ({"value": "a", "entity": "ROOM"}, "no rule has the entity ROOM"),
        ({"value": "a", "entity": ""}, "entity must be a string that is not empty"),
        ({"value": "a", "entity": ["BADGE"]}, "entity must be a string that is not empty"),
        ({"value": "a", "rule": "test.gone"}, "there is no rule test.gone"),
        ({"value": "a", "rule": ""}, "rule must be a string that is not empty"),
        ({"value": "a", "scope": "BADGE"}, "unknown key scope; known: entity, pattern, rule, val"),
    ],
)
def test_allowed_finding_is_refused_with_the_reason(raw: dict[str, Any], reason: str) -> None:
    """A scope that names nothing, or an entry that would allow everything, is never used."""
    ((source, where, found),) = problems_of(BADGE, user(allow=[{"value": "x"}, raw]))
    assert (source, where) == ("user.toml", "allow[1]")
    assert found.startswith(reason)


@pytest.mark.parametrize(
    ("raw", "where", "reason"),
    [
        (
            {"allow": [{"value": "a", "entity": "BADGE"}]},
            "allow[0]",
            "no rule has the entity BADGE",
        ),
        (
            {"policy": [{"id": "mine", "extends": "balanced", "entities": ["BADGE"]}]},
            "policy mine",
            "entities: no rule has the entity BADGE",
        ),
        (
            {"policy": [{"id": "mine", "extends": "balanced", "operators": {"BADGE": "mask"}}]},
            "policy mine",
            "operators: no rule has the entity BADGE",
        ),
    ],
)
@pytest.mark.parametrize("change", [{"entity": "DOOR"}, {"enabled": False}])
def test_entity_is_the_one_after_overrides(
    raw: dict[str, Any], where: str, reason: str, change: dict[str, Any]
) -> None:
    """A name that no rule has any more would allow or exclude nothing."""
    document = user(override={"test.badge": change}, **raw)
    assert problems_of(BALANCED, BADGE, document) == [("user.toml", where, reason)]


def test_new_entity_of_an_override_can_be_named() -> None:
    """By policies and by allowed findings, of the same document too."""
    ruleset = loaded(
        BALANCED,
        BADGE,
        user(
            override={"test.badge": {"entity": "DOOR"}},
            allow=[{"value": "a", "entity": "DOOR"}],
            policy=[{"id": "mine", "extends": "balanced", "entities": ["DOOR"]}],
        ),
    )
    assert ruleset.policies["mine"].entities == ("DOOR",)
    assert ruleset.allowed[0].entity == "DOOR"


def test_rule_that_was_switched_off_cannot_be_named() -> None:
    """An allowed finding of a rule that is off says something that is not so."""
    document = user(
        override={"test.badge": {"enabled": False}},
        allow=[{"value": "a", "rule": "test.badge"}],
    )
    assert problems_of(BADGE, document) == [
        ("user.toml", "allow[0]", "there is no rule test.badge")
    ]


def test_policies_extend_those_before_them() -> None:
    """Packaged ones, ones of an earlier document and ones further up."""
    ruleset = loaded(
        BALANCED,
        user(policy=[{"id": "one", "extends": "balanced", "keep_last": 2}]),
        Document(
            "second.toml",
            {
                "policy": [
                    {"id": "two", "extends": "one", "operator": "mask"},
                    {"id": "three", "extends": "two", "min_confidence": 0.2},
                ]
            },
        ),
    )
    assert ruleset.policies == {
        "balanced": Policy("balanced"),
        "one": Policy("one", keep_last=2),
        "two": Policy("two", keep_last=2, operator="mask"),
        "three": Policy("three", keep_last=2, operator="mask", min_confidence=0.2),
    }


def test_policy_cannot_extend_a_later_one() -> None:
    """So none can extend itself by way of another; the reason tells which it may."""
    later = [{"id": "one", "extends": "two"}, {"id": "two", "extends": "balanced"}]
    reason = "extends two, but no policy before it has this id; known: balanced"
    assert problems_of(BALANCED, user(policy=later)) == [("user.toml", "policy one", reason)]


@pytest.mark.parametrize("policy_id", ["balanced", "mine"])
def test_policy_is_defined_once(policy_id: str) -> None:
    """A packaged one cannot be redefined, nor one's own."""
    mine = {"id": "mine", "extends": "balanced"}
    found = problems_of(
        BALANCED, user(policy=[mine, {"id": policy_id, "extends": "balanced", "keep_last": 1}])
    )
    reason = "a policy of this id exists; extend it under another id"
    assert found == [("user.toml", f"policy {policy_id}", reason)]


def test_broken_policy_does_not_make_what_extends_it_wrong() -> None:
    """But it is there: a second of its id is one too many."""
    found = problems_of(
        BALANCED,
        user(
            policy=[
                {"id": "one", "extends": "balanced", "keep_last": 9},
                {"id": "two", "extends": "one"},
                {"id": "one", "extends": "balanced"},
            ]
        ),
    )
    assert found == [
        ("user.toml", "policy one", "keep_last must be from 0 to 8"),
        ("user.toml", "policy one", "a policy of this id exists; extend it under another id"),
    ]


def test_only_the_package_defines_policies_from_nothing() -> None:
    """A user's policy says what it extends."""
    assert problems_of(user(policy=[{"id": "mine"}])) == [
        ("user.toml", "policy mine", "extends is missing")
    ]


def test_no_message_holds_text_of_an_example() -> None:
    """Examples may be lines of real logs, and the message of an error ends up in a log."""
    sample = "jane@example.com 192.0.2.17"
    rules = [
        rule_table(match=[sample, f"«{sample}", f"{sample}»"], no_match=[f"{sample} %{{hex:0}}"]),
        rule_table(id="Bad", match=sample, no_match=3),
        rule_table(match=[f"«{sample}»"], no_match=[]),
    ]
    with pytest.raises(RulesetError) as caught:
        build_ruleset([user(rule=rules)], validators=())
    assert len(caught.value.problems) > 8
    assert "jane" not in str(caught.value)
    assert "192" not in str(caught.value)
