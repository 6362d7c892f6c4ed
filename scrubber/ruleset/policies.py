"""
One policy as written, one policy as built.

A policy may extend another and change single keys. An entity no rule has is refused: a policy that
silently names nothing is how a scrubber ends up with a rule that does not exist.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from scrubber.ruleset.model import (
    ATTACHMENTS,
    OPERATORS,
    PATH_MODES,
    UNREACHED,
    Policy,
    hash_problem,
    ner_problem,
)
from scrubber.ruleset.tables import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

POLICY_GRAMMAR: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}")
LONGEST_TIMEOUT: Final = 3600.0
LONGEST_KEPT: Final = 8
LARGEST_BUDGET: Final = 1 << 24


def build_policy(
    raw: object,
    *,
    known: Mapping[str, Policy],
    entities: Collection[str],
    locales: Collection[str] = (),
    packaged: bool = False,
) -> tuple[Policy | None, str, list[str]]:
    """Build a policy from its TOML table.

    Args:
        raw: the table.
        known: policies it may extend, by id.
        entities: entities that rules have.
        locales: countries that rules belong to.
        packaged: it belongs to the package; only then may it define itself without `extends`.

    Returns:
        The policy, or None when there is any reason against it; its id (or ""); the reasons.
    """
    table = Table(raw)
    policy_id = table.text("id")
    if policy_id and not POLICY_GRAMMAR.fullmatch(policy_id):
        table.reasons.append("id must be lower case letters, digits, _ and -")
        policy_id = ""
    if policy_id in known:
        table.reasons.append("a policy of this id exists; extend it under another id")
    base = Policy(policy_id)
    if "extends" in table or not packaged:
        name = table.text("extends", None if not packaged else "")
        base = known.get(name, base)
        if name and name not in known:
            table.reasons.append(
                f"extends {name}, but no policy before it has this id; "
                f"known: {', '.join(sorted(known))}"
            )
    changes: dict[str, Any] = {
        "id": policy_id,
        "description": table.text("description", base.description),
        "min_confidence": table.number("min_confidence", base.min_confidence, 0.0, 1.0),
        "entities": _entities(table, "entities", base.entities, entities),
        "exclude": _entities(table, "exclude", base.exclude, entities),
        "operator": table.choice("operator", base.operator, OPERATORS),
        "operators": {**base.operators, **_operators(table, entities)},
        "keep_last": table.integer("keep_last", base.keep_last, 0, LONGEST_KEPT),
        "hash_salt": table.text("hash_salt", base.hash_salt),
        "path_mode": table.choice("path_mode", base.path_mode, PATH_MODES),
        "locales": _locales(table, locales) if "locales" in table else base.locales,
        "timeout": table.number("timeout", base.timeout, 0.0, LONGEST_TIMEOUT),
        "remarks": table.flag("remarks", default=base.remarks),
        "remark_lengths": table.flag("remark_lengths", default=base.remark_lengths),
        "attachments": table.choice("attachments", base.attachments, ATTACHMENTS),
        "ner": table.text("ner", base.ner),
        "ner_entities": table.texts("ner_entities")
        if "ner_entities" in table
        else base.ner_entities,
        "ner_budget": table.integer("ner_budget", base.ner_budget, 0, LARGEST_BUDGET),
        "ner_unreached": table.choice("ner_unreached", base.ner_unreached, UNREACHED),
    }
    problem = hash_problem(changes["operator"], changes["operators"], changes["hash_salt"])
    if problem:
        table.reasons.append(problem)
    problem = ner_problem(changes["ner"])
    if problem:
        table.reasons.append(problem)
    table.know("extends", "locales", "ner_entities")
    reasons = table.finish()
    return (None if reasons else replace(base, **changes)), policy_id, reasons


def _entities(
    table: Table, key: str, default: tuple[str, ...], entities: Collection[str]
) -> tuple[str, ...]:
    if key not in table:
        table.know(key)
        return default
    names = table.texts(key)
    table.reasons += [
        f"{key}: no rule has the entity {name}" for name in names if name not in entities
    ]
    return names


def _locales(table: Table, known: Collection[str]) -> tuple[str, ...]:
    names = table.texts("locales")
    table.reasons += [
        f"locales: no rule belongs to {name}; known: {', '.join(sorted(known))}"
        for name in names
        if name not in known
    ]
    return names


def _operators(table: Table, entities: Collection[str]) -> dict[str, str]:
    inner = table.within("operators")
    if inner is None:
        return {}
    inner.reasons += [
        f"operators: no rule has the entity {entity}" for entity in inner if entity not in entities
    ]
    chosen = {entity: inner.choice(entity, "replace", OPERATORS) for entity in inner}
    table.take_reasons(inner)
    return chosen
