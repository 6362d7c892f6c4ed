"""
Rule files in, one ruleset out, or every problem of every file at once.

A *document* is a TOML table with `[[rule]]`, `[override."family.name"]`, `[[allow]]` and `[[policy]]`. The packaged
rules are documents, a user's file is one, and so is `[tool.scrubber]` of a `pyproject.toml`.

Promise: either every document is used whole, or nothing is: a half-loaded ruleset would leak what its missing
rules should have found.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scrubber.errors import Problem, RulesetError
from scrubber.ruleset import dialect, linear
from scrubber.ruleset.build import LONGEST_MATCH, build_pattern, build_rule, overridden
from scrubber.ruleset.model import Allowed, Policy, Rule, Ruleset
from scrubber.ruleset.policies import build_policy
from scrubber.ruleset.syntax import render
from scrubber.ruleset.tables import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Document:
    """One rule document, parsed and not yet built.

    Attributes:
        source: what its problems call it.
        raw: the TOML table.
        packaged: it belongs to the package, so its tests have judged its patterns already.
    """

    source: str
    raw: Mapping[str, Any]
    packaged: bool = False


@dataclass(slots=True)
class _Draft:
    rules: dict[str, Rule] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    allowed: list[Allowed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_toml(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Read a TOML file.

    Args:
        path: the file.

    Returns:
        Its table, empty when it cannot be read, and what was wrong.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except OSError as error:
        reason = f"cannot be read: {error.strerror or type(error).__name__}"
    except UnicodeDecodeError:
        reason = "is not UTF-8"
    except tomllib.TOMLDecodeError as error:
        reason = f"is not TOML: {error}"
    return {}, [Problem(str(path), "", reason)]


def read_documents(
    rule_paths: Iterable[Path], policy_paths: Iterable[Path] = (), *, packaged: bool = False
) -> tuple[list[Document], list[Problem]]:
    """Read rule files and policy files as documents.

    Args:
        rule_paths: files of rules.
        policy_paths: files that each hold one policy at top level.
        packaged: they belong to the package.

    Returns:
        The documents that could be read, and what was wrong with the others.
    """
    documents, problems = [], []
    for path in rule_paths:
        raw, wrong = read_toml(path)
        problems += wrong
        documents.append(Document(str(path), raw, packaged))
    for path in policy_paths:
        raw, wrong = read_toml(path)
        problems += wrong
        if not wrong:
            documents.append(Document(str(path), {"policy": [raw]}, packaged))
    return documents, problems


def build_ruleset(
    documents: Sequence[Document],
    *,
    validators: Collection[str],
    problems: Iterable[Problem] = (),
) -> Ruleset:
    """Build one ruleset of all documents.

    Args:
        documents: packaged ones first; a later one may override and allow, not redefine.
        validators: the names of checks that exist.
        problems: what was already wrong, reported with the rest.

    Returns:
        The ruleset, rules sorted by id.

    Raises:
        RulesetError: with every problem of every document.
    """
    draft = _Draft(problems=list(problems))
    tables = [(document, Table(document.raw)) for document in documents]
    for document, table in tables:
        _add_rules(draft, document, table, validators)
    for document, table in tables:
        _override(draft, document, table)
    entities = {rule.entity for rule in draft.rules.values()}
    for document, table in tables:
        _add_policies(draft, document, table, entities)
        _add_allowed(draft, document, table, entities)
        draft.problems += [Problem(document.source, "", reason) for reason in table.finish()]
    if draft.problems:
        raise RulesetError(draft.problems)
    rules = tuple(draft.rules[rule_id] for rule_id in sorted(draft.rules))
    return Ruleset(rules, draft.policies, tuple(draft.allowed))


def _add_rules(
    draft: _Draft, document: Document, table: Table, validators: Collection[str]
) -> None:
    for raw in table.tables("rule"):
        rule, rule_id, reasons = build_rule(
            raw, source=document.source, validators=validators, judged=not document.packaged
        )
        if rule_id in draft.rules:
            other = draft.rules[rule_id].source
            reasons.append(f'already defined in {other}; change it with [override."{rule_id}"]')
        elif rule is not None:
            draft.rules[rule_id] = rule
        draft.problems += [Problem(document.source, rule_id, reason) for reason in reasons]


def _override(draft: _Draft, document: Document, table: Table) -> None:
    for rule_id, raw in table.table("override").items():
        inner = Table(raw, name="override")
        reasons = []
        if rule_id in draft.rules:
            rule = overridden(draft.rules[rule_id], inner)
            reasons = inner.finish()
            if rule is None:
                del draft.rules[rule_id]
            else:
                draft.rules[rule_id] = rule
        else:
            reasons = ["there is no such rule to override"]
        draft.problems += [Problem(document.source, rule_id, reason) for reason in reasons]


def _add_policies(
    draft: _Draft, document: Document, table: Table, entities: Collection[str]
) -> None:
    for raw in table.tables("policy"):
        policy, policy_id, reasons = build_policy(
            raw, known=draft.policies, entities=entities, packaged=document.packaged
        )
        if policy is not None:
            draft.policies[policy_id] = policy
        draft.problems += [
            Problem(document.source, f"policy {policy_id}".strip(), reason) for reason in reasons
        ]


def _add_allowed(
    draft: _Draft, document: Document, table: Table, entities: Collection[str]
) -> None:
    for index, raw in enumerate(table.tables("allow")):
        inner = Table(raw)
        value, pattern = inner.text("value", ""), inner.text("pattern", "")
        entity, rule_id = inner.text("entity", ""), inner.text("rule", "")
        reasons = inner.finish()
        if bool(value.strip()) == bool(pattern.strip()):
            reasons.append("needs either a value or a pattern, not empty")
        if entity and entity not in entities:
            reasons.append(f"no rule has the entity {entity}")
        if rule_id and rule_id not in draft.rules:
            reasons.append(f"there is no rule {rule_id}")
        printed = ""
        if pattern.strip():
            printed, refused = _allow_pattern(pattern)
            reasons += refused
        if not reasons:
            draft.allowed.append(Allowed(value, printed, entity, rule_id))
        draft.problems += [
            Problem(document.source, f"allow[{index}]", reason) for reason in reasons
        ]


def _allow_pattern(pattern: str) -> tuple[str, list[str]]:
    try:
        node = build_pattern(pattern)
    except ValueError as error:
        return "", [f"pattern: {error}"]
    wrong = (
        *dialect.problems(node, multiline=True, max_length=LONGEST_MATCH),
        *linear.problems(node),
    )
    return render(node), [f"pattern: {reason}" for reason in wrong]
