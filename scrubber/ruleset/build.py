"""
One rule as written, one rule as built.

Everything that can be wrong with a rule is found here, and all of it at once. Nothing downstream
checks again. A pattern is parsed, judged and printed back; the print is what is compiled, so what
was judged is what runs.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from scrubber.ruleset import dialect, linear
from scrubber.ruleset.examples import ExampleError, expand_fills, read_example
from scrubber.ruleset.literals import folded, required_words
from scrubber.ruleset.model import PATH_MODES, PIECES, Blob, Context, Example, Rule
from scrubber.ruleset.runs import least_run
from scrubber.ruleset.syntax import (
    Node,
    has_value_group,
    lookahead_width,
    lookbehind_width,
    max_width,
    render,
)
from scrubber.ruleset.tables import Table
from scrubber.ruleset.written import build_pattern

if TYPE_CHECKING:
    from collections.abc import Collection

ID_GRAMMAR: Final = re.compile(r"[a-z][a-z0-9_]{0,31}\.[a-z][a-z0-9_]{0,47}")
ENTITY_GRAMMAR: Final = re.compile(r"[A-Z][A-Z0-9_]{0,47}")
LONGEST_LINE_MATCH: Final = 8192
LONGEST_MATCH: Final = 65_536
LONGEST_STEP: Final = 512
FEWEST_EXAMPLES: Final = 2


def build_rule(
    raw: object, *, source: str, validators: Collection[str], judged: bool = True
) -> tuple[Rule | None, str, list[str]]:
    """Build a rule from its TOML table.

    Args:
        raw: the table.
        source: the file it stands in.
        validators: the names of checks that exist.
        judged: whether the dialect and the cost of patterns are judged; only rules whose tests have
            done so may skip it.

    Returns:
        The rule, or None when there is any reason against it; its id (or ""); the reasons.
    """
    table = Table(raw)
    rule_id = table.text("id")
    if rule_id and not ID_GRAMMAR.fullmatch(rule_id):
        table.reasons.append("id must be family.name, lower case, digits and _")
        rule_id = ""
    entity = table.text("entity")
    if entity and not ENTITY_GRAMMAR.fullmatch(entity):
        table.reasons.append("entity must be UPPER_SNAKE")
    description = table.text("description")
    confidence = table.number("confidence", None, 0.0, 1.0)
    keys = table.texts("keys")
    multiline = table.flag("multiline", default=False)
    longest = LONGEST_MATCH if multiline else LONGEST_LINE_MATCH
    max_length = table.integer("max_length", longest, 1, longest)
    node = _pattern(table, table.text("pattern"), "pattern", keys)
    if node and judged:
        table.reasons += [
            f"pattern: {reason}"
            for reason in (
                *dialect.problems(node, multiline=multiline, max_length=max_length),
                *linear.problems(node),
            )
        ]
    checks = table.texts("validators")
    table.reasons += [
        f"unknown validator {name}; known: {', '.join(sorted(validators))}"
        for name in checks
        if name not in validators
    ]
    context = _context(table)
    blob = _blob(table, keys, multiline=multiline, judged=judged)
    references, locales = table.texts("references"), table.texts("locales")
    path_modes, pieces = _paths(table)
    spread = table.flag("spread", default=False)
    match = _examples(table, "match", rule_id)
    no_match = _negatives(table, rule_id)
    reasons = table.finish()
    if reasons or node is None:
        return None, rule_id, reasons
    rule = Rule(
        id=rule_id,
        entity=entity,
        description=description,
        pattern=render(node),
        confidence=confidence,
        has_value=has_value_group(node),
        validators=checks,
        context=context,
        keys=keys,
        multiline=multiline,
        width=max_width(node),
        reach_back=lookbehind_width(node),
        reach_ahead=lookahead_width(node),
        blob=blob,
        needs=_needs(node, context),
        run=least_run(node),
        references=references,
        locales=locales,
        match=match,
        no_match=no_match,
        source=source,
        path_modes=path_modes,
        pieces=pieces,
        spread=spread,
    )
    return rule, rule_id, []


def _needs(node: Node, context: Context | None) -> tuple[tuple[str, ...], ...]:
    """Give what must stand in a text with a match: a word of the pattern, one of the context."""
    words = [required_words(node)]
    if context and context.required:
        words.append(tuple(folded(word) for word in context.words))
    return tuple(one for one in words if one)


def _pattern(table: Table, text: str, name: str, keys: tuple[str, ...]) -> Node | None:
    if not text:
        return None
    try:
        return build_pattern(text, keys=keys)
    except ValueError as error:
        table.reasons.append(f"{name}: {error}")
        return None


def _context(table: Table) -> Context | None:
    inner = table.within("context")
    if inner is None:
        return None
    context = Context(
        words=inner.texts("words", least=1),
        window=inner.integer("window", 40, 1, 200),
        boost=inner.number("boost", 0.0, 0.0, 1.0),
        required=inner.flag("required", default=False),
    )
    if context.required == bool(context.boost):
        inner.reasons.append("context needs either required = true or a boost above 0")
    table.take_reasons(inner)
    return context


def _paths(table: Table) -> tuple[tuple[str, ...], str]:
    """Read in which path modes a rule is on, and how its match is cut."""
    modes = table.texts("path_modes")
    table.reasons += [
        f"path_modes: {name} is none of: {', '.join(PATH_MODES)}"
        for name in modes
        if name not in PATH_MODES
    ]
    pieces = table.choice("pieces", "", ("", *PIECES))
    if pieces and "blob" in table:
        table.reasons.append("pieces are cut from a bounded match; leave the blob out")
    return modes, pieces


def _blob(table: Table, keys: tuple[str, ...], *, multiline: bool, judged: bool) -> Blob | None:
    inner = table.within("blob")
    if inner is None:
        return None
    step = _pattern(inner, inner.text("step"), "blob.step", keys)
    end = _pattern(inner, inner.text("end", ""), "blob.end", keys)
    for name, node in (("step", step), ("end", end)):
        if node and judged:
            inner.reasons += [
                f"blob.{name}: {reason}"
                for reason in (
                    *dialect.problems(node, multiline=multiline, max_length=LONGEST_STEP),
                    *linear.anchored_problems(node),
                )
            ]
            if has_value_group(node):
                inner.reasons.append(f"blob.{name}: the group `value` belongs to the pattern")
            if lookbehind_width(node):
                inner.reasons.append(f"blob.{name}: a look-behind cannot be continued over chunks")
    table.take_reasons(inner)
    if step is None:
        return None
    reach = max(max_width(node) + lookahead_width(node) for node in (step, end) if node)
    return Blob(step=render(step), end=render(end) if end else "", reach=reach)


def _examples(table: Table, key: str, rule_id: str) -> tuple[Example, ...]:
    examples = []
    for index, text in enumerate(table.texts(key, least=FEWEST_EXAMPLES)):
        try:
            example = read_example(text, seed=f"{rule_id}/{key}/{index}")
        except ExampleError as error:
            table.reasons.append(f"{key}[{index}]: {error}")
            continue
        if not example.spans:
            table.reasons.append(f"{key}[{index}]: mark what must be found with « »")
        examples.append(example)
    return tuple(examples)


def _negatives(table: Table, rule_id: str) -> tuple[str, ...]:
    negatives = []
    for index, text in enumerate(table.texts("no_match", least=FEWEST_EXAMPLES)):
        try:
            negatives.append(expand_fills(text, seed=f"{rule_id}/no_match/{index}"))
        except ExampleError as error:
            table.reasons.append(f"no_match[{index}]: {error}")
    return tuple(negatives)


def overridden(rule: Rule | None, table: Table) -> Rule | None:
    """Apply a user's override to a rule.

    Args:
        rule: the rule as built, or None to learn only what is wrong with the override.
        table: the override, being read; its reasons tell what is wrong.

    Returns:
        The changed rule, or None when there is none or it is switched off.
    """
    changes: dict[str, Any] = {}
    if "confidence" in table:
        changes["confidence"] = table.number("confidence", None, 0.0, 1.0)
    if "entity" in table:
        changes["entity"] = table.text("entity")
        if changes["entity"] and not ENTITY_GRAMMAR.fullmatch(changes["entity"]):
            table.reasons.append("entity must be UPPER_SNAKE")
    if "locales" in table:
        changes["locales"] = table.texts("locales")
    enabled = table.flag("enabled", default=True)
    table.know("confidence", "entity", "locales")
    return replace(rule, **changes) if rule and enabled else None
