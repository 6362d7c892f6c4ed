"""A target: rule files. Each is used whole or refused with its problems.

What is accepted is linear, and both engines find the same of it.
The first byte tells a file as it stands from the fields of one rule, drawn from the rest.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrubber.errors import RulesetError
from scrubber.ruleset.build import build_rule
from scrubber.ruleset.config import PYPROJECT, read_config
from scrubber.ruleset.load import build_ruleset
from scrubber.ruleset.written import build_pattern
from scrubber.validators import VALIDATORS
from tests.equivalence.pairs import small
from tests.fuzz.broken import holds
from tests.fuzz.drawing import Draw
from tests.fuzz.engines import HAVE_VECTOR
from tests.ruleset.steps import OutOfStepsError, steps_from

if TYPE_CHECKING:
    from scrubber.ruleset.model import Rule

FIELDS = (
    "pattern",
    "validators",
    "keys",
    "context",
    "multiline",
    "max_length",
    "blob",
    "confidence",
)
GRAMMAR = (
    *(
        "(?:",
        "(?>",
        "(?=",
        "(?!",
        "(?<=",
        "(?<!",
        "(?i:",
        "(?P<value>",
        ")",
        "|",
        "{1,9}",
        "{0,64}",
    ),
    *(
        "[a-z]",
        "[^\\n]",
        "[\\w.-]",
        "\\w",
        "\\s",
        "\\d",
        "\\b",
        "^",
        "$",
        "+",
        "?",
        "*+",
        "{1,500}+",
    ),
    *("%{sep}", "%{segment}", "%{left}", "%{right}", "jane", "\\x20", "=", "@", "a", "/"),
)
"""Pieces of patterns."""

_SIZES = (100, 400)
_STEPS_A_CHARACTER = 6_000
LONGEST = 120


def check(data: bytes) -> None:
    """Check the promises for rule files.

    Args:
        data: a byte for how the rest is read, and the rest.

    Raises:
        BrokenError: one does not hold.
    """
    if not data or data[0] % 2:
        _file(data[1:], pyproject=bool(data) and data[0] % 4 == 3)
    else:
        _rule(Draw(data[1:], (*FIELDS, *GRAMMAR)))


def _file(data: bytes, *, pyproject: bool) -> None:
    """Read a file, which is refused or used."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, PYPROJECT if pyproject else "rules.toml")
        path.write_bytes(data)
        config = read_config([path])
        try:
            built = build_ruleset(config.documents, validators=VALIDATORS, problems=config.problems)
        except RulesetError as error:
            holds("a refusal has its reasons", error.problems and str(error))
            holds("a reason is one line", all("\n" not in one.source for one in error.problems))
            return
    holds("what has problems is refused", not config.problems)
    for rule in built.rules:
        _accepted(rule)


def _rule(draw: Draw) -> None:
    """Build a rule of a drawn pattern and drawn fields."""
    pattern = "".join(
        draw.word() if draw.number(255) % 4 else draw.taken(draw.number(15)).decode("latin-1")
        for _ in range(draw.number(31))
    )
    more: Any = draw.value()
    text = draw.rest().decode("utf-8", "surrogateescape")
    raw = {
        "id": "fuzz.rule",
        "entity": "FUZZ",
        "description": "A rule of a fuzzer.",
        "confidence": 0.9,
        "pattern": pattern,
        "match": ["«a»", "«b»"],
        "no_match": ["c", "d"],
        **(more if isinstance(more, dict) else {}),
    }
    rule, _, reasons = build_rule(raw, source="<fuzz>", validators=VALIDATORS)
    holds("a rule is built or there are reasons", (rule is None) == bool(reasons))
    if rule is not None:
        _accepted(rule, text)


def _accepted(rule: Rule, text: str = "a/a jane@example") -> None:
    """Check what must hold of every rule that was accepted."""
    if len(rule.pattern) > LONGEST:
        return
    for unit in {text[:4] or "a ", "a"}:
        holds("an accepted pattern is linear", _linear(rule, unit))
    if HAVE_VECTOR:
        holds("engines claim the same of an accepted rule", not small(rule).engines_differ(text))


def _linear(rule: Rule, unit: str) -> bool:
    """Tell whether four times the text takes about four times the steps, or few at all."""
    node = build_pattern(rule.pattern)
    most = _STEPS_A_CHARACTER * _SIZES[1]
    try:
        few, many = (
            sum(steps_from(node, (unit * size)[:size] + "!", most=most)) for size in _SIZES
        )
    except OutOfStepsError:
        return False
    return many < max(6 * few, 512 * _SIZES[1])
