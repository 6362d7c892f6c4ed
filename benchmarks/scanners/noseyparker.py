"""The published examples and rules of a clone of Nosey Parker.

Promise: every rule of its built-in files is read, those outside its default set too. The secret of
a match is the last group of the rule that holds something: where a rule has several, they are user
and password, id and secret, host and key, in this order. `SECRET_GROUP` names the exceptions. Where
a rule has no group, the secret is the whole match.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.scanners.borrowed import Example, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import regex

try:
    import yaml  # type: ignore[import-untyped, unused-ignore]  # a requirement of this benchmark only
except ModuleNotFoundError as error:
    message = "benchmarks.scanners.noseyparker needs PyYAML: pip install pyyaml"
    raise ModuleNotFoundError(message) from error

SECRET_GROUP = {"np.mongodb.1": 2, "np.postgres.1": 2}  # user, password, host
PLACE = ("crates", "noseyparker", "data", "default", "builtin")


@dataclass(frozen=True, slots=True)
class Rule:
    """One of its rules."""

    name: str
    pattern: regex.Pattern[str]
    public: bool

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where this rule finds a secret."""
        for match in self.pattern.finditer(text):
            groups = [i for i in range(1, 1 + match.re.groups) if match[i]]
            yield match.span(SECRET_GROUP.get(self.name) or (groups[-1] if groups else 0))


@dataclass(slots=True)
class NoseyParker:
    """A clone of Nosey Parker.

    Attributes:
        rules: Its rules, by name.
        raw: Their tables.
    """

    rules: dict[str, Rule] = field(default_factory=dict)
    raw: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def open(cls, clone: Path) -> NoseyParker:
        """Read the rules of a clone."""
        found = cls()
        root = clone.joinpath(*PLACE)
        for file in sorted((root / "rules").glob("*.yml")):
            found.raw += yaml.safe_load(file.read_text("utf-8"))["rules"]
        for raw in found.raw:
            kinds = raw.get("categories", ())
            found.rules[raw["id"]] = Rule(raw["id"], pattern(raw["pattern"]), "secret" not in kinds)
        return found

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where any rule finds something; all rules, the default set and the others."""
        return [span for rule in self.rules.values() for span in rule.spans(text)]

    def examples(self) -> list[Example]:
        """Return the published examples."""
        return [
            self._example(raw["id"], text, positive)
            for raw in self.raw
            for key, positive in (("examples", True), ("negative_examples", False))
            for text in raw.get(key) or ()
        ]

    def _example(self, name: str, text: str, positive: bool) -> Example:  # noqa: FBT001
        """Return an example with the secret that the rule itself takes out of it."""
        start, end = next(self.rules[name].spans(text), (0, 0)) if positive else (0, 0)
        public = self.rules[name].public
        return Example("noseyparker", name, text, text[start:end], positive, public)
