"""
Rule files in, one ruleset out, or every problem of every file at once.

A *document* is a TOML table with `[[rule]]`, `[override."family.name"]`, `[[allow]]` and
`[[policy]]`. The packaged rules are documents, a user's file is one, and so is `[tool.scrubber]` of
a `pyproject.toml`.

Promise: either every document is used whole, or nothing is: a half-loaded ruleset would leak what
its missing rules should have found.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from scrubber.errors import Problem, RulesetError
from scrubber.ruleset import dialect, linear
from scrubber.ruleset.build import LONGEST_MATCH, build_rule, overridden
from scrubber.ruleset.model import Allowed, Policy, Rule, Ruleset
from scrubber.ruleset.policies import build_policy
from scrubber.ruleset.prebuilt import rule_digest
from scrubber.ruleset.syntax import render
from scrubber.ruleset.tables import Table
from scrubber.ruleset.written import build_pattern

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
        section: the table of the file it is, or "" for the whole file.
    """

    source: str
    raw: Mapping[str, Any]
    packaged: bool = False
    section: str = ""


@dataclass(slots=True)
class _Draft:
    # A rule that could not be built is there all the same: naming it or its entity is not wrong.
    sources: dict[str, str] = field(default_factory=dict)
    spoilt: set[str] = field(default_factory=set)
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
    except (ValueError, RecursionError):
        # A NUL in the path, an integer beyond what `int` reads, arrays nested without end.
        reason = "cannot be read: its path, a number or its nesting is beyond what is supported"
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
        if not wrong:
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
    prebuilt: Mapping[str, Rule] | None = None,
) -> Ruleset:
    """Build one ruleset of all documents.

    Args:
        documents: packaged ones first; a later one may override and allow, not redefine.
        validators: the names of checks that exist.
        problems: what was already wrong, reported with the rest.
        prebuilt: packaged rules that were built before, by the digest of their table.

    Returns:
        The ruleset, rules sorted by id.

    Raises:
        RulesetError: with every problem of every document, in their order; first what could not be
            read.
    """
    draft = _Draft(problems=list(problems))
    tables = [(document, Table(document.raw, name=document.section)) for document in documents]
    for document, table in tables:
        _add_rules(draft, document, table, validators, prebuilt or {})
    for document, table in tables:
        _override(draft, document, table)
    entities = draft.spoilt | {rule.entity for rule in draft.rules.values()}
    locales = {name for rule in draft.rules.values() for name in rule.locales}
    for document, table in tables:
        _add_policies(draft, document, table, entities, locales)
        _add_allowed(draft, document, table, entities)
        draft.problems += [Problem(document.source, "", reason) for reason in table.finish()]
    if draft.problems:
        place = {document.source: index for index, document in enumerate(documents)}
        raise RulesetError(sorted(draft.problems, key=lambda one: place.get(one.source, -1)))
    rules = tuple(draft.rules[rule_id] for rule_id in sorted(draft.rules))
    return Ruleset(rules, draft.policies, tuple(draft.allowed))


def _add_rules(
    draft: _Draft,
    document: Document,
    table: Table,
    validators: Collection[str],
    prebuilt: Mapping[str, Rule],
) -> None:
    for index, raw in enumerate(table.tables("rule")):
        known = prebuilt.get(rule_digest(raw)) if document.packaged and prebuilt else None
        rule, rule_id, reasons = (
            (replace(known, source=document.source), known.id, [])
            if known
            else build_rule(
                raw, source=document.source, validators=validators, judged=not document.packaged
            )
        )
        if rule_id in draft.sources:
            other = draft.sources[rule_id]
            reasons.append(f'already defined in {other}; change it with [override."{rule_id}"]')
        elif rule_id:
            draft.sources[rule_id] = document.source
        if rule and not reasons:
            draft.rules[rule_id] = rule
        else:
            draft.spoilt.add(str(raw.get("entity")))
        where = rule_id or f"rule[{index}]"
        draft.problems += [Problem(document.source, where, reason) for reason in reasons]


def _override(draft: _Draft, document: Document, table: Table) -> None:
    for rule_id, raw in table.table("override").items():
        inner = Table(raw, name="override")
        found = draft.rules.pop(rule_id, None)
        rule = overridden(found, inner)
        reasons = inner.finish()
        if rule_id not in draft.sources:
            reasons.append("there is no such rule to override, or it was switched off before")
        if rule:
            draft.rules[rule_id] = rule
        elif found:
            del draft.sources[rule_id]
        draft.problems += [Problem(document.source, rule_id, reason) for reason in reasons]


def _add_policies(
    draft: _Draft,
    document: Document,
    table: Table,
    entities: Collection[str],
    locales: Collection[str],
) -> None:
    for index, raw in enumerate(table.tables("policy")):
        policy, policy_id, reasons = build_policy(
            raw,
            known=draft.policies,
            entities=entities,
            locales=locales,
            packaged=document.packaged,
        )
        if policy_id:
            # One that could not be built counts as there too.
            draft.policies.setdefault(policy_id, policy or Policy(policy_id))
        where = f"policy {policy_id}" if policy_id else f"policy[{index}]"
        draft.problems += [Problem(document.source, where, reason) for reason in reasons]


def _add_allowed(
    draft: _Draft, document: Document, table: Table, entities: Collection[str]
) -> None:
    for index, raw in enumerate(table.tables("allow")):
        inner = Table(raw)
        value, pattern = inner.given("value"), inner.given("pattern")
        entity, rule_id = inner.given("entity"), inner.given("rule")
        reasons = inner.finish()
        if ("value" in inner) == ("pattern" in inner):
            reasons.append("needs either a value or a pattern")
        if entity and entity not in entities:
            reasons.append(f"no rule has the entity {entity}")
        if rule_id and rule_id not in draft.sources:
            reasons.append(f"there is no rule {rule_id}")
        printed = ""
        if pattern:
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
