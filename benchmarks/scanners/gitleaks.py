"""The published examples and rules of a clone of gitleaks.

Promise: every example its own rule generator validates is read, or the rule is named as unreadable;
its rules are those of its default configuration, applied in the order its detector applies them
(keyword, path, pattern, secret group, entropy, allow lists). Not applied: its decoding of base64.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.scanners.borrowed import Example, pattern
from benchmarks.scanners.go_values import Package, Unreadable
from benchmarks.scanners.samples import Sampler

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import regex

SEED = 20
PUBLIC = ("-id", "-public-key", "-pub-key", "-pub-api-key")


@dataclass(frozen=True, slots=True)
class Allowed:
    """One of its allow lists, without commits.

    Attributes:
        patterns: What the target may match.
        paths: Files in which the finding is allowed.
        stopwords: Lower-case words that the secret may hold.
        target: `secret`, `match` or `line`.
        every: Whether all kinds of checks must agree.
    """

    patterns: tuple[regex.Pattern[str], ...]
    paths: tuple[regex.Pattern[str], ...]
    stopwords: tuple[str, ...]
    target: str
    every: bool

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Allowed:
        """Return an allow list from its table."""
        return cls(
            tuple(map(pattern, raw.get("regexes", ()))),
            tuple(map(pattern, raw.get("paths", ()))),
            tuple(word.lower() for word in raw.get("stopwords", ())),
            raw.get("regexTarget", "secret"),
            raw.get("condition", "OR").upper() == "AND",
        )

    def covers(self, targets: Mapping[str, str]) -> bool:
        """Whether the finding, given by its secret, match, line and path, is allowed."""
        checks = [
            (self.patterns, any(p.search(targets[self.target]) for p in self.patterns)),
            (self.paths, any(p.search(targets["path"]) for p in self.paths)),
            (self.stopwords, any(word in targets["secret"].lower() for word in self.stopwords)),
        ]
        used = [result for items, result in checks if items]
        return all(used) if self.every else any(used)


@dataclass(frozen=True, slots=True)
class Rule:
    """One of its rules."""

    name: str
    pattern: regex.Pattern[str]
    keywords: tuple[str, ...]
    entropy: float
    group: int
    path: regex.Pattern[str] | None
    allowed: tuple[Allowed, ...]

    def spans(self, text: str, path: str) -> Iterator[tuple[int, int]]:
        """Yield where this rule finds a secret."""
        lower = text.lower()
        if self.keywords and not any(word in lower for word in self.keywords):
            return
        if self.path and not (path and self.path.search(path)):
            return
        for match in self.pattern.finditer(text):
            start, end = match.span()
            groups = [i for i in range(1, 1 + (match.re.groups or 0)) if match[i]]
            if self.group or groups:
                start, end = match.span(self.group or groups[0])
            secret = text[start:end].strip("\n")
            if not secret or (self.entropy and entropy(secret) <= self.entropy):
                continue
            line = text[text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
            targets = {"secret": secret, "match": match[0].strip("\n"), "line": line, "path": path}
            if not any(allowed.covers(targets) for allowed in self.allowed):
                yield start, end


@dataclass(slots=True)
class Gitleaks:
    """A clone of gitleaks.

    Attributes:
        rules: Its rules, by name.
        unreadable: What of its examples could not be read, with the reason.
    """

    rules: dict[str, Rule] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    clone: Path | None = None

    @classmethod
    def open(cls, clone: Path) -> Gitleaks:
        """Read the rules of a clone."""
        found = cls(clone=clone)
        config = tomllib.loads((clone / "config" / "gitleaks.toml").read_text("utf-8"))
        everywhere = Allowed.read(config.get("allowlist", {}))
        for raw in config["rules"]:
            if "regex" in raw:
                found.rules[raw["id"]] = Rule(
                    raw["id"],
                    pattern(raw["regex"]),
                    tuple(word.lower() for word in raw.get("keywords", ())),
                    raw.get("entropy", 0.0),
                    raw.get("secretGroup", 0),
                    pattern(raw["path"]) if "path" in raw else None,
                    (everywhere, *map(Allowed.read, raw.get("allowlists", ()))),
                )
        return found

    def spans(self, text: str, path: str = "") -> list[tuple[int, int]]:
        """Return where any rule finds a secret."""
        return [span for rule in self.rules.values() for span in rule.spans(text, path)]

    def examples(self) -> list[Example]:
        """Return the published examples."""
        if self.clone is None:
            return []
        root = self.clone / "cmd" / "generate" / "config"
        package = Package()
        for folder in ("utils", "rules"):
            for file in sorted((root / folder).glob("*.go")):
                if not file.name.endswith("_test.go"):
                    package.read(file.read_text("utf-8"))
        collected: list[tuple[str, str, str, bool]] = []
        sampler = Sampler(SEED)
        _bind(package, sampler, collected)
        for name, function in package.functions.items():
            if not function.parameters and any("Validate" in t.text for t in function.body):
                try:
                    package.call(name)
                except Unreadable as reason:
                    self.unreadable.append(f"{name}: {reason}")
        return [self._example(sampler.made, *one) for one in dict.fromkeys(collected)]

    def _example(
        self,
        made: Sequence[str],
        name: str,
        text: str,
        path: str,
        positive: bool,  # noqa: FBT001
    ) -> Example:
        """Return an example with the secret that the rule itself takes out of it."""
        secret = ""
        if positive:
            spans = self.rules[name].spans(text, path) if name in self.rules else iter(())
            start, end = next(spans, (0, 0))
            secret = text[start:end].strip("\n")
            if not secret:  # no rule of the default configuration
                secret = max((one for one in made if one in text), key=len, default="")
        return Example("gitleaks", name, text, secret, positive, name.endswith(PUBLIC), path)


def entropy(text: str) -> float:
    """Return Shannon's entropy in bits a character.

    >>> entropy("abab")
    1.0
    """
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


def _bind(package: Package, sampler: Sampler, out: list[tuple[str, str, str, bool]]) -> None:
    """Answer the calls that the sources of gitleaks make."""

    def validate(rule: Mapping[str, Any], yes: Sequence[str], no: Sequence[str] | None) -> None:
        out.extend((rule["RuleID"], text, "", True) for text in yes or ())
        out.extend((rule["RuleID"], text, "", False) for text in no or ())

    def validate_paths(
        rule: Mapping[str, Any], yes: Mapping[str, str], no: Mapping[str, str] | None
    ) -> None:
        out.extend((rule["RuleID"], text, path, True) for path, text in (yes or {}).items())
        out.extend((rule["RuleID"], text, path, False) for path, text in (no or {}).items())

    def plausible(source: str) -> str:
        words = package.call("defaultStopWords") if "defaultStopWords" in package.functions else ()
        while True:
            text = sampler.text(source)
            if any(char in "123456789" for char in text) and not any(w in text for w in words):
                return text

    def nothing(*_: object) -> None:
        return None

    package.builtins |= {
        "utils.Validate": validate,
        "utils.ValidateWithPaths": validate_paths,
        "secrets.NewSecret": sampler.text,
        "newPlausibleSecret": plausible,
        "regexp.MustCompile": nothing,
        "utils.GenerateSemiGenericRegex": nothing,
        "utils.GenerateUniqueTokenRegex": nothing,
        "utils.MergeRegexps": nothing,
    }
