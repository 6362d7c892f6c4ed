"""
Builds the rules when the package is built or installed, so that no start has to.

Without what this writes everything works the same, a second later: see
`scrubber/ruleset/prebuilt.py`. `python hatch_build.py` writes it for a checkout.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


def write_rules() -> Path:
    """Build every packaged rule from the sources at hand; give the file they are in."""
    sys.path.insert(0, str(ROOT))
    try:
        # Only once the sources are found; neither needs a package.
        from scrubber.errors import RulesetError
        from scrubber.ruleset import build, load, locate, packed, prebuilt
        from scrubber.validators import VALIDATORS
    finally:
        sys.path.remove(str(ROOT))
    folder = ROOT / "rules"
    documents, problems = load.read_documents(
        locate.rule_files(folder), locate.policy_files(folder), packaged=True
    )
    built = []
    for document in documents:
        for raw in document.raw.get("rule", ()):
            rule, _, _ = build.build_rule(raw, source="", validators=VALIDATORS, judged=False)
            if rule:  # what cannot be built is reported when it is loaded
                built.append((raw, rule))
    path = folder / prebuilt.FILE
    path.write_text(prebuilt.dump(built), "utf-8")
    supersets = prebuilt.dump_supersets(rule for _, rule in built)
    (folder / prebuilt.SUPERSETS_FILE).write_text(supersets, "utf-8")
    try:
        from scrubber.detect import patterns
    except ImportError:
        pass  # without the package `regex` they are compiled when they are needed
    else:
        patterns.write(folder, (rule for _, rule in built))
    try:
        ruleset = load.build_ruleset(
            documents,
            validators=VALIDATORS,
            problems=problems,
            prebuilt={prebuilt.rule_digest(raw): rule for raw, rule in built},
        )
    except RulesetError:
        return path  # as above
    packed.write(folder, ruleset)
    return path


class PrebuiltRules(BuildHookInterface[Any]):
    """Write the rules down before they are packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Do so for a wheel and for an editable install alike."""
        write_rules()


if __name__ == "__main__":
    write_rules()
