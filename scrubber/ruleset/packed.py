"""
The packaged ruleset as one file, for the start of a program.

Without a user's files the ruleset is always the same, and reading fifty of TOML takes longer than
all else a first text needs. So it is written down whole when the package is built: plain tuples, in
the form Python itself writes its compiled modules in. Examples lie in a file of their own, for only
those who check or show rules need them.

Both stand under a digest of all they were made of: the rule files, the policies and the code that
builds them. Anything that was changed since, or is missing or broken, is as if they were not there:
this can be slower, never different.

Promise: a ruleset from here equals the one built from the same files.
"""

from __future__ import annotations

import hashlib
import marshal
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scrubber.ruleset.locate import policy_files, rule_files
from scrubber.ruleset.model import Allowed, Blob, Context, Example, Policy, Rule, Ruleset

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE: Final = ".ruleset.bin"
EXAMPLES_FILE: Final = ".examples.bin"

# Read by every Python this package supports, whichever wrote it.
_FORMAT: Final = 4
_PACKAGE: Final = Path(__file__).resolve().parent.parent
# What makes rules of names, and expressions for scanners; all else may decide what a rule is.
_OTHERS: Final = frozenset(
    f"{name}.py"
    for name in (
        *(
            "blind",
            "bytesets",
            "direct",
            "pieces",
            "quick",
            "shapes",
            "stretches",
            "supersets",
            "typical",
        ),
    )
)
_FIELDS: Final = tuple(one.name for one in fields(Rule))
_PLACE: Final = {name: place for place, name in enumerate(_FIELDS)}
_CONTEXT, _BLOB = _PLACE["context"], _PLACE["blob"]
_MATCH, _NO_MATCH, _SOURCE = _PLACE["match"], _PLACE["no_match"], _PLACE["source"]


def builder_sources() -> list[Path]:
    """Give the files of the code that builds rules, sorted."""
    found = [one for one in (_PACKAGE / "ruleset").glob("*.py") if one.name not in _OTHERS]
    return sorted([*found, _PACKAGE / "encodings.py"])


def write(folder: Path, ruleset: Ruleset) -> None:
    """Write the packaged ruleset down.

    Args:
        folder: where the rule files are, and where it is written.
        ruleset: what was built from them, and from nothing else.
    """
    made_of = _digest_of(folder)
    rules = [_flat(rule) for rule in ruleset.rules]
    policies = {
        key: _row(replace(one, operators=dict(one.operators)))
        for key, one in ruleset.policies.items()
    }
    allowed = tuple(map(_row, ruleset.allowed))
    examples = [
        (tuple((one.text, one.spans) for one in rule.match), rule.no_match)
        for rule in ruleset.rules
    ]
    (folder / FILE).write_bytes(_sealed(made_of, (tuple(rules), policies, allowed)))
    (folder / EXAMPLES_FILE).write_bytes(_sealed(made_of, tuple(examples)))


def load(folder: Path, *, examples: bool = True) -> Ruleset | None:
    """Read the packaged ruleset.

    Args:
        folder: where the rule files are.
        examples: whether its rules have their examples.

    Returns:
        The ruleset; None when there is none of just these files, or anything is wrong with it.
    """
    try:
        made_of = _digest_of(folder)
        flat, policies, allowed = _opened(folder / FILE, made_of)
        found: Iterable[Any] = _opened(folder / EXAMPLES_FILE, made_of) if examples else ()
        rules = [_rule(row, folder) for row in flat]
        if examples:
            rules = [_shown(rule, *one) for rule, one in zip(rules, found, strict=True)]
        return Ruleset(
            tuple(rules),
            {key: Policy(*row) for key, row in policies.items()},
            tuple(Allowed(*row) for row in allowed),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, IndexError):
        return None


def _digest_of(folder: Path) -> bytes:
    """Give the digest of all the packaged ruleset is made of."""
    made_of = hashlib.sha256()
    checks = _PACKAGE / "validators" / "__init__.py"
    for path in (*rule_files(folder), *policy_files(folder), *builder_sources(), checks):
        data = path.read_bytes()
        made_of.update(f"{path.name}\0{len(data)}\0".encode())
        made_of.update(data)
    return made_of.digest()


def _sealed(made_of: bytes, value: Any) -> bytes:  # noqa: ANN401
    data = marshal.dumps(value, _FORMAT)
    return made_of + hashlib.sha256(made_of + data).digest() + data


def _opened(path: Path, made_of: bytes) -> Any:  # noqa: ANN401  # whatever was sealed
    content = memoryview(path.read_bytes())
    size = len(made_of)
    seal, data = bytes(content[size : 2 * size]), content[2 * size :]
    whole = hashlib.sha256(made_of)
    whole.update(data)
    if content[:size] != made_of or whole.digest() != seal:
        raise ValueError("it is of other files, or broken")
    # Whoever can write here can write the code beside it.
    return marshal.loads(data)  # noqa: S302


def _row(value: Allowed | Blob | Context | Policy | Rule) -> tuple[Any, ...]:
    return tuple(getattr(value, one.name) for one in fields(value))


def _flat(rule: Rule) -> tuple[Any, ...]:
    row = list(_row(replace(rule, match=(), no_match=())))
    for place in (_CONTEXT, _BLOB):
        row[place] = row[place] and _row(row[place])
    row[_SOURCE] = Path(rule.source).name
    return tuple(row)


def _rule(flat: tuple[Any, ...], folder: Path) -> Rule:
    row = list(flat)
    context, blob = row[_CONTEXT], row[_BLOB]
    row[_CONTEXT] = context and Context(*context)
    row[_BLOB] = blob and Blob(*blob)
    row[_SOURCE] = f"{folder}/{row[_SOURCE]}"
    return Rule(*row)


def _shown(rule: Rule, match: Iterable[Any], no_match: tuple[str, ...]) -> Rule:
    return replace(rule, match=tuple(Example(*one) for one in match), no_match=no_match)
