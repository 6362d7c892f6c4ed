"""
Rules that were built when the package was installed.

Reading hundreds of patterns, measuring and printing them takes a second, which a crash or a command
does not have. What comes out depends on the rule's table and on the code that builds it, so it is
kept under a digest of the one and beside a digest of the other. A rule that was changed since, or a
file that is missing, old or broken, is built as ever: this can be slower, never different.

Promise: a rule from here equals the rule built from the same table.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scrubber.ruleset.locate import rules_dir
from scrubber.ruleset.model import Blob, Context, Example, Rule
from scrubber.ruleset.packed import builder_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scrubber.ruleset.supersets import Superset


FILE: Final = ".prebuilt.json"
SUPERSETS_FILE: Final = ".supersets.json"
_PACKAGE: Final = Path(__file__).resolve().parent.parent


def rule_digest(raw: object) -> str:
    """Give the digest of a rule's table as it was written."""
    return _digest(json.dumps(raw, sort_keys=True, default=str).encode())


def builder_digest() -> str:
    """Give the digest of the code that builds rules."""
    return _digest_of(builder_sources())


def supersets_digest() -> str:
    """Give the digest of the code that makes supersets of rules."""
    return _digest_of({*(_PACKAGE / "ruleset").glob("*.py"), _PACKAGE / "encodings.py"})


def _digest_of(sources: Iterable[Path]) -> str:
    return _digest(b"\0".join(path.read_bytes() for path in sorted(sources)))


def dump(tables: Iterable[tuple[object, Rule]]) -> str:
    """Write rules down.

    Args:
        tables: each rule's table as it was written, and the rule built from it.

    Returns:
        What `load` reads.
    """
    rules = {rule_digest(raw): asdict(replace(rule, source="")) for raw, rule in tables}
    return json.dumps({"builder": builder_digest(), "rules": rules})


def load(folder: Path) -> Mapping[str, Rule]:
    """Read what was built for the rules of a folder.

    Args:
        folder: where the rule files are.

    Returns:
        Rules by the digest of their table, without a source; none when there is anything wrong.
    """
    try:
        found = json.loads((folder / FILE).read_bytes())
        if found["builder"] != builder_digest():
            return {}
        return {digest: _rule(raw) for digest, raw in found["rules"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def dump_supersets(rules: Iterable[Rule]) -> str:
    """Write the supersets of rules down, which only a compiler of them reads."""
    found = {superset_key(rule): asdict(_superset(rule)) for rule in rules}
    return json.dumps({"builder": supersets_digest(), "supersets": found})


def prebuilt_supersets() -> Mapping[str, Superset]:
    """Read the supersets of packaged rules, by `superset_key`; none when anything is wrong."""
    from scrubber.ruleset.supersets import Superset

    try:
        found = json.loads((rules_dir() / SUPERSETS_FILE).read_bytes())
        if found["builder"] != supersets_digest():
            return {}
        return {
            key: Superset(tuple(one["texts"]), one["begins"])
            for key, one in found["supersets"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def rule_superset(rule: Rule, known: Mapping[str, Superset]) -> Superset:
    """Give the superset of a rule, from those known or made anew."""
    return known.get(superset_key(rule)) or _superset(rule)


def _superset(rule: Rule) -> Superset:
    # Here and not above: a database that was kept needs no supersets.
    from scrubber.ruleset.parse import parse
    from scrubber.ruleset.supersets import superset

    return superset(parse(rule.pattern), rule.context, several=rule.multiline)


def superset_key(rule: Rule) -> str:
    """Give what the superset of a rule depends on, as a digest."""
    words = rule.context.words if rule.context and rule.context.required else ()
    return _digest("\0".join((rule.pattern, str(rule.multiline), *words)).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _rule(raw: dict[str, Any]) -> Rule:
    context, blob = raw["context"], raw["blob"]
    examples = tuple(
        Example(one["text"], tuple((start, end) for start, end in one["spans"]))
        for one in raw["match"]
    )
    return Rule(
        **raw
        | {
            "context": Context(**context | {"words": tuple(context["words"])}) if context else None,
            "blob": Blob(**blob) if blob else None,
            "needs": tuple(tuple(words) for words in raw["needs"]),
            "match": examples,
            **{
                name: tuple(raw[name])
                for name in (
                    "validators",
                    "keys",
                    "references",
                    "locales",
                    "no_match",
                    "path_modes",
                )
            },
        }
    )
